"""Authors: their names, ids, papers, and who of a name is who."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from bot.storage.schema.base import metadata

authors = Table(
    "authors",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("openalex_id", Text),
    Column("orcid", Text),
    Column("name", Text, nullable=False),
    # A person whom evidence tells from others of the name has a number behind it, "wei wang #7".
    Column("name_key", Text, nullable=False),
    # Papers of the catalogue that are linked to this row.
    Column("linked_count", Integer, nullable=False),
    # The larger of that and the count a source gives: the order of autocomplete.
    Column("paper_count", Integer, nullable=False),
    Column("primary_category", Text),
    # The whole profile as JSON; NULL for a name of which nothing else is known.
    Column("profile", Text),
    sqlite_strict=True,
)
Index(
    "authors_openalex_id", authors.c.openalex_id, unique=True, sqlite_where=authors.c.openalex_id.is_not(None)
)
Index("authors_orcid", authors.c.orcid, sqlite_where=authors.c.orcid.is_not(None))
Index("authors_bare_name", authors.c.name_key, unique=True, sqlite_where=authors.c.openalex_id.is_(None))

author_keys = Table(
    "author_keys",
    metadata,
    Column("key", Text, nullable=False),
    Column("author_id", Integer, ForeignKey("authors.id"), nullable=False),
    PrimaryKeyConstraint("key", "author_id"),
    Index("author_keys_author_id", "author_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""The folded forms under which a profile is known: its name, aliases and printed names."""

author_ids = Table(
    "author_ids",
    metadata,
    Column("openalex_id", Text, primary_key=True, nullable=False),
    Column("author_id", Integer, ForeignKey("authors.id"), nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""Ids that a source has merged into another profile, and whose they are now."""

name_index = Table(
    "name_index",
    metadata,
    Column("tier", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("author_id", Integer, nullable=False),
    PrimaryKeyConstraint("tier", "text", "author_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""Every rotation of every name by how much the author published; see `bot.storage.names`."""

misplaced_names = Table(
    "misplaced_names",
    metadata,
    Column("author_id", Integer, primary_key=True),
    # Where the name stands in the index, NULL for nowhere.
    Column("tier", Integer),
    sqlite_strict=True,
)
"""Names that an import left where they stood in the index; see `bot.storage.catalogue.entries`."""

authorships = Table(
    "authorships",
    metadata,
    Column("author_id", Integer, nullable=False),
    Column("paper_id", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    PrimaryKeyConstraint("author_id", "paper_id"),
    Index("authorships_paper_id", "paper_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

attributions = Table(
    "attributions",
    metadata,
    Column("paper_id", Integer, nullable=False),
    Column("name_id", Integer, nullable=False),
    Column("person_id", Integer, nullable=False),
    PrimaryKeyConstraint("paper_id", "name_id"),
    Index("attributions_person_id", "person_id"),
    Index("attributions_name_id", "name_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""Whose a paper is that is linked to a name as such; the name's own id where nothing tells."""

sorted_names = Table(
    "sorted_names",
    metadata,
    Column("name_key", Text, primary_key=True, nullable=False),
    # How many papers bore the name, or one like it, when they were last sorted into people.
    Column("papers", Integer, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
