"""Watches and what they want."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.watches import (
    AuthorCriterion,
    CategoryCriterion,
    Criterion,
    Filters,
    Manner,
    MessageState,
    Place,
    PlaceKind,
    TopicCriterion,
    Watch,
)
from bot.errors import NoSuchWatch
from bot.storage import codec
from bot.storage.columns import among
from bot.storage.database import Database
from bot.storage.schema import (
    WATCHES_VERSION,
    announcements,
    deliveries,
    delivery_watches,
    states,
    watches,
)

KINDS: dict[str, type[Criterion]] = {
    "author": AuthorCriterion,
    "category": CategoryCriterion,
    "topic": TopicCriterion,
}

WAITING = (MessageState.DUE.value, MessageState.HELD.value)


class Watches:
    """Keeps watches, and holds or frees what they caused."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Take the open database, and the clock that says since when something is held."""
        self._database = database
        self._clock = clock

    async def save_watch(self, watch: Watch) -> Watch:
        """Insert a watch; an equal one in the same place is returned instead of a second."""
        row = _row_of(watch)
        equal = and_(
            at(watches, watch.place),
            watches.c.criterion_kind == row["criterion_kind"],
            watches.c.criterion_key == row["criterion_key"],
            watches.c.condition_key == row["condition_key"],
        )
        async with self._database.write() as connection:
            if watch.id is not None:
                await connection.execute(update(watches).where(watches.c.id == watch.id).values(row))
                return watch
            known = (await connection.execute(select(watches).where(equal))).first()
            if known is not None:
                return watch_from(known)
            new = insert(watches).values(row).returning(watches.c.id)
            return replace(watch, id=(await connection.execute(new)).scalar_one())

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

    async def get_watch(self, watch_id: int) -> Watch:
        """Return a watch; raise NoSuchWatch where there is none."""
        query = select(watches).where(watches.c.id == watch_id)
        row = await self._database.read(lambda connection: connection.execute(query).first())
        if row is None:
            raise NoSuchWatch(f"watch {watch_id}")
        return watch_from(row)

    async def remove_watch(self, watch_id: int) -> None:
        """Forget a watch; what it alone caused and was not sent yet goes with it."""
        wanted = select(delivery_watches.c.delivery_id).where(delivery_watches.c.watch_id == watch_id)
        waiting = deliveries.c.state.in_(WAITING)
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
        due = MessageState.DUE.value
        async with self._database.write() as connection:
            rows = (await connection.execute(select(watches).where(active).order_by(watches.c.id))).all()
            await connection.execute(update(watches).where(active).values(paused_reason=reason))
            await connection.execute(
                update(deliveries)
                .where(at(deliveries, place), deliveries.c.state == due)
                .values(state=MessageState.HELD.value, held_at=self._clock())
            )
            await connection.execute(
                update(announcements)
                .where(at(announcements, place), announcements.c.state == due)
                .values(state=MessageState.HELD.value)
            )
        return tuple(replace(watch_from(row), paused_reason=reason) for row in rows)

    async def resume_watch(self, watch_id: int) -> int:
        """Make a watch active and its held deliveries due; return how many those are."""
        held = MessageState.HELD.value
        due = MessageState.DUE.value
        wanted = select(delivery_watches.c.delivery_id).where(delivery_watches.c.watch_id == watch_id)
        async with self._database.write() as connection:
            await connection.execute(update(watches).where(watches.c.id == watch_id).values(paused_reason=""))
            chosen = and_(deliveries.c.id.in_(wanted), deliveries.c.state == held)
            messages = (
                (
                    await connection.execute(
                        select(deliveries.c.announcement_id).where(
                            chosen, deliveries.c.announcement_id.is_not(None)
                        )
                    )
                )
                .scalars()
                .all()
            )
            # A message that was written down goes out whole: its number is its nonce.
            with_message = and_(among(deliveries.c.announcement_id, messages), deliveries.c.state == held)
            result = await connection.execute(
                update(deliveries).where(chosen | with_message).values(state=due, held_at=None)
            )
            await connection.execute(
                update(announcements)
                .where(among(announcements.c.id, messages), announcements.c.state == held)
                .values(state=due)
            )
            return int(result.rowcount)


