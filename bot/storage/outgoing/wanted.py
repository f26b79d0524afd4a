"""Which watches want a paper, and the deliveries that are written down for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deliveries import MessageState
from bot.domain.feeds import Listing
from bot.domain.watches import PlaceWanting, Wanting, Watch
from bot.storage.columns import among
from bot.storage.outgoing.holding import WAITING
from bot.storage.outgoing.timing import Moment, Timing, how_soon, open_timing
from bot.storage.schema import deliveries, delivery_watches


class Match(Protocol):
    """Says which watches want a listing; `version` is the state of the watches it knows."""

    @property
    def version(self) -> int: ...

    async def learn(self, watches: Sequence[Watch], version: int) -> None:
        """Take the watches as they are now."""

    def __call__(self, listing: Listing) -> Sequence[PlaceWanting]:
        """Return the watches that want it, each with the reason."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper, and the watches of each place that want it, by the place's id."""

    paper_id: int
    places: Mapping[int, tuple[Wanting, ...]]


def wanted_of(listings: Iterable[Listing], match: Match) -> list[Wanted]:
    """Return which papers are wanted where, by whom, and for which reason."""
    by_paper: defaultdict[int, list[PlaceWanting]] = defaultdict(list)
    for listing in listings:
        # A mailing may list a paper twice.
        by_paper[listing.paper.id or 0] += match(listing)
    return [Wanted(paper_id, _by_place(found)) for paper_id, found in by_paper.items() if found]


def _by_place(found: Sequence[PlaceWanting]) -> dict[int, tuple[Wanting, ...]]:
    """Return who wants a paper by place, in the order given."""
    places = dict(found)
    if len(places) < len(found):
        # Few places want a paper more than once, and of these the last mention was kept.
        earlier: defaultdict[int, tuple[Wanting, ...]] = defaultdict(tuple)
        for place, wanting in found:
            if places[place] is not wanting:
                earlier[place] += wanting
        for place, wanting in earlier.items():
            places[place] = wanting + places[place]
    return places


async def deliver(connection: AsyncConnection, wanted: Sequence[Wanted], now: datetime) -> int:
    """Write down deliveries; where one waits already, the reasons are added to it."""
    if not wanted:
        return 0
    query = select(deliveries).where(among(deliveries.c.paper_id, [one.paper_id for one in wanted]))
    known = {(row.place_id, row.paper_id): row for row in (await connection.execute(query)).all()}
    asked = [(one.paper_id, place, by) for one in wanted for place, by in one.places.items()]
    new = [(paper, by) for paper, place, by in asked if (place, paper) not in known]
    waiting = [
        (row, by)
        for paper, place, by in asked
        if (row := known.get((place, paper))) is not None and row.state in WAITING
    ]
    asking = {watch.id: watch for _, _, by in asked for watch in _watches(by)}
    timing = await open_timing(connection, list(asking.values()), now)
    if new:
        rows = [_row(paper, by, now, timing) for paper, by in new]
        await connection.execute(upsert(deliveries).on_conflict_do_nothing(), rows)
    freed = [row.id for row, by in waiting if row.state == MessageState.HELD and not _is_held(by)]
    if freed:
        await connection.execute(_free, [{"of": id_} for id_ in freed])
    await _hasten(connection, [(row, timing.of(_watches(by))) for row, by in waiting if row.digest])
    reasons = [
        {
            "kind": watch.place.kind.value,
            "place": watch.place.id,
            "paper": paper,
            "watch": watch.id,
            "label": why,
        }
        for paper, by in (*new, *((row.paper_id, by) for row, by in waiting))
        for watch, why in by
    ]
    if reasons:
        await connection.execute(_add_reason, reasons)
    return len(new)


def _watches(by: Iterable[Wanting]) -> list[Watch]:
    """Return the watches without their reasons."""
    return [watch for watch, _ in by]


def _is_held(by: Iterable[Wanting]) -> bool:
    """Say whether all of these watches are paused."""
    return all(watch.paused_reason for watch, _ in by)


async def _hasten(connection: AsyncConnection, waiting: Sequence[tuple[Row[Any], Moment]]) -> None:
    """Let what waits for a digest go out earlier where another watch asks for that."""
    sooner = [
        {"of": row.id, "kind": moment[0], "at": moment[1]}
        for row, moment in waiting
        if how_soon(moment) < how_soon((row.digest, row.due_at))
    ]
    if sooner:
        await connection.execute(_bring_forward, sooner)


def _row(paper_id: int, by: Sequence[Wanting], now: datetime, timing: Timing) -> dict[str, Any]:
    """Return a new delivery of a paper to the place of these watches."""
    place, held = by[0][0].place, _is_held(by)
    digest, due = timing.of(_watches(by))
    return {
        "place_kind": place.kind.value,
        "place_id": place.id,
        "guild_id": place.guild_id,
        "paper_id": paper_id,
        "state": (MessageState.HELD if held else MessageState.DUE).value,
        "created_at": now,
        "held_at": now if held else None,
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
