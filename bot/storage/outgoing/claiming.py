"""What is due and whose turn it is, and the messages that this is bound to.

Statements that every claim needs are made once: SQLAlchemy takes longer to put them together than
SQLite to answer them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)

from bot.domain.deliveries import MessageState
from bot.domain.schedule import hours_key
from bot.domain.watches import Place
from bot.storage.columns import UtcMoment, among, among_given, as_list, plain_rows, run_many, to_number
from bot.storage.outgoing.announcements import by_rank
from bot.storage.outgoing.revisions import forget_revisions
from bot.storage.outgoing.shards import Shards, in_shards
from bot.storage.outgoing.timing import quiet_keys
from bot.storage.outgoing.turns import Waiting, share_out
from bot.storage.outgoing.watch_rows import place_of
from bot.storage.schema import announcements, deliveries, paper_numbers

_DUE, _SENDING = MessageState.DUE.value, MessageState.SENDING.value
_NOW = bindparam("now", type_=UtcMoment)
_GAP = bindparam("gap", type_=UtcMoment)

Group = tuple[Place, list[int]]
"""A place, and deliveries there by their ids."""


class Lot(Enum):
    """What becomes messages in a way of its own, in the order it goes out."""

    DIGEST = "digests"
    GAP = "what was written down until a gap ended"
    SINGLE = "the rest, a paper a message"


class Claim:
    """One process's look for what is due at a moment, but for places that are busy or have quiet hours.

    What is due was to come before these: something kept it back, or they were set later. Whose hours
    are quiet is read once, by `finds_any`, which is asked before anything is claimed.
    """

    def __init__(
        self, now: datetime, gap_ended: datetime | None, busy: Sequence[int], shards: Shards | None
    ) -> None:
        """Take the moment, when the last gap ended, the ids of busy places, and this process's shards."""
        self._now = now
        self._busy = list(busy)
        self._due: Mapping[str, Any] = {"now": to_number(now), "gap": gap_ended and to_number(gap_ended)}
        self._shards = shards
        self._quiet: frozenset[str] = frozenset()

    def finds_any(self, connection: Connection) -> bool:
        """Say whether there is something to claim; the first such place ends the search."""
        self._quiet = quiet_keys(connection, self._now)
        for query in _due_places(self._shards):
            with connection.execute(query, {"now": self._now}) as rows:
                for place in (place_of(*where) for where in rows):
                    if place.id not in self._busy and not self._rests(place):
                        return True
        return False

    def again(self, connection: Connection, limit: int, per_place: int) -> list[int]:
        """Claim messages that were written down before and may be tried again; return their ids."""
        places = [place_of(*where) for where in plain_rows(connection, _GIVEN_BACK_TO, self._due)]
        if not places:
            return []
        kept_back = [*self._busy, *(place.id for place in places if self._rests(place))]
        asked = {**self._due, "busy": as_list(kept_back), "each": per_place, "most": limit}
        ids = [id_ for (id_,) in plain_rows(connection, _given_back(self._shards), asked)]
        if ids:
            claimed = {"state": _SENDING, "claimed_at": self._now}
            connection.execute(update(announcements).where(among(announcements.c.id, ids)).values(claimed))
            connection.execute(
                update(deliveries).where(among(deliveries.c.announcement_id, ids)).values(state=_SENDING)
            )
            # They are written anew, with what has changed meanwhile.
            forget_revisions(connection, ids)
        return ids

    def unbound(self, connection: Connection, lot: Lot, limit: int, per_place: int) -> list[Group]:
        """Return due deliveries in no message yet, by places whose turn it is.

        A place that asked to wait waits with everything.
        """
        asked = {**self._due, "busy": as_list(self._busy)}
        rows = plain_rows(connection, _counting(self._shards, lot), asked)
        waiting = [Waiting(place_of(*where), count) for *where, count in rows]
        shares = share_out([one for one in waiting if not self._rests(one.place)], limit, per_place)
        if lot is Lot.GAP:
            # What is left there comes together the next time, before anything newer. A place has
            # no share only where no room is left for single messages either.
            self._busy += [place.id for place in shares]
        return _first_ones(connection, lot, shares, self._due) if shares else []

    def _rests(self, place: Place) -> bool:
        """Say whether the moment lies in a place's quiet hours."""
        return bool(self._quiet) and hours_key(place) in self._quiet


_GIVEN_BACK_TO = (
    select(announcements.c.place_kind, announcements.c.place_id, announcements.c.guild_id)
    .where(announcements.c.state == _DUE, announcements.c.not_before <= _NOW)
    .distinct()
)
_TOLD_TO_WAIT = select(announcements.c.place_id).where(
    announcements.c.state == _DUE, announcements.c.not_before > _NOW
)


@lru_cache(maxsize=4)
def _due_places(shards: Shards | None) -> tuple[Select[Any], Select[Any]]:
    """Return what finds the places where something is due, but for those that asked to wait."""
    unbound = (
        select(deliveries.c.place_kind, deliveries.c.place_id, deliveries.c.guild_id)
        .where(
            deliveries.c.state == _DUE,
            deliveries.c.announcement_id.is_(None),
            deliveries.c.due_at <= _NOW,
            deliveries.c.place_id.not_in(_TOLD_TO_WAIT),
            in_shards(deliveries, shards),
        )
        .distinct()
    )
    return unbound, _GIVEN_BACK_TO.where(in_shards(announcements, shards))


