"""Papers cited equally often, or of which that is unknown, come by date.

Revises: 0019_waiting_index
"""

from __future__ import annotations

from alembic import op

revision = "0020_citations_by_date"
down_revision = "0019_waiting_index"


def upgrade() -> None:
    """Make the index anew, with the date behind the count."""
    op.execute("DROP INDEX papers_citation_count")
    op.execute("CREATE INDEX papers_citation_count ON papers (citation_count, dated_at)")
