"""What a sentence that no form fits most likely asks: the words that say what of, and those around them.

Nearly every question has words that any question has ("could you show me what … has been up to"). What
is left between them is a name or a subject, and some of the others say what is wished of it. Only
sentences that speak to somebody are read so: titles have such words too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.search import PaperFilter, Sort
from bot.domain.watches import Every
from bot.services.conversation.conditions import take_conditions, without_dates
from bot.services.conversation.naming import paper_named
from bot.services.conversation.phrases import FILLERS, clean, sort_asked, without_courtesies
from bot.services.conversation.targets import read_target
from bot.services.conversation.wishes import (
    CoauthorsOf,
    Follow,
    ListFollowed,
    PapersBy,
    Person,
    Say,
    SearchFor,
    SimilarTo,
    Target,
    Wish,
)
from bot.text.folding import words


def _set(text: str) -> frozenset[str]:
    return frozenset(words(text))


_SPEAKS = _set("i im id ive me my us hoopoe")
_TO_YOU = re.compile(r"\W*(?:(?:can|could|would|will|do|please|and|so|ok|okay)\W+)+you\b", re.IGNORECASE)
_ASKS = _set(
    "who whose what which where when how why is are was were does do did has have can could would any"
)
_POINTS = _set("he she they her his their him them it its this that these those one ones first second third")
_FOLLOW = _set(
    """follow watch track notify notified notification notifications alert alerts inform informed subscribe
    subscribed subscription email emails mail mails digest digests newsletter whenever daily weekly monitor"""
)
_STOP = _set("stop unfollow unsubscribe cancel quit longer anymore never")
"""What may mean the end of something, or that it never came: whoever guessed would remove a watch in vain."""
_PAPERS = _set(
    """paper papers article articles publication publications preprint preprints publish publishes
    published publishing write writes wrote written writing work works working output latest newest new news
    recent"""
)
_COAUTHORS = _set(
    """collaborator collaborators collaborate collaborates collaborated collaborating collaboration
    collaborations coauthor coauthors colleagues"""
)
_SIMILAR = _set("similar related resembling alike comparable")
_AROUND = _set(
    """able about across active actually after again ago ahead along already always am among another around
    asap asked asking author authored authors away because before being best better between bit boss
    both busy but by called certain check checking colleague come coming course curious currently d dear
    doesn doing don done during each either else even ever everyone everything exactly explain far few
    field fields following friend further given gives goes going group guess happening hear heard help
    her here his hope hoping idea ideas if im info information interested into it just keep keeps kept
    kind kindly know known lab lately later latest learn let lets like literature ll look looking lot m
    madam made main make many may maybe me mean meant mentioned might mine much must name named near
    need needs never next nice no none nor nothing now off often ok okay once online only or other
    others ought over own people per perhaps person plan planning please possible possibly posted
    prepare preparing present professor project quick quickly quite rather re read reading really
    recommend recommended regarding research researcher researchers review right s said same say says
    scientist search searching see seen shall should show showing shown shows side simply since sir
    so somehow somewhere soon
    sort start started starting still student such suggested supervisor sure t take talk team tell
    telling tells than thank thanks that then these thesis thing think those though through thus time
    times today together told tonight too topic topics toward tracking try trying under understand
    university until update updated updates upon urgently use used useful using usually ve very via want
    wanted wants watching way week weeks well what whatever whenever wherever whether while whom why
    will wish with within without wonder wondering work would yes yesterday yet"""
)
_KNOWN = (
    FILLERS
    | _SPEAKS
    | _set("we our you your lets")
    | _ASKS
    | _POINTS
    | _FOLLOW
    | _STOP
    | _PAPERS
    | _COAUTHORS
    | _SIMILAR
    | _AROUND
)
_PAPERS_ON = re.compile(
    r"\b(?:papers?|articles?|publications?|preprints?|literature|research|work) (?:on|about|regarding) "
    r"(?P<subject>[^,.;:?!]+)",
    re.IGNORECASE,
)
_SHORT, _MOST = 3, 0.7
"""Letters of a word that titles write small, and how many of the others they write large."""
_LONGEST = 40
"""Words of the longest sentence that is guessed at."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A name or a subject, the words around it, and the conditions behind it."""

    core: str
    said: frozenset[str]
    where: PaperFilter
    is_addressed: bool
    target: Target

    def of_person(self) -> Wish:
        """Return what is most likely wished of a person so called."""
        if watched := self._watched():
            return watched
        if self.said & _COAUTHORS:
            return CoauthorsOf(self.core)
        if self.said & _PAPERS or self.where != PaperFilter():
            sort = Sort.CITATIONS if self._sort() is Sort.CITATIONS else Sort.NEWEST
            return PapersBy((self.core,), self.where, sort)
        return Person(self.core)

    def of_subject(self) -> Wish:
        """Return what is most likely wished of a subject, or of a paper."""
        if watched := self._watched():
            return watched
        if self.said & _SIMILAR:
            return SimilarTo(paper_named(self.core))
        return SearchFor(self.core, self.where, self._sort())

    def _watched(self) -> Wish | None:
        if self.said & _STOP and self.said & _FOLLOW:
            return ListFollowed()
        if not self.said & _FOLLOW:
            return None
        every = (
            Every.DAILY if "daily" in self.said else Every.WEEKLY if "weekly" in self.said else Every.INSTANT
        )
        return Follow(self.target, where=without_dates(self.where), every=every)

    def _sort(self) -> Sort:
        return sort_asked(" ".join(self.said))


