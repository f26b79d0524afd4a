"""What waits is counted from the index alone, messages of their own and digests apart.

Revises: 0018_author_works
"""

from __future__ import annotations

from alembic import op

revision = "0019_waiting_index"
down_revision = "0018_author_works"


def upgrade() -> None:
    """Make the index anew; SQLite reads it alone only where it holds the column of its own condition too."""
    op.execute("DROP INDEX deliveries_waiting")
    op.execute(
        """
        CREATE INDEX deliveries_waiting ON deliveries
        (state, digest, place_kind, place_id, guild_id, due_at, id, announcement_id)
        WHERE announcement_id IS NULL
        """
    )
