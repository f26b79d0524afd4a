"""When deliveries may go out: by what their watches ask for, and the hours of the place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.schedule import Hours, day_of, due_at, hours_key, is_quiet, next_digest
from bot.domain.watches import Every, Place, Watch
from bot.storage.columns import among, plain_rows
from bot.storage.schema import deliveries, delivery_watches, states

Moment = tuple[int, datetime]
"""0 for a message of its own, 1 for a digest, 2 for a digest as the rest of a day; and from when."""


def how_soon(moment: Moment) -> tuple[bool, datetime, int]:
    """Return what orders moments: a message of its own before any digest, then the earlier digest."""
    kind, due = moment
    return kind > 0, due, kind


class Timing:
    """Decides for the papers of one harvest; papers count against the most of a day as they come."""

    def __init__(self, now: datetime, hours: Mapping[str, Hours], sent: Mapping[int, int]) -> None:
        """Take the moment, the hours by key, and how many papers limited watches have had that day."""
        self._now = now
        self._hours = hours
        self._sent = dict(sent)

    def of(self, watches: Sequence[Watch]) -> Moment:
        """Return the earliest that a watch of these asks for, which all are of one place.

        What is paused does not decide, unless all of them are.
        """
        active = [watch for watch in watches if not watch.paused_reason] or watches
        return min((self._moment(watch) for watch in active), key=how_soon)

    def _moment(self, watch: Watch) -> Moment:
        hours = self._hours.get(hours_key(watch.place), Hours())
        manner = watch.manner
        if manner.every is not Every.INSTANT:
            return 1, due_at(manner.every, hours, self._now)
        if manner.most_a_day is not None and watch.id is not None:
            count = self._sent.get(watch.id, 0)
            if count >= manner.most_a_day:
                return 2, next_digest(hours, self._now)
            self._sent[watch.id] = count + 1
        return 0, due_at(Every.INSTANT, hours, self._now)


async def open_timing(connection: AsyncConnection, watches: Sequence[Watch], now: datetime) -> Timing:
    """Read what decides for the papers that these watches want."""
    hours = await connection.run_sync(hours_of, [watch.place for watch in watches])
    limited = [watch for watch in watches if watch.manner.most_a_day is not None]
    return Timing(now, hours, await _sent_today(connection, limited, hours, now))


def hours_of(connection: Connection, places: Iterable[Place]) -> dict[str, Hours]:
    """Return the hours of places by their keys; what was never set is left out."""
    keys = {hours_key(place) for place in places}
    query = select(states.c.key, states.c.value).where(among(states.c.key, sorted(keys)))
    return {row.key: msgspec.json.decode(row.value, type=Hours) for row in connection.execute(query)}


def quiet_keys(connection: Connection, now: datetime) -> frozenset[str]:
    """Return the keys of all hours in whose quiet ones a moment lies."""
    known = plain_rows(connection, _all_hours, {})
    return frozenset(key for key, value in known if is_quiet(msgspec.json.decode(value, type=Hours), now))


_all_hours = select(states.c.key, states.c.value).where(states.c.key.between("hours:", "hours;"))
"""All keys that begin with `hours:`, as a range of the index."""


async def _sent_today(
    connection: AsyncConnection, watches: Sequence[Watch], hours: Mapping[str, Hours], now: datetime
) -> Mapping[int, int]:
    """Count the papers that watches have as messages of their own on the day that one found now goes out.

    What is found at night may wait for the end of the quiet hours, and counts there.
    """
    counts: dict[int, int] = {}
    for watch in watches:
        there = hours.get(hours_key(watch.place), Hours())
        began, ended = day_of(there, due_at(Every.INSTANT, there, now))
        query = (
            select(func.count())
            .select_from(delivery_watches)
            .join(deliveries, deliveries.c.id == delivery_watches.c.delivery_id)
            .where(
                delivery_watches.c.watch_id == watch.id,
                deliveries.c.digest == 0,
                deliveries.c.due_at >= began,
                deliveries.c.due_at < ended,
            )
        )
        counts[watch.id or 0] = (await connection.execute(query)).scalar_one()
    return counts
