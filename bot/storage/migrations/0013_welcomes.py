"""Which servers the bot knows, and which of them it has yet to introduce itself to.

Revises: 0012_misplaced_names
"""

from __future__ import annotations

from alembic import op

revision = "0013_welcomes"
down_revision = "0012_misplaced_names"


def upgrade() -> None:
    """Make the table."""
    op.execute(
        """
        CREATE TABLE welcomes (
            guild_id INTEGER NOT NULL,
            met_at INTEGER NOT NULL,
            claimed_at INTEGER,
            settled INTEGER NOT NULL,
            PRIMARY KEY (guild_id)
        ) STRICT
        """
    )
