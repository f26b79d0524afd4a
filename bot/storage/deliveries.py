"""Deliveries and the messages that carry them.

A message is written down before it is sent, with the deliveries it carries, and stays claimed
until Discord's id is known or it was certainly not sent. What is still claimed when the process
starts again is unclear, and is looked up before anything is sent twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
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
    update,
)

from bot.domain.watches import Announcement, MessageState, Place, Sent
from bot.storage.announcements import by_rank, read_announcements
from bot.storage.columns import among, many, run_many, to_number
from bot.storage.database import Database
from bot.storage.holding import at
from bot.storage.revisions import forget_revisions
from bot.storage.schema import announcements, deliveries, paper_numbers
from bot.storage.shards import Shards, in_shards
from bot.storage.turns import Waiting, share_out
from bot.storage.watches import place_from

BATCH = 40
"""Papers that one message after a gap can carry, with title and link each."""

DUE = MessageState.DUE.value
SENDING = MessageState.SENDING.value
SENT = MessageState.SENT.value


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

        No place has more than `per_place` of them, a `busy` one none. Digests, and with `batch`
        everything due in a place, become one message (up to what one can carry).
        """
        anything = (
            select(deliveries.c.id).where(deliveries.c.state == DUE, deliveries.c.due_at <= now).limit(1)
        )
        given_back = (
            select(announcements.c.id)
            .where(announcements.c.state == DUE, announcements.c.not_before <= now)
            .limit(1)
        )
        if not await self._database.read(
            lambda connection: any(connection.execute(query).first() for query in (anything, given_back))
        ):
            return ()
        free = [place.id for place in busy]

        def claim(connection: Connection) -> tuple[Announcement, ...]:
            ids = self._given_back(connection, now, (limit, per_place), free)
            _claim_again(connection, ids, now)
            for digest in (True, False):
                room = limit - len(ids)
                together = digest or batch
                limits = (room * BATCH, BATCH) if together else (room, per_place)
                rows = self._unbound(connection, now, limits, free, digest=digest)
                groups = rows if together else [[row] for group in rows for row in group]
                ids += _bind(connection, groups, now, digest=digest)
            return read_announcements(connection, among(announcements.c.id, ids)) if ids else ()

        async with self._database.write() as connection:
            return await connection.run_sync(claim)

    async def list_unclear(self) -> tuple[Announcement, ...]:
        """Return messages that were claimed and neither marked nor given back."""
        condition = and_(announcements.c.state == SENDING, in_shards(announcements, self._shards))
        return await self._database.read(lambda connection: read_announcements(connection, condition))

    async def mark_sent(self, sent: Mapping[int, int], now: datetime) -> None:
        """Write down Discord's message ids, by the announcements' own."""
        moment = to_number(now)
        async with self._database.write() as connection:
            await many(connection, _mark, [(SENT, message, moment, id_) for id_, message in sent.items()])
            await connection.execute(
                update(deliveries).where(among(deliveries.c.announcement_id, list(sent))).values(state=SENT)
            )

    async def give_back(
        self, announcement_ids: Sequence[int], not_before: datetime, *, failed: bool = False
    ) -> None:
        """Make claimed messages due again: they were certainly not sent. What failed counts as a try."""
        attempts = announcements.c.attempts + int(failed)
        await self._settle(announcement_ids, MessageState.DUE, not_before=not_before, attempts=attempts)

    async def mark_unclear(self, announcement_id: int) -> None:
        """Give up on a message that may have been sent and can't be looked up."""
        await self._settle([announcement_id], MessageState.UNCLEAR)

    async def find_sent(self, place: Place, paper_id: int) -> Sent | None:
        """Return the message that announced a paper in a place."""
        query = (
            select(announcements.c.message_id, announcements.c.sent_at)
            .join(deliveries, deliveries.c.announcement_id == announcements.c.id)
            .where(
                at(deliveries, place),
                deliveries.c.paper_id == paper_id,
                announcements.c.message_id.is_not(None),
            )
        )
        row = await self._database.read(lambda connection: connection.execute(query).first())
        return Sent(message_id=row.message_id, at=row.sent_at) if row else None

    async def queue_size(self, due_by: datetime | None = None) -> int:
        """Count deliveries that wait; only those due by then, where a moment is given."""
        query = select(func.count()).where(deliveries.c.state.in_([DUE, SENDING]))
        if due_by is not None:
            query = query.where(deliveries.c.due_at <= due_by)
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
                in_shards(announcements, self._shards),
            )
            .subquery()
        )
        query = select(waiting.c.id).where(waiting.c.turn <= per_place)
        return list(connection.execute(query.order_by(waiting.c.turn, waiting.c.id).limit(limit)).scalars())

    def _unbound(
        self,
        connection: Connection,
        now: datetime,
        limits: tuple[int, int],
        busy: Sequence[int],
        *,
        digest: bool,
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
                _waits(deliveries, now, digest=digest),
                ~among(deliveries.c.place_id, busy),
                deliveries.c.place_id.not_in(told_to_wait),
                in_shards(deliveries, self._shards),
            )
            .group_by(*place)
        )
        waiting = [Waiting(place_from(row), row.waiting) for row in connection.execute(query)]
        shares = share_out(waiting, *limits)
        return _first_ones(connection, shares, now, digest=digest) if shares else []

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


