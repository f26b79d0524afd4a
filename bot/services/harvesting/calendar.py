"""When arXiv announces: the calendar that tells quiet from broken, and holds nothing back.

Mailings go out at 20:00 New York time, Sunday to Thursday; the feeds of the next day, Monday to
Friday, list them from midnight on. On holidays there is none. Source: arXiv's pages on its
availability and holidays (info.arxiv.org/help/availability.html), which name these days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.words import _, marked

NEW_YORK = ZoneInfo("America/New_York")

_MONDAY, _THURSDAY, _SATURDAY = 0, 3, 5
_DEADLINE = time(14)


def quiet_reason(now: datetime) -> str:
    """Say why the feeds list nothing at this moment, empty where they should list papers."""
    today = now.astimezone(NEW_YORK).date()
    if today.weekday() >= _SATURDAY:
        return _("arXiv announces nothing on Saturday and Sunday.")
    if holiday := holiday_name(today):
        return _("arXiv announces nothing on {holiday}.").format(holiday=_(holiday))
    return ""


def holiday_name(day: date) -> str:
    """Return the name of the holiday on which the feeds are empty, empty on other days."""
    fixed = {
        (1, 1): marked("New Year's Day"),
        (6, 19): marked("Juneteenth"),
        (7, 4): marked("Independence Day"),
        (12, 24): marked("Christmas Eve"),
        (12, 25): marked("Christmas Day"),
        (12, 31): marked("New Year's Eve"),
    }
    thanksgiving = _nth_weekday(day.year, 11, _THURSDAY, 4)
    moving = {
        _nth_weekday(day.year, 1, _MONDAY, 3): marked("Martin Luther King Jr. Day"),
        _last_monday(day.year, 5): marked("Memorial Day"),
        _nth_weekday(day.year, 9, _MONDAY, 1): marked("Labor Day"),
        thanksgiving: marked("Thanksgiving"),
        thanksgiving + timedelta(days=1): marked("the day after Thanksgiving"),
    }
    return fixed.get((day.month, day.day)) or moving.get(day, "")


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _last_monday(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    last = following - timedelta(days=1)
    return last - timedelta(days=last.weekday())


def mailing_day(moment: datetime) -> date:
    """Return the day of the feed that a moment belongs to, in New York."""
    return moment.astimezone(NEW_YORK).date()


def feed_moment(day: date) -> datetime:
    """Return the moment that the feed of a day is dated by: midnight in New York."""
    return datetime.combine(day, time.min, NEW_YORK).astimezone(UTC)


def weekdays(since: date, until: date) -> Iterator[date]:
    """Yield the days from Monday to Friday, without the last."""
    for number in range((until - since).days):
        day = since + timedelta(days=number)
        if day.weekday() < _SATURDAY:
            yield day


def expected_day(submitted_at: datetime) -> date:
    """Return the day of the feed that lists a paper, if nothing holds it up.

    What is submitted until 14:00 on a weekday is announced that evening, Friday's on Sunday; the
    next day's feed lists it (info.arxiv.org/help/availability.html).
    """
    local = submitted_at.astimezone(NEW_YORK)
    day = local.date()
    if local.time() >= _DEADLINE:
        day += timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    day += timedelta(days=1)
    return day + timedelta(days=2) if day.weekday() == _SATURDAY else day
