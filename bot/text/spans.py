"""Stretches of time that have a name: seasons, quarters, halves of a year, decades, weekends."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

Span = tuple[date, date]

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The first month of each season, as weather is counted in the north."""

_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4,
}  # fmt: skip
_PARTS = {"early": (1, 4), "mid": (5, 4), "the middle of": (5, 4), "late": (9, 4)}
"""The first month, and how many, of what nobody has defined."""

_DECADES = {"seventies": 1970, "eighties": 1980, "nineties": 1990, "noughties": 2000}
_PANDEMIC = date(2020, 3, 11), date(2023, 5, 5)
"""From when until when the World Health Organization called it one, or an emergency."""

_HOLIDAYS = {
    "christmas": (12, 25), "xmas": (12, 25), "new year": (1, 1), "new year's": (1, 1), "new years": (1, 1),
}  # fmt: skip

_YEAR = r"(?:of )?(?P<year>(?:19|20)\d\d)"
_LAST = r"(?P<which>this|current|last|past|previous)"
_SEASON = re.compile(rf"(?:{_LAST} )?(?P<season>{'|'.join(_SEASONS)})(?: {_YEAR}(?:/(?:(?:19|20)?\d\d))?)?")
_QUARTER = re.compile(
    rf"(?:q(?P<short>[1-4])|(?P<place>{'|'.join(_ORDINALS)}) quarter)(?: {_YEAR})?"
    r"|(?P<year_before>(?:19|20)\d\d)[ -]?q(?P<short_behind>[1-4])"
)
_HALF = re.compile(rf"(?:h(?P<short>[12])|(?P<place>first|1st|second|2nd|last) half)(?: {_YEAR})?")
_PART = re.compile(rf"(?P<part>{'|'.join(_PARTS)})[ -]?{_YEAR}")
_SOME_MONTHS = re.compile(rf"{_LAST} (?P<unit>quarter|semester|half[ -]?year)")
_DECADE = re.compile(rf"(?:(?P<century>19|20)?(?P<tens>\d)0'?s|(?P<name>{'|'.join(_DECADES)}))")
_AROUND = re.compile(r"(?:around|circa|ca\.?|roughly) ((?:19|20)\d\d)|((?:19|20)\d\d)-?ish")
_WEEKEND = re.compile(rf"(?:{_LAST} )?weekend")


def named_span(said: str, today: date) -> Span | None:
    """Return the first and last day of what is named; without a year, of the latest that has begun."""
    if match := _SEASON.fullmatch(said):
        return _season(match, today)
    if match := _QUARTER.fullmatch(said):
        place = int(match["short"] or match["short_behind"] or _ORDINALS[match["place"]])
        return _months(match["year"] or match["year_before"], 3 * place - 2, 3, today)
    if match := _HALF.fullmatch(said):
        place = int(match["short"] or min(_ORDINALS[match["place"]], 2))
        return _months(match["year"], 6 * place - 5, 6, today)
    if match := _PART.fullmatch(said):
        return _months(match["year"], *_PARTS[match["part"]], today)
    if match := _SOME_MONTHS.fullmatch(said):
        length = 3 if match["unit"] == "quarter" else 6
        begun = (today.month - 1) // length * length + 1
        back = 0 if match["which"] in ("this", "current") else length
        return _span(today.year, begun - back, length)
    if match := _AROUND.fullmatch(said):
        return date(int(match[1] or match[2]) - 1, 1, 1), date(int(match[1] or match[2]) + 1, 12, 31)
    if match := _DECADE.fullmatch(said):
        return _decade(match, today)
    if match := _WEEKEND.fullmatch(said):
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        if saturday + timedelta(days=1) >= today and match["which"] in ("last", "past", "previous"):
            saturday -= timedelta(days=7)
        return saturday, saturday + timedelta(days=1)
    return None


def _season(match: re.Match[str], today: date) -> Span | None:
    first_month, year = _SEASONS[match["season"]], match["year"]
    if year:
        found = _span(int(year), first_month, 3)
        return found if found[0] <= today or first_month != 12 else _span(int(year) - 1, first_month, 3)
    spans = _latest(first_month, 3, today)
    if match["which"] in ("last", "past", "previous"):
        return next(span for span in spans if span[1] < today)
    return next(spans) if match["which"] else None


def _latest(first_month: int, length: int, today: date) -> Iterator[Span]:
    """Yield the spans that have begun, the latest first."""
    year = today.year
    while True:
        span = _span(year, first_month, length)
        if span[0] <= today:
            yield span
        year -= 1


def _months(year: str | None, first_month: int, length: int, today: date) -> Span:
    if year:
        return _span(int(year), first_month, length)
    return next(_latest(first_month, length, today))


def _span(year: int, first_month: int, length: int) -> Span:
    """Return so many months from one on, which may lie before January or end in the next year."""
    year, first = year + (first_month - 1) // 12, (first_month - 1) % 12
    last_year, last = year + (first + length - 1) // 12, (first + length - 1) % 12
    return date(year, first + 1, 1), date(last_year, last + 1, monthrange(last_year, last + 1)[1])


def _decade(match: re.Match[str], today: date) -> Span:
    if match["name"]:
        first = _DECADES[match["name"]]
    elif match["century"]:
        first = int(f"{match['century']}{match['tens']}0")
    else:
        # "The 20s" are ours, "the 30s" were the last century's.
        first = 2000 + int(match["tens"]) * 10
        first -= 100 if first > today.year else 0
    return date(first, 1, 1), date(first + 9, 12, 31)


def happening(said: str, today: date) -> Span | None:
    """Return when that was which people count from: holidays, the pandemic."""
    said = said.removeprefix("last ")
    if said in ("covid", "covid-19", "corona pandemic", "pandemic", "covid pandemic"):
        return _PANDEMIC
    if holiday := _HOLIDAYS.get(said):
        day = date(today.year - (holiday > (today.month, today.day)), *holiday)
        return day, day
    return None


def begun_season(said: str, today: date) -> Span | None:
    """Return the latest season of a name that has begun: what "since summer" counts from."""
    return next(_latest(_SEASONS[said], 3, today)) if said in _SEASONS else None