def at(table: Any, place: Place) -> ColumnElement[bool]:
    """Return the condition that a row belongs to a place."""
    return and_(table.c.place_kind == place.kind.value, table.c.place_id == place.id)


def place_from(row: Row[Any]) -> Place:
    """Return the place of a row."""
    return Place(kind=PlaceKind(row.place_kind), id=row.place_id, guild_id=row.guild_id)


def watch_from(row: Row[Any]) -> Watch:
    """Return the watch of a row with every column of the table."""
    return Watch(
        id=row.id,
        owner_id=row.owner_id,
        place=place_from(row),
        criterion=msgspec.json.decode(row.criterion, type=KINDS[row.criterion_kind]),
        narrowed=() if row.narrowed == "[]" else _narrowed_from(row.narrowed),
        filters=Filters() if row.filters == "{}" else _filters.decode(row.filters),
        manner=manner_from(row.manner),
        created_at=row.created_at,
        paused_reason=row.paused_reason,
    )


def read_version(connection: Connection) -> int:
    """Return the number that grows with every change of a watch."""
    query = select(states.c.value).where(states.c.key == WATCHES_VERSION)
    return int(connection.execute(query).scalar() or 0)


def read_all(connection: Connection) -> tuple[tuple[Watch, ...], int]:
    """Return all watches, the oldest first, and the version they are."""
    rows = connection.execute(select(watches).order_by(watches.c.id)).all()
    return tuple(watch_from(row) for row in rows), read_version(connection)


_filters = msgspec.json.Decoder(Filters)
_manner = msgspec.json.Decoder(Manner)


def manner_from(stored: str) -> Manner:
    """Return a watch's manner of delivery as it is stored: what differs from the usual one."""
    return Manner() if stored == "{}" else _manner.decode(stored)


_pairs = msgspec.json.Decoder(list[tuple[str, msgspec.Raw]])


def _narrowed_from(text: str) -> tuple[Criterion, ...]:
    return tuple(msgspec.json.decode(body, type=KINDS[kind]) for kind, body in _pairs.decode(text))


def _row_of(watch: Watch) -> dict[str, Any]:
    filters = _differing(watch.filters)
    return {
        "owner_id": watch.owner_id,
        "place_kind": watch.place.kind.value,
        "place_id": watch.place.id,
        "guild_id": watch.place.guild_id,
        "criterion_kind": _kind_of(watch.criterion),
        "criterion_key": _key_of(watch.criterion),
        "criterion": codec.encode(watch.criterion),
        "narrowed": codec.encode([(_kind_of(one), one) for one in watch.narrowed]),
        "filters": codec.encode(filters),
        "manner": codec.encode(_differing(watch.manner)),
        "condition_key": codec.encode([sorted(map(_kind_and_key, watch.narrowed)), filters]),
        "created_at": watch.created_at,
        "paused_reason": watch.paused_reason,
    }


def _differing(value: Filters | Manner) -> dict[str, Any]:
    """Return the fields that differ from their defaults, in the order of the class."""
    usual = type(value)()
    given = asdict(value)
    return {
        field.name: given[field.name]
        for field in fields(value)
        if getattr(usual, field.name) != given[field.name]
    }


def _kind_of(criterion: Criterion) -> str:
    return next(name for name, type_ in KINDS.items() if isinstance(criterion, type_))


def _kind_and_key(criterion: Criterion) -> tuple[str, str]:
    return _kind_of(criterion), _key_of(criterion)


def _key_of(criterion: Criterion) -> str:
    """Return what makes two criteria equal: what is known of an author may grow meanwhile."""
    match criterion:
        case AuthorCriterion(author_id=author_id, strict=strict):
            return codec.encode([author_id, strict])
        case CategoryCriterion(category=category, primary=primary):
            return codec.encode([category, primary])
        case TopicCriterion(topic=topic):
            return codec.encode([topic])


async def _drop_empty(connection: AsyncConnection) -> None:
    """Forget messages that carry nothing any more."""
    carried = select(deliveries.c.id).where(deliveries.c.announcement_id == announcements.c.id)
    await connection.execute(
        delete(announcements).where(announcements.c.state.in_(WAITING), ~carried.exists())
    )
