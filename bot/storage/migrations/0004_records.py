"""Where each value of a paper comes from, which papers became one, and their other names.

Revises: 0003_enrichment
"""

from __future__ import annotations

from alembic import op

revision = "0004_records"
down_revision = "0003_enrichment"

STATEMENTS = (
    # What is stored so far counts as told by the paper's own source.
    "ALTER TABLE papers ADD COLUMN origins TEXT DEFAULT '{}' NOT NULL",
    """
    CREATE TABLE merges (
        id INTEGER NOT NULL,
        kept_id INTEGER NOT NULL,
        gone_id INTEGER,
        evidence TEXT NOT NULL,
        merged_at INTEGER NOT NULL,
        undone_at INTEGER,
        body TEXT NOT NULL,
        PRIMARY KEY (id)
    ) STRICT
    """,
    "CREATE INDEX merges_gone_id ON merges (gone_id)",
    "CREATE INDEX merges_kept_id ON merges (kept_id)",
    "CREATE INDEX merges_undone ON merges (kept_id, gone_id) WHERE undone_at IS NOT NULL",
    """
    CREATE TABLE paper_names (
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        paper_id INTEGER NOT NULL,
        PRIMARY KEY (kind, value, paper_id),
        FOREIGN KEY(paper_id) REFERENCES papers (id)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX paper_names_paper_id ON paper_names (paper_id)",
    "CREATE INDEX papers_unlisted_title ON papers (title_key) WHERE arxiv_id IS NULL",
)


def upgrade() -> None:
    """Add the column, and make the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
