"""Watches with several criteria, filters and a manner of delivery; changes of them are counted."""

from alembic import op

revision = "0002_watch_conditions"
down_revision = "0001_catalogue"

STATEMENTS = (
    "DROP INDEX watches_place",
    "DROP INDEX watches_guild_id",
    "ALTER TABLE watches RENAME TO watches_before",
    """
    CREATE TABLE watches (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        owner_id INTEGER NOT NULL,
        place_kind TEXT NOT NULL,
        place_id INTEGER NOT NULL,
        guild_id INTEGER,
        criterion_kind TEXT NOT NULL,
        criterion_key TEXT NOT NULL,
        criterion TEXT NOT NULL,
        narrowed TEXT NOT NULL,
        filters TEXT NOT NULL,
        manner TEXT NOT NULL,
        condition_key TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        paused_reason TEXT NOT NULL
    ) STRICT
    """,
    """
    INSERT INTO watches
    SELECT id, owner_id, place_kind, place_id, guild_id, criterion_kind, criterion_key, criterion,
        '[]',
        CASE has_code WHEN 0 THEN '{}' ELSE '{"has_code"\\:true}' END,
        '{}',
        CASE has_code WHEN 0 THEN '[[],{}]' ELSE '[[],{"has_code"\\:true}]' END,
        created_at, paused_reason
    FROM watches_before
    """,
    # A number is never given twice, also after the watch that had it was removed.
    "DELETE FROM sqlite_sequence WHERE name = 'watches'",
    "INSERT INTO sqlite_sequence SELECT 'watches', seq FROM sqlite_sequence WHERE name = 'watches_before'",
    "DROP TABLE watches_before",
    """
    CREATE UNIQUE INDEX watches_place
    ON watches (place_kind, place_id, criterion_kind, criterion_key, condition_key)
    """,
    "CREATE INDEX watches_guild_id ON watches (guild_id)",
    *(
        f"""
        CREATE TRIGGER watches_after_{change} AFTER {change.upper()} ON watches BEGIN
            INSERT INTO states (key, value) VALUES ('watches_version', '1')
            ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT);
        END
        """  # noqa: S608 -- our words
        for change in ("insert", "update", "delete")
    ),
)


def upgrade() -> None:
    """Make the table anew around what it holds."""
    for statement in STATEMENTS:
        op.execute(statement)
