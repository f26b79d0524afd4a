"""The ids that profiles had before OpenAlex made two of them one.

Revises: 0009_digests
"""

from __future__ import annotations

from alembic import op

revision = "0010_author_ids"
down_revision = "0009_digests"


def upgrade() -> None:
    """Make the table."""
    op.execute(
        """
        CREATE TABLE author_ids (
            openalex_id TEXT NOT NULL,
            author_id INTEGER NOT NULL,
            PRIMARY KEY (openalex_id),
            FOREIGN KEY(author_id) REFERENCES authors (id)
        ) WITHOUT ROWID, STRICT
        """
    )
