"""Which announcements the catalogue holds, and how far filling a gap has come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.feeds import CatchUpState, Mailing
from bot.storage import codec
from bot.storage.database import Database
from bot.storage.schema import mailings, states

_KEY = "catch_up_state"


async def list_mailings(database: Database) -> tuple[Mailing, ...]:
    """Return every mailing that was read or filled, the oldest first."""
    query = select(mailings).order_by(mailings.c.day, mailings.c.categories)
    rows = await database.read(lambda connection: connection.execute(query).all())
    return tuple(
        Mailing(
            day=date.fromisoformat(row.day),
            categories=tuple(row.categories.split("+")),
            item_count=row.item_count,
            filled=bool(row.filled),
        )
        for row in rows
    )


async def save_mailings(connection: AsyncConnection, read: Iterable[Mailing]) -> None:
    """Remember mailings; the longer reading of a day counts, and filled stays filled."""
    statement = upsert(mailings)
    statement = statement.on_conflict_do_update(
        index_elements=["day", "categories"],
        set_={"item_count": statement.excluded.item_count, "filled": statement.excluded.filled},
        where=(mailings.c.filled == 0) & (mailings.c.item_count <= statement.excluded.item_count),
    )
    rows = [
        {
            "day": mailing.day.isoformat(),
            "categories": "+".join(mailing.categories),
            "item_count": mailing.item_count,
            "filled": int(mailing.filled),
        }
        for mailing in read
    ]
    if rows:
        await connection.execute(statement, rows)


async def find_catch_up(database: Database) -> CatchUpState | None:
    """Return how far filling a gap has come, None where none is being filled."""
    query = select(states.c.value).where(states.c.key == _KEY)
    body = await database.read(lambda connection: connection.execute(query).scalar())
    return msgspec.json.decode(body, type=CatchUpState) if body else None


async def save_catch_up(connection: AsyncConnection, state: CatchUpState | None) -> None:
    """Remember how far filling a gap has come, None where nothing is left of it."""
    if state is None:
        await connection.execute(delete(states).where(states.c.key == _KEY))
        return
    row = {"key": _KEY, "value": codec.encode(state)}
    await connection.execute(
        upsert(states).values(row).on_conflict_do_update(index_elements=["key"], set_={"value": row["value"]})
    )
