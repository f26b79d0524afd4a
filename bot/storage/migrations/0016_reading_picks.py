"""When a server's reading list has its weekly picks, and which papers were picked.

Revises: 0015_citations
"""

from __future__ import annotations

from alembic import op

revision = "0016_reading_picks"
down_revision = "0015_citations"

STATEMENTS = (
    """
    CREATE TABLE reading_picks (
        guild_id INTEGER NOT NULL,
        channel_id INTEGER NOT NULL,
        weekday INTEGER NOT NULL,
        hour INTEGER NOT NULL,
        next_at INTEGER,
        PRIMARY KEY (guild_id)
    ) STRICT
    """,
    "ALTER TABLE library ADD COLUMN picked_in INTEGER",
    "CREATE INDEX library_picked_in ON library (picked_in) WHERE picked_in IS NOT NULL",
)


def upgrade() -> None:
    """Make the table, the column and its index."""
    for statement in STATEMENTS:
        op.execute(statement)
