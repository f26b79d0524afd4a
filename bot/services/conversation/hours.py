"""Wishes about one's hours, in plain words: the time zone, the digest's hour, the quiet hours."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from bot.errors import InvalidInput
from bot.services.conversation.phrases import A_WHILE
from bot.services.conversation.wishes import BetweenHours, Pause, Say, SetHours, Wish
from bot.services.timetable import known_zone

_BEGIN = r"(?:set |change |make |put |send |deliver |schedule |move )?(?:my |our |the )?"
_ZONE = re.compile(
    rf"{_BEGIN}time ?zone(?: (?:to|is|as|should be)|:)? (?P<zone>[A-Za-z][\w /+-]{{1,40}})", re.IGNORECASE
)
_WHERE = re.compile(
    r"(?:i|we)(?:'m|'re| am| are)?(?: (?:now|currently|here|live|living|work|working|based|located|sitting))*"
    r" (?:in|from|at) (?P<zone>[^\W\d_][^\d,;:?!]{1,30}?)(?: (?:now|time|currently))?",
    re.IGNORECASE,
)
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_TIME = (
    r"(?P<past>half past |quarter past )?(?P<hour>\d{1,2}|" + "|".join(_NUMBERS) + r"|noon|midday|midnight)"
    r"(?:[:.h](?P<minute>[0-5]\d)|h)?(?: ?(?P<half>[ap])\.?m\.?)?(?: o'?clock)?"
)
_AT_A_TIME = re.compile(
    rf"(?P<rest>.+(?:,? at|(?<= daily)|(?<=every day)|(?<=every morning)|(?<=every evening))) {_TIME}",
    re.IGNORECASE,
)
_AT = re.compile(r",? at$", re.IGNORECASE)
_DIGESTS = rf"(?:{_BEGIN}(?:me )?(?:a |my |the )?(?:daily |weekly )?(?:digests?|summar(?:y|ies)))"
_RHYTHM = (
    r"(?:daily|(?:every|each) (?:morning|day|evening|noon|week ?day|working day)|(?:on )?week ?days"
    r"|mondays? to fridays?)"
)
_DIGEST = re.compile(
    rf"(?:{_DIGESTS}(?: hour| time)?(?:,? {_RHYTHM})?(?: (?:to|is|at|for|come|comes|should come))*|{_RHYTHM})"
    rf" (?:at )?{_TIME}",
    re.IGNORECASE,
)
_ON_A_DAY = re.compile(
    rf"(?:(?:{_DIGESTS}|weekly|once a week)(?: weekly)?,? (?:on (?:a )?|every |each )?(?:{_DAYS})s?"
    rf"|(?:only )?(?:every|each) (?:{_DAYS})|on (?:{_DAYS})s|(?:{_DAYS})s?(?= (?:morning|evening)s? at ))"
    rf"(?: (?:morning|evening|afternoon|noon)s?)?(?:,? at {_TIME})?",
    re.IGNORECASE,
)
_QUIET_HOURS = r"(?:quiet hours?|quiet|silence|do not disturb|dnd)"
_QUIET = re.compile(
    rf"{_BEGIN}{_QUIET_HOURS}(?: (?:to|are|is|from|between)|:)? (?P<hours>\d.{{0,18}}|off|none)",
    re.IGNORECASE,
)
_LOUD = re.compile(r"no quiet hours|(?:turn |switch )?(?:quiet hours off|off quiet hours)", re.IGNORECASE)
_ONE_HOUR = r"\d{1,2}(?::\d\d|h)?(?: ?[ap]\.?m\.?)?"
_HOURS = rf"{_ONE_HOUR} ?(?:-|and|to|till?|until) ?{_ONE_HOUR}"
_AT_NIGHT = r"(?:(?:at|in the|during the|by|every|over) night|overnight|nightly)"
_NOTICES = r"(?:messages|announcements|notifications|alerts|papers|news|digests?|everything|anything|all)"
_NOTHING = rf"(?:no {_NOTICES}|nothing)"
_SILENT = (
    r"(?:(?:do not|don'?t|never|stop) (?:writ|messag|notify|disturb|ping|wak|send|bother)(?:e|ing)?(?: to)?"
    rf"(?: me| us)?(?: {_NOTICES})?|{_NOTHING}|(?:be |stay |keep )?(?:quiet|silent|silence)"
    rf"|(?:mute|pause|silence|snooze)(?: all)?(?: {_NOTICES}| me| yourself)?"
    rf"|(?:turn|switch) (?:off (?:all )?{_NOTICES}|(?:all )?{_NOTICES} off))"
)
_SILENT_THEN = re.compile(
    rf"(?:{_SILENT}|(?:but |just )?not)(?P<night> {_AT_NIGHT})?,?"
    rf"(?: (?:between|from) (?P<hours>{_HOURS}))?(?P<also> {_AT_NIGHT})?",
    re.IGNORECASE,
)
_SILENT_AFTER = re.compile(
    rf"(?:{_SILENT})(?: (?:after|past|later than) (?P<from>{_ONE_HOUR}))?(?:(?: and| or|,)?"
    rf" (?:before|earlier than|until|till) (?P<to>{_ONE_HOUR}))?(?: in the morning)?",
    re.IGNORECASE,
)
_SILENT_A_WHILE = re.compile(
    rf"(?:{_SILENT}|dnd|(?:take|have) a (?:break|rest)){A_WHILE}|do not disturb|dnd", re.IGNORECASE
)
_NOTHING_NOW = re.compile(rf"{_NOTHING} (?:today|tonight|this (?:week|weekend|month))", re.IGNORECASE)
_DAY = (
    r"(?:(?:week-?end|week-?day|work(?:ing )?day|saturday|sunday|monday|tuesday|wednesday|thursday|friday)s?)"
)
_ON_DAYS = (
    r"(?:(?:,? (?:but |except |not )?(?:on|at|during|over|for|in))?(?: (?:the|every|each|any|all))?"
    rf" {_DAY}(?:(?:, | and | or ){_DAY})*)"
)
_SILENT_ON_DAYS = re.compile(
    rf"(?:{_SILENT}|not|{_BEGIN}{_QUIET_HOURS}(?: \d\S{{0,18}})?){_ON_DAYS}"
    rf"|{_DAY} (?:off|quiet|silent)"
    rf"|(?:(?:send|write|message|notify|ping|tell)(?: to)?(?: me| us)? )?(?:{_NOTICES} )?only{_ON_DAYS}",
    re.IGNORECASE,
)
_AN_HOUR = re.compile(r"(\d{1,2})(?::00|h)?(?: ?([ap])\.?m\.?)?", re.IGNORECASE)
_NIGHT = "22-7"
_SHOWN = re.compile(
    r"(?:what(?:'s| is| are) )?(?:my |our |the )?(?:settings|quiet hours|time ?zone|digest hour)"
    r"|when (?:do|will|does|is) (?:i (?:get|receive) )?(?:my |the |our )?(?:daily |weekly )?digests?"
    r"(?: (?:come|sent|arrive|due))?"
    r"|(?:what|which) time ?zone (?:am i in|do (?:i have|you use)|is (?:set|used))",
    re.IGNORECASE,
)


def read_hours(text: str, today: date) -> Wish | None:  # noqa: ARG001 - a Reader
    """Read a wish to see or to change the hours."""
    if _SHOWN.fullmatch(text):
        return SetHours()
    if found := _ZONE.fullmatch(text):
        return SetHours(time_zone=found["zone"].strip())
    if (found := _WHERE.fullmatch(text)) and _is_zone(found["zone"]):
        return SetHours(time_zone=found["zone"])
    if found := _DIGEST.fullmatch(text):
        hour, is_whole = _moment(found)
        return SetHours(digest_hour=hour) if is_whole else BetweenHours(hour)
    if _ON_A_DAY.fullmatch(text):
        return Say("weekly day")
    return _read_silence(text)


def _read_silence(text: str) -> Wish | None:
    """Read when nothing is to be sent: in which hours, on which days, for how long."""
    if _NOTHING_NOW.fullmatch(text):
        # A wish for peace, or somebody who misses papers: whoever guessed wrong would pause all.
        return Say("nothing now")
    if _SILENT_ON_DAYS.fullmatch(text):
        return Say("days")
    if _SILENT_A_WHILE.fullmatch(text):
        return Pause(None)
    if _LOUD.fullmatch(text):
        return SetHours(quiet="off")
    if found := _QUIET.fullmatch(text):
        return SetHours(quiet=_quiet(found["hours"]))
    if (found := _SILENT_AFTER.fullmatch(text)) and (found["from"] or found["to"]):
        begin, end = _NIGHT.split("-")
        return SetHours(quiet=_quiet(f"{found['from'] or begin}-{found['to'] or end}"))
    if found := _SILENT_THEN.fullmatch(text):
        if found["hours"]:
            return SetHours(quiet=_quiet(found["hours"]))
        if found["night"] or found["also"]:
            return SetHours(quiet=_NIGHT)
    return None


def _quiet(hours: str) -> str:
    """Return "10 pm to 7" as settings are written: "22-7"."""
    whole = _AN_HOUR.sub(lambda found: str(_hour(int(found[1]), found[2])), hours.strip())
    return re.sub(r"\s*(?:-|\b(?:and|to|till|til|until)\b)\s*", "-", whole)


def take_time(text: str) -> tuple[str, int | None, bool]:
    """Split "at 9" off the end of a text; return the hour, and whether it is a whole one."""
    found = _AT_A_TIME.fullmatch(text)
    return (_AT.sub("", found["rest"]), *_moment(found)) if found else (text, None, True)


def _moment(found: re.Match[str]) -> tuple[int, bool]:
    hour = _hour(_number(found["hour"]), found["half"])
    return hour, not found["past"] and not int(found["minute"] or 0)


def _is_zone(text: str) -> bool:
    with suppress(InvalidInput):
        return bool(known_zone(text))
    return False


def _number(hour: str) -> int:
    """Return an hour that is written in digits or as a word."""
    said = hour.lower()
    if said.isdecimal():
        return int(said)
    return {"noon": 12, "midday": 12, "midnight": 0}.get(said) or (
        _NUMBERS.index(said) + 1 if said in _NUMBERS else 0
    )


def _hour(hour: int, half: str | None) -> int:
    """Return an hour of 0 to 23, whichever way it was said; one too late stays as it is."""
    if half is None or not 1 <= hour <= 12:
        return hour
    return hour % 12 + (12 if half.lower() == "p" else 0)
