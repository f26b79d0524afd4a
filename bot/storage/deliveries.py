"""Deliveries and the messages that carry them.

A message is written down before it is sent, with the deliveries it carries, and stays claimed
until Discord's id is known or it was certainly not sent. What is still claimed when the process
starts again is unclear, and is looked up before anything is sent twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    func,
    insert,
    select,
    true,
    update,
)

from bot.domain.watches import Announcement, Delivery, MessageState, Place
from bot.storage.columns import among, many, run_many, to_number
from bot.storage.database import Database
from bot.storage.schema import announcements, deliveries, delivery_watches
from bot.storage.turns import Waiting, share_out
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
        size = BATCH if batch else 1

        def claim(connection: Connection) -> tuple[Announcement, ...]:
            ids = self._given_back(connection, now, (limit, per_place), free)
            _claim_again(connection, ids, now)
            if len(ids) < limit:
                limits = (limit - len(ids)) * size, size if batch else per_place
                groups = self._unbound(connection, now, limits, free)
                if not batch:
                    groups = [[row] for group in groups for row in group]
                ids += _bind(connection, groups, now)
            return _read(connection, among(announcements.c.id, ids)) if ids else ()

        async with self._database.write() as connection:
            return await connection.run_sync(claim)

    async def list_unclear(self) -> tuple[Announcement, ...]:
        """Return messages that were claimed and neither marked nor given back."""
        condition = and_(announcements.c.state == SENDING, self._mine(announcements))
        return await self._database.read(lambda connection: _read(connection, condition))

    async def mark_sent(self, sent: Mapping[int, int], now: datetime) -> None:
        """Write down Discord's message ids, by the announcements' own."""
        moment = to_number(now)
        async with self._database.write() as connection:
            await many(connection, _mark, [(SENT, message, moment, id_) for id_, message in sent.items()])
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
        self, connection: Connection, now: datetime, limits: tuple[int, int], busy: Sequence[int]
    ) -> list[list[Row[Any]]]:
        """Return due deliveries in no message yet, by places whose turn it is.

        A place that asked to wait waits with everything.
        """
        told_to_wait = select(announcements.c.place_id).where(
            announcements.c.state == DUE, announcements.c.not_before > now
        )
        place = (deliveries.c.place_kind, deliveries.c.place_id, deliveries.c.guild_id)
        query = (
            select(*place, func.count().label("waiting"))
            .where(
                _waits(deliveries),
                ~among(deliveries.c.place_id, busy),
                deliveries.c.place_id.not_in(told_to_wait),
                self._mine(deliveries),
            )
            .group_by(*place)
        )
        waiting = [Waiting(place_from(row), row.waiting) for row in connection.execute(query)]
        shares = share_out(waiting, *limits)
        return _first_ones(connection, shares) if shares else []

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


def _waits(table: Any) -> ColumnElement[bool]:
    """Return the condition that a delivery is due and in no message yet, as the index has it."""
    return and_(table.c.state == DUE, table.c.announcement_id.is_(None))


def _first_ones(connection: Connection, shares: Mapping[Place, int]) -> list[list[Row[Any]]]:
    """Return the first deliveries of each place, as many as its share."""
    encoded = msgspec.json.encode([[place.kind.value, place.id] for place in shares]).decode()
    chosen = func.json_each(encoded).table_valued("value", name="chosen")
    other = deliveries.alias("other")
    first = (
        select(other.c.id)
        .where(
            _waits(other),
            other.c.place_kind == func.json_extract(chosen.c.value, "$[0]"),
            other.c.place_id == func.json_extract(chosen.c.value, "$[1]"),
        )
        .order_by(other.c.id)
        .limit(max(shares.values()))
        .correlate(chosen)
    )
    query = select(deliveries).join_from(chosen, deliveries, deliveries.c.id.in_(first))
    groups: dict[Place, list[Row[Any]]] = {place: [] for place in shares}
    for row in connection.execute(query.order_by(deliveries.c.id)):
        groups[place_from(row)].append(row)
    return [rows[: shares[place]] for place, rows in groups.items()]


def _claim_again(connection: Connection, ids: Sequence[int], now: datetime) -> None:
    """Claim messages that were written down before."""
    if not ids:
        return
    claimed = {"state": SENDING, "claimed_at": now}
    connection.execute(update(announcements).where(among(announcements.c.id, ids)).values(claimed))
    connection.execute(
        update(deliveries).where(among(deliveries.c.announcement_id, ids)).values(state=SENDING)
    )


def _bind(connection: Connection, groups: Sequence[Sequence[Row[Any]]], now: datetime) -> list[int]:
    """Write down one claimed message for each group of deliveries of one place."""
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
    new = insert(announcements).returning(*announcements.c)
    numbers: defaultdict[Place, list[int]] = defaultdict(list)
    for row in connection.execute(new, rows):
        numbers[place_from(row)].append(row.id)
    carried = []
    for group in groups:
        # Which of a place's new messages carries which group makes no difference.
        message = numbers[place_from(group[0])].pop(0)
        carried += [(SENDING, message, row.id) for row in group]
    run_many(connection, _carry, carried)
    return sorted({message for _, message, _ in carried})


_carry = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("of"))
    .values(state=bindparam("to"), announcement_id=bindparam("message"))
)
_mark = (
    update(announcements)
    .where(announcements.c.id == bindparam("of"))
    .values(state=bindparam("to"), message_id=bindparam("message"), sent_at=bindparam("at"))
)


def _read(connection: Connection, condition: ColumnElement[bool]) -> tuple[Announcement, ...]:
    query = select(announcements).where(condition).order_by(announcements.c.id)
    messages = connection.execute(query).all()
    if not messages:
        return ()
    carried = (
        select(*deliveries.c, delivery_watches.c.label)
        .outerjoin(delivery_watches, delivery_watches.c.delivery_id == deliveries.c.id)
        .where(among(deliveries.c.announcement_id, [row.id for row in messages]))
        .order_by(deliveries.c.id, delivery_watches.c.watch_id)
    )
    by_message: dict[int, list[Delivery]] = {}
    for _, rows in groupby(connection.execute(carried).all(), key=lambda row: row.id):
        message, delivery = _delivery_from(list(rows))
        by_message.setdefault(message, []).append(delivery)
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


def _delivery_from(rows: Sequence[Any]) -> tuple[int, Delivery]:
    """Return the message and the delivery of rows that differ in the watch alone."""
    first = rows[0]
    reasons = dict.fromkeys(row.label for row in rows if row.label is not None)
    return first.announcement_id, Delivery(
        id=first.id,
        place=place_from(first),
        paper_id=first.paper_id,
        reasons=tuple(reasons),
        created_at=first.created_at,
    )
