"""The reading group's picks: once a week the most voted papers of a server's reading list."""

from __future__ import annotations

from datetime import datetime

from bot.domain.picks import WEEKDAYS, PickTime
from bot.domain.schedule import next_weekly
from bot.domain.watches import Place, PlaceKind
from bot.services.ports import Clock, PickStore
from bot.services.timetable import Timetable

PICKED = 3
"""Papers a week: what a group can read."""


class Picks:
    """Keeps when each server has its picks, and makes them due; the announcer posts them."""

    def __init__(self, *, store: PickStore, timetable: Timetable, clock: Clock) -> None:
        """Take the store, the servers' hours and the clock."""
        self._store = store
        self._timetable = timetable
        self._clock = clock

    async def find(self, guild_id: int) -> PickTime | None:
        """Return when a server has its picks, None where it has none."""
        return await self._store.find_time(guild_id)

    async def change(
        self, place: Place, *, day: str | None, channel_id: int | None, hour: int | None
    ) -> PickTime | None:
        """Change what is given, for the server of a place; `day` is "off" or a weekday.

        What was never set is this place, and the hour of digests. The moment follows the time zone.
        """
        guild_id = place.guild_id or 0
        known = await self._store.find_time(guild_id)
        if day == "off":
            await self._store.remove_time(guild_id)
            return None
        hours = await self._timetable.hours(place)
        time = PickTime(
            guild_id=guild_id,
            channel_id=channel_id or (known.channel_id if known else place.id),
            weekday=WEEKDAYS.index(day) if day else known.weekday if known else 0,
            hour=hour if hour is not None else known.hour if known else hours.digest_hour,
            next_at=None,
        )
        time = await self._with_next(time)
        await self._store.set_time(time)
        return time

    async def follow_hours(self, place: Place) -> None:
        """Move the next picks of a place's server to its hours, which may have changed."""
        known = await self._store.find_time(place.guild_id or 0)
        if known is not None and known.next_at is not None:
            await self._store.set_time(await self._with_next(known))

    async def run(self) -> int:
        """Make due what is to be posted now; return how many papers."""
        picked = 0
        now = self._clock()
        for time in await self._store.list_due(now):
            following = await self._with_next(time)
            assert following.next_at is not None  # noqa: S101 - it was just made
            picked += await self._store.pick(time, following.next_at, limit=PICKED, now=now)
        return picked

    async def _with_next(self, time: PickTime) -> PickTime:
        place = Place(kind=PlaceKind.CHANNEL, id=time.channel_id, guild_id=time.guild_id)
        hours = await self._timetable.hours(place)
        moment: datetime = next_weekly(hours, self._clock(), weekday=time.weekday, hour=time.hour)
        return PickTime(
            guild_id=time.guild_id,
            channel_id=time.channel_id,
            weekday=time.weekday,
            hour=time.hour,
            next_at=moment,
        )
