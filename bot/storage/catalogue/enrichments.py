"""Which papers a source should be asked about next, and how often people look at them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.papers import Paper
from bot.storage.catalogue.search import read_papers
from bot.storage.columns import to_number
from bot.storage.database import Database
from bot.storage.schema import enrichments, looks


class Enrichments:
    """Remembers for each source and paper when to ask again, and counts looks."""

    def __init__(self, database: Database) -> None:
        """Take the open database."""
        self._database = database

    async def list_due(
        self, source: str, now: datetime, *, announced_since: datetime, looked_since: datetime, limit: int
    ) -> tuple[Paper, ...]:
        """Return papers announced or looked at since, that this source should be asked about now.

        The most looked-at come first, of those the ones that wait longest.
        """
        values = {
            "source": source,
            "now": to_number(now),
            "announced": to_number(announced_since),
            "looked": to_number(looked_since),
            "limit": limit,
        }
        return await self._database.read(
            lambda connection: read_papers(connection, connection.execute(_DUE, values).scalars().all())
        )

    async def ask_again(self, source: str, due: Mapping[int, datetime]) -> None:
        """Remember when each paper is to be asked about again."""
        if not due:
            return
        rows = [{"source": source, "paper_id": paper, "due_at": moment} for paper, moment in due.items()]
        async with self._database.write() as connection:
            await connection.execute(_ask_again, rows)

    async def note_looks(self, counts: Mapping[int, int], now: datetime) -> None:
        """Add to how often papers were looked at."""
        if not counts:
            return
        rows = [{"paper_id": paper, "count": count, "looked_at": now} for paper, count in counts.items()]
        async with self._database.write() as connection:
            await connection.execute(_look, rows)


_DUE = text(
    "WITH wanted(id, looks) AS ("
    " SELECT id, 0 FROM papers WHERE announced_at >= :announced"
    " UNION ALL SELECT paper_id, count FROM looks WHERE looked_at >= :looked"
    "), once(id, looks) AS (SELECT id, max(looks) FROM wanted GROUP BY id)"
    " SELECT p.id FROM once AS w JOIN papers AS p ON p.id = w.id"
    " LEFT JOIN enrichments AS e ON e.source = :source AND e.paper_id = p.id"
    " WHERE p.invented = 0 AND (p.arxiv_id IS NOT NULL OR p.doi IS NOT NULL)"
    " AND coalesce(e.due_at, 0) <= :now"
    " ORDER BY w.looks DESC, coalesce(e.due_at, 0), p.announced_at DESC, p.id DESC LIMIT :limit"
)
_ask_again = upsert(enrichments).values(
    source=bindparam("source"), paper_id=bindparam("paper_id"), due_at=bindparam("due_at")
)
_ask_again = _ask_again.on_conflict_do_update(
    index_elements=["source", "paper_id"], set_={"due_at": _ask_again.excluded.due_at}
)
_look = upsert(looks).values(
    paper_id=bindparam("paper_id"), count=bindparam("count"), looked_at=bindparam("looked_at")
)
_look = _look.on_conflict_do_update(
    index_elements=["paper_id"],
    set_={"count": looks.c.count + _look.excluded.count, "looked_at": _look.excluded.looked_at},
)