def _waits(table: Any, now: datetime, *, digest: bool) -> ColumnElement[bool]:
    """Return the condition that a delivery is due and in no message yet, as the index has it."""
    kind = table.c.digest > 0 if digest else table.c.digest == 0
    return and_(table.c.state == DUE, table.c.announcement_id.is_(None), table.c.due_at <= now, kind)


def _first_ones(
    connection: Connection, shares: Mapping[Place, int], now: datetime, *, digest: bool
) -> list[list[Row[Any]]]:
    """Return the first deliveries of each place, as many as its share; of digests, the highest ranked."""
    encoded = msgspec.json.encode([[place.kind.value, place.id] for place in shares]).decode()
    chosen = func.json_each(encoded).table_valued("value", name="chosen")
    other = deliveries.alias("other")
    first = (
        select(other.c.id)
        .outerjoin(paper_numbers, paper_numbers.c.paper_id == other.c.paper_id)
        .where(
            _waits(other, now, digest=digest),
            other.c.place_kind == func.json_extract(chosen.c.value, "$[0]"),
            other.c.place_id == func.json_extract(chosen.c.value, "$[1]"),
        )
        .order_by(*(by_rank if digest else ()), other.c.id)
        .limit(max(shares.values()))
        .correlate(chosen)
    )
    query = (
        select(deliveries)
        .join_from(chosen, deliveries, deliveries.c.id.in_(first))
        .outerjoin(paper_numbers, paper_numbers.c.paper_id == deliveries.c.paper_id)
        .order_by(*(by_rank if digest else ()), deliveries.c.id)
    )
    groups: dict[Place, list[Row[Any]]] = {place: [] for place in shares}
    for row in connection.execute(query):
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
    # They are written anew, with what has changed meanwhile.
    forget_revisions(connection, ids)


def _bind(
    connection: Connection, groups: Sequence[Sequence[Row[Any]]], now: datetime, *, digest: bool
) -> list[int]:
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
            "digest": int(digest),
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
    ids = sorted({message for _, message, _ in carried})
    if digest:
        _tell_missed(connection, ids)
    return ids


def _tell_missed(connection: Connection, ids: Sequence[int]) -> None:
    """Have each digest name what its place may have missed, once."""
    new = announcements.alias("new")
    here = and_(new.c.place_kind == announcements.c.place_kind, new.c.place_id == announcements.c.place_id)
    first = select(func.min(new.c.id)).where(among(new.c.id, ids), here)
    untold = and_(announcements.c.state == MessageState.UNCLEAR.value, announcements.c.told_in.is_(None))
    connection.execute(
        update(announcements)
        .where(untold, first.correlate(announcements).scalar_subquery().is_not(None))
        .values(told_in=first.correlate(announcements).scalar_subquery())
    )


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
