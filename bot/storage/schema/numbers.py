"""Numbers of papers, and what is still to be made."""

from __future__ import annotations

from sqlalchemy import REAL, Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from bot.storage.columns import BIG
from bot.storage.schema.base import metadata

paper_numbers = Table(
    "paper_numbers",
    metadata,
    Column("paper_id", Integer, primary_key=True),
    # What the numbers from its text were made with: the model and the catalogue's size class; empty before.
    Column("basis", Text, nullable=False),
    Column("scored_on", Text),
    # Why the text can't be compared, or no forecast made; see `bot.domain.numbers.Missing`.
    Column("fault", Text),
    Column("forecast_fault", Text),
    Column("distance", REAL),
    Column("nearest", REAL),
    Column("prior_papers", Integer),
    # The nearest earlier papers as JSON pairs of id and cosine.
    Column("near", Text),
    Column("prediction", REAL),
    # The model, what it looked at, and the parts of its prediction, as JSON.
    Column("prediction_by", Text),
    # Percentiles in the cohorts of the same key in `cohorts`, or why there is none.
    Column("novelty", Integer),
    Column("novelty_in", Text),
    Column("novelty_missing", Text),
    Column("forecast", Integer),
    Column("forecast_in", Text),
    Column("forecast_missing", Text),
    # What became of papers forecast so: mean, interval, share in the top tenth, as JSON.
    Column("outlook", Text),
    Column("impact", Integer),
    Column("impact_in", Text),
    Column("impact_missing", Text),
    # Forecast or Impact, whichever the paper's age asks for.
    Column("score", Integer),
    # What feeds are ordered by: 14 log2(expected percentile) + its day, which orders as Rank does.
    Column("trend", REAL),
    Index("paper_numbers_basis", "basis", "paper_id"),
    sqlite_strict=True,
)
Index("paper_numbers_score", paper_numbers.c.score, sqlite_where=paper_numbers.c.score.is_not(None))
Index("paper_numbers_novelty", paper_numbers.c.novelty, sqlite_where=paper_numbers.c.novelty.is_not(None))
"""The numbers Hoopoe makes of each paper: from its text, and where these stand in its cohort."""

cohorts = Table(
    "cohorts",
    metadata,
    Column("number", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("counted_on", Text, nullable=False),
    PrimaryKeyConstraint("number", "key"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""How many papers each cohort had when a number's standings in it were last worked out."""

unscored = Table(
    "unscored",
    metadata,
    Column("dated_at", BIG, nullable=False),
    Column("paper_id", Integer, nullable=False),
    PrimaryKeyConstraint("dated_at", "paper_id"),
    Index("unscored_paper_id", "paper_id"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""Papers whose text is new or changed, by their date in microseconds."""

unplaced = Table(
    "unplaced",
    metadata,
    # The first month, counted from the year 0, and how many: 3, or 12 for papers without category.
    Column("start", Integer, nullable=False),
    Column("months", Integer, nullable=False),
    PrimaryKeyConstraint("start", "months"),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)
"""Times in which something changed that percentiles are made of."""

_QUEUE = "INSERT OR IGNORE INTO unscored (dated_at, paper_id) VALUES (coalesce(new.dated_at, 0), new.id);"

_YEAR = "CAST(strftime('%Y', new.dated_at / 1000000, 'unixepoch') AS INTEGER) * 12"

_QUARTER = "(CAST(strftime('%m', new.dated_at / 1000000, 'unixepoch') AS INTEGER) - 1) / 3 * 3"

_TIME = (
    f"{_YEAR} + CASE WHEN new.primary_category IS NULL THEN 0 ELSE {_QUARTER} END,"
    " CASE WHEN new.primary_category IS NULL THEN 12 ELSE 3 END"
)

_PLACE = f"INSERT OR IGNORE INTO unplaced (start, months) SELECT {_TIME} WHERE new.dated_at IS NOT NULL;"

_DIFFERS = " OR ".join(
    f"new.{name} IS NOT old.{name}" for name in ("title", "abstract", "primary_category", "venue", "dated_at")
)

NUMBER_TRIGGERS = (
    f"CREATE TRIGGER papers_unscored AFTER INSERT ON papers BEGIN {_QUEUE} END",
    "CREATE TRIGGER papers_cited AFTER INSERT ON papers"
    f" WHEN new.citation_count IS NOT NULL BEGIN {_PLACE} END",
    f"CREATE TRIGGER papers_reworded AFTER UPDATE ON papers WHEN {_DIFFERS} BEGIN {_QUEUE} {_PLACE} END",
    "CREATE TRIGGER papers_recited AFTER UPDATE ON papers"
    f" WHEN new.citation_count IS NOT old.citation_count BEGIN {_PLACE} END",
    "CREATE TRIGGER papers_gone AFTER DELETE ON papers BEGIN"
    " DELETE FROM paper_numbers WHERE paper_id = old.id; DELETE FROM unscored WHERE paper_id = old.id; END",
)
"""They notice what numbers are made of, whoever writes it."""

NEW_PAPERS_TRIGGERS = ("papers_unscored", "papers_cited")

NOTE_NEW_PAPERS = (
    "INSERT OR IGNORE INTO unscored (dated_at, paper_id)"
    " SELECT coalesce(dated_at, 0), id FROM papers WHERE id >= :first ORDER BY 1, 2",
    f"INSERT OR IGNORE INTO unplaced (start, months) SELECT DISTINCT {_TIME} FROM papers AS new"  # noqa: S608 -- our words
    " WHERE new.id >= :first AND new.dated_at IS NOT NULL AND new.citation_count IS NOT NULL",
)
"""What these two write of new papers, for all from an id on at once: a tenth of their time."""
