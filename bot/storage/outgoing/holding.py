"""What waits while watches are paused, and what is freed when they go on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deliveries import MessageState
from bot.domain.watches import Place
from bot.storage.columns import among
from bot.storage.schema import announcements, deliveries, delivery_watches, library, reading_picks, watches

DUE, HELD = MessageState.DUE.value, MessageState.HELD.value
WAITING = (DUE, HELD)
UNSENT = (*WAITING, MessageState.SENDING.value)

PICKS = 2
"""What `announcements.digest` says of a message that carries a reading list's picks, and no deliveries."""


def at(table: Any, place: Place) -> ColumnElement[bool]:
    """Return the condition that a row belongs to a place."""
    return and_(table.c.place_kind == place.kind.value, table.c.place_id == place.id)


async def hold_place(connection: AsyncConnection, place: Place, now: datetime) -> None:
    """Hold everything that is due in a place, also messages that were written down."""
    await _drop_picks(connection, place)
    await connection.execute(
        update(deliveries)
        .where(at(deliveries, place), deliveries.c.state == DUE)
        .values(state=HELD, held_at=now)
    )
    await connection.execute(
        update(announcements).where(at(announcements, place), announcements.c.state == DUE).values(state=HELD)
    )


async def _drop_picks(connection: AsyncConnection, place: Place) -> None:
    """Give back the picks that wait for a place, and stop picking for it."""
    waiting = select(announcements.c.id).where(
        at(announcements, place), announcements.c.state.in_(WAITING), announcements.c.digest == PICKS
    )
    numbers = (await connection.execute(waiting)).scalars().all()
    await connection.execute(
        update(library).where(among(library.c.picked_in, numbers)).values(picked_in=None)
    )
    await connection.execute(delete(announcements).where(among(announcements.c.id, numbers)))
    await connection.execute(
        update(reading_picks).where(reading_picks.c.channel_id == place.id).values(next_at=None)
    )


async def hold_unwanted(connection: AsyncConnection, watch_id: int, now: datetime) -> None:
    """Hold what is due for a paused watch and for no active one besides.

    A message that carries something else as well goes out whole.
    """
    wanted = select(delivery_watches.c.delivery_id).where(delivery_watches.c.watch_id == watch_id)
    by_others = (
        select(delivery_watches.c.delivery_id)
        .join(watches, watches.c.id == delivery_watches.c.watch_id)
        .where(delivery_watches.c.delivery_id == deliveries.c.id, watches.c.paused_reason == "")
    )
    query = select(deliveries.c.id, deliveries.c.announcement_id).where(
        deliveries.c.id.in_(wanted), deliveries.c.state == DUE, ~by_others.exists()
    )
    unwanted = dict(map(tuple, (await connection.execute(query)).all()))
    messages = {message for message in unwanted.values() if message is not None}
    carried = select(deliveries.c.announcement_id).where(
        among(deliveries.c.announcement_id, list(messages)), ~among(deliveries.c.id, list(unwanted))
    )
    mixed = set((await connection.execute(carried)).scalars())
    ids = [id_ for id_, message in unwanted.items() if message not in mixed]
    await connection.execute(
        update(deliveries).where(among(deliveries.c.id, ids)).values(state=HELD, held_at=now)
    )
    await connection.execute(
        update(announcements)
        .where(among(announcements.c.id, list(messages - mixed)), announcements.c.state == DUE)
        .values(state=HELD)
    )


async def free(connection: AsyncConnection, watch_id: int) -> int:
    """Make due what was held for a watch; return how many papers."""
    wanted = select(delivery_watches.c.delivery_id).where(delivery_watches.c.watch_id == watch_id)
    chosen = and_(deliveries.c.id.in_(wanted), deliveries.c.state == HELD)
    query = select(deliveries.c.announcement_id).where(chosen, deliveries.c.announcement_id.is_not(None))
    messages = (await connection.execute(query)).scalars().all()
    # A message that was written down goes out whole: its number is its nonce.
    with_message = and_(among(deliveries.c.announcement_id, messages), deliveries.c.state == HELD)
    result = await connection.execute(
        update(deliveries).where(chosen | with_message).values(state=DUE, held_at=None)
    )
    await connection.execute(
        update(announcements)
        .where(among(announcements.c.id, messages), announcements.c.state == HELD)
        .values(state=DUE)
    )
    return int(result.rowcount)
