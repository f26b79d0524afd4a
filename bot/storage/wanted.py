"""Which watches want a paper, and the deliveries that are written down for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.feeds import Listing
from bot.domain.watches import MessageState, Place, Wanting, Watch
from bot.storage.columns import among
from bot.storage.holding import WAITING
from bot.storage.schema import deliveries, delivery_watches
from bot.storage.timing import Moment, Timing, open_timing


class Match(Protocol):
    """Says which watches want a listing; `version` is the state of the watches it knows."""

    @property
    def version(self) -> int: ...

    async def learn(self, watches: Sequence[Watch], version: int) -> None:
        """Take the watches as they are now."""

    def __call__(self, listing: Listing) -> Sequence[Wanting]:
        """Return the watches that want it, each with the reason."""


@dataclass(slots=True)
class Wanted:
    """A paper that watches of one place want; a mailing may make half a million of these."""

    place: Place
    paper_id: int
    by: Sequence[Wanting]

    @property
    def watches(self) -> list[Watch]:
        """The watches without their reasons."""
        return [watch for watch, _ in self.by]

    @property
    def is_held(self) -> bool:
        """Whether all of these watches are paused."""
        return all(watch.paused_reason for watch, _ in self.by)


def wanted_of(listings: Iterable[Listing], match: Match) -> list[Wanted]:
    """Return which papers are wanted where, by whom, and for which reason."""
    return [
        Wanted(by[0][0].place, listing.paper.id or 0, by)
        for listing in listings
        for by in _by_place(match(listing))
    ]


def _by_place(wanting: Sequence[Wanting]) -> Iterable[list[Wanting]]:
    """Return the watches of each place, which Discord's ids tell apart, whatever it is."""
    places: defaultdict[int, list[Wanting]] = defaultdict(list)
    for one in wanting:
        places[one[0].place.id].append(one)
    return places.values()


async def deliver(connection: AsyncConnection, wanted: Sequence[Wanted], now: datetime) -> int:
    """Write down deliveries; where one waits already, the reasons are added to it."""
    if not wanted:
        return 0
    query = select(deliveries).where(among(deliveries.c.paper_id, list({one.paper_id for one in wanted})))
    known = {
        (row.place_kind, row.place_id, row.paper_id): row for row in (await connection.execute(query)).all()
    }
    new = [one for one in wanted if _key(one) not in known]
    asking = {watch.id: watch for one in wanted for watch in one.watches}
    timing = await open_timing(connection, list(asking.values()), now)
    if new:
        rows = [_row(one, now, timing) for one in new]
        await connection.execute(upsert(deliveries).on_conflict_do_nothing(), rows)
    waiting = [one for one in wanted if _key(one) in known and known[_key(one)].state in WAITING]
    freed = [
        known[_key(one)].id
        for one in waiting
        if known[_key(one)].state == MessageState.HELD and not one.is_held
    ]
    if freed:
        await connection.execute(_free, [{"of": id_} for id_ in freed])
    in_digest = [one for one in waiting if known[_key(one)].digest]
    await _hasten(connection, [(known[_key(one)], timing.of(one.watches)) for one in in_digest])
    reasons = [
        {
            "kind": one.place.kind.value,
            "place": one.place.id,
            "paper": one.paper_id,
            "watch": watch.id,
            "label": label,
        }
        for one in (*new, *waiting)
        for watch, label in one.by
    ]
    if reasons:
        await connection.execute(_add_reason, reasons)
    return len(new)


async def _hasten(connection: AsyncConnection, waiting: Sequence[tuple[Row[Any], Moment]]) -> None:
    """Let what waits for a digest go out earlier where another watch asks for that."""
    sooner = [
        {"of": row.id, "kind": moment[0], "at": moment[1]}
        for row, moment in waiting
        if moment < (row.digest, row.due_at)
    ]
    if sooner:
        await connection.execute(_bring_forward, sooner)


def _key(wanted: Wanted) -> tuple[str, int, int]:
    return wanted.place.kind.value, wanted.place.id, wanted.paper_id


def _row(wanted: Wanted, now: datetime, timing: Timing) -> dict[str, Any]:
    state = MessageState.HELD if wanted.is_held else MessageState.DUE
    digest, due = timing.of(wanted.watches)
    return {
        "place_kind": wanted.place.kind.value,
        "place_id": wanted.place.id,
        "guild_id": wanted.place.guild_id,
        "paper_id": wanted.paper_id,
        "state": state.value,
        "created_at": now,
        "held_at": now if wanted.is_held else None,
        "digest": digest,
        "due_at": due,
    }


_free = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("of"), deliveries.c.announcement_id.is_(None))
    .values(state=MessageState.DUE.value, held_at=None)
)
_bring_forward = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("of"), deliveries.c.announcement_id.is_(None))
    .values(digest=bindparam("kind"), due_at=bindparam("at"))
)
_add_reason = (
    upsert(delivery_watches)
    .from_select(
        ["delivery_id", "watch_id", "label"],
        select(deliveries.c.id, bindparam("watch"), bindparam("label")).where(
            deliveries.c.place_kind == bindparam("kind"),
            deliveries.c.place_id == bindparam("place"),
            deliveries.c.paper_id == bindparam("paper"),
        ),
    )
    .on_conflict_do_nothing()
)
