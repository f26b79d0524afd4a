"""A paper as a row of the table, as an entry of the text index, and back."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, select

from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId, Doi, OpenAlexId
from bot.domain.papers import Paper
from bot.storage import codec
from bot.storage.columns import to_number
from bot.storage.schema import papers
from bot.text.folding import fold, title_key, words

KEY_LENGTH = 60
"""How much of a title's folded words is indexed; the whole titles are compared afterwards."""

ARXIV_DOI = "10.48550/arxiv."

every_column = select(*papers.c)


def paper_from(row: Row[Any]) -> Paper:
    """Return the paper of a row with every column of the table."""
    return Paper(
        id=row.id,
        arxiv_id=ArxivId(row.arxiv_id) if row.arxiv_id else None,
        doi=Doi(row.doi) if row.doi else None,
        openalex_id=OpenAlexId(row.openalex_id) if row.openalex_id else None,
        version=row.version,
        versions=codec.decode_versions(row.versions),
        title=row.title,
        abstract=row.abstract,
        authors=codec.decode_authorships(row.authors),
        primary_category=row.primary_category,
        categories=tuple(row.categories.split()),
        submitted_at=row.submitted_at,
        updated_at=row.updated_at,
        announced_at=row.announced_at,
        comment=row.comment,
        journal_reference=row.journal_reference,
        venue=row.venue,
        code_url=row.code_url,
        citation_count=_citations(row),
        summary=row.summary,
        summary_source=row.summary_source,
        scores=codec.decode_scores(row.scores),
        withdrawn=bool(row.withdrawn),
        invented=bool(row.invented),
        source=row.source,
        fetched_at=row.fetched_at,
    )


def row_of(paper: Paper) -> tuple[Any, ...]:
    """Return the columns of a paper that has its id, in the table's order, as the driver wants them."""
    cited = paper.citation_count
    return (
        paper.id,
        paper.arxiv_id.base if paper.arxiv_id else None,
        paper.doi.value if paper.doi else None,
        paper.openalex_id.value if paper.openalex_id else None,
        paper.version,
        _number(paper.submitted_at),
        _number(paper.updated_at),
        _number(paper.announced_at),
        _number(paper.dated_at),
        _number(paper.fetched_at),
        int(paper.withdrawn),
        int(paper.invented),
        cited.value if cited else None,
        cited.source if cited else None,
        cited.as_of.isoformat() if cited else None,
        int(cited.at_least) if cited else 0,
        paper.primary_category,
        f" {' '.join(all_categories(paper))} ",
        paper.source,
        paper.code_url,
        paper.title,
        short_title_key(paper.title),
        codec.encode_authorships(paper.authors),
        codec.encode_versions(paper.versions),
        codec.encode_scores(paper.scores),
        paper.comment,
        paper.journal_reference,
        paper.venue,
        paper.summary,
        paper.summary_source,
        paper.abstract,
    )


def indexed_text(paper: Paper) -> tuple[Any, ...]:
    """Return what the text index holds of a paper: id, title, abstract, authors, categories.

    The index keeps no copy, so taking an entry out needs exactly the text that was put in: a
    change here, or in how text is folded, needs a migration that builds the index again.
    """
    return (
        paper.id,
        _searchable(paper.title),
        _searchable(paper.abstract),
        _searchable(" , ".join(author.name for author in paper.authors)),
        category_words(all_categories(paper)),
    )


def short_title_key(title: str) -> str:
    """Return the indexed beginning of a title's folded words."""
    return title_key(title)[:KEY_LENGTH]


def all_categories(paper: Paper) -> tuple[str, ...]:
    """Return the categories with the primary one first, each once."""
    first = (paper.primary_category,) if paper.primary_category else ()
    return tuple(dict.fromkeys((*first, *paper.categories)))


@lru_cache(maxsize=4096)
def category_words(categories: tuple[str, ...]) -> str:
    """Return words that stand for categories and their archives in the text index."""
    archives = dict.fromkeys(name.partition(".")[0] for name in categories)
    return " ".join(category_word(name) for name in dict.fromkeys((*categories, *archives)))


def category_word(category: str) -> str:
    """Return one word for a category or an archive: `cs.CY` becomes `inxcsxcy`."""
    return "in" + "".join(f"x{word}" for word in words(category))


def arxiv_id_in(doi: str) -> str | None:
    """Return the arXiv id in a DOI that arXiv itself registered."""
    return doi[len(ARXIV_DOI) :] if doi.startswith(ARXIV_DOI) else None


def _number(moment: datetime | None) -> int | None:
    return None if moment is None else to_number(moment)


def _searchable(text: str) -> str:
    if not text.isascii():
        # One abstract in ten has nothing foreign but these; what they part stays parted.
        for mark in "–—‘’“”":
            text = text.replace(mark, " ")
    folded = fold(text)
    # Beyond ASCII, SQLite's idea of a letter is older than Python's: it gets words, not text.
    return folded if folded.isascii() else " ".join(words(folded))


def _citations(row: Row[Any]) -> Figure | None:
    if row.citation_count is None:
        return None
    return Figure(
        value=row.citation_count,
        source=row.citation_source,
        as_of=date.fromisoformat(row.citation_as_of),
        at_least=bool(row.citation_at_least),
    )
