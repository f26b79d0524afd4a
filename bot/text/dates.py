"""Writes dates shortly, and reads the beginnings of time that people write."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from bot.text.spans import begun_season, happening, named_span
from bot.words import _, marked

_MONTHS = (
    marked("Jan"), marked("Feb"), marked("Mar"), marked("Apr"), marked("May"), marked("Jun"),
    marked("Jul"), marked("Aug"), marked("Sep"), marked("Oct"), marked("Nov"), marked("Dec"),
)  # fmt: skip
_LONG_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "couple of": 2, "couple": 2, "few": 3, "several": 3,
}  # fmt: skip


def short_date(day: date, today: date) -> str:
    """Return `May 29` for a day of this year, `Jun 9, 2023` for others."""
    if day.year == today.year:
        return _("{month} {day}").format(month=month_name(day), day=day.day)
    return full_date(day)


def full_date(day: date) -> str:
    """Return a date that stays true when it is read next year: `May 29, 2026`."""
    return _("{month} {day}, {year}").format(month=month_name(day), day=day.day, year=day.year)


def partial_date(parts: Sequence[int], today: date) -> str:
    """Return a date of which only the year, or year and month, may be known."""
    match parts:
        case year, month, day:
            return short_date(date(year, month, day), today)
        case year, month:
            return _("{month} {year}").format(month=month_name(date(year, month, 1)), year=year)
    return "".join(map(str, parts))


def month_name(day: date) -> str:
    """Return the name of a day's month, short."""
    return _(_MONTHS[day.month - 1])


def parse_since(text: str, today: date) -> date | None:
    """Return the first day that a text such as `since May 2025`, `this week` or `2023-2024` means."""
    found = parse_range(text, today)
    return found[0] if found else None


def parse_range(text: str, today: date) -> tuple[date | None, date | None] | None:
    """Return the first and the last day a text means, None at an open end, None for anything else.

    `since 2024` and `from 2024 on` have no end, `before 2020` no beginning, `in 2023`, `from 2023` and
    `2023-2024` have both; a bare `2024` or `monday` is a beginning.
    """
    if len(text) > 80:
        return None
    said = _DASHES.sub("-", " ".join(text.casefold().replace(",", " ").split())).strip(" .!?")
    for form, meaning in _SHORT_FORMS:
        said = form.sub(meaning, said)
    if (two := _two_ends(said, today)) is not None:
        return two
    if (begun := _ONWARDS.fullmatch(said)) and (from_then := _span(begun[1], today)):
        return from_then[0], None
    match = _PREPOSITION.match(said)
    preposition, rest = (match[1] or "", said[match.end() :]) if match else ("", said)
    try:
        return _bounded(preposition, rest, today)
    except (OverflowError, ValueError):
        return None


def _bounded(preposition: str, rest: str, today: date) -> tuple[date | None, date | None] | None:
    """Return what a preposition makes of a span; raises where that is before or after all time."""
    span = _span(rest, today)
    if span is None and preposition and preposition not in _INSIDE:
        # "In summer" and "during the pandemic" are subjects; what is counted from them is a time.
        span = happening(rest, today) or begun_season(rest, today)
    if span is None:
        return None
    first, last = span
    if preposition in _NOT_BEFORE or (preposition in _AFTER and _DURATION.fullmatch(rest)):
        return first, None
    if preposition in _AFTER:
        return last + timedelta(days=1), None
    if preposition in _BEFORE:
        return None, first - timedelta(days=1)
    if preposition in _UP_TO:
        return None, last
    return first, last if preposition in _INSIDE and last < today else None


