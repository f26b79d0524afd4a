"""An index of what waits to be sent, place by place."""

from alembic import op

revision = "0006_waiting_deliveries"
down_revision = "0005_mailings"

STATEMENTS = (
    """
    CREATE INDEX deliveries_waiting ON deliveries (state, place_kind, place_id, guild_id, id)
    WHERE announcement_id IS NULL
    """,
)


def upgrade() -> None:
    """Add it."""
    for statement in STATEMENTS:
        op.execute(statement)
