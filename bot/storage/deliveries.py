"""Deliveries and the messages that carry them.

A message is written down before it is sent, with the deliveries it carries, and stays claimed
until Discord's id is known or it was certainly not sent. What is still claimed when the process
starts again is unclear, and is looked up before anything is sent twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, insert, select, true, update

from bot.domain.watches import Announcement, Delivery, MessageState, Place
from bot.storage.columns import among
from bot.storage.database import Database
from bot.storage.schema import announcements, deliveries, delivery_watches
from bot.storage.watches import at, place_from

BATCH = 40
"""Papers that one message after a gap can carry, with title and link each."""

DUE = MessageState.DUE.value
SENDING = MessageState.SENDING.value
SENT = MessageState.SENT.value

Shards = tuple[tuple[int, ...], int]
"""The shards of this process, and how many there are in all."""


class Deliveries:
    """Hands out what is due to exactly one process, and remembers what became of it.

    With `shards`, only what lies in these is seen: two processes with disjoint shards never take
    each other's messages, and what one left unclear waits for its own next start.
    """

    def __init__(self, database: Database, shards: Shards | None = None) -> None:
        """Take the open database and, where there are several processes, this one's shards."""
        self._database = database
        self._shards = shards

    async def claim_due(
        self,
        now: datetime,
        *,
        batch: bool,
        limit: int = 100,
        per_place: int = BATCH,
        busy: Collection[Place] = (),
    ) -> tuple[Announcement, ...]:
        """Bind due deliveries to messages and claim these: servers in turn, and places within these.

        No place has more than `per_place` of them, a `busy` one none. With `batch`, everything due
        in a place becomes one message (up to what one can carry).
        """
        anything = select(deliveries.c.id).where(deliveries.c.state == DUE).limit(1)
        if await self._database.read(lambda connection: connection.execute(anything).first()) is None:
            return ()
        free = [place.id for place in busy]

        def claim(connection: Connection) -> tuple[Announcement, ...]:
            ids = self._given_back(connection, now, (limit, per_place), free)
            if len(ids) < limit:
                groups = self._unbound(connection, now, batch, (limit - len(ids), per_place), free)
                ids += _bind(connection, groups, now)
            claimed = {"state": SENDING, "claimed_at": now}
            connection.execute(update(announcements).where(among(announcements.c.id, ids)).values(claimed))
            connection.execute(
                update(deliveries).where(among(deliveries.c.announcement_id, ids)).values(state=SENDING)
            )
            return _read(connection, among(announcements.c.id, ids))

        async with self._database.write() as connection:
            return await connection.run_sync(claim)

    async def list_unclear(self) -> tuple[Announcement, ...]:
        """Return messages that were claimed and neither marked nor given back."""
        condition = and_(announcements.c.state == SENDING, self._mine(announcements))
        return await self._database.read(lambda connection: _read(connection, condition))

    async def mark_sent(self, sent: Mapping[int, int], now: datetime) -> None:
        """Write down Discord's message ids, by the announcements' own."""
        rows = [{"of": announcement, "message": message} for announcement, message in sent.items()]
        done = (
            update(announcements)
            .where(announcements.c.id == bindparam("of"))
            .values(state=SENT, message_id=bindparam("message"), sent_at=now)
        )
        async with self._database.write() as connection:
            await connection.execute(done, rows)
            await connection.execute(
                update(deliveries).where(among(deliveries.c.announcement_id, list(sent))).values(state=SENT)
            )

    async def give_back(self, announcement_ids: Sequence[int], not_before: datetime) -> None:
        """Make claimed messages due again: they were certainly not sent."""
        attempts = announcements.c.attempts + 1
        await self._settle(announcement_ids, MessageState.DUE, not_before=not_before, attempts=attempts)

    async def mark_unclear(self, announcement_id: int) -> None:
        """Give up on a message that may have been sent and can't be looked up."""
        await self._settle([announcement_id], MessageState.UNCLEAR)

    async def find_sent(self, place: Place, paper_id: int) -> int | None:
        """Return the message that announced a paper in a place."""
        query = (
            select(announcements.c.message_id)
            .join(deliveries, deliveries.c.announcement_id == announcements.c.id)
            .where(at(deliveries, place), deliveries.c.paper_id == paper_id)
        )
        return await self._database.read(lambda connection: connection.execute(query).scalar())

    async def queue_size(self) -> int:
        """Count deliveries that wait."""
        query = select(func.count()).where(deliveries.c.state.in_([DUE, SENDING]))
        return await self._database.read(lambda connection: connection.execute(query).scalar_one())

    async def expire_held(self, before: datetime) -> int:
        """Let go of deliveries held since before this moment; return how many."""
        held = MessageState.HELD.value
        old = and_(deliveries.c.state == held, deliveries.c.held_at < before)
        query = select(deliveries.c.id).where(old).limit(1)
        if await self._database.read(lambda connection: connection.execute(query).first()) is None:
            return 0
        async with self._database.write() as connection:
            result = await connection.execute(
                update(deliveries).where(old).values(state=MessageState.EXPIRED.value)
            )
            still = select(deliveries.c.id).where(
                deliveries.c.announcement_id == announcements.c.id, deliveries.c.state == held
            )
            await connection.execute(
                update(announcements)
                .where(announcements.c.state == held, ~still.exists())
                .values(state=MessageState.EXPIRED.value)
            )
            return int(result.rowcount)

    def _mine(self, table: Any) -> ColumnElement[bool]:
        """Return the condition that a row lies in this process's shards.

        https://discord.com/developers/docs/events/gateway#sharding; direct messages are shard 0's.
        """
        if self._shards is None:
            return true()
        ids, count = self._shards
        return (func.coalesce(table.c.guild_id, 0).op(">>")(22) % count).in_(ids)

    def _given_back(
        self, connection: Connection, now: datetime, limits: tuple[int, int], busy: Sequence[int]
    ) -> list[int]:
        """Return messages that were written down before and may be tried again."""
        limit, per_place = limits
        turn = func.row_number().over(partition_by=announcements.c.place_id, order_by=announcements.c.id)
        waiting = (
            select(announcements.c.id, turn.label("turn"))
            .where(
                announcements.c.state == DUE,
                announcements.c.not_before <= now,
                ~among(announcements.c.place_id, busy),
                self._mine(announcements),
            )
            .subquery()
        )
        query = select(waiting.c.id).where(waiting.c.turn <= per_place)
        return list(connection.execute(query.order_by(waiting.c.turn, waiting.c.id).limit(limit)).scalars())

    def _unbound(
        self,
        connection: Connection,
        now: datetime,
        batch: bool,
        limits: tuple[int, int],
        busy: Sequence[int],
    ) -> list[list[Row[Any]]]:
        """Return due deliveries in no message yet, grouped as messages will carry them.

        A place that asked to wait waits with everything. Servers take turns, and in each its
        places: one with thousands of deliveries holds no other up.
        """
        limit, per_place = limits
        waiting = select(announcements.c.place_id).where(
            announcements.c.state == DUE, announcements.c.not_before > now
        )
        turn = func.row_number().over(partition_by=deliveries.c.place_id, order_by=deliveries.c.id)
        due = (
            select(*deliveries.c, turn.label("turn"))
            .where(
                deliveries.c.state == DUE,
                deliveries.c.announcement_id.is_(None),
                ~among(deliveries.c.place_id, busy),
                deliveries.c.place_id.not_in(waiting),
                self._mine(deliveries),
            )
            .subquery()
        )
        server = func.coalesce(due.c.guild_id, due.c.place_id)
        share = func.row_number().over(partition_by=server, order_by=(due.c.turn, due.c.id))
        query = select(due, share.label("share")).where(due.c.turn <= (BATCH if batch else per_place))
        query = query.order_by("share", due.c.id)
        rows = connection.execute(query if batch else query.limit(limit)).all()
        if not batch:
            return [[row] for row in rows]
        groups: dict[Place, list[Row[Any]]] = {}
        for row in rows:
            groups.setdefault(place_from(row), []).append(row)
        return list(groups.values())[:limit]

    async def _settle(self, announcement_ids: Sequence[int], state: MessageState, **values: Any) -> None:
        async with self._database.write() as connection:
            await connection.execute(
                update(announcements)
                .where(among(announcements.c.id, announcement_ids))
                .values(state=state.value, **values)
            )
            await connection.execute(
                update(deliveries)
                .where(among(deliveries.c.announcement_id, announcement_ids))
                .values(state=state.value)
            )


