"""Which announcement days the catalogue holds: what is missing, and what to say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from bot.domain.feeds import CatchUpState, FeedState, Mailing
from bot.services.harvesting.calendar import holiday_name, weekdays
from bot.words import _

_LATELY = timedelta(days=1)
_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Days whose announcements the catalogue lacks for some categories; `until` is not one of them."""

    since: date
    until: date
    categories: tuple[str, ...]

    def __str__(self) -> str:
        last = self.until - timedelta(days=1)
        days = f"{self.since}"
        if last != self.since:
            days = _("{first} to {last}").format(first=self.since, last=last)
        named = ", ".join(self.categories[:_NAMED])
        more = len(self.categories) - _NAMED
        if more > 0:
            named = _("{names} and {count} more").format(names=named, count=more)
        return f"{days} ({named})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How complete the catalogue is: announcement days since it began, and what is missing.

    `days` counts those that are complete for every category. `filling` says how far filling a gap
    has come.
    """

    since: date | None = None
    days: int = 0
    gaps: tuple[Gap, ...] = ()
    filling: CatchUpState | None = None


UNKNOWN = Coverage()
"""Of a catalogue that nothing was ever harvested into."""


def find_gap(
    mailings: Iterable[Mailing],
    wanted: Collection[str],
    *,
    earliest: date,
    today: date,
    cut: Mapping[str, date],
) -> Gap | None:
    """Return what is to be filled of the days before today, None where nothing is missing.

    A category counts from the first feed read of it. Weekdays are expected to bring papers, holidays
    too: that nothing came is settled by asking. `cut` names categories whose feed of a day, today
    included, was too long to be whole.
    """
    mailings = tuple(mailings)
    missing = _missing(mailings, wanted, max_day=today)
    filled = {(one.day, category) for one in mailings if one.filled for category in one.categories}
    for category, day in cut.items():
        if category in wanted and day <= today and (day, category) not in filled:
            missing[day].add(category)
    days = {day: lacking for day, lacking in missing.items() if day >= earliest}
    if not days:
        return None
    return Gap(
        since=min(days),
        until=max(days) + timedelta(days=1),
        categories=tuple(sorted(set().union(*days.values()))),
    )


def describe(
    mailings: Collection[Mailing], wanted: Collection[str], today: date, filling: CatchUpState | None
) -> Coverage:
    """Return how complete the catalogue is up to yesterday's announcement."""
    relevant = [mailing for mailing in mailings if set(wanted) & set(mailing.categories)]
    if not relevant:
        return Coverage(filling=filling)
    since = min(mailing.day for mailing in relevant)
    missing = _missing(relevant, wanted, max_day=today)
    expected = [day for day in weekdays(since, today) if not holiday_name(day)]
    lacking = [(day, tuple(sorted(missing[day]))) for day in expected if missing.get(day)]
    gaps = tuple(_runs(lacking, expected))
    return Coverage(since=since, days=len(expected) - len(lacking), gaps=gaps, filling=filling)


def harvested(feeds: Iterable[FeedState]) -> frozenset[str]:
    """Return the categories that are harvested now: those whose feeds were asked for lately."""
    checked = [feed for feed in feeds if feed.checked_at]
    newest = max((feed.checked_at for feed in checked if feed.checked_at), default=None)
    return frozenset(
        category
        for feed in checked
        if newest and feed.checked_at and newest - feed.checked_at < _LATELY
        for category in feed.categories
    )


def _runs(lacking: list[tuple[date, tuple[str, ...]]], expected: list[date]) -> Iterator[Gap]:
    """Join announcement days that follow each other and lack the same categories."""
    position = {day: number for number, day in enumerate(expected)}
    numbered = enumerate(lacking)
    for _key, run in groupby(numbered, key=lambda one: (position[one[1][0]] - one[0], one[1][1])):
        days = [day for _place, (day, _categories) in run]
        yield Gap(since=days[0], until=days[-1] + timedelta(days=1), categories=dict(lacking)[days[0]])


def _missing(
    mailings: Iterable[Mailing], wanted: Collection[str], *, max_day: date
) -> defaultdict[date, set[str]]:
    """Return for each weekday before `max_day` the categories that were harvested by then and lack it."""
    covered: defaultdict[str, set[date]] = defaultdict(set)
    begun: dict[str, date] = {}
    for mailing in mailings:
        for category in mailing.categories:
            begun[category] = min(mailing.day, begun.get(category, mailing.day))
            if mailing.is_covered:
                covered[category].add(mailing.day)
    missing: defaultdict[date, set[str]] = defaultdict(set)
    for category in set(wanted) & begun.keys():
        for day in weekdays(begun[category], max_day):
            if day not in covered[category]:
                missing[day].add(category)
    return missing
