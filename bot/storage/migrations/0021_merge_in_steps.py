"""The text index merges its pieces only as far as it is told to with each write.

By itself it merges sixteen pieces of a kind at once, of whatever size: after an import a third of a
second for 20,000 papers, and nobody else can write meanwhile. 256 is far from what ever waits.

Revises: 0020_citations_by_date
"""

from __future__ import annotations

from alembic import op

revision = "0021_merge_in_steps"
down_revision = "0020_citations_by_date"


def upgrade() -> None:
    """Set what the index keeps beside its pieces."""
    op.execute("INSERT INTO papers_index (papers_index, rank) VALUES ('automerge', 0)")
    op.execute("INSERT INTO papers_index (papers_index, rank) VALUES ('crisismerge', 256)")
