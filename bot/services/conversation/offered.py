"""What was offered where nothing was found, or too many: "yes" and "the second one" take it up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.authors import Author
from bot.domain.papers import Paper
from bot.errors import AmbiguousAuthor, NotFound
from bot.services.conversation.phrases import PLACES

SHOWN = 3
"""So many near misses have a button."""

_RIGHT = r"(?:him|her|it|right|correct|the one|that one|what i mean(?:t)?|who i mean(?:t)?)"
_YES = re.compile(
    r"(?:(?:yes|yeah|yep|yup|sure|right|correct|exactly|true|of course|do(?: it| that)?|ok|okay)"
    rf"(?:$|[, ]+))*(?:(?:that|this|it)(?:'s| is| was) {_RIGHT}|that one|i (?:do|did)|please"
    r"|i mean(?:t)? (?:that|him|her|this)(?: one)?)?",
    re.IGNORECASE,
)
_PLACE = re.compile(
    rf"(?:yes,? )?(?:the |number |no\.? |#)?(?P<which>{'|'.join(PLACES)}|last|[1-9])(?:st|nd|rd|th)?"
    r"(?: (?:one|author|person|paper))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The message that named nobody, what in it was looked for, and who or what may be meant.

    `namesakes` says that all are called what was asked.
    """

    message: str
    asked: str
    meant: tuple[Author | Paper, ...]
    namesakes: bool = False

    @classmethod
    def of(cls, message: str, error: NotFound | AmbiguousAuthor) -> Offer | None:
        """Return what an error offers; None where it has nothing to offer."""
        if isinstance(error, AmbiguousAuthor):
            people = tuple(author for author, _top in error.candidates)
            return cls(message=message, asked=error.asked, meant=people, namesakes=True)
        near: list[Author | Paper] = [*error.authors, *error.papers]
        meant = tuple(near[:SHOWN])
        return cls(message=message, asked=error.asked, meant=meant) if meant else None

    def put_right(self, meant: Author | Paper) -> str:
        """Return the message with what is meant in the place of what was asked."""
        if self.namesakes:
            return self.message
        name = meant.name if isinstance(meant, Author) else str(meant.arxiv_id or meant.doi or meant.title)
        start = self.message.lower().find(self.asked.lower())
        if start < 0:
            return name
        return f"{self.message[:start]}{name}{self.message[start + len(self.asked) :]}"


@dataclass(frozen=True, slots=True)
class Taken:
    """One of those that were offered is meant."""

    meant: Author | Paper


@dataclass(frozen=True, slots=True)
class WhichOfThem:
    """Several were offered, and a yes names none of them."""


def is_yes(said: str) -> bool:
    """Say whether a message agrees, and says no more."""
    return bool(said) and _YES.fullmatch(said) is not None


def read_taken(said: str, offer: Offer) -> Taken | WhichOfThem | None:
    """Say which of those that were offered a message takes; None where it is about something else."""
    if is_yes(said):
        return Taken(offer.meant[0]) if len(offer.meant) == 1 else WhichOfThem()
    found = _PLACE.fullmatch(said)
    if found is None:
        return None
    which = found["which"].lower()
    if which == "last":
        return Taken(offer.meant[-1])
    place = PLACES.index(which) if which in PLACES else int(which) - 1
    return Taken(offer.meant[place]) if place < len(offer.meant) else WhichOfThem()
