"""Turns Scholar Feed's JSON into papers; fields come and go, so any may be missing or null."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from bot.domain.authors import Author
from bot.domain.figures import SourceScore
from bot.domain.identifiers import ArxivId
from bot.domain.papers import Paper
from bot.sources.json_values import figure, tidy
from bot.text.identifiers import find_paper_id

SOURCE = "Scholar Feed"


class PaperJson(msgspec.Struct):
    """A paper as any of the service's lists tells it."""

    arxiv_id: str | None = None
    title: str | None = None
    github_url: str | None = None
    citation_count: int | None = None
    venue_name: str | None = None
    llm_summary: str | None = None
    llm_novelty_score: float | None = None
    rank_score: float | None = None
    impact_pct: float | None = None


class AuthorJson(msgspec.Struct):
    """A person, in a list or in full."""

    id: int | None = None
    name: str | None = None
    h_index: int | None = None
    total_papers: int | None = None
    total_citations: int | None = None
    top_papers: list[PaperJson] | None = None


class AuthorsJson(msgspec.Struct):
    """An answer with people."""

    authors: list[AuthorJson]


class PapersJson(msgspec.Struct):
    """An answer with papers; those that are not known are left out."""

    papers: list[PaperJson]


def to_paper(raw: PaperJson, now: datetime) -> Paper | None:
    """Return the paper, None where it lacks its identifier or its title."""
    arxiv_id = find_paper_id(f"arXiv:{raw.arxiv_id}") if raw.arxiv_id else None
    title = tidy(raw.title or "")
    if not isinstance(arxiv_id, ArxivId) or not title:
        return None
    summary = tidy(raw.llm_summary or "")
    code_url = (raw.github_url or "").strip()
    return Paper(
        arxiv_id=arxiv_id.unversioned,
        title=title,
        venue=tidy(raw.venue_name or ""),
        code_url=code_url if code_url.startswith("https://") else None,
        citation_count=figure(SOURCE, raw.citation_count, now),
        summary=summary,
        summary_source=SOURCE if summary else "",
        scores=tuple(_scores(raw, now)),
        source=SOURCE,
        fetched_at=now,
    )


def to_author(raw: AuthorJson, now: datetime) -> Author | None:
    """Return the person's numbers, None where there is not even a name."""
    name = tidy(raw.name or "")
    if not name:
        return None
    return Author(
        name=name,
        h_index=figure(SOURCE, raw.h_index, now),
        paper_count=figure(SOURCE, raw.total_papers, now),
        citation_count=figure(SOURCE, raw.total_citations, now),
        fetched_at=now,
    )


def _scores(raw: PaperJson, now: datetime) -> Iterator[SourceScore]:
    """Yield the service's own scores on a scale to 100; what lies outside of it is none."""
    told = (
        ("Rank", raw.rank_score, 100, ""),
        ("Novelty", raw.llm_novelty_score, 100, "%"),
        ("Impact percentile", raw.impact_pct, 1, ""),
    )
    for label, value, factor, unit in told:
        if value is not None and 0 <= value * factor <= 100:
            scaled = round(value * factor, 1)
            yield SourceScore(source=SOURCE, label=label, value=scaled, unit=unit, as_of=now.date())
