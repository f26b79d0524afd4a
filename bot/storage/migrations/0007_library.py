"""Reading lists and the votes on them."""

from alembic import op

revision = "0007_library"
down_revision = "0006_waiting_deliveries"

STATEMENTS = (
    """
    CREATE TABLE library (
        shelf_kind TEXT NOT NULL,
        shelf_id INTEGER NOT NULL,
        paper_id INTEGER NOT NULL,
        saved_by INTEGER,
        saved_at INTEGER NOT NULL,
        PRIMARY KEY (shelf_kind, shelf_id, paper_id),
        FOREIGN KEY (paper_id) REFERENCES papers (id)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX library_paper_id ON library (paper_id)",
    """
    CREATE TABLE library_votes (
        shelf_kind TEXT NOT NULL,
        shelf_id INTEGER NOT NULL,
        paper_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        PRIMARY KEY (shelf_kind, shelf_id, paper_id, person_id),
        FOREIGN KEY (shelf_kind, shelf_id, paper_id)
        REFERENCES library (shelf_kind, shelf_id, paper_id) ON DELETE CASCADE ON UPDATE CASCADE
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX library_votes_person_id ON library_votes (person_id)",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
