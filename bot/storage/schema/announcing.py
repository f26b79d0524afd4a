"""Watches, and what is announced of them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from bot.storage.columns import BIG, UtcMoment
from bot.storage.schema.base import metadata

watches = Table(
    "watches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner_id", BIG, nullable=False),
    Column("place_kind", Text, nullable=False),
    Column("place_id", BIG, nullable=False),
    Column("guild_id", BIG),
    Column("criterion_kind", Text, nullable=False),
    # What makes two criteria equal; the criterion itself is JSON.
    Column("criterion_key", Text, nullable=False),
    Column("criterion", Text, nullable=False),
    # The further criteria, as JSON pairs of kind and criterion.
    Column("narrowed", Text, nullable=False),
    # Filters and manner hold what differs from the default, so that they can grow.
    Column("filters", Text, nullable=False),
    Column("manner", Text, nullable=False),
    # What makes two watches of equal criterion equal: the further criteria's keys and the filters.
    Column("condition_key", Text, nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    Column("paused_reason", Text, nullable=False),
    Index(
        "watches_place",
        "place_kind",
        "place_id",
        "criterion_kind",
        "criterion_key",
        "condition_key",
        unique=True,
    ),
    Index("watches_guild_id", "guild_id"),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)

WATCHES_VERSION = "watches_version"
"""The state that counts changes of watches: what was made of them is good while it stays."""

WATCH_TRIGGERS = tuple(
    f"CREATE TRIGGER watches_after_{change} AFTER {change.upper()} ON watches BEGIN"  # noqa: S608 -- our words
    f" INSERT INTO states (key, value) VALUES ('{WATCHES_VERSION}', '1')"
    " ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT); END"
    for change in ("insert", "update", "delete")
)
"""They count whoever writes, in whichever process."""

SHELF_TRIGGERS = tuple(
    f"CREATE TRIGGER library_after_{change} AFTER {change.upper()}{columns} ON library"  # noqa: S608 -- our words
    " WHEN EXISTS (SELECT 1 FROM watches WHERE criterion_kind = 'shelf' AND (guild_id ="
    f" {row}.shelf_id OR (place_kind = 'direct' AND place_id = {row}.shelf_id))) BEGIN"
    f" INSERT INTO states (key, value) VALUES ('{WATCHES_VERSION}', '1')"
    " ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT); END"
    for change, columns, row in (
        ("insert", "", "new"),
        ("update", " OF paper_id", "new"),
        ("delete", "", "old"),
    )
)
"""What is saved or taken off changes the watches of what is similar to that list."""

AUTHOR_WORK_TRIGGERS = tuple(
    f"CREATE TRIGGER author_works_after_{change} AFTER {change.upper()} ON author_works BEGIN"  # noqa: S608 -- our words
    f" INSERT INTO states (key, value) VALUES ('{WATCHES_VERSION}', '1')"
    " ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT); END"
    for change in ("insert", "delete")
)
"""Which works are an author's changes the watches of what cites them."""

announcements = Table(
    "announcements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place_kind", Text, nullable=False),
    Column("place_id", BIG, nullable=False),
    Column("guild_id", BIG),
    Column("state", Text, nullable=False),
    Column("claimed_at", UtcMoment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", UtcMoment, nullable=False),
    Column("message_id", BIG),
    Column("sent_at", UtcMoment),
    Column("digest", Integer, nullable=False, server_default="0"),
    # The digest that says that this message may have been missed.
    Column("told_in", Integer),
    # An id is never given twice: it makes the nonce and the button of a message.
    sqlite_autoincrement=True,
    sqlite_strict=True,
)
Index("announcements_state", announcements.c.state, announcements.c.place_kind, announcements.c.place_id)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place_kind", Text, nullable=False),
    Column("place_id", BIG, nullable=False),
    Column("guild_id", BIG),
    Column("paper_id", Integer, ForeignKey("papers.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    Column("held_at", UtcMoment),
    Column("announcement_id", Integer, ForeignKey("announcements.id")),
    Column("due_at", UtcMoment, nullable=False, server_default="0"),
    # 0: a message of its own; 1: in a digest; 2: in a digest, as the rest of a day.
    Column("digest", Integer, nullable=False, server_default="0"),
    Index("deliveries_place_paper", "place_kind", "place_id", "paper_id", unique=True),
    Index("deliveries_paper_id", "paper_id"),
    Index("deliveries_announcement_id", "announcement_id"),
    sqlite_strict=True,
)
Index(
    "deliveries_waiting",
    deliveries.c.state,
    deliveries.c.digest,
    deliveries.c.place_kind,
    deliveries.c.place_id,
    deliveries.c.guild_id,
    deliveries.c.due_at,
    deliveries.c.id,
    # Always empty here, but without it SQLite looks into every row.
    deliveries.c.announcement_id,
    sqlite_where=deliveries.c.announcement_id.is_(None),
)
Index("deliveries_state", deliveries.c.state, deliveries.c.place_kind, deliveries.c.place_id)

delivery_watches = Table(
    "delivery_watches",
    metadata,
    Column("delivery_id", Integer, ForeignKey("deliveries.id", ondelete="CASCADE"), nullable=False),
    Column("watch_id", Integer, nullable=False),
    Column("label", Text, nullable=False),
    PrimaryKeyConstraint("delivery_id", "watch_id"),
    Index("delivery_watches_watch_id", "watch_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""The watches that wanted a delivery, with what they were called then."""

revisions = Table(
    "revisions",
    metadata,
    # An id is never given twice: it makes the nonce and the button of an answer.
    Column("id", Integer, primary_key=True),
    Column("delivery_id", Integer, ForeignKey("deliveries.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    # What a reader notices, as JSON; an empty list where the message is only brought up to date.
    Column("changes", Text, nullable=False),
    Column("former_title", Text, nullable=False),
    Column("state", Text, nullable=False),
    # The first of those that are told together, from their first try on.
    Column("told_as", Integer),
    Column("claimed_at", UtcMoment),
    Column("attempts", Integer, nullable=False),
    Column("not_before", UtcMoment, nullable=False),
    # The message that answers the announcement, where there is one.
    Column("answer_id", BIG),
    Index("revisions_delivery_id", "delivery_id"),
    Index("revisions_told_as", "told_as"),
    sqlite_autoincrement=True,
    sqlite_strict=True,
)
Index("revisions_waiting", revisions.c.state, sqlite_where=revisions.c.state.in_(("due", "sending")))
"""What became different of papers after they were announced, and whether their places know."""
