"""What sources cost and brought, day by day: the same for all processes, and kept over restarts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, select, text
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.accounts import Account
from bot.domain.papers import Paper
from bot.storage.columns import to_number
from bot.storage.database import Database
from bot.storage.schema import accounts


class Accounts:
    """Keeps one account a source and day; what was last read or written stands ready in `known`."""

    def __init__(self, database: Database) -> None:
        """Take the open database."""
        self._database = database
        self._known: dict[str, Account] = {}

    def known(self, source: str, day: date) -> Account:
        """Return the account as this process last saw it."""
        account = self._known.get(source)
        return account if account and account.day == day else Account(source=source, day=day)

    async def refresh(self, day: date) -> None:
        """Read what other processes wrote since; a source may rest beyond the end of its day."""
        query = (
            select(accounts)
            .where(accounts.c.day >= (day - timedelta(days=1)).isoformat(), accounts.c.day <= day.isoformat())
            .order_by(accounts.c.day)
        )
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        self._known |= {row.source: _account(row) for row in rows}

    async def reserve(self, source: str, day: date, cost: int, *, limit: int, keep: int = 0) -> bool:
        """Count a call before it is made, unless that leaves less than `keep` of the day's `limit`.

        The service's own word goes before `limit`. Of two processes, one is second.
        """
        values = {"source": source, "day": day.isoformat(), "cost": cost, "limit": limit, "keep": keep}
        async with self._database.write() as connection:
            await connection.execute(_begin, [{"source": source, "day": day.isoformat()}])
            row = (await connection.execute(_reserve, values)).one_or_none()
        if row is None:
            await self.refresh(day)
            return False
        self._known[source] = _account(row)
        return True

    async def settle(
        self,
        source: str,
        day: date,
        *,
        cost: int = 0,
        limit: int | None = None,
        left: int | None = None,
        rests_until: datetime | None = None,
    ) -> None:
        """Correct what was spent by `cost`, and keep what the service said; None says nothing."""
        values = {
            "source": source,
            "day": day.isoformat(),
            "cost": cost,
            "limit": limit,
            "left": left,
            "until": to_number(rests_until),
        }
        async with self._database.write() as connection:
            await connection.execute(_begin, [{"source": source, "day": day.isoformat()}])
            self._known[source] = _account((await connection.execute(_settle, values)).one())


async def note_gains(connection: AsyncConnection, given: Iterable[Paper], changed: Iterable[bool]) -> None:
    """Count for each source and day the papers that it changed, in the transaction that stores them."""
    gains = Counter(
        (paper.source, paper.fetched_at.astimezone(UTC).date())
        for paper, is_changed in zip(given, changed, strict=True)
        if is_changed and paper.source and paper.fetched_at
    )
    if gains:
        rows = [{"of": name, "on": day.isoformat(), "more": count} for (name, day), count in gains.items()]
        await connection.execute(_gain, rows)


def _account(row: Row[Any]) -> Account:
    return Account(
        source=row.source,
        day=date.fromisoformat(row.day),
        spent=row.spent,
        limit=row.told_limit,
        left=row.told_left,
        rests_until=row.rests_until,
        gained=row.gained,
    )


_begin = (
    upsert(accounts)
    .values(source=bindparam("source"), day=bindparam("day"), spent=0, gained=0)
    .on_conflict_do_nothing()
)
_columns = accounts.c
_reserve = text(
    "UPDATE accounts SET spent = spent + :cost, told_left = told_left - :cost"
    " WHERE source = :source AND day = :day"
    " AND spent + :cost + :keep <= coalesce(told_limit, :limit)"
    " AND (told_left IS NULL OR told_left >= :cost + :keep)"
    " RETURNING *"
).columns(*_columns)
_settle = text(
    "UPDATE accounts SET spent = max(spent + :cost, 0),"
    " told_limit = coalesce(:limit, told_limit), told_left = coalesce(:left, told_left),"
    " rests_until = coalesce(:until, rests_until)"
    " WHERE source = :source AND day = :day RETURNING *"
).columns(*_columns)
_gain = upsert(accounts).values(
    source=bindparam("of"), day=bindparam("on"), spent=0, gained=bindparam("more")
)
_gain = _gain.on_conflict_do_update(
    index_elements=["source", "day"], set_={"gained": accounts.c.gained + _gain.excluded.gained}
)
