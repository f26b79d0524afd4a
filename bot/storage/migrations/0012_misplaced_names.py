"""Which names an import left where they stood in the index behind autocomplete.

Revises: 0011_numbers
"""

from __future__ import annotations

from alembic import op

revision = "0012_misplaced_names"
down_revision = "0011_numbers"


def upgrade() -> None:
    """Make the table."""
    op.execute(
        """
        CREATE TABLE misplaced_names (
            author_id INTEGER NOT NULL,
            tier INTEGER,
            PRIMARY KEY (author_id)
        ) STRICT
        """
    )
