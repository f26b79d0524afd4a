"""What became different of papers after they were announced.

Revises: 0013_welcomes
"""

from __future__ import annotations

from alembic import op

revision = "0014_revisions"
down_revision = "0013_welcomes"


def upgrade() -> None:
    """Make the table."""
    op.execute(
        """
        CREATE TABLE revisions (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            delivery_id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            changes TEXT NOT NULL,
            former_title TEXT NOT NULL,
            state TEXT NOT NULL,
            told_as INTEGER,
            claimed_at INTEGER,
            attempts INTEGER NOT NULL,
            not_before INTEGER NOT NULL,
            answer_id INTEGER,
            FOREIGN KEY(delivery_id) REFERENCES deliveries (id) ON DELETE CASCADE
        ) STRICT
        """
    )
    op.execute("CREATE INDEX revisions_delivery_id ON revisions (delivery_id)")
    op.execute("CREATE INDEX revisions_told_as ON revisions (told_as)")
    op.execute("CREATE INDEX revisions_waiting ON revisions (state) WHERE state IN ('due', 'sending')")
