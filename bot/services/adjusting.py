"""What narrows a watch that was just made: "with code", "but not surveys", "at most 5 a day"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.orders import ON, Setting
from bot.services.phrases import content
from bot.text.folding import words

_ONLY = r"(?:(?:and|but|only|just|please|make it|the ones|those|papers|ones)[, ]+)*"
_COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MOST = re.compile(
    rf"{_ONLY}(?:(?:at most|max(?:imum)?|(?:no|not) more than|up to|limit(?: it)? to)[ .]+)?{_ONLY}"
    rf"(?P<count>[1-9]\d{{0,2}}|{'|'.join(_COUNTS[1:])})(?: papers?)?(?: at most)? (?:a|per|each|every) day"
    r"(?: at most| max(?:imum)?)?",
    re.IGNORECASE,
)
_WITH_CODE = re.compile(
    rf"{_ONLY}(?:with|that have|having|if (?:it|there) (?:has|is)) (?:open |source )?code", re.IGNORECASE
)
_PRIMARY = re.compile(
    rf"{_ONLY}(?:primary(?: category| ones?| papers)?(?: only)?"
    r"|(?:no|without|not the) cross-?lists?(?:ings?|ed)?(?: ones| papers)?)",
    re.IGNORECASE,
)
_WORDS = r"(?P<{}>[^\W\d_][\w-]*(?: [\w-]+){{0,2}})"
_UNWANTED = re.compile(
    r"(?:(?:and|but|please)[, ]+)*(?:without|except(?: for)?|exclude|leave out|skip|nothing about|not about)"
    rf"(?: (?:any|the|papers|ones|those|about))* {_WORDS.format('without')}"
    rf"|(?:and|but) (?:no|not)(?: (?:any|the|papers|ones|those|about))* {_WORDS.format('but')}"
    r"|no (?P<several>(?!papers\b|notices\b|worries\b)[^\W\d_]{3,}s)",
    re.IGNORECASE,
)
_NO_SUBJECT = frozenset(
    words(
        """alerts announcements anymore bad emails here mails messages night nights notifications now
        okay pings problem right sure thanks today tomorrow tonight updates weekend weekends yet daily
        weekly code monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday
        fridays saturday saturdays sunday sundays"""
    )
)
"""What follows a "no" and is not what papers are about."""


@dataclass(frozen=True, slots=True)
class Adjust:
    """One setting of the watch that was just made or shown, as settings are written."""

    watch_id: int
    setting: Setting
    text: str


def read_adjusted(said: str, watch_id: int, left_out: tuple[str, ...]) -> Adjust | None:
    """Read what the watch just made is to do without, or how many papers it may bring a day."""
    if most := _MOST.fullmatch(said):
        count = most["count"].lower()
        return Adjust(watch_id, Setting.MOST, str(_COUNTS.index(count)) if count in _COUNTS else count)
    if _WITH_CODE.fullmatch(said):
        return Adjust(watch_id, Setting.CODE, ON)
    if _PRIMARY.fullmatch(said):
        return Adjust(watch_id, Setting.PRIMARY, ON)
    found = _UNWANTED.fullmatch(said)
    unwanted = (found["without"] or found["but"] or found["several"]).lower() if found else ""
    first = unwanted.partition(" ")[0]
    if not unwanted or not content(first) or not _NO_SUBJECT.isdisjoint(unwanted.split()):
        return None
    return Adjust(watch_id, Setting.EXCLUDE, ", ".join((*left_out, _with_endings(unwanted))))


def _with_endings(unwanted: str) -> str:
    """Return a plural so that it leaves out the singular as well: "survey*"."""
    is_plural = len(unwanted) > 4 and unwanted.endswith("s") and not unwanted.endswith(("ss", "us", "is"))
    return f"{unwanted[:-1]}*" if is_plural and " " not in unwanted else unwanted
