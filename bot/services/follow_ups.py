"""What a message means after the last answer: "more", "the second one", "only with code", "cite it"."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.authors import Author
from bot.domain.papers import Paper
from bot.domain.search import PaperFilter, Sort
from bot.services.answers import (
    Answer,
    AuthorAnswer,
    CoauthorsAnswer,
    ListAnswer,
    PaperAnswer,
    ReferenceAnswer,
    SavedAnswer,
)
from bot.services.conditions import take_conditions
from bot.services.phrases import clean, content, without_courtesies
from bot.text.folding import words

REMEMBERED = 5_000
"""People whose last answer is kept, in memory alone: who wrote longest ago is forgotten first."""

_PLACES = ("first", "second", "third", "fourth", "fifth")
_MORE = re.compile(
    r"(?:show |give )?(?:me )?(?:some )?(?:more|next|next page|continue|go on|the rest)"
    r"(?: (?:of (?:them|these|those)|please|papers|results))?",
    re.IGNORECASE,
)
_BACK = re.compile(r"(?:go )?(?:back|previous(?: page)?)", re.IGNORECASE)
_PICK = re.compile(
    rf"(?:open |show )?(?:the |no\.? ?|number |nr\.? ?|#)?(?P<which>{'|'.join(_PLACES)}|last|[1-5])"
    r"(?:st|nd|rd|th)?(?: (?:one|paper|result|of (?:them|these)))?",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"(?:and )?(?:only|just|but|now)?(?: (?:those|the ones|papers|ones))?\s*(?P<rest>.*)", re.I
)
_ORDERS: tuple[tuple[re.Pattern[str], Sort], ...] = (
    (re.compile(r"(?:the )?(?:newest|latest|most recent)(?: first)?|by date", re.I), Sort.NEWEST),
    (re.compile(r"(?:the )?most cited(?: first)?|by citations?", re.I), Sort.CITATIONS),
)
_THING = re.compile(r"\b(?:it|this|that|this (?:one|paper)|that (?:one|paper)|the paper)$", re.IGNORECASE)
_WHOM = re.compile(r"\b(?:her|him|them|they|she|he|this (?:author|person)|that (?:author|person))$", re.I)
_WHOSE = re.compile(r"\b(?:her|his|their)(?= (?:papers|publications|co-?authors|h-index|citations)\b)", re.I)


@dataclass(frozen=True, slots=True)
class Turn:
    """Another page of the last list, `pages` on or back."""

    pages: int


@dataclass(frozen=True, slots=True)
class Pick:
    """One paper of the last list."""

    paper: Paper


@dataclass(frozen=True, slots=True)
class Narrow:
    """The last list again, with more conditions or in another order."""

    where: PaperFilter
    sort: Sort


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The message with a name in place of "it" or "her"."""

    text: str


FollowUp = Turn | Pick | Narrow | Rewritten


class LastAnswers:
    """Remembers what each person was answered last."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._answers: OrderedDict[int, Answer] = OrderedDict()

    def find(self, person: int) -> Answer | None:
        """Return the last answer to a person, None where there is none."""
        return self._answers.get(person)

    def remember(self, person: int, answer: Answer) -> None:
        """Keep an answer that something can be said about; small talk leaves the one before."""
        if isinstance(answer, _TALKED_ABOUT):
            self._answers[person] = answer
            self._answers.move_to_end(person)
            while len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)

    def forget(self, person: int) -> None:
        """Keep nothing of a person."""
        self._answers.pop(person, None)


_TALKED_ABOUT = (AuthorAnswer, CoauthorsAnswer, ListAnswer, PaperAnswer, ReferenceAnswer, SavedAnswer)


def read_follow_up(text: str, last: Answer, today: date) -> FollowUp | None:
    """Say what a message means after an answer; None where it stands for itself."""
    said = without_courtesies(clean(text)).strip(" .!?")
    if isinstance(last, ListAnswer) and (found := _about_list(said, last, today)):
        return found
    paper, author = _paper_of(last), _author_of(last)
    if paper is not None and _THING.search(said) and said.lower() != "that":
        return Rewritten(_THING.sub(lambda _: _name_of(paper), said))
    if author is not None:
        if _WHOM.search(said):
            return Rewritten(_WHOM.sub(lambda _: author.name, said))
        if _WHOSE.search(said):
            return Rewritten(_WHOSE.sub(lambda _: f"{author.name}'s", said))
    return None


def _about_list(said: str, last: ListAnswer, today: date) -> FollowUp | None:
    if _MORE.fullmatch(said):
        return Turn(1)
    if _BACK.fullmatch(said):
        return Turn(-1)
    papers = last.page.papers
    if papers and (found := _PICK.fullmatch(said)):
        which = found["which"].lower()
        index = len(papers) - 1 if which == "last" else _index(which)
        return Pick(papers[index]) if index < len(papers) else None
    return _narrowed(said, last, today)


def _index(which: str) -> int:
    return int(which) - 1 if which.isdecimal() else _PLACES.index(which)


def _narrowed(said: str, last: ListAnswer, today: date) -> Narrow | None:
    """Read conditions that come alone; what the list had besides stays."""
    found = _ONLY.fullmatch(said)
    rest = found["rest"] if found else said
    where, sort = last.request.where, last.request.sort
    for form, order in _ORDERS:
        if form.fullmatch(rest):
            return Narrow(where, order)
    left, more = take_conditions(rest, today)
    if more == PaperFilter() or content(left) or not words(rest):
        return None
    return Narrow(
        replace(
            where,
            category=more.category or where.category,
            since=more.since or where.since,
            until=more.until or where.until,
            has_code=more.has_code or where.has_code,
        ),
        sort,
    )


def _paper_of(last: Answer) -> Paper | None:
    if isinstance(last, PaperAnswer | ReferenceAnswer | SavedAnswer):
        return last.paper
    if isinstance(last, ListAnswer) and len(last.page.papers) == 1:
        return last.page.papers[0]
    return None


def _author_of(last: Answer) -> Author | None:
    return last.author if isinstance(last, AuthorAnswer | CoauthorsAnswer) else None


def _name_of(paper: Paper) -> str:
    return str(paper.arxiv_id or paper.doi or f'"{paper.title}"')
