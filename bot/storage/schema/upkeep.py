"""How feeds, sources and background work stand."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from bot.storage.columns import UtcMoment
from bot.storage.schema.base import metadata

feed_states = Table(
    "feed_states",
    metadata,
    Column("categories", Text, primary_key=True, nullable=False),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

mailings = Table(
    "mailings",
    metadata,
    # The day of the feed in New York, as text that sorts.
    Column("day", Text, nullable=False),
    Column("categories", Text, nullable=False),
    Column("item_count", Integer, nullable=False),
    Column("filled", Integer, nullable=False),
    PrimaryKeyConstraint("day", "categories"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""Which day's announcement of which categories came into the catalogue, and how."""

states = Table(
    "states",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

requests = Table(
    "requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("body", Text, nullable=False, unique=True),
    sqlite_strict=True,
)

accounts = Table(
    "accounts",
    metadata,
    Column("source", Text, nullable=False),
    Column("day", Text, nullable=False),
    # In the source's own unit: calls, or millionths of a dollar.
    Column("spent", Integer, nullable=False),
    Column("told_limit", Integer),
    Column("told_left", Integer),
    Column("rests_until", UtcMoment),
    Column("gained", Integer, nullable=False),
    PrimaryKeyConstraint("source", "day"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""What each source cost and brought on each day, UTC."""

enrichments = Table(
    "enrichments",
    metadata,
    Column("source", Text, nullable=False),
    Column("paper_id", Integer, nullable=False),
    Column("due_at", UtcMoment, nullable=False),
    PrimaryKeyConstraint("source", "paper_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""When a source is to be asked about a paper again; without a row it was never asked."""

looks = Table(
    "looks",
    metadata,
    Column("paper_id", Integer, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("looked_at", UtcMoment, nullable=False),
    Index("looks_looked_at", "looked_at"),
    sqlite_strict=True,
)
"""How often cards of a paper were shown: never by whom."""