_DASHES = re.compile("[\u2010-\u2015\u2212]")
_SHORT_FORMS = tuple(
    (re.compile(form), meaning)
    for form, meaning in (
        (r"\byrs?\b", "years"),
        (r"\bwks?\b", "weeks"),
        (r"^(?:>=|=>|\u2265) ?(?=\d)", "since "),
        (r"^(?:<=|=<|\u2264) ?(?=\d)", "until "),
        (r"^(?:<|pre-?) ?(?=\d|covid|pandemic)", "before "),
        (r"^(?:>|post-?) ?(?=\d|covid|pandemic)", "after "),
        (r"^((?:19|20)\d\d) ?-$", r"since \1"),
        (r"^- ?((?:19|20)\d\d)$", r"until \1"),
    )
)
"""How dates are written by who is in a hurry."""

_AFTER = ("after", "newer than", "later than", "more recent than", "younger than")
_BEFORE = ("before", "older than", "earlier than", "prior to")
_UP_TO = (
    "until",
    "till",
    "up to",
    "through",
    "not later than",
    "no later than",
    "not after",
    "not newer than",
)
_NOT_BEFORE = ("not older than", "no older than", "not before", "not earlier than", "no earlier than")
_INSIDE = ("in", "during", "within", "over", "of", "on", "from")
_ONWARDS = re.compile(
    r"(?:(?:since|from|starting|starting from|as of) )?(.+?) (?:on|onwards?|(?:and|or) (?:later|newer))"
)
_PREPOSITION = re.compile(
    rf"(?:published |submitted |posted |written )?"
    rf"(?:({'|'.join((*_NOT_BEFORE, *_AFTER, *_BEFORE, *_UP_TO, *_INSIDE))}|since)"
    r" |(?:starting(?: in| from)?|as of) )?(?:the )?"
)
_DURATION = re.compile(r"\S+ (?:day|week|month|year)s?")
_TWO_ENDS = (
    re.compile(r"(?:from |between )?(\d{4}) ?- ?(\d{4})"),
    re.compile(r"between (.+) and (.+)"),
    re.compile(r"(?:from |since )?(.+?) (?:to|until|till|through|-) (.+)"),
    re.compile(r"(?:in |from |of )?((?:19|20)\d\d) ?(?:and|or|/|&) ?((?:19|20)\d\d)"),
)
_TWO_BOUNDS = re.compile(r"((?:since|after|from|not before) .+?) (?:but|and)(?: (?:still|also))? (.+)")
_YEARS_SHORT = re.compile(r"(?:in |from |of )?((?:19|20))(\d\d)/(\d\d)")


def _two_ends(said: str, today: date) -> tuple[date | None, date | None] | None:
    """Read `2023-2024`, `between May 2024 and June 2025`, `from March to May`, `2017/18`."""
    if short := _YEARS_SHORT.fullmatch(said):
        said = f"{short[1]}{short[2]}-{short[1]}{short[3]}" if short[2] < short[3] else said
    for form in _TWO_ENDS:
        if match := form.fullmatch(said):
            first, last = _span(match[1], today), _span(match[2], today)
            if first and last and first[0] <= last[1]:
                return first[0], last[1]
    if match := _TWO_BOUNDS.fullmatch(said):
        begun, ended = parse_range(match[1], today), parse_range(match[2], today)
        if begun and ended and begun[0] and ended[0] is None and ended[1] and begun[0] <= ended[1]:
            return begun[0], ended[1]
    return None


def _span(said: str, today: date) -> tuple[date, date] | None:
    """Return the first and last day of a day, week, month or year as it is written."""
    try:
        return _calendar_span(said, today) or _spoken_span(said, today) or named_span(said, today)
    except (OverflowError, ValueError):
        return None


_YEAR = re.compile(r"((?:19|20)\d\d)")
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)[-/.](\d{1,2})")
_YEAR_MONTH_DAY = re.compile(r"((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)")
_MONTH_DAY_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)")
_MONTH_YEAR = re.compile(r"([a-z]{3,9})\.?(?: (?:of )?((?:19|20)\d\d))?")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?: ((?:19|20)\d\d))?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,9})\.?(?: ((?:19|20)\d\d))?")


