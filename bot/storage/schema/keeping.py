"""What servers and people keep: reading lists, choices, welcomes."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from bot.storage.columns import BIG, UtcMoment
from bot.storage.schema.base import metadata

choices = Table(
    "choices",
    metadata,
    Column("person_id", BIG, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("author_id", Integer, ForeignKey("authors.id"), nullable=False),
    PrimaryKeyConstraint("person_id", "name_key"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

library = Table(
    "library",
    metadata,
    Column("shelf_kind", Text, nullable=False),
    Column("shelf_id", BIG, nullable=False),
    Column("paper_id", Integer, ForeignKey("papers.id"), nullable=False),
    # NULL where the person asked to be forgotten.
    Column("saved_by", BIG),
    Column("saved_at", UtcMoment, nullable=False),
    # The message of the weekly picks that carries it.
    Column("picked_in", Integer),
    PrimaryKeyConstraint("shelf_kind", "shelf_id", "paper_id"),
    Index("library_paper_id", "paper_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

library_votes = Table(
    "library_votes",
    metadata,
    Column("shelf_kind", Text, nullable=False),
    Column("shelf_id", BIG, nullable=False),
    Column("paper_id", Integer, nullable=False),
    Column("person_id", BIG, nullable=False),
    PrimaryKeyConstraint("shelf_kind", "shelf_id", "paper_id", "person_id"),
    ForeignKeyConstraint(
        ["shelf_kind", "shelf_id", "paper_id"],
        ["library.shelf_kind", "library.shelf_id", "library.paper_id"],
        ondelete="CASCADE",
        onupdate="CASCADE",
    ),
    Index("library_votes_person_id", "person_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

welcomes = Table(
    "welcomes",
    metadata,
    Column("guild_id", BIG, primary_key=True, autoincrement=False),
    Column("met_at", UtcMoment, nullable=False),
    # When a process began to send the message; NULL while none does.
    Column("claimed_at", UtcMoment),
    Column("settled", Integer, nullable=False),
    sqlite_strict=True,
)
"""Servers the bot has met: once settled, it never introduces itself there again."""

reading_picks = Table(
    "reading_picks",
    metadata,
    Column("guild_id", BIG, primary_key=True, autoincrement=False),
    Column("channel_id", BIG, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("hour", Integer, nullable=False),
    # NULL after the channel could not be written to any more.
    Column("next_at", UtcMoment),
    sqlite_strict=True,
)
"""When servers' reading lists have their weekly picks; see `bot.storage.picks`."""
Index("library_picked_in", library.c.picked_in, sqlite_where=library.c.picked_in.is_not(None))
