"""Accounts of the sources, when to ask them about each paper again, and looks at papers.

Revises: 0002_watch_conditions
"""

from __future__ import annotations

from alembic import op

revision = "0003_enrichment"
down_revision = "0002_watch_conditions"

STATEMENTS = (
    """
    CREATE TABLE accounts (
        source TEXT NOT NULL,
        day TEXT NOT NULL,
        spent INTEGER NOT NULL,
        told_limit INTEGER,
        told_left INTEGER,
        rests_until INTEGER,
        gained INTEGER NOT NULL,
        PRIMARY KEY (source, day)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE enrichments (
        source TEXT NOT NULL,
        paper_id INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        PRIMARY KEY (source, paper_id)
    ) WITHOUT ROWID, STRICT
    """,
    """
    CREATE TABLE looks (
        paper_id INTEGER NOT NULL,
        count INTEGER NOT NULL,
        looked_at INTEGER NOT NULL,
        PRIMARY KEY (paper_id)
    ) STRICT
    """,
    "CREATE INDEX looks_looked_at ON looks (looked_at)",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
