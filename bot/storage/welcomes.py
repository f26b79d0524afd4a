"""Which servers the bot has met, and where it has yet to introduce itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.welcomes import Welcome
from bot.storage.database import Database
from bot.storage.schema import welcomes


class Welcomes:
    """Keeps one row a server, for good: who comes back is no stranger."""

    def __init__(self, database: Database) -> None:
        """Take the open database."""
        self._database = database

    async def list_met(self) -> frozenset[int]:
        """Return the servers that were met before."""
        query = select(welcomes.c.guild_id)
        found = await self._database.read(lambda connection: connection.execute(query).scalars().all())
        return frozenset(found)

    async def meet(self, guild_ids: Collection[int], now: datetime, *, settled: bool) -> None:
        """Write down servers met for the first time; those known stay as they are."""
        if not guild_ids:
            return
        rows = [{"guild_id": one, "met_at": now, "settled": int(settled)} for one in guild_ids]
        async with self._database.write() as connection:
            await connection.execute(upsert(welcomes).on_conflict_do_nothing(), rows)

    async def list_open(self) -> tuple[Welcome, ...]:
        """Return the welcomes that are still to be said, or may be on their way."""
        query = select(welcomes).where(welcomes.c.settled == 0).order_by(welcomes.c.met_at)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return tuple(
            Welcome(guild_id=row.guild_id, met_at=row.met_at, claimed_at=row.claimed_at) for row in rows
        )

    async def claim(self, guild_id: int, now: datetime) -> None:
        """Write down that the message is about to be sent."""
        await self._change(guild_id, claimed_at=now)

    async def release(self, guild_id: int) -> None:
        """Write down that it was certainly not sent."""
        await self._change(guild_id, claimed_at=None)

    async def settle(self, guild_id: int) -> None:
        """Write down that there is nothing more to say, ever."""
        await self._change(guild_id, settled=1)

    async def _change(self, guild_id: int, **values: Any) -> None:
        async with self._database.write() as connection:
            await connection.execute(update(welcomes).where(welcomes.c.guild_id == guild_id).values(**values))
