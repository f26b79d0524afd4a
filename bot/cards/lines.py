"""A paper in a few lines, as lists, author cards and previews show it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.cards import limits
from bot.cards.numbers import score_text
from bot.cards.wording import (
    foreign,
    joined,
    link,
    web_address,
)
from bot.domain.categories import short_code
from bot.domain.papers import Paper
from bot.text.dates import partial_date
from bot.text.folding import fold
from bot.words import _, counted

_NAME = 60
_INSTITUTION = 50
_SHOWN = 3


def paper_url(paper: Paper) -> str | None:
    """Return where the paper can be read; None for an invented one."""
    if paper.invented:
        return None
    for identifier in (paper.arxiv_id, paper.doi, paper.openalex_id):
        if identifier is not None:
            return web_address(identifier.url)
    return None


def first_authors(paper: Paper) -> str:
    """Return the first three authors and *et al.*, nobody twice."""
    names = _once(author.name for author in paper.authors[:50])
    shown = ", ".join(foreign(name, _NAME) for name in names[:_SHOWN])
    return f"{shown} *et al.*" if len(names) > _SHOWN or len(paper.authors) > 50 else shown


def first_institutions(paper: Paper) -> str:
    """Return the first three institutions, and how many more there are."""
    names = _once(paper.institutions)
    shown = ", ".join(foreign(name, _INSTITUTION) for name in names[:_SHOWN])
    return f"{shown} +{len(names) - _SHOWN}" if len(names) > _SHOWN else shown


def code_url(paper: Paper) -> str | None:
    """Return where the code is; None for an invented paper, whose code is nowhere."""
    return None if paper.invented else web_address(paper.code_url)


def code_link(paper: Paper) -> str:
    """Return the mark of a paper with code, linked to the repository; empty where there is none."""
    url = code_url(paper)
    if url is None:
        return _("Code") if paper.invented and paper.code_url else ""
    return f"[{_('Code')}]({url})"


def citations_text(paper: Paper) -> str:
    """Return how often the paper is cited, empty where nobody counted."""
    cited = paper.citation_count
    return counted(cited.value, "{count} citation", "{count} citations") if cited else ""


def list_line(paper: Paper, *, now: datetime, institutions: bool = True, mark: str = "") -> str:
    """Return the three lines of a paper in a list: `92 · CY · May 29 · Code`, title, people.

    `mark` is what the list has to say of it, at the end of the first line.
    """
    withdrawn = _("Withdrawn") if paper.withdrawn else ""
    code = short_code(paper.primary_category) if paper.primary_category else ""
    score = score_text(paper, now.date())
    day = partial_date(paper.known_date, now.date())
    first = joined((score, foreign(code, 20), day, code_link(paper), withdrawn, mark))
    title = link(paper.title, paper_url(paper), limits.TITLE) or _("Untitled")
    people = joined((first_authors(paper), first_institutions(paper) if institutions else ""))
    return joined((first, title, people), "\n")


def _once(names: Iterable[str]) -> list[str]:
    """Return the names in their order, one that differs in case and accents only left out."""
    seen: dict[str, str] = {}
    for name in names:
        if key := fold(name).strip():
            seen.setdefault(key, name)
    return list(seen.values())
