"""A paper as a row of the table, as an entry of the text index, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select, type_coerce

from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId, Doi, OpenAlexId
from bot.domain.papers import Paper
from bot.domain.records import ARXIV_DOI, Record
from bot.storage import codec
from bot.storage.columns import BIG, to_moment, to_number
from bot.storage.schema import papers
from bot.text.folding import fold, title_key, words

KEY_LENGTH = 60
"""How much of a title's folded words is indexed; the whole titles are compared afterwards."""

WITH_CODE = "withcode"
"""Stands among the categories of a paper with code: the index finds these without reading rows."""

_COLUMNS = tuple(column for column in papers.c if column.name != "origins")

every_column = select(
    # Moments as numbers: `paper_from` turns them, without SQLAlchemy's look at each value.
    *(
        type_coerce(column, BIG).label(column.name) if column.name.endswith("_at") else column
        for column in _COLUMNS
    )
)
whole_record = every_column.add_columns(papers.c.origins)

SELECT_BY_IDS = (
    f"SELECT {', '.join(column.name for column in _COLUMNS)} FROM papers"  # noqa: S608 -- the table's own
    " WHERE id IN (SELECT value FROM json_each(:ids))"
)


def paper_from(row: Sequence[Any]) -> Paper:
    """Return the paper of a row with every column but the last, in the table's order.

    Moments are numbers.
    """
    (
        *identifiers,
        version,
        submitted_at,
        updated_at,
        announced_at,
        _dated_at,
        fetched_at,
        withdrawn,
        invented,
        cited,
        cited_by,
        cited_at,
        at_least,
        primary_category,
        categories,
        source,
        code_url,
        title,
        _title_key,
        authors,
        versions,
        scores,
        comment,
        journal_reference,
        venue,
        summary,
        summary_source,
        abstract,
        announced_estimated,
    ) = row
    paper_id, arxiv_id, doi, openalex_id = identifiers
    return Paper(
        id=paper_id,
        arxiv_id=ArxivId(arxiv_id) if arxiv_id else None,
        doi=Doi(doi) if doi else None,
        openalex_id=OpenAlexId(openalex_id) if openalex_id else None,
        version=version,
        versions=codec.decode_versions(versions),
        title=title,
        abstract=abstract,
        authors=codec.decode_authorships(authors),
        primary_category=primary_category,
        categories=tuple(categories.split()),
        submitted_at=to_moment(submitted_at),
        updated_at=to_moment(updated_at),
        announced_at=to_moment(announced_at),
        announced_estimated=bool(announced_estimated),
        comment=comment,
        journal_reference=journal_reference,
        venue=venue,
        code_url=code_url,
        citation_count=None if cited is None else _figure(cited, cited_by, cited_at, at_least),
        summary=summary,
        summary_source=summary_source,
        scores=codec.decode_scores(scores),
        withdrawn=bool(withdrawn),
        invented=bool(invented),
        source=source,
        fetched_at=to_moment(fetched_at),
    )


def record_from(row: Sequence[Any]) -> Record:
    """Return the record of a row with every column of the table."""
    return Record(paper=paper_from(row[:-1]), origins=codec.decode_origins(row[-1]))


def row_of(record: Record) -> tuple[Any, ...]:
    """Return a paper's columns but its id, in the table's order, as the driver wants them."""
    paper = record.paper
    cited = paper.citation_count
    return (
        paper.arxiv_id.base if paper.arxiv_id else None,
        paper.doi.value if paper.doi else None,
        paper.openalex_id.value if paper.openalex_id else None,
        paper.version,
        to_number(paper.submitted_at),
        to_number(paper.updated_at),
        to_number(paper.announced_at),
        to_number(paper.dated_at),
        to_number(paper.fetched_at),
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
        codec.encode_origins(record.origins),
        int(paper.announced_estimated),
    )


def indexed_text(paper: Paper) -> tuple[Any, ...]:
    """Return what the text index holds of a paper: title, abstract, authors, categories.

    The index keeps no copy, so taking an entry out needs exactly the text that was put in: a
    change here, or in how text is folded, needs a migration that builds the index again.
    """
    return (
        _searchable(paper.title),
        _searchable(paper.abstract),
        _searchable(" , ".join(author.name for author in paper.authors)),
        category_words(all_categories(paper)) + (f" {WITH_CODE}" if paper.code_url else ""),
    )


def short_title_key(title: str) -> str:
    """Return the indexed beginning of a title's folded words."""
    return title_key(title)[:KEY_LENGTH]


def all_categories(paper: Paper) -> tuple[str, ...]:
    """Return the categories with the primary one first, each once."""
    return _each_once(paper.primary_category, paper.categories)


@lru_cache(maxsize=4096)
def _each_once(primary: str | None, categories: tuple[str, ...]) -> tuple[str, ...]:
    first = (primary,) if primary else ()
    return tuple(dict.fromkeys((*first, *categories)))


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


def _searchable(text: str) -> str:
    if not text.isascii():
        # One abstract in ten has nothing foreign but these; what they part stays parted.
        for mark in "–—‘’“”":
            text = text.replace(mark, " ")
    folded = fold(text)
    # Beyond ASCII, SQLite's idea of a letter is older than Python's: it gets words, not text.
    return folded if folded.isascii() else " ".join(words(folded))


def _figure(value: int, source: str, as_of: str, at_least: int) -> Figure:
    return Figure(value=value, source=source, as_of=date.fromisoformat(as_of), at_least=bool(at_least))
