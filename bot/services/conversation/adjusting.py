"""What is said of watches that were just made or listed: "but not surveys", "weekly", "pause the first"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.orders import ON, Setting
from bot.domain.watches import Every
from bot.services.conversation.phrases import A_WHILE, PLACES, content, index_of
from bot.services.conversation.unwanted import with_endings
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
_KINDS = (
    r"(?:(?:survey|review|benchmark|dataset|position|workshop|short|demo|opinion|shared task) papers"
    r"|surveys|reviews|benchmarks|data ?sets|tutorials|theses|posters|demos|comments|errata"
    r"|preprints|overviews|editorials)"
)
"""Kinds of papers: "no plans" and "no worries" speak of other things."""
_UNWANTED = re.compile(
    r"(?:(?:and|but|please)[, ]+)*(?:without|except(?: for)?|exclude|leave out|skip|nothing about|not about)"
    rf"(?: (?:any|the|papers|ones|those|about))* {_WORDS.format('without')}"
    rf"|(?:and|but) (?:no|not)(?: (?:any|the|papers|ones|those|about))* {_WORDS.format('but')}"
    rf"|no (?P<several>{_KINDS})",
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

_RHYTHM = re.compile(
    r"(?:(?:no|but|rather|better|actually|only|just|and|to|as|in|a"
    r"|(?:make|set|change|switch|turn) (?:it|this|that|them)(?: to| into)?)[, ]+)*"
    r"(?:(?P<day>daily|(?:once |every |each |a )+day)|weekly|(?:once |every |each |a )+week"
    r"|(?:weekly,? )?(?:on|every|each) mondays?)"
    r"(?: digests?)?(?:,? (?:instead|rather|then|please"
    r"|(?:is|are|would be|will be) (?:enough|fine|ok|okay|better|plenty|great|good)|suffices|will do))?",
    re.IGNORECASE,
)
_REST_OR_END = (
    r"(?P<verb>pause|mute|snooze|resume|unpause|unmute|unfollow|unwatch|unsubscribe from|stop(?: following)?"
    r"|delete|remove|cancel)"
)
_LAST_WATCH = re.compile(rf"{_REST_OR_END} (?:it|this|that|them|her|him)(?: again|{A_WHILE})?", re.IGNORECASE)
_LISTED_WATCH = re.compile(
    rf"{_REST_OR_END} (?:the )?(?:(?P<which>{'|'.join(PLACES)}|last)"
    r"|(?:number |no\.? |#)?(?P<number>[1-9]\d?))(?:st|nd|rd|th)?(?: (?:one|watch))?",
    re.IGNORECASE,
)


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
    return Adjust(watch_id, Setting.EXCLUDE, ", ".join((*left_out, with_endings(unwanted))))


def read_rhythm(said: str, watch_id: int) -> Adjust | None:
    """Read how often the watch is to speak."""
    found = _RHYTHM.fullmatch(said)
    every = Every.DAILY if found and found["day"] else Every.WEEKLY
    return Adjust(watch_id, Setting.EVERY, every) if found else None


def of_last_watch(said: str) -> str:
    """Return what is to be done with "it", the watch of the last answer; empty for nothing of that kind."""
    found = _LAST_WATCH.fullmatch(said)
    return _verb(found) if found else ""


def of_listed_watch(said: str, names: Sequence[str]) -> str:
    """Return the message with the name of a listed watch in place of its number; else empty."""
    found = _LISTED_WATCH.fullmatch(said)
    if found is None:
        return ""
    place = index_of(found["which"] or found["number"], len(names))
    return f"{_verb(found)} {names[place]}" if place < len(names) else "following"


def _verb(found: re.Match[str]) -> str:
    ends = found["verb"].lower() in ("stop", "delete", "remove", "cancel")
    return "unfollow" if ends else found["verb"]