def read_guess(text: str, today: date) -> Guess | Say | None:
    """Return what a sentence is about, or what to ask back; None where it is none that asks something."""
    said = clean(text)
    all_words = words(said)
    if not all_words or len(all_words) > _LONGEST:
        return None
    is_addressed = not _SPEAKS.isdisjoint(all_words) or _TO_YOU.match(said) is not None
    is_addressed = is_addressed and not _is_written_large(said)
    if not (is_addressed or said.endswith("?") or all_words[0] in _ASKS):
        return None
    rest, where = take_conditions(without_courtesies(said).strip(" .,!?"), today)
    # What papers are to be on says more than all around it.
    on = _PAPERS_ON.search(rest)
    tokens = (on["subject"] if on else rest).split()
    telling = [place for place, token in enumerate(tokens) if telling_words(token)]
    if not telling:
        return _asked_back(all_words)
    first, last = telling[0], telling[-1] + 1
    around = _set(" ".join((*tokens[:first], *tokens[last:]))) | (_FOLLOW & set(all_words))
    around |= _set(rest[: on.start("subject")]) if on else frozenset()
    core = " ".join(tokens[first:last]).strip(" .,;:!?'\"").removesuffix("'s")
    core = core.replace('"', "") if core.count('"') % 2 else core
    if not around and where == PaperFilter():
        return None
    return Guess(core, around, where, is_addressed, read_target(core, today))


def telling_words(text: str) -> list[str]:
    """Return the words that are about something, without those that any question has, and small numbers."""
    return [
        word for word in words(text) if word not in _KNOWN and not (word.isdecimal() and len(word) <= _SHORT)
    ]


def _is_written_large(said: str) -> bool:
    """Say whether most long words begin with a capital, as in titles."""
    long = [word for word in re.findall(r"[^\W\d_]+", said) if len(word) > _SHORT]
    return len(long) > 1 and sum(word[0].isupper() for word in long) > _MOST * len(long)


def _asked_back(said: list[str]) -> Say | None:
    """Return what to ask where a sentence only points at somebody or something."""
    if not _set("he she they her his their him them").isdisjoint(said):
        return Say("whose")
    if not _FOLLOW.isdisjoint(said):
        return Say("follow")
    return Say("which paper") if not _POINTS.isdisjoint(said) else None
