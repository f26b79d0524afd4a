"""Watches and what they want."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deliveries import MessageState
from bot.domain.watches import Criterion, Place, Tally, Watch
from bot.errors import NoSuchWatch, WatchExists
from bot.storage import codec
from bot.storage.columns import among
from bot.storage.database import Database
from bot.storage.outgoing import holding
from bot.storage.outgoing.author_works import with_author_works
from bot.storage.outgoing.holding import UNSENT, at
from bot.storage.outgoing.shelves import with_shelves
from bot.storage.outgoing.watch_rows import key_of, row_of, watch_from
from bot.storage.schema import WATCHES_VERSION, announcements, deliveries, delivery_watches, states, watches

_CITING = ("citations", "author citations")


class Watches:
    """Keeps watches, and holds or frees what they caused."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Take the open database, and the clock that says since when something is held."""
        self._database = database
        self._clock = clock

    async def save_watch(self, watch: Watch) -> Watch:
        """Insert a watch; an equal one in the same place is returned instead of a second."""
        row = row_of(watch)
        async with self._database.write() as connection:
            known = (await connection.execute(_equal_to(watch, row))).first()
            if known is not None:
                return watch_from(known)
            new = insert(watches).values(row).returning(watches.c.id)
            return replace(watch, id=(await connection.execute(new)).scalar_one())

    async def change_watches(self, changed: Sequence[Watch]) -> None:
        """Change watches, all or none; raise WatchExists where one would equal another of its place."""
        async with self._database.write() as connection:
            for watch in changed:
                row = row_of(watch)
                other = _equal_to(watch, row).where(watches.c.id != watch.id)
                if (known := (await connection.execute(other)).first()) is not None:
                    raise WatchExists(watch_from(known).label, known.id)
                await connection.execute(update(watches).where(watches.c.id == watch.id).values(row))

    async def save_criterion(self, watch_id: int, criterion: Criterion) -> None:
        """Keep what is known by now of what a watch is named by; all else of it stays as it is."""
        changed = update(watches).where(
            watches.c.id == watch_id, watches.c.criterion_key == key_of(criterion)
        )
        async with self._database.write() as connection:
            await connection.execute(changed.values(criterion=codec.encode(criterion)))

    async def list_watches(
        self, *, place: Place | None = None, guild_id: int | None = None
    ) -> tuple[Watch, ...]:
        """Return watches of a place, of a server, or all, the oldest first."""
        query = select(watches).order_by(watches.c.id)
        if place is not None:
            query = query.where(at(watches, place))
        if guild_id is not None:
            query = query.where(watches.c.guild_id == guild_id)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return tuple(watch_from(row) for row in rows)

    async def list_citation_watches(self) -> tuple[Watch, ...]:
        """Return the watches that follow citations, the oldest first."""
        return (await self._database.read(read_following))[0]

    async def get_watch(self, watch_id: int) -> Watch:
        """Return a watch; raise NoSuchWatch where there is none."""
        query = select(watches).where(watches.c.id == watch_id)
        row = await self._database.read(lambda connection: connection.execute(query).first())
        if row is None:
            raise NoSuchWatch(f"watch {watch_id}")
        return watch_from(row)

    async def with_parts(self, watch: Watch) -> Watch:
        """Return a watch with what it goes by and is not kept with it: a reading list's papers, or
        an author's works."""

        def read(connection: Connection) -> Watch:
            return with_author_works(connection, with_shelves(connection, [watch]))[0]

        return await self._database.read(read)

    async def list_behind(self, announcement_id: int, paper_id: int) -> tuple[Watch, ...]:
        """Return the watches that still stand of those that wanted a paper of a message."""
        wanted = (
            select(delivery_watches.c.watch_id)
            .join(deliveries, deliveries.c.id == delivery_watches.c.delivery_id)
            .where(deliveries.c.announcement_id == announcement_id, deliveries.c.paper_id == paper_id)
        )
        query = select(watches).where(watches.c.id.in_(wanted)).order_by(watches.c.id)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return tuple(watch_from(row) for row in rows)

    async def remove_watch(self, watch_id: int) -> None:
        """Forget a watch; what it alone caused and was not sent yet goes with it.

        That is so of a message under way as well: whether it arrived or not, nobody waits for it.
        """
        wanted = select(delivery_watches.c.delivery_id).where(delivery_watches.c.watch_id == watch_id)
        waiting = deliveries.c.state.in_(UNSENT)
        async with self._database.write() as connection:
            query = select(deliveries.c.id).where(deliveries.c.id.in_(wanted), waiting)
            ids = (await connection.execute(query)).scalars().all()
            await connection.execute(delete(watches).where(watches.c.id == watch_id))
            await connection.execute(
                delete(delivery_watches).where(
                    delivery_watches.c.watch_id == watch_id, among(delivery_watches.c.delivery_id, ids)
                )
            )
            left = select(delivery_watches.c.delivery_id)
            await connection.execute(
                delete(deliveries).where(among(deliveries.c.id, ids), deliveries.c.id.not_in(left))
            )
            await _drop_empty(connection)

    async def pause_place(self, place: Place, reason: str) -> tuple[Watch, ...]:
        """Pause the active watches of a place and hold its deliveries; return those paused now."""
        active = and_(at(watches, place), watches.c.paused_reason == "")
        async with self._database.write() as connection:
            rows = (await connection.execute(select(watches).where(active).order_by(watches.c.id))).all()
            await connection.execute(update(watches).where(active).values(paused_reason=reason))
            await holding.hold_place(connection, place, self._clock())
        return tuple(replace(watch_from(row), paused_reason=reason) for row in rows)

    async def pause_watch(self, watch_id: int, reason: str) -> None:
        """Pause a watch; what it wants, and no active watch besides, is held."""
        async with self._database.write() as connection:
            await connection.execute(
                update(watches).where(watches.c.id == watch_id).values(paused_reason=reason)
            )
            await holding.hold_unwanted(connection, watch_id, self._clock())

    async def resume_watch(self, watch_id: int) -> int:
        """Make a watch active and its held deliveries due; return how many those are."""
        async with self._database.write() as connection:
            await connection.execute(update(watches).where(watches.c.id == watch_id).values(paused_reason=""))
            return await holding.free(connection, watch_id)

    async def tally(self, watch_ids: Sequence[int]) -> dict[int, Tally]:
        """Count what became of these watches; one that never wanted a paper is left out."""
        sent = deliveries.c.state == MessageState.SENT.value
        query = (
            select(
                delivery_watches.c.watch_id,
                func.count().label("matched"),
                func.count().filter(sent).label("delivered"),
                func.max(deliveries.c.created_at).label("last_at"),
            )
            .join(deliveries, deliveries.c.id == delivery_watches.c.delivery_id)
            .where(among(delivery_watches.c.watch_id, list(watch_ids)))
            .group_by(delivery_watches.c.watch_id)
        )
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return {
            row.watch_id: Tally(matched=row.matched, delivered=row.delivered, last_at=row.last_at)
            for row in rows
        }