@lru_cache(maxsize=8)
def _given_back(shards: Shards | None) -> Select[Any]:
    """Return what finds messages that may be tried again, places in turn."""
    turn = func.row_number().over(partition_by=announcements.c.place_id, order_by=announcements.c.id)
    waiting = (
        select(announcements.c.id, turn.label("turn"))
        .where(
            announcements.c.state == _DUE,
            announcements.c.not_before <= _NOW,
            ~among_given(announcements.c.place_id, bindparam("busy")),
            in_shards(announcements, shards),
        )
        .subquery()
    )
    query = select(waiting.c.id).where(waiting.c.turn <= bindparam("each"))
    return query.order_by(waiting.c.turn, waiting.c.id).limit(bindparam("most"))


def _waits(table: Any, lot: Lot) -> ColumnElement[bool]:
    """Return the condition that a delivery of a lot is due and in no message yet, as the index has it."""
    kinds = {
        Lot.DIGEST: table.c.digest > 0,
        Lot.GAP: and_(table.c.digest == 0, table.c.created_at <= _GAP),
        Lot.SINGLE: table.c.digest == 0,
    }
    return and_(table.c.state == _DUE, table.c.announcement_id.is_(None), table.c.due_at <= _NOW, kinds[lot])


@lru_cache(maxsize=12)
def _counting(shards: Shards | None, lot: Lot) -> Select[Any]:
    """Return what counts by place what waits, but for busy places and those that asked to wait."""
    place = (deliveries.c.place_kind, deliveries.c.place_id, deliveries.c.guild_id)
    return (
        select(*place, func.count().label("waiting"))
        .where(_waits(deliveries, lot), in_shards(deliveries, shards))
        .group_by(*place)
        # Asked of each place, not of each of its rows.
        .having(
            and_(
                ~among_given(deliveries.c.place_id, bindparam("busy")),
                deliveries.c.place_id.not_in(_TOLD_TO_WAIT),
            )
        )
    )


@lru_cache(maxsize=3)
def _choosing(lot: Lot) -> Select[Any]:
    """Return what finds the first deliveries of each chosen place; of digests, the highest ranked."""
    order = by_rank if lot is Lot.DIGEST else ()
    chosen = func.json_each(bindparam("chosen")).table_valued("value", name="chosen")
    other = deliveries.alias("other")
    first = (
        select(other.c.id)
        .outerjoin(paper_numbers, paper_numbers.c.paper_id == other.c.paper_id)
        .where(
            _waits(other, lot),
            other.c.place_kind == func.json_extract(chosen.c.value, "$[0]"),
            other.c.place_id == func.json_extract(chosen.c.value, "$[1]"),
        )
        .order_by(*order, other.c.id)
        .limit(bindparam("most"))
        .correlate(chosen)
    )
    return (
        select(deliveries.c.id, deliveries.c.place_kind, deliveries.c.place_id, deliveries.c.guild_id)
        .join_from(chosen, deliveries, deliveries.c.id.in_(first))
        .outerjoin(paper_numbers, paper_numbers.c.paper_id == deliveries.c.paper_id)
        .order_by(*order, deliveries.c.id)
    )


def _first_ones(
    connection: Connection, lot: Lot, shares: Mapping[Place, int], due: Mapping[str, Any]
) -> list[Group]:
    """Return the first deliveries of each place, as many as its share."""
    chosen = as_list([place.kind.value, place.id] for place in shares)
    asked = {**due, "chosen": chosen, "most": max(shares.values())}
    found: dict[Place, list[int]] = {place: [] for place in shares}
    for id_, *where in plain_rows(connection, _choosing(lot), asked):
        found[place_of(*where)].append(id_)
    return [(place, ids[: shares[place]]) for place, ids in found.items()]


def bind(connection: Connection, groups: Sequence[Group], now: datetime, *, digest: bool) -> list[int]:
    """Write down one claimed message for each group of deliveries; return their ids."""
    if not groups:
        return []
    last = connection.execute(_last_id).scalar() or 0
    moment = to_number(now)
    messages, carried = [], []
    for id_, (place, deliveries_of) in enumerate(groups, last + 1):
        where = (place.kind.value, place.id, place.guild_id)
        messages.append((id_, *where, _SENDING, moment, 0, moment, int(digest)))
        carried += [(_SENDING, id_, delivery) for delivery in deliveries_of]
    run_many(connection, _write_down, messages)
    run_many(connection, _carry, carried)
    ids = [message[0] for message in messages]
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


# Ids go on where they were, also where the last messages are gone: each makes a nonce and a button.
_last_id = text("SELECT seq FROM sqlite_sequence WHERE name = 'announcements'")
_write_down = insert(announcements).values(
    {
        name: bindparam(name)
        for name in (
            "id",
            "place_kind",
            "place_id",
            "guild_id",
            "state",
            "claimed_at",
            "attempts",
            "not_before",
            "digest",
        )
    }
)
_carry = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("of"))
    .values(state=bindparam("to"), announcement_id=bindparam("message"))
)
