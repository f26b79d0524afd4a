"""When a delivery may go out, and whether in a digest; which message told of a missed one.

Revises: 0008_namesakes
"""

from __future__ import annotations

from alembic import op

revision = "0009_digests"
down_revision = "0008_namesakes"

STATEMENTS = (
    "ALTER TABLE deliveries ADD COLUMN due_at INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE deliveries ADD COLUMN digest INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE announcements ADD COLUMN digest INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE announcements ADD COLUMN told_in INTEGER",
    "DROP INDEX deliveries_waiting",
    """
    CREATE INDEX deliveries_waiting ON deliveries (state, place_kind, place_id, guild_id, digest, due_at, id)
    WHERE announcement_id IS NULL
    """,
)


def upgrade() -> None:
    """Add the columns, and the index with them."""
    for statement in STATEMENTS:
        op.execute(statement)
