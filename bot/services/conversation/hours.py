"""Wishes about one's hours, in plain words: the time zone, the digest's hour, the quiet hours."""

from __future__ import annotations

import re
from datetime import date

from bot.services.conversation.phrases import A_WHILE
from bot.services.conversation.wishes import Pause, Say, SetHours, Wish

_BEGIN = r"(?:set |change |make |put |send )?(?:my |our |the )?"
_ZONE = re.compile(
    rf"{_BEGIN}time ?zone(?: (?:to|is|as|should be)|:)? (?P<zone>[A-Za-z][\w /+-]{{1,40}})", re.IGNORECASE
)
_DIGEST = re.compile(
    rf"{_BEGIN}(?:daily |weekly )?digests?(?: hour| time)?(?: (?:to|is|at|come|comes|should come))*"
    r" (?:at )?(?P<hour>\d{1,2})(?::00|h)?(?: ?(?P<half>[ap])\.?m\.?)?(?: o'?clock)?",
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
    rf"{_SILENT}(?P<night> {_AT_NIGHT})?,?(?: (?:between|from) (?P<hours>{_HOURS}))?(?P<also> {_AT_NIGHT})?",
    re.IGNORECASE,
)
_SILENT_A_WHILE = re.compile(rf"(?:{_SILENT}|dnd){A_WHILE}|do not disturb|dnd", re.IGNORECASE)
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
    r"(?:what(?:'s| is| are) )?(?:my |our |the )?(?:settings|quiet hours|time ?zone|digest hour)",
    re.IGNORECASE,
)


def read_hours(text: str, today: date) -> Wish | None:  # noqa: ARG001 - a Reader
    """Read a wish to see or to change the hours."""
    if _SHOWN.fullmatch(text):
        return SetHours()
    if found := _ZONE.fullmatch(text):
        return SetHours(time_zone=found["zone"].strip())
    if found := _DIGEST.fullmatch(text):
        return SetHours(digest_hour=_hour(int(found["hour"]), found["half"]))
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


def _hour(hour: int, half: str | None) -> int:
    """Return an hour of 0 to 23, whichever way it was said; one too late stays as it is."""
    if half is None or not 1 <= hour <= 12:
        return hour
    return hour % 12 + (12 if half.lower() == "p" else 0)
