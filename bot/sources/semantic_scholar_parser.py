"""Turns Semantic Scholar's JSON into papers; any field may be missing or null."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import msgspec

from bot.domain.authors import Author
from bot.domain.figures import SourceScore
from bot.domain.identifiers import ArxivId
from bot.domain.papers import Paper
from bot.sources.json_values import count, figure, parse_doi, tidy
from bot.text.identifiers import find_paper_id
from bot.text.names import initials_compatible, name_key

SOURCE = "Semantic Scholar"

_ARXIV_DOI = "10.48550/arxiv."

AUTHOR_FIELDS = "name,affiliations,hIndex,paperCount,citationCount"

FIELDS = "externalIds,title,venue,citationCount,influentialCitationCount,tldr"
"""What is asked for: `PaperJson` without the id that always comes along."""


class ExternalIds(msgspec.Struct, rename={"arxiv": "ArXiv", "doi": "DOI"}):
    """The names that others know a paper by."""

    arxiv: str | None = None
    doi: str | None = None


class Tldr(msgspec.Struct):
    """A paper in one sentence, written by a model."""

    text: str | None = None


class AuthorJson(msgspec.Struct, rename="camel"):
    """A person, in full or as a paper names them."""

    author_id: str | None = None
    name: str | None = None
    affiliations: list[str] | None = None
    h_index: int | None = None
    paper_count: int | None = None
    citation_count: int | None = None


class PaperJson(msgspec.Struct, rename="camel"):
    """A paper as `/paper/batch` tells it."""

    paper_id: str | None = None
    external_ids: ExternalIds | None = None
    title: str | None = None
    venue: str | None = None
    citation_count: int | None = None
    influential_citation_count: int | None = None
    tldr: Tldr | None = None
    authors: list[AuthorJson] | None = None


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


def to_author(raw: AuthorJson, now: datetime) -> Author | None:
    """Return the person's numbers, None where there is not even a name."""
    name = tidy(raw.name or "")
    if not name:
        return None
    return Author(
        name=name,
        institutions=tuple(dict.fromkeys(filter(None, map(tidy, raw.affiliations or ())))),
        h_index=figure(SOURCE, raw.h_index, now),
        paper_count=figure(SOURCE, raw.paper_count, now),
        citation_count=figure(SOURCE, raw.citation_count, now),
        fetched_at=now,
    )


def one_person(name: str, papers: Iterable[PaperJson | None]) -> str | None:
    """Return the id of the one person of this name on more than half of the papers, None for nobody."""
    known = [paper for paper in papers if paper and paper.authors]
    ids = Counter(
        author_id
        for paper in known
        for author_id in {
            author.author_id
            for author in paper.authors or ()
            if author.author_id and author.name and _may_be(author.name, name)
        }
    )
    best = [author_id for author_id, count in ids.items() if 2 * count > len(known)]
    return best[0] if len(best) == 1 else None


def _may_be(told: str, name: str) -> bool:
    return name_key(told) == name_key(name) or initials_compatible(told, name)


def _scores(influential: int | None, now: datetime) -> tuple[SourceScore, ...]:
    """Return how many of the citations are influential, as a model of the service judges; no zero."""
    known = count(influential)
    if not known:
        return ()
    label = "Influential citations"
    return (SourceScore(source=SOURCE, label=label, value=known, as_of=now.date()),)
