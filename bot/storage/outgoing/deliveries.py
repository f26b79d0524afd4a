"""Deliveries and the messages that carry them.

A message is written down before it is sent, with the deliveries it carries, and stays claimed
until Discord's id is known or it was certainly not sent. What is still claimed when the process
starts again is unclear, and is looked up before anything is sent twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deliveries import Announcement, MessageState, Sent
from bot.domain.watches import Place
from bot.storage.columns import among, among_given, as_list, many, to_number
from bot.storage.database import Database
from bot.storage.outgoing.announcements import read_announcements
from bot.storage.outgoing.claiming import Claim, Lot, bind
from bot.storage.outgoing.holding import at
from bot.storage.outgoing.shards import Shards, in_shards
from bot.storage.schema import announcements, deliveries

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
        gap_ended: datetime | None = None,
        limit: int = 100,
        per_place: int = BATCH,
        busy: Collection[Place] = (),
    ) -> tuple[Announcement, ...]:
        """Bind due deliveries to messages and claim these: servers in turn, and places within these.

        No place has more than `per_place` of them, a `busy` one none. A digest, and in a place what
        was written down until a gap ended, become one message (up to what one can carry).
        """
        claim = Claim(now, gap_ended, [place.id for place in busy], self._shards)
        if not await self._database.read(claim.finds_any):
            return ()

        def bound(connection: Connection) -> tuple[Announcement, ...]:
            ids = claim.again(connection, limit, per_place)
            for lot in (Lot.DIGEST, Lot.GAP, Lot.SINGLE) if gap_ended else (Lot.DIGEST, Lot.SINGLE):
                room = limit - len(ids)
                alone = lot is Lot.SINGLE
                limits = (room, per_place) if alone else (room * BATCH, BATCH)
                due = claim.unbound(connection, lot, *limits)
                groups = [(place, [id_]) for place, group in due for id_ in group] if alone else due
                ids += bind(connection, groups, now, digest=lot is Lot.DIGEST)
            return read_announcements(connection, ids) if ids else ()

        async with self._database.write() as connection:
            return await connection.run_sync(bound)

    async def list_unclear(self) -> tuple[Announcement, ...]:
        """Return messages that were claimed and neither marked nor given back."""
        condition = and_(announcements.c.state == SENDING, in_shards(announcements, self._shards))
        query = select(announcements.c.id).where(condition)
        return await self._database.read(
            lambda connection: read_announcements(connection, connection.execute(query).scalars())
        )

    async def is_claimed(self, announcement_id: int) -> bool:
        """Say whether a message is still to be sent by whoever claimed it: it may have been let go of."""
        query = select(announcements.c.id).where(
            announcements.c.id == announcement_id, announcements.c.state == SENDING
        )
        return await self._database.read(lambda connection: connection.execute(query).first()) is not None

    async def mark_sent(self, sent: Mapping[int, int], now: datetime) -> None:
        """Write down Discord's message ids, by the announcements' own."""
        moment = to_number(now)
        async with self._database.write() as connection:
            await many(connection, _mark, [(SENT, message, moment, id_) for id_, message in sent.items()])
            await connection.execute(_mark_carried, {"ids": as_list(sent)})

    async def give_back(
        self, announcement_ids: Sequence[int], not_before: datetime, *, failed: bool = False
    ) -> None:
        """Make claimed messages due again: they were certainly not sent. What failed counts as a try."""
        attempts = announcements.c.attempts + int(failed)
        await self._settle(announcement_ids, MessageState.DUE, not_before=not_before, attempts=attempts)

    async def split(self, announcement_id: int, now: datetime) -> None:
        """Make a message that was refused for what it carries two, due again with half of that each.

        What it told besides, that something may have been missed, is left out from here on.
        """

        def halve(connection: Connection) -> list[int]:
            (message,) = read_announcements(connection, [announcement_id])
            carried = [one.id for one in message.deliveries]
            second = carried[(len(carried) + 1) // 2 :]
            groups = [(message.place, second)] if second else []
            told = update(announcements).where(announcements.c.told_in == announcement_id)
            connection.execute(told.values(told_in=announcements.c.id))
            return [announcement_id, *bind(connection, groups, now, digest=message.is_digest)]

        async with self._database.write() as connection:
            await self._set(connection, await connection.run_sync(halve), MessageState.DUE, not_before=now)

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

    async def _settle(self, announcement_ids: Sequence[int], state: MessageState, **values: Any) -> None:
        async with self._database.write() as connection:
            await self._set(connection, announcement_ids, state, **values)

    async def _set(
        self, connection: AsyncConnection, ids: Sequence[int], state: MessageState, **values: Any
    ) -> None:
        """Let messages, and what they carry, be in a state."""
        await connection.execute(
            update(announcements).where(among(announcements.c.id, ids)).values(state=state.value, **values)
        )
        await connection.execute(
            update(deliveries).where(among(deliveries.c.announcement_id, ids)).values(state=state.value)
        )


_mark_carried = (
    update(deliveries).where(among_given(deliveries.c.announcement_id, bindparam("ids"))).values(state=SENT)
)
_mark = (
    update(announcements)
    .where(announcements.c.id == bindparam("of"))
    .values(state=bindparam("to"), message_id=bindparam("message"), sent_at=bindparam("at"))
)
