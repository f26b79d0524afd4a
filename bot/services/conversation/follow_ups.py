"""What a message means after the last answers: "more", "the second one", "only with code", "cite it"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.library import ShelfKind
from bot.domain.papers import Paper
from bot.domain.search import Page, PaperFilter, Sort
from bot.services.answers import ListAnswer
from bot.services.conversation.about_paper import FORM_NAMES, Rewritten, name_of, of_paper
from bot.services.conversation.adjusting import (
    Adjust,
    of_last_watch,
    of_listed_watch,
    read_adjusted,
    read_rhythm,
)
from bot.services.conversation.counting import narrowed_to_count
from bot.services.conversation.last_answers import Talk, author_of
from bot.services.conversation.narrowing import Narrow, read_narrowed
from bot.services.conversation.offered import Taken, WhichOfThem, is_yes, read_taken
from bot.services.conversation.orders import read_form
from bot.services.conversation.phrases import (
    IN_A_CHANNEL,
    PLACES,
    clean,
    index_of,
    respelled_follow_up,
    without_courtesies,
)
from bot.services.conversation.pronouns import with_names
from bot.services.conversation.smalltalk import read_small_wish, read_talk
from bot.services.conversation.wishes import Say
from bot.text.references import ReferenceForm

_MORE = re.compile(
    r"(?:show |give )?(?:me )?(?:some |the )?(?:more|next|next page|continue|go on|the rest)"
    r"(?: (?:of (?:them|these|those)|please|papers|results))?"
    r"|(?:have|do) you (?:have )?(?:any )?more|(?:any|are there(?: any)?) more",
    re.IGNORECASE,
)
_BACK = re.compile(r"(?:go )?(?:back|previous(?: page)?)", re.IGNORECASE)
_AGAIN = re.compile(
    r"(?:go |show )?(?:back to )?(?:the|that|this|my last)(?: (?:full|whole|first|previous|original|last))?"
    r" list(?: again)?",
    re.IGNORECASE,
)
_PICK = re.compile(
    rf"(?:open |show )?(?:the |no\.? ?|number |nr\.? ?|#)?(?P<which>{'|'.join(PLACES)}|last|[1-9]\d?)"
    rf"(?:st|nd|rd|th)?(?: (?:one|paper|result|of (?:them|these)))?(?: (?:as|in) (?P<form>{FORM_NAMES}))?",
    re.IGNORECASE,
)
_OF_LIST = re.compile(
    r"(?P<verb>\S+(?: \S+){0,5}) (?:(?:the |(?<=of )|(?<=for )|(?<=to )|(?<=cite )|(?<=save ))"
    rf"(?P<which>{'|'.join(PLACES)}|last|\d\d?(?=st|nd|rd|th))"
    r"(?:st|nd|rd|th)?|(?:the )?(?:number |no\.? |nr\.? |#)(?P<number>[1-9]\d?))(?: one| paper| result)?"
    rf"(?P<form> (?:as|in)(?: an?)? (?:{FORM_NAMES})(?: format| style)?)?",
    re.IGNORECASE,
)
_WITHIN_LIST = re.compile(
    r"(?P<before>(?:when|where|how|who|what|does|do|is|are|has|was|did|tell|notify|alert)\b.*?)"
    rf" (?:the )?(?:(?P<which>{'|'.join(PLACES)}|last) (?:one|paper|result)|number (?P<number>[1-9]\d?))"
    r" (?P<after>.+)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    rf"(?P<verb>\S+) (?:the )?(?:{'|'.join(PLACES)}|last|number \d+)(?: one)?"
    rf"(?:(?:,| and|, and) (?:the )?(?:{'|'.join(PLACES)}|last|number \d+)(?: one)?)+",
    re.IGNORECASE,
)
_FOLLOW_LIST = re.compile(
    r"(?:follow|watch|track|subscribe to|(?:keep|notify|tell|alert|ping|inform) me"
    r" (?:posted |updated )?(?:about|of|on|when there are)) "
    r"(?:new (?:ones|papers|results)(?: like (?:this|these))?|more (?:of|like) (?:this|these)"
    r"|this|these|those"
    r"|(?:this|that) (?:topic|search|query|subject|list))",
    re.IGNORECASE,
)
_FIRST_BY = re.compile(
    r"(?P<verb>cite|save|bookmark|similar to|papers similar to|(?:bibtex|ris|apa) (?:of|for)|authors of)"
    r" (?:the |their )?(?P<by>most cited|newest|latest|most recent)(?: one| paper)?"
    rf"(?: of (?:them|these|those))?(?P<form> (?:as|in) (?:{FORM_NAMES}))?",
    re.IGNORECASE,
)
_TAKE_OFF = re.compile(r"remove|delete|drop|unsave|take off", re.IGNORECASE)
_EXPORT = re.compile(
    r"(?:export|download) (?:it|this|that|(?P<them>them|these|those|all(?: of (?:it|them|these))?))"
    r"(?P<rest> .+)?",
    re.IGNORECASE,
)
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
class Turn:
    """Another page of the last list, `pages` on or back."""

    pages: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The last list as it is, or narrowed, with how many it has."""

    of: Turn | Narrow


