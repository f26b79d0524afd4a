"""When a paper may be announced: at once, after the quiet hours, or in the next digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.revisions import Telling
from bot.domain.watches import Every, Place

MONDAY = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The hours of a server or a person, whole ones on its own clock.

    Nothing is announced from `quiet_from` until `quiet_until`, where both are given; where they are
    the same, nothing is quiet. `telling` is how new versions of what was announced are told.
    """

    time_zone: str = "UTC"
    digest_hour: int = 8
    quiet_from: int | None = None
    quiet_until: int | None = None
    telling: Telling = Telling.EDIT

    @property
    def zone(self) -> ZoneInfo:
        """The time zone, with its changes of summer time."""
        return ZoneInfo(self.time_zone)


def hours_key(place: Place) -> str:
    """Return under which key the hours of a place are remembered: its server's or its person's."""
    return f"hours:person:{place.id}" if place.guild_id is None else f"hours:server:{place.guild_id}"


def due_at(every: Every, hours: Hours, now: datetime) -> datetime:
    """Return when a paper that is found now may go out."""
    if every is Every.INSTANT:
        return _after_quiet(hours, now)
    return next_digest(hours, now, weekly=every is Every.WEEKLY)


def next_digest(hours: Hours, now: datetime, *, weekly: bool = False) -> datetime:
    """Return the next digest's moment, on a Monday where it is weekly; after the hours that are quiet."""
    day = now.astimezone(hours.zone).date()
    # Quiet hours may have kept yesterday's back until now.
    for ahead in range(-1, 8):
        moment = _after_quiet(hours, _at(hours, day + timedelta(days=ahead), hours.digest_hour))
        if moment > now and (not weekly or (day + timedelta(days=ahead)).weekday() == MONDAY):
            return moment
    raise AssertionError("every week has a Monday")


def is_quiet(hours: Hours, now: datetime) -> bool:
    """Say whether nothing may be announced now."""
    return _after_quiet(hours, now) > now


def next_weekly(hours: Hours, now: datetime, *, weekday: int, hour: int) -> datetime:
    """Return when it is the next time this hour of this weekday there; 0 is Monday."""
    day = now.astimezone(hours.zone).date()
    for ahead in range(8):
        moment = _at(hours, day + timedelta(days=ahead), hour)
        if moment > now and (day + timedelta(days=ahead)).weekday() == weekday:
            return moment
    raise AssertionError("every week has each day")


def day_of(hours: Hours, moment: datetime) -> tuple[datetime, datetime]:
    """Return when the day of a moment begins there, and when the next one does."""
    day = moment.astimezone(hours.zone).date()
    return _at(hours, day, 0), _at(hours, day + timedelta(days=1), 0)


def _after_quiet(hours: Hours, now: datetime) -> datetime:
    begin, end = hours.quiet_from, hours.quiet_until
    if begin is None or end is None or begin == end:
        return now
    local = now.astimezone(hours.zone)
    quiet = begin <= local.hour < end if begin < end else local.hour >= begin or local.hour < end
    if not quiet:
        return now
    over = _at(hours, local.date(), end)
    return over if over > now else _at(hours, local.date() + timedelta(days=1), end)


def _at(hours: Hours, day: date, hour: int) -> datetime:
    """Return an hour of a day there. One that summer time leaves out comes an hour later."""
    return datetime.combine(day, time(hour), tzinfo=hours.zone).astimezone(UTC)
