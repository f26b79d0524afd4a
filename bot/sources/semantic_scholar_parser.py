"""Turns Semantic Scholar's JSON into papers; any field may be missing or null."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.figures import SourceScore
from bot.domain.identifiers import ArxivId
from bot.domain.papers import Paper
from bot.sources.json_values import figure, parse_doi, tidy
from bot.text.identifiers import find_paper_id

SOURCE = "Semantic Scholar"

_ARXIV_DOI = "10.48550/arxiv."

FIELDS = "externalIds,title,venue,citationCount,influentialCitationCount,tldr"
"""What is asked for: `PaperJson` without the id that always comes along."""


class ExternalIds(msgspec.Struct, rename={"arxiv": "ArXiv", "doi": "DOI"}):
    """The names that others know a paper by."""

    arxiv: str | None = None
    doi: str | None = None


class Tldr(msgspec.Struct):
    """A paper in one sentence, written by a model."""

    text: str | None = None


class PaperJson(msgspec.Struct, rename="camel"):
    """A paper as `/paper/batch` tells it."""

    paper_id: str | None = None
    external_ids: ExternalIds | None = None
    title: str | None = None
    venue: str | None = None
    citation_count: int | None = None
    influential_citation_count: int | None = None
    tldr: Tldr | None = None


class ErrorJson(msgspec.Struct):
    """Why a question was refused."""

    error: str | None = None
    message: str | None = None


def to_paper(raw: PaperJson, now: datetime) -> Paper | None:
    """Return the paper, None where it has no title: there is no telling what it is."""
    title = tidy(raw.title or "")
    if not title:
        return None
    ids = raw.external_ids or ExternalIds()
    doi = parse_doi(ids.doi)
    arxiv_id = find_paper_id(f"arXiv:{ids.arxiv}") if ids.arxiv else None
    summary = tidy((raw.tldr.text if raw.tldr else None) or "")
    return Paper(
        arxiv_id=arxiv_id.unversioned if isinstance(arxiv_id, ArxivId) else None,
        # The DOI that arXiv registers says no more than the identifier.
        doi=None if doi and doi.value.startswith(_ARXIV_DOI) else doi,
        title=title,
        venue=tidy(raw.venue or ""),
        citation_count=figure(SOURCE, raw.citation_count, now),
        summary=summary,
        summary_source=SOURCE if summary else "",
        scores=_scores(raw.influential_citation_count, now),
        source=SOURCE,
        fetched_at=now,
    )


def _scores(influential: int | None, now: datetime) -> tuple[SourceScore, ...]:
    """Return how many of the citations are influential, as a model of the service judges; no zero."""
    if not influential or influential < 0:
        return ()
    label = "Influential citations"
    return (SourceScore(source=SOURCE, label=label, value=influential, as_of=now.date()),)
