"""Takes two records apart that had become one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.domain.figures import SourceScore
from bot.domain.papers import Paper
from bot.domain.records import OPENALEX, RULES, Record
from bot.storage.catalogue.merge import (
    OWN_WORD,
    known_origin,
    merge_papers,
    merge_scores,
    value_of,
    with_origins,
)

_IDENTIFIERS = ("doi", "openalex_id")
_PEOPLE = ("authors", "identities", "institutions")


def part(now: Record, kept: Record, gone: Record) -> tuple[Record, Record]:
    """Return both records as they were, each with what has been learned of it since.

    What a source has told since belongs to the side that this source knows: OpenAlex's to the one
    with the work, everything else to the one with the arXiv id.
    """
    once = merge_papers(kept, gone)
    since = [name for name in RULES if _told_since(name, now, once)]
    owners = {name: _owner(name, now, kept, gone) for name in since}
    sides = []
    for side in (kept, gone):
        names = [name for name in since if owners[name] is side and _is_free(name, now, kept, gone)]
        sides.append(_with(side, now, once, names))
    scores = tuple(score for score in now.paper.scores if score not in once.paper.scores)
    owner = 1 if kept.paper.arxiv_id is None and gone.paper.arxiv_id is not None else 0
    sides[owner] = _with_scores(sides[owner], scores)
    first, second = sides
    shared: dict[str, Any] = {
        name: None
        for name in _IDENTIFIERS
        if getattr(first.paper, name) is not None
        and getattr(first.paper, name) == getattr(second.paper, name)
    }
    return replace(first, paper=replace(first.paper, **shared)), second


def _with_scores(side: Record, scores: tuple[SourceScore, ...]) -> Record:
    return replace(side, paper=replace(side.paper, scores=merge_scores(side.paper.scores, scores)))


def _told_since(name: str, now: Record, once: Record) -> bool:
    is_other = value_of(now.paper, name) != value_of(once.paper, name)
    return is_other or (name not in OWN_WORD and now.origin_of(name) != once.origin_of(name))


def _is_free(name: str, now: Record, kept: Record, gone: Record) -> bool:
    """Say whether a value is not an identifier that one of the two had before."""
    before = (getattr(side.paper, name, None) for side in (kept, gone))
    return name not in _IDENTIFIERS or getattr(now.paper, name) not in before


def _owner(name: str, now: Record, kept: Record, gone: Record) -> Record:
    # People are one list: whoever gave the names gets it whole.
    source = known_origin(now, "authors" if name in _PEOPLE else name).source
    if source == OPENALEX and now.paper.openalex_id == gone.paper.openalex_id != kept.paper.openalex_id:
        return gone
    if source == OPENALEX and now.paper.openalex_id == kept.paper.openalex_id:
        return kept
    return gone if kept.paper.arxiv_id is None and gone.paper.arxiv_id is not None else kept


def _with(side: Record, now: Record, once: Record, names: list[str]) -> Record:
    values: dict[str, Any] = {}
    for name in names:
        column = "authors" if name in _PEOPLE else name
        # People read again unchanged are, side by side, still the two lists they were.
        if name in _PEOPLE and value_of(now.paper, name) == value_of(once.paper, name):
            continue
        values[column] = getattr(now.paper, column)
    if "announced_at" in values:
        values["announced_estimated"] = now.paper.announced_estimated
    if "summary" in values:
        values["summary_source"] = now.paper.summary_source
    paper: Paper = replace(side.paper, **values)
    return with_origins(paper, {name: (now if name in names else side).origin_of(name) for name in RULES})
