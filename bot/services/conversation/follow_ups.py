"""What a message means after the last answers: "more", "the second one", "only with code", "cite it"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.library import ShelfKind
from bot.services.answers import ListAnswer
from bot.services.conversation.about_list import EXPORT, OF_LIST, AboutList, about_list, about_page
from bot.services.conversation.about_paper import Rewritten, of_paper
from bot.services.conversation.adjusting import (
    Adjust,
    of_last_watch,
    of_listed_watch,
    read_adjusted,
    read_rhythm,
)
from bot.services.conversation.last_answers import Talk
from bot.services.conversation.offered import Taken, WhichOfThem, is_yes, read_taken
from bot.services.conversation.phrases import (
    IN_A_CHANNEL,
    clean,
    respelled_follow_up,
    without_courtesies,
)
from bot.services.conversation.pronouns import with_names
from bot.services.conversation.questions import read_small_wish
from bot.services.conversation.smalltalk import read_talk
from bot.services.conversation.wishes import Say

_TAKE_OFF = re.compile(r"remove|delete|drop|unsave|take off", re.IGNORECASE)
_ALSO = re.compile(
    r"(?:and also|and|also|plus|und auch|und|auch) "
    r"(?P<what>(?:[a-z-]+\.[A-Za-z-]+|\"[^\"]+\")(?:[ ,].*)?|(?-i:(?:[A-Z]\S* ){1,3}[A-Z]\S*))",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:(?:no|not here|but|rather|better|actually|please|post|send|put|move|announce|do|make|have"
    rf"|it|this|that|them|those|papers)[, ]+)*{IN_A_CHANNEL}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The watch that was just made or shown, to post in a channel, as it was written."""

    channel: str


FollowUp = AboutList | Adjust | Elsewhere | Taken | WhichOfThem


_LONGEST = 300
"""Characters of the longest message that may speak of the last answer."""


def read_follow_up(text: str, talk: Talk, today: date) -> FollowUp | None:
    """Say what a message means after the last answers; None where it stands for itself."""
    if len(text) > _LONGEST:
        return None
    if found := _read(text, talk, today):
        return found
    respelled = respelled_follow_up(without_courtesies(clean(text)).strip(" .!?"))
    return _read(respelled, talk, today) if respelled else None


def _read(text: str, talk: Talk, today: date) -> FollowUp | None:
    said = without_courtesies(clean(text)).strip(" .!?")
    if answered := _to_very_last(said, text, talk):
        return answered
    if _is_own_shelf(talk.listed) and (shelved := _about_shelf(said, talk)):
        return shelved
    if talk.page and talk.page.papers and (picked := about_page(said, talk.page)):
        return picked
    if talk.listed is not None and (found := about_list(said, talk.listed, today)):
        return found
    if talk.watched and (ended := of_last_watch(said)):
        return Rewritten(f"{ended} {talk.watched}")
    if talk.watch_id and (rhythm := read_rhythm(said, talk.watch_id)):
        return rhythm
    if read_talk(said) or read_small_wish(said, today) == Say("undo"):
        return None
    if about_paper := of_paper(said, talk.paper):
        return about_paper
    named = with_names(said, talk)
    return Rewritten(named) if named else None


def _to_very_last(said: str, text: str, talk: Talk) -> FollowUp | None:
    """Read what can only be said to the answer just given: yes, one of what it offers, more to follow."""
    if talk.offer and (taken := read_taken(said, talk.offer)):
        return taken
    if talk.then and is_yes(said):
        return Rewritten(talk.then)
    if talk.just_followed and (more := _ALSO.fullmatch(clean(text).strip(" .!?"))):
        return Rewritten(f"follow {more['what']}")
    if talk.just_followed and (adjusted := read_adjusted(said, talk.watch_id or 0, talk.left_out)):
        return adjusted
    if talk.watches and (placed := of_listed_watch(said, talk.watches)):
        return Rewritten(placed)
    if talk.elsewhere and (channel := _ELSEWHERE.fullmatch(said)):
        return Elsewhere(channel["channel"])
    return None


def _is_own_shelf(listed: ListAnswer | None) -> bool:
    shelf = listed.request.shelf if listed else None
    return shelf is not None and shelf.kind is ShelfKind.PERSON


def _about_shelf(said: str, talk: Talk) -> Rewritten | None:
    """Read what is meant of one's reading list as a whole, and what is to leave it."""
    if whole := EXPORT.fullmatch(said):
        return Rewritten(f"export my reading list{whole['rest'] or ''}")
    found = OF_LIST.fullmatch(said)
    if found and _TAKE_OFF.fullmatch(found["verb"]) and talk.page and talk.page.papers:
        picked = about_page(said, talk.page)
        if isinstance(picked, Rewritten):
            return Rewritten(f"remove{picked.text.removeprefix(found['verb'])} from my list")
    return None
