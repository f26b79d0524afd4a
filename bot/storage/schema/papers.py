"""Papers: their names, merges, listings, citations, and the text index."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from bot.storage.columns import UtcMoment
from bot.storage.schema.base import metadata

papers = Table(
    "papers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("arxiv_id", Text),
    Column("doi", Text),
    Column("openalex_id", Text),
    Column("version", Integer, nullable=False),
    Column("submitted_at", UtcMoment),
    Column("updated_at", UtcMoment),
    Column("announced_at", UtcMoment),
    # The first known of submitted_at and announced_at, for filters and order.
    Column("dated_at", UtcMoment),
    Column("fetched_at", UtcMoment),
    Column("withdrawn", Integer, nullable=False),
    Column("invented", Integer, nullable=False),
    Column("citation_count", Integer),
    Column("citation_source", Text),
    Column("citation_as_of", Text),
    Column("citation_at_least", Integer, nullable=False),
    Column("primary_category", Text),
    # Between spaces, so that one LIKE finds a category or an archive.
    Column("categories", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("code_url", Text),
    Column("title", Text, nullable=False),
    # The folded title's first letters: long enough to tell titles apart, short enough to index.
    Column("title_key", Text, nullable=False),
    Column("authors", Text, nullable=False),
    Column("versions", Text, nullable=False),
    Column("scores", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("journal_reference", Text, nullable=False),
    Column("venue", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("summary_source", Text, nullable=False),
    # The longest value last: what stands before it is read without its overflow pages.
    Column("abstract", Text, nullable=False),
    # Where values come from, as JSON; only who writes the paper reads it. See `bot.domain.records`.
    Column("origins", Text, nullable=False, server_default="{}"),
    # Added later, and small; a column can only be added behind the others.
    Column("announced_estimated", Integer, nullable=False, server_default="0"),
    # An id is never given twice: buttons of old messages carry it.
    sqlite_autoincrement=True,
    sqlite_strict=True,
)
Index("papers_arxiv_id", papers.c.arxiv_id, unique=True, sqlite_where=papers.c.arxiv_id.is_not(None))
Index("papers_doi", papers.c.doi, unique=True, sqlite_where=papers.c.doi.is_not(None))
Index("papers_openalex_id", papers.c.openalex_id, unique=True, sqlite_where=papers.c.openalex_id.is_not(None))
Index("papers_title_key", papers.c.title_key)
Index("papers_dated_at", papers.c.dated_at)
Index("papers_announced_at", papers.c.announced_at, sqlite_where=papers.c.announced_at.is_not(None))
Index("papers_citation_count", papers.c.citation_count, papers.c.dated_at)
Index("papers_unlisted_title", papers.c.title_key, sqlite_where=papers.c.arxiv_id.is_(None))

paper_names = Table(
    "paper_names",
    metadata,
    # The column of `papers` that would hold it: doi, openalex_id or title.
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("paper_id", Integer, ForeignKey("papers.id"), nullable=False),
    PrimaryKeyConstraint("kind", "value", "paper_id"),
    Index("paper_names_paper_id", "paper_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""Identifiers and folded titles under which papers are known besides those of their rows."""

merges = Table(
    "merges",
    metadata,
    Column("id", Integer, primary_key=True),
    # Rows of papers, which may be gone by now.
    Column("kept_id", Integer, nullable=False),
    Column("gone_id", Integer),
    Column("evidence", Text, nullable=False),
    Column("merged_at", UtcMoment, nullable=False),
    Column("undone_at", UtcMoment),
    # Both records as they were, and what pointed at the second, as JSON.
    Column("body", Text, nullable=False),
    Index("merges_kept_id", "kept_id"),
    Index("merges_gone_id", "gone_id"),
    sqlite_strict=True,
)
Index("merges_undone", merges.c.kept_id, merges.c.gone_id, sqlite_where=merges.c.undone_at.is_not(None))
"""Which papers became one, by what evidence; an undone merge keeps them apart."""

listings = Table(
    "listings",
    metadata,
    Column("paper_id", Integer, ForeignKey("papers.id"), nullable=False),
    Column("category", Text, nullable=False),
    Column("listed_at", UtcMoment, nullable=False),
    PrimaryKeyConstraint("paper_id", "category"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

citations = Table(
    "citations",
    metadata,
    Column("paper_id", Integer, ForeignKey("papers.id"), nullable=False),
    # The source's id of the cited work, which stays what it is when papers become one.
    Column("cited", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("found_at", UtcMoment, nullable=False),
    PrimaryKeyConstraint("paper_id", "cited"),
    Index("citations_cited", "cited"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

cited_works = Table(
    "cited_works",
    metadata,
    Column("work", Text, primary_key=True, nullable=False),
    # The first day of publication from which on it is known which papers cite the work.
    Column("since", Text, nullable=False),
    Column("asked_at", UtcMoment, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""The works whose citations are followed."""

author_works = Table(
    "author_works",
    metadata,
    Column("author_id", Integer, nullable=False),
    # The most cited first.
    Column("place", Integer, nullable=False),
    Column("work", Text, nullable=False),
    Column("title", Text, nullable=False),
    # When the author's list was read, the same for all of it.
    Column("read_at", UtcMoment, nullable=False),
    PrimaryKeyConstraint("author_id", "place"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""The works of those authors whose citations are followed."""

TEXT_INDEX = (
    "CREATE VIRTUAL TABLE papers_index USING fts5("
    "title, abstract, authors, categories, content='', tokenize='unicode61')"
)
"""Full text without a copy of the text: it holds folded words, `papers` the text itself."""

WORD_INDEX = "CREATE VIRTUAL TABLE papers_words USING fts5vocab('papers_index', 'row')"
"""The words of the text index, with the number of papers that have each."""
