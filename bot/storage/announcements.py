"""Messages as they are read from their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from bot.domain.deliveries import Announcement, Delivery
from bot.domain.watches import Place
from bot.storage.columns import among
from bot.storage.holding import PICKS
from bot.storage.library import MOST_VOTES_FIRST
from bot.storage.schema import announcements, deliveries, delivery_watches, library, paper_numbers, watches
from bot.storage.watch_rows import manner_from, place_from

by_rank = (paper_numbers.c.trend.desc().nulls_last(),)
"""The order of papers in digests: the highest ranked first, then those that have no number yet."""

_REST = 2
"""What `deliveries.digest` says of a paper that came after as many as the day may have."""


def read_announcements(connection: Connection, condition: ColumnElement[bool]) -> tuple[Announcement, ...]:
    """Return the messages of a condition on their table, with everything they carry."""
    query = select(announcements).where(condition).order_by(announcements.c.id)
    messages = connection.execute(query).all()
    if not messages:
        return ()
    ids = [row.id for row in messages]
    carried = (
        select(
            deliveries.c.announcement_id,
            deliveries.c.id,
            deliveries.c.paper_id,
            deliveries.c.created_at,
            deliveries.c.digest,
            delivery_watches.c.label,
            watches.c.manner,
            watches.c.paused_reason,
        )
        .outerjoin(delivery_watches, delivery_watches.c.delivery_id == deliveries.c.id)
        .outerjoin(watches, watches.c.id == delivery_watches.c.watch_id)
        .join(announcements, announcements.c.id == deliveries.c.announcement_id)
        .outerjoin(
            paper_numbers,
            (paper_numbers.c.paper_id == deliveries.c.paper_id) & (announcements.c.digest > 0),
        )
        .where(among(deliveries.c.announcement_id, ids))
        .order_by(deliveries.c.announcement_id, *by_rank, deliveries.c.id, delivery_watches.c.watch_id)
    )
    by_message = {
        message: list(rows)
        for message, rows in groupby(connection.execute(carried).all(), attrgetter("announcement_id"))
    }
    missed = _missed(connection, [row.id for row in messages if row.digest])
    picks = _picks(connection, [row.id for row in messages if row.digest == PICKS])
    return tuple(
        _announcement(row, by_message.get(row.id, []), missed.get(row.id, ()), picks.get(row.id, ()))
        for row in messages
    )


def _picks(connection: Connection, messages: Sequence[int]) -> Mapping[int, tuple[int, ...]]:
    """Return for each message of picks the papers that were picked, those with the most votes first."""
    if not messages:
        return {}
    query = (
        select(library.c.picked_in, library.c.paper_id)
        .where(among(library.c.picked_in, messages))
        .order_by(library.c.picked_in, *MOST_VOTES_FIRST)
    )
    rows = connection.execute(query).all()
    return {
        message: tuple(row.paper_id for row in group) for message, group in groupby(rows, lambda row: row[0])
    }


def _missed(connection: Connection, digests: Sequence[int]) -> Mapping[int, tuple[int, ...]]:
    """Return for each digest the papers that its place may have missed."""
    if not digests:
        return {}
    query = (
        select(announcements.c.told_in, deliveries.c.paper_id)
        .join(deliveries, deliveries.c.announcement_id == announcements.c.id)
        .where(among(announcements.c.told_in, digests))
        .order_by(announcements.c.told_in, deliveries.c.id)
    )
    rows = connection.execute(query).all()
    return {
        digest: tuple(row.paper_id for row in group) for digest, group in groupby(rows, lambda row: row[0])
    }


def _announcement(
    message: Row[Any], rows: Sequence[Any], missed: tuple[int, ...], picks: tuple[int, ...]
) -> Announcement:
    """Return a message of its row and those of what it carries, one a watch."""
    # What is paused is named, but asks for nothing.
    manners = [manner_from(row.manner) for row in rows if row.manner is not None and not row.paused_reason]
    place = place_from(message)
    return Announcement(
        id=message.id,
        place=place,
        deliveries=tuple(_delivery(place, list(group)) for _, group in groupby(rows, attrgetter("id"))),
        claimed_at=message.claimed_at,
        attempts=message.attempts,
        is_digest=bool(message.digest) and message.digest != PICKS,
        is_picks=message.digest == PICKS,
        missed=missed,
        picks=picks,
        role_ids=tuple(dict.fromkeys(manner.role_id for manner in manners if manner.role_id)),
        thread=any(manner.thread for manner in manners),
    )


def _delivery(place: Place, rows: Sequence[Any]) -> Delivery:
    """Return the delivery of rows that differ in the watch alone."""
    first = rows[0]
    return Delivery(
        id=first.id,
        place=place,
        paper_id=first.paper_id,
        reasons=tuple(dict.fromkeys(row.label for row in rows if row.label is not None)),
        created_at=first.created_at,
        is_rest=first.digest == _REST,
    )
