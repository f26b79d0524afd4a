"""Messages as they are read from their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from bot.domain.deliveries import Announcement, Delivery
from bot.domain.watches import Place
from bot.storage.columns import among, among_given, as_list, plain_rows, to_moment
from bot.storage.library import MOST_VOTES_FIRST
from bot.storage.outgoing.holding import PICKS
from bot.storage.outgoing.watch_rows import manner_from, place_of
from bot.storage.schema import announcements, deliveries, delivery_watches, library, paper_numbers, watches

by_rank = (paper_numbers.c.trend.desc().nulls_last(),)
"""The order of papers in digests: the highest ranked first, then those that have no number yet."""

_REST = 2
"""What `deliveries.digest` says of a paper that came after as many as the day may have."""


def read_announcements(connection: Connection, ids: Iterable[int]) -> tuple[Announcement, ...]:
    """Return messages in the order of their ids, with everything they carry."""
    asked = {"ids": as_list(ids)}
    messages = plain_rows(connection, _messages, asked)
    carried: defaultdict[int, list[_Carried]] = defaultdict(list)
    for message, *rest in plain_rows(connection, _carried, asked):
        carried[message].append(_Carried(*rest))
    missed = _missed(connection, [id_ for id_, *_, digest in messages if digest])
    picks = _picks(connection, [id_ for id_, *_, digest in messages if digest == PICKS])
    return tuple(
        _announcement(row, carried[row[0]], missed.get(row[0], ()), picks.get(row[0], ())) for row in messages
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


class _Carried(NamedTuple):
    """A paper that a message carries, with one of the watches that want it."""

    id: int
    paper_id: int
    created_at: int
    digest: int
    label: str | None
    manner: str | None
    paused_reason: str | None


def _announcement(
    message: Sequence[Any], carried: Sequence[_Carried], missed: tuple[int, ...], picks: tuple[int, ...]
) -> Announcement:
    """Return a message of its row and those of what it carries, one a watch."""
    id_, *where, claimed_at, attempts, digest = message
    # What is paused is named, but asks for nothing.
    manners = [manner_from(one.manner) for one in carried if one.manner is not None and not one.paused_reason]
    place = place_of(*where)
    return Announcement(
        id=id_,
        place=place,
        deliveries=tuple(_delivery(place, list(group)) for _, group in groupby(carried, itemgetter(0))),
        claimed_at=to_moment(claimed_at),
        attempts=attempts,
        is_digest=bool(digest) and digest != PICKS,
        is_picks=digest == PICKS,
        missed=missed,
        picks=picks,
        role_ids=tuple(dict.fromkeys(manner.role_id for manner in manners if manner.role_id)),
        thread=any(manner.thread for manner in manners),
    )


def _delivery(place: Place, carried: Sequence[_Carried]) -> Delivery:
    """Return the delivery of rows that differ in the watch alone."""
    first = carried[0]
    return Delivery(
        id=first.id,
        place=place,
        paper_id=first.paper_id,
        reasons=tuple(dict.fromkeys(one.label for one in carried if one.label is not None)),
        created_at=to_moment(first.created_at),
        is_rest=first.digest == _REST,
    )


_messages = (
    select(
        announcements.c.id,
        announcements.c.place_kind,
        announcements.c.place_id,
        announcements.c.guild_id,
        announcements.c.claimed_at,
        announcements.c.attempts,
        announcements.c.digest,
    )
    .where(among_given(announcements.c.id, bindparam("ids")))
    .order_by(announcements.c.id)
)
_carried = (
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
    .where(among_given(deliveries.c.announcement_id, bindparam("ids")))
    .order_by(deliveries.c.announcement_id, *by_rank, deliveries.c.id, delivery_watches.c.watch_id)
)