def read_version(connection: Connection) -> int:
    """Return the number that grows with every change of a watch."""
    query = select(states.c.value).where(states.c.key == WATCHES_VERSION)
    return int(connection.execute(query).scalar() or 0)


def read_all(connection: Connection) -> tuple[tuple[Watch, ...], int]:
    """Return all watches, the oldest first, and the version they are."""
    rows = connection.execute(select(watches).order_by(watches.c.id)).all()
    return with_shelves(connection, [watch_from(row) for row in rows]), read_version(connection)


def read_following(connection: Connection) -> tuple[tuple[Watch, ...], int]:
    """Return the watches that follow citations, the oldest first, and the version of all."""
    query = select(watches).where(watches.c.criterion_kind.in_(_CITING)).order_by(watches.c.id)
    found = [watch_from(row) for row in connection.execute(query)]
    return with_author_works(connection, found), read_version(connection)


def _equal_to(watch: Watch, row: dict[str, Any]) -> Select[Any]:
    """Return what finds the watch of the same place that brings the same."""
    return select(watches).where(
        at(watches, watch.place),
        watches.c.criterion_kind == row["criterion_kind"],
        watches.c.criterion_key == row["criterion_key"],
        watches.c.condition_key == row["condition_key"],
    )


async def _drop_empty(connection: AsyncConnection) -> None:
    """Forget messages that carry nothing any more."""
    carried = select(deliveries.c.id).where(deliveries.c.announcement_id == announcements.c.id)
    await connection.execute(
        delete(announcements).where(
            announcements.c.state.in_(UNSENT), announcements.c.digest != holding.PICKS, ~carried.exists()
        )
    )
