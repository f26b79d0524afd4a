"""What a paper's record is made of, and taking a merge back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.domain.papers import Paper
from bot.domain.records import Merge, Origin
from bot.errors import HoopoeError, NotFound
from bot.report import Line
from bot.report_json import Json, moment_json
from bot.terminal.session import Session
from bot.text.identifiers import find_paper_id
from bot.text.latex import to_unicode
from bot.text.markdown import clean

if TYPE_CHECKING:
    from bot.storage.catalogue.papers import Papers


async def record(session: Session) -> int:
    """Show where a paper's values come from and what became one with it, or the last merges of all."""
    text = " ".join(session.options.paper)
    async with _papers(session) as papers:
        paper = await _find(papers, text) if text else None
        origins = await papers.origins_of(paper.id or 0) if paper else {}
        merges = await papers.list_merges(paper.id if paper else None)
    session.terminal.show(
        lambda: {"origins": _origins_json(origins), "merges": [_merge_json(merge) for merge in merges]},
        lambda: [*_origin_lines(paper, origins), *_merge_lines(merges)],
    )
    return 0


async def unmerge(session: Session) -> int:
    """Make two papers again of the last merge of one."""
    text = " ".join(session.options.paper)
    async with _papers(session) as papers:
        paper = await _find(papers, text)
        parted = await papers.undo_merge(paper.id or 0)
    if not parted:
        raise HoopoeError(f"{_named(paper)} was merged with nothing; hoopoe record lists what was")
    session.terminal.say(
        f"Two papers again, and kept apart from now on: {' and '.join(map(_named, parted))}."
    )
    return 0


@asynccontextmanager
async def _papers(session: Session) -> AsyncIterator[Papers]:
    from bot.storage.catalogue.papers import Papers
    from bot.storage.database import Database

    async with Database.open(session.settings.database_url) as database:
        yield Papers(database)


async def _find(papers: Papers, text: str) -> Paper:
    identifier = find_paper_id(text)
    found = await (papers.find_paper(identifier) if identifier else papers.find_by_title(text))
    if found is None:
        raise NotFound(text)
    return found


def _named(paper: Paper) -> str:
    title = clean(to_unicode(paper.title))
    identifier = paper.arxiv_id or paper.doi or paper.openalex_id
    return f"{title} ({identifier})" if identifier else title


def _origins_json(origins: Mapping[str, Origin]) -> Json:
    return {
        name: {"source": origin.source, "as_of": moment_json(origin.as_of)}
        for name, origin in origins.items()
    }


def _merge_json(merge: Merge) -> Json:
    return {
        "kept": _named(merge.kept),
        "merged": _named(merge.gone),
        "evidence": merge.evidence,
        "merged_at": moment_json(merge.merged_at),
        "undone_at": moment_json(merge.undone_at),
    }


def _origin_lines(paper: Paper | None, origins: Mapping[str, Origin]) -> Iterable[Line]:
    if paper is None:
        return
    yield Line(_named(paper), "title")
    width = max(map(len, origins), default=0)
    for name, origin in origins.items():
        read = f", {origin.as_of:%Y-%m-%d}" if origin.as_of else ""
        yield Line(f"{name:{width}}  {origin.source or 'unknown'}{read}")


def _merge_lines(merges: Iterable[Merge]) -> Iterable[Line]:
    for merge in merges:
        undone = f", undone {merge.undone_at:%Y-%m-%d}" if merge.undone_at else ""
        yield Line()
        yield Line(f"{_named(merge.kept)} = {_named(merge.gone)}", "strong")
        yield Line(f"{merge.merged_at:%Y-%m-%d}{undone}: {merge.evidence}", "quiet")
