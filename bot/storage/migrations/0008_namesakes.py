"""Which papers of a name are whose, where evidence tells its bearers apart."""

from alembic import op

revision = "0008_namesakes"
down_revision = "0007_library"

STATEMENTS = (
    """
    CREATE TABLE attributions (
        paper_id INTEGER NOT NULL,
        name_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        PRIMARY KEY (paper_id, name_id)
    ) WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX attributions_person_id ON attributions (person_id)",
    "CREATE INDEX attributions_name_id ON attributions (name_id)",
    """
    CREATE TABLE sorted_names (
        name_key TEXT NOT NULL,
        papers INTEGER NOT NULL,
        PRIMARY KEY (name_key)
    ) WITHOUT ROWID, STRICT
    """,
)


def upgrade() -> None:
    """Add the tables; no name is sorted yet."""
    for statement in STATEMENTS:
        op.execute(statement)
