"""Who cites the works that watches follow.

Revises: 0014_revisions
"""

from __future__ import annotations

from alembic import op

revision = "0015_citations"
down_revision = "0014_revisions"


def upgrade() -> None:
    """Make the tables."""
    op.execute(
        """
        CREATE TABLE citations (
            paper_id INTEGER NOT NULL,
            cited TEXT NOT NULL,
            source TEXT NOT NULL,
            found_at INTEGER NOT NULL,
            PRIMARY KEY (paper_id, cited),
            FOREIGN KEY(paper_id) REFERENCES papers (id)
        ) WITHOUT ROWID, STRICT
        """
    )
    op.execute("CREATE INDEX citations_cited ON citations (cited)")
    op.execute(
        """
        CREATE TABLE cited_works (
            work TEXT NOT NULL,
            since TEXT NOT NULL,
            asked_at INTEGER NOT NULL,
            PRIMARY KEY (work)
        ) WITHOUT ROWID, STRICT
        """
    )
