"""Which announcements the catalogue holds, and which dates of announcement are estimated.

Revises: 0004_records
"""

from __future__ import annotations

from alembic import op

revision = "0005_mailings"
down_revision = "0004_records"

STATEMENTS = (
    "ALTER TABLE papers ADD COLUMN announced_estimated INTEGER DEFAULT '0' NOT NULL",
    """
    CREATE TABLE mailings (
        day TEXT NOT NULL,
        categories TEXT NOT NULL,
        item_count INTEGER NOT NULL,
        filled INTEGER NOT NULL,
        PRIMARY KEY (day, categories)
    ) WITHOUT ROWID, STRICT
    """,
    # What was read last is known of every group. Feeds are dated at midnight in New York, which is
    # 4 or 5 o'clock UTC; full ones (2,000 items) had lost papers.
    """
    INSERT INTO mailings (day, categories, item_count, filled)
    SELECT date(json_extract(body, '$.dated'), '-4 hours'), categories,
           json_extract(body, '$.item_count'), 0
    FROM feed_states
    WHERE json_extract(body, '$.dated') IS NOT NULL
      AND coalesce(json_extract(body, '$.item_count'), 0) BETWEEN 1 AND 1999
    """,
)


def upgrade() -> None:
    """Make the table, and fill it with what is known."""
    for statement in STATEMENTS:
        op.execute(statement)
