"""The works of authors whose citations watches follow.

Revises: 0017_watched_lists
"""

from __future__ import annotations

from alembic import op

revision = "0018_author_works"
down_revision = "0017_watched_lists"

BUMP = (
    "INSERT INTO states (key, value) VALUES ('watches_version', '1')"
    " ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT);"
)


def upgrade() -> None:
    """Make the table; a change of what it holds counts as a change of the watches that go by it."""
    op.execute(
        """
        CREATE TABLE author_works (
            author_id INTEGER NOT NULL,
            place INTEGER NOT NULL,
            work TEXT NOT NULL,
            title TEXT NOT NULL,
            read_at INTEGER NOT NULL,
            PRIMARY KEY (author_id, place)
        ) WITHOUT ROWID, STRICT
        """
    )
    for change in ("insert", "delete"):
        op.execute(
            f"CREATE TRIGGER author_works_after_{change} AFTER {change.upper()} ON author_works"
            f" BEGIN {BUMP} END"
        )