def _calendar_span(said: str, today: date) -> tuple[date, date] | None:
    """Read years, months and days of the calendar; without a year, the latest that has begun."""
    if match := _YEAR.fullmatch(said):
        return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)
    if match := _YEAR_MONTH.fullmatch(said):
        return _month(int(match[1]), int(match[2]))
    if match := _YEAR_MONTH_DAY.fullmatch(said):
        return _day(date(int(match[1]), int(match[2]), int(match[3])))
    if match := _DAY_MONTH_YEAR.fullmatch(said):
        return _day(date(int(match[3]), int(match[2]), int(match[1])))
    if match := _MONTH_DAY_YEAR.fullmatch(said):
        # In American English the month comes first; there are twelve.
        first, second = int(match[1]), int(match[2])
        return _day(date(int(match[3]), *((second, first) if first > 12 else (first, second))))
    if (match := _MONTH_YEAR.fullmatch(said)) and (month := _month_number(match[1])):
        year = int(match[2]) if match[2] else today.year - (month > today.month)
        return _month(year, month)
    for form, month_group, day_group in ((_MONTH_DAY, 1, 2), (_DAY_MONTH, 2, 1)):
        if (match := form.fullmatch(said)) and (month := _month_number(match[month_group])):
            number = int(match[day_group])
            year = int(match[3]) if match[3] else today.year - ((month, number) > (today.month, today.day))
            return _day(date(year, month, number))
    return None


_LAST_UNITS = re.compile(
    rf"(?:last|past|previous)(?: (\d{{1,4}}|{'|'.join(_NUMBERS)}))? (day|week|month|year|decade)s?|"
    rf"(\d{{1,4}}|{'|'.join(_NUMBERS)}) (day|week|month|year|decade)s?(?: ago)?"
)
_LAST_HOURS = re.compile(r"(?:last|past|previous) (\d{1,3}) hours")
_THIS_UNIT = re.compile(r"(?:this|current) (week|month|year)")
_WEEKDAY = re.compile(r"(last |this )?([a-z]{3,9})")


def _spoken_span(said: str, today: date) -> tuple[date, date] | None:
    """Read `today`, `this week`, `last 7 days`, `two months ago`, `monday`."""
    if said in ("today", "now"):
        return _day(today)
    if said in ("yesterday", "last night"):
        return _day(today - timedelta(days=1))
    if said == "day before yesterday":
        return _day(today - timedelta(days=2))
    if match := _LAST_HOURS.fullmatch(said):
        return today - timedelta(days=-(-int(match[1]) // 24)), today
    if said in ("recent years", "recent months", "recent weeks"):
        said = f"last few {said.split()[1]}"
    if match := _THIS_UNIT.fullmatch(said):
        return _unit(match[1], today)
    if match := _LAST_UNITS.fullmatch(said):
        count, unit = match[1] or match[3], match[2] or match[4]
        if count is None and not said.startswith("past") and unit not in ("day", "decade"):
            return _unit(unit, _unit(unit, today)[0] - timedelta(days=1))
        return _earlier(today, _NUMBERS.get(count or "a") or int(count), unit), today
    match = _WEEKDAY.fullmatch(said)
    names = [name for name in _WEEKDAYS if match and name.startswith(match[2])]
    if match and len(names) == 1:
        back = (today.weekday() - _WEEKDAYS.index(names[0])) % 7
        return _day(today - timedelta(days=back or (7 if match[1] == "last " else 0)))
    return None


def _day(day: date) -> tuple[date, date]:
    return day, day


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _month_number(name: str) -> int | None:
    if name == "sept":
        return 9
    return next((number for number, month in enumerate(_LONG_MONTHS, 1) if name in (month, month[:3])), None)


def _unit(unit: str, day: date) -> tuple[date, date]:
    """Return the week (from Monday), month or year that a day lies in."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return _month(day.year, day.month)
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _earlier(day: date, count: int, unit: str) -> date:
    """Return the day that lies a number of units before, at the month's end where it is shorter."""
    if unit in ("day", "week"):
        return day - timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 - count * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
