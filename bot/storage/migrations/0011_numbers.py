"""Numbers of papers, their cohorts, and what is still to be scored.

Revises: 0010_author_ids
"""

from __future__ import annotations

from alembic import op

revision = "0011_numbers"
down_revision = "0010_author_ids"

_MONTH = "CAST(strftime('%Y', {0} / 1000000, 'unixepoch') AS INTEGER) * 12"
_QUARTER = "(CAST(strftime('%m', {0} / 1000000, 'unixepoch') AS INTEGER) - 1) / 3 * 3"


def _place(row: str, rest: str) -> str:
    """Return what notes the months of a paper as changed."""
    year, quarter = (part.format(f"{row}dated_at") for part in (_MONTH, _QUARTER))
    field = f"{row}primary_category"
    return (
        f"INSERT OR IGNORE INTO unplaced (start, months) SELECT {year} + CASE WHEN {field} IS NULL THEN 0"
        f" ELSE {quarter} END, CASE WHEN {field} IS NULL THEN 12 ELSE 3 END {rest}"
    )


_NOTE = _place("new.", "WHERE new.dated_at IS NOT NULL")
_QUEUE = "INSERT OR IGNORE INTO unscored (dated_at, paper_id) VALUES (coalesce(new.dated_at, 0), new.id)"
_REWORDED = " OR ".join(
    f"new.{name} IS NOT old.{name}" for name in ("title", "abstract", "primary_category", "venue", "dated_at")
)

STATEMENTS = (
    """
    CREATE TABLE paper_numbers (
        paper_id INTEGER NOT NULL,
        basis TEXT NOT NULL,
        scored_on TEXT,
        fault TEXT,
        forecast_fault TEXT,
        distance REAL,
        nearest REAL,
        prior_papers INTEGER,
        near TEXT,
        prediction REAL,
        prediction_by TEXT,
        novelty INTEGER,
        novelty_in TEXT,
        novelty_missing TEXT,
        forecast INTEGER,
        forecast_in TEXT,
        forecast_missing TEXT,
        outlook TEXT,
        impact INTEGER,
        impact_in TEXT,
        impact_missing TEXT,
        score INTEGER,
        trend REAL,
        PRIMARY KEY (paper_id)
    )
     STRICT
    """,
    "CREATE INDEX paper_numbers_basis ON paper_numbers (basis, paper_id)",
    "CREATE INDEX paper_numbers_novelty ON paper_numbers (novelty) WHERE novelty IS NOT NULL",
    "CREATE INDEX paper_numbers_score ON paper_numbers (score) WHERE score IS NOT NULL",
    """
    CREATE TABLE cohorts (
        number TEXT NOT NULL,
        "key" TEXT NOT NULL,
        size INTEGER NOT NULL,
        counted_on TEXT NOT NULL,
        PRIMARY KEY (number, "key")
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE unscored (
        dated_at INTEGER NOT NULL,
        paper_id INTEGER NOT NULL,
        PRIMARY KEY (dated_at, paper_id)
    )
     WITHOUT ROWID,
     STRICT
    """,
    "CREATE INDEX unscored_paper_id ON unscored (paper_id)",
    """
    CREATE TABLE unplaced (
        start INTEGER NOT NULL,
        months INTEGER NOT NULL,
        PRIMARY KEY (start, months)
    )
     WITHOUT ROWID,
     STRICT
    """,
    f"CREATE TRIGGER papers_unscored AFTER INSERT ON papers BEGIN {_QUEUE}; END",
    "CREATE TRIGGER papers_cited AFTER INSERT ON papers"
    f" WHEN new.citation_count IS NOT NULL BEGIN {_NOTE}; END",
    f"CREATE TRIGGER papers_reworded AFTER UPDATE ON papers WHEN {_REWORDED} BEGIN {_QUEUE}; {_NOTE}; END",
    "CREATE TRIGGER papers_recited AFTER UPDATE ON papers"
    f" WHEN new.citation_count IS NOT old.citation_count BEGIN {_NOTE}; END",
    "CREATE TRIGGER papers_gone AFTER DELETE ON papers BEGIN"
    " DELETE FROM paper_numbers WHERE paper_id = old.id; DELETE FROM unscored WHERE paper_id = old.id; END",
    # What is there already is scored too, the newest first.
    "INSERT INTO unscored (dated_at, paper_id) SELECT coalesce(dated_at, 0), id FROM papers",
    _place("", "FROM papers WHERE dated_at IS NOT NULL AND citation_count IS NOT NULL"),
    "CREATE VIRTUAL TABLE papers_words USING fts5vocab('papers_index', 'row')",
)


def upgrade() -> None:
    """Make the tables, and note everything that is stored."""
    for statement in STATEMENTS:
        op.execute(statement)
