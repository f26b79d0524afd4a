"""Changes of a reading list that a watch goes by count as changes of the watch.

Revises: 0016_reading_picks
"""

from __future__ import annotations

from alembic import op

revision = "0017_watched_lists"
down_revision = "0016_reading_picks"

BUMP = (
    "INSERT INTO states (key, value) VALUES ('watches_version', '1')"
    " ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT);"
)
CHANGES = (("insert", "", "new"), ("update", " OF paper_id", "new"), ("delete", "", "old"))


def upgrade() -> None:
    """Make the triggers."""
    for change, columns, row in CHANGES:
        op.execute(
            f"CREATE TRIGGER library_after_{change} AFTER {change.upper()}{columns} ON library"  # noqa: S608 -- our words
            " WHEN EXISTS (SELECT 1 FROM watches WHERE criterion_kind = 'shelf' AND (guild_id ="
            f" {row}.shelf_id OR (place_kind = 'direct' AND place_id = {row}.shelf_id))) BEGIN {BUMP} END"
        )