@dataclass(frozen=True, slots=True)
class Pick:
    """One paper of the last list."""

    paper: Paper


@dataclass(frozen=True, slots=True)
class Beyond:
    """A place that the last list's page does not have: it shows so many papers, and there may be more."""

    shown: int
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class First:
    """What is wished of the first paper of the last list in another order; `form` is how it is cited."""

    verb: str
    sort: Sort
    form: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The watch that was just made or shown, to post in a channel, as it was written."""

    channel: str


@dataclass(frozen=True, slots=True)
class Export:
    """The last list, which is an author's papers, as a file of references."""

    author: str
    form: ReferenceForm
    where: PaperFilter


FollowUp = (
    Turn
    | Counted
    | Pick
    | Beyond
    | Narrow
    | Adjust
    | First
    | Rewritten
    | Elsewhere
    | Export
    | Taken
    | WhichOfThem
)


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
    if talk.page and talk.page.papers and (picked := _about_page(said, talk.page)):
        return picked
    if talk.listed is not None and (found := _about_list(said, talk.listed, today)):
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
    if whole := _EXPORT.fullmatch(said):
        return Rewritten(f"export my reading list{whole['rest'] or ''}")
    found = _OF_LIST.fullmatch(said)
    if found and _TAKE_OFF.fullmatch(found["verb"]) and talk.page and talk.page.papers:
        picked = _about_page(said, talk.page)
        if isinstance(picked, Rewritten):
            return Rewritten(f"remove{picked.text.removeprefix(found['verb'])} from my list")
    return None


def _about_page(said: str, page: Page) -> FollowUp | None:
    if found := _PICK.fullmatch(said):
        picked = _picked(found["which"], page)
        if found["form"] and isinstance(picked, Pick):
            return Rewritten(f"cite {name_of(picked.paper)} as {found['form']}")
        return picked
    if several := _SEVERAL.fullmatch(said):
        # One at a time: the answer to "save these" says so.
        return Rewritten(f"{several['verb']} these")
    if found := _WITHIN_LIST.fullmatch(said):
        picked = _picked(found["which"] or found["number"], page)
        if not isinstance(picked, Pick):
            return picked
        return Rewritten(f"{found['before']} {name_of(picked.paper)} {found['after']}")
    if found := _OF_LIST.fullmatch(said):
        picked = _picked(found["which"] or found["number"], page)
        if not isinstance(picked, Pick):
            return picked
        return Rewritten(f"{found['verb']} {name_of(picked.paper)}{found['form'] or ''}")
    return None


def _about_list(said: str, last: ListAnswer, today: date) -> FollowUp | None:
    if top := _FIRST_BY.fullmatch(said):
        sort = Sort.CITATIONS if top["by"].lower().endswith("cited") else Sort.NEWEST
        return First(top["verb"], sort, top["form"] or "")
    if (to_count := narrowed_to_count(said)) is not None:
        narrowed = read_narrowed(to_count, last.request, today) if to_count else Turn(0)
        return Counted(narrowed) if narrowed else None
    if _FOLLOW_LIST.fullmatch(said) and (subject := _subject_of(last)):
        return Rewritten(f"follow {subject}")
    if _MORE.fullmatch(said):
        return Turn(1)
    if _AGAIN.fullmatch(said):
        return Turn(0)
    if _BACK.fullmatch(said):
        return Turn(-1)
    if (whole := _EXPORT.fullmatch(said)) and whole["them"]:
        author = author_of(last.request)
        if author and last.request.author_id is not None:
            form = read_form((whole["rest"] or "").split(" ")[-1])
            return Export(author, form, last.request.where)
        return Rewritten("export a list")
    return read_narrowed(said, last.request, today)


def _subject_of(last: ListAnswer) -> str:
    """Return what a list is of, as it is followed; empty where it is of nothing that can be."""
    if author := author_of(last.request):
        return author
    if last.request.query:
        return f"the topic {last.request.query}"
    return last.request.where.category or ""


def _picked(which: str, page: Page) -> Pick | Beyond:
    shown = len(page.papers)
    index = index_of(which, shown)
    if index < shown:
        return Pick(page.papers[index])
    return Beyond(shown, has_more=page.offset + shown < page.total)