def _bind(connection: Connection, groups: Sequence[Sequence[Row[Any]]], now: datetime) -> list[int]:
    """Write down one message for each group of deliveries of one place."""
    if not groups:
        return []
    rows = [
        {
            "place_kind": group[0].place_kind,
            "place_id": group[0].place_id,
            "guild_id": group[0].guild_id,
            "state": SENDING,
            "claimed_at": now,
            "attempts": 0,
            "not_before": now,
        }
        for group in groups
    ]
    new = insert(announcements).returning(announcements.c.id, sort_by_parameter_order=True)
    ids = list(connection.execute(new, rows).scalars())
    carried = [
        {"of": row.id, "message": message}
        for message, group in zip(ids, groups, strict=True)
        for row in group
    ]
    connection.execute(
        update(deliveries)
        .where(deliveries.c.id == bindparam("of"))
        .values(announcement_id=bindparam("message")),
        carried,
    )
    return ids


def _read(connection: Connection, condition: ColumnElement[bool]) -> tuple[Announcement, ...]:
    query = select(announcements).where(condition).order_by(announcements.c.id)
    messages = connection.execute(query).all()
    if not messages:
        return ()
    ids = [row.id for row in messages]
    carried = among(deliveries.c.announcement_id, ids)
    rows = connection.execute(select(deliveries).where(carried).order_by(deliveries.c.id)).all()
    labels = select(delivery_watches).where(among(delivery_watches.c.delivery_id, [row.id for row in rows]))
    reasons: dict[int, list[str]] = {}
    for row in connection.execute(labels.order_by(delivery_watches.c.watch_id)):
        reasons.setdefault(row.delivery_id, []).append(row.label)
    by_message: dict[int, list[Delivery]] = {}
    for row in rows:
        delivery = Delivery(
            id=row.id,
            place=place_from(row),
            paper_id=row.paper_id,
            reasons=tuple(dict.fromkeys(reasons.get(row.id, ()))),
            created_at=row.created_at,
        )
        by_message.setdefault(row.announcement_id, []).append(delivery)
    return tuple(
        Announcement(
            id=row.id,
            place=place_from(row),
            deliveries=tuple(by_message.get(row.id, ())),
            claimed_at=row.claimed_at,
            attempts=row.attempts,
        )
        for row in messages
    )
