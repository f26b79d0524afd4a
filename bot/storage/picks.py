"""When reading lists have their picks, and the messages that carry these."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.deliveries import MessageState
from bot.domain.library import ShelfKind
from bot.domain.picks import PickTime
from bot.domain.watches import PlaceKind
from bot.storage.columns import among
from bot.storage.database import Database
from bot.storage.library import MOST_VOTES_FIRST
from bot.storage.outgoing.holding import PICKS
from bot.storage.schema import announcements, library, reading_picks


class Picks:
    """Keeps one time a server, and makes a message of the papers whose turn it is."""

    def __init__(self, database: Database) -> None:
        """Take the open database."""
        self._database = database

    async def find_time(self, guild_id: int) -> PickTime | None:
        """Return when a server has its picks, None where it has none."""
        query = select(reading_picks).where(reading_picks.c.guild_id == guild_id)
        row = await self._database.read(lambda connection: connection.execute(query).first())
        return None if row is None else _time_from(row)

    async def set_time(self, time: PickTime) -> None:
        """Set when a server has its picks from now on."""
        values = {
            "channel_id": time.channel_id,
            "weekday": time.weekday,
            "hour": time.hour,
            "next_at": time.next_at,
        }
        row = upsert(reading_picks).values(guild_id=time.guild_id, **values)
        async with self._database.write() as connection:
            await connection.execute(row.on_conflict_do_update(index_elements=["guild_id"], set_=values))

    async def remove_time(self, guild_id: int) -> None:
        """Let a server have no picks any more."""
        async with self._database.write() as connection:
            await connection.execute(delete(reading_picks).where(reading_picks.c.guild_id == guild_id))

    async def list_due(self, now: datetime) -> tuple[PickTime, ...]:
        """Return the times that have come."""
        query = select(reading_picks).where(reading_picks.c.next_at <= now)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return tuple(_time_from(row) for row in rows)

    async def pick(self, time: PickTime, next_at: datetime, *, limit: int, now: datetime) -> int:
        """Make a message due with the papers whose turn it is, and mark them; return how many.

        One of several processes does it: whoever moves the time on first.
        """
        mine = (reading_picks.c.guild_id == time.guild_id) & (reading_picks.c.next_at == time.next_at)

        def pick(connection: Connection) -> int:
            if not connection.execute(update(reading_picks).where(mine).values(next_at=next_at)).rowcount:
                return 0
            papers = _most_voted(connection, time.guild_id, limit)
            if papers:
                message = {
                    "place_kind": PlaceKind.CHANNEL.value,
                    "place_id": time.channel_id,
                    "guild_id": time.guild_id,
                    "state": MessageState.DUE.value,
                    "claimed_at": now,
                    "attempts": 0,
                    "not_before": now,
                    "digest": PICKS,
                }
                new = insert(announcements).values(message).returning(announcements.c.id)
                number = connection.execute(new).scalar_one()
                chosen = _shelf(time.guild_id) & among(library.c.paper_id, papers)
                connection.execute(update(library).where(chosen).values(picked_in=number))
            return len(papers)

        async with self._database.write() as connection:
            return await connection.run_sync(pick)


def _shelf(guild_id: int) -> Any:
    return (library.c.shelf_kind == ShelfKind.SERVER.value) & (library.c.shelf_id == guild_id)


def _most_voted(connection: Connection, guild_id: int, limit: int) -> list[int]:
    """Return the papers at the head of the reading list that were not picked before."""
    query = (
        select(library.c.paper_id)
        .where(_shelf(guild_id), library.c.picked_in.is_(None))
        .order_by(*MOST_VOTES_FIRST)
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def _time_from(row: Row[Any]) -> PickTime:
    return PickTime(
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        weekday=row.weekday,
        hour=row.hour,
        next_at=row.next_at,
    )
