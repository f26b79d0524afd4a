"""Everything that can go wrong, as exceptions that carry data and no prose.

HoopoeError
├── UserError              what was asked cannot be answered; the person can change it
│   ├── InvalidInput
│   │   ├── InvalidIdentifier
│   │   └── InvalidTopic
│   ├── Outdated
│   ├── NotFound
│   ├── NoSuchWatch
│   ├── NotOnShelf
│   ├── NotIndexed
│   ├── WatchExists
│   ├── AmbiguousAuthor
│   ├── NotAllowed
│   └── LimitReached
├── SourceError            an outside service did not give a usable answer
│   ├── SourceUnavailable
│   │   └── KeyRefused
│   ├── RateLimited
│   └── SourceChanged
├── StorageError           the database cannot be used
│   ├── DatabaseBusy
│   ├── DatabaseNewer
│   └── DiskFull
├── ImportFailed           a file to be imported is another kind of file, or not whole
└── SettingError           a wrong setting stops the start

What a person reads about each is written once, in `bot.cards.errors`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.authors import Author
    from bot.domain.papers import Paper


@dataclass(frozen=True, slots=True)
class Missing:
    """A source that gave no answer; `until` is when it takes questions again, where that is known."""

    source: str
    until: datetime | None = None


class HoopoeError(Exception):
    """The root of all errors that Hoopoe raises itself."""


class UserError(HoopoeError):
    """What was asked cannot be answered, and the person can change it."""


class InvalidInput(UserError):
    """The text is not of a form that is understood here."""

    def __init__(self, text: str, expected: str) -> None:
        """Keep what was written and, in words, what would have been right."""
        super().__init__(f"expected {expected}")
        self.text = text
        self.expected = expected


class InvalidIdentifier(InvalidInput):
    """The text looks like an identifier or a link, but names no paper and no author."""


class InvalidTopic(InvalidInput):
    """A topic or search does not follow the language; `position` counts characters from 1."""

    def __init__(self, text: str, expected: str, position: int) -> None:
        """Keep the place of the fault beside what was expected there."""
        super().__init__(text, expected)
        self.position = position


class Outdated(UserError):
    """A button, a choice or a command is of an earlier version of the bot, and stands for nothing now."""


class NotFound(UserError):
    """Neither the catalogue nor a source knows it; the nearest of what is known come along."""

    def __init__(
        self,
        asked: str,
        *,
        authors: Sequence[Author] = (),
        papers: Sequence[Paper] = (),
        unreachable: Sequence[Missing] = (),
    ) -> None:
        """Keep what was asked, up to three nearest, and the sources that did not answer."""
        super().__init__("not found")
        self.asked = asked
        self.authors = tuple(authors)
        self.papers = tuple(papers)
        self.unreachable = tuple(unreachable)


class NoSuchWatch(UserError):
    """There is no such watch here; it may have been removed, or belong elsewhere."""


class PlaceMissing(UserError):
    """The channel that a watch announces in no longer exists."""


class NotOnShelf(UserError):
    """The paper is not on the reading list."""

    def __init__(self, paper: Paper) -> None:
        """Keep which paper."""
        super().__init__("not on the reading list")
        self.paper = paper


class NotIndexed(UserError):
    """OpenAlex does not know the paper, or no papers of the author, so nobody says who cites them."""

    def __init__(self, cited: Paper | Author) -> None:
        """Keep which paper or author."""
        super().__init__("not indexed")
        self.cited = cited


class WatchExists(UserError):
    """A watch is being changed into one that stands already in the same place."""

    def __init__(self, label: str, number: int) -> None:
        """Keep what the other watch is called, and its number."""
        super().__init__(label)
        self.label = label
        self.number = number


class AmbiguousAuthor(UserError):
    """Several people bear the name; each candidate comes with the title of a top paper."""

    def __init__(self, asked: str, candidates: Sequence[tuple[Author, str | None]]) -> None:
        """Keep the candidates, the likeliest first."""
        super().__init__("ambiguous")
        self.asked = asked
        self.candidates = tuple(candidates)


class NotAllowed(UserError):
    """The person, or the bot, lacks a permission; `missing` names it in words."""

    def __init__(self, missing: str, *, who: str = "you", channel_id: int | None = None) -> None:
        """Keep what is missing, whether `you` or the `bot` lack it, and in which channel."""
        super().__init__(missing)
        self.missing = missing
        self.who = who
        self.channel_id = channel_id


class LimitReached(UserError):
    """A limit on watches or requests is reached."""

    def __init__(self, what: str, limit: int) -> None:
        """Keep what is limited and to how many."""
        super().__init__(what)
        self.what = what
        self.limit = limit


class SourceError(HoopoeError):
    """An outside service did not give a usable answer."""

    def __init__(self, source: str, reason: str) -> None:
        """Keep the service's name as people know it, and the reason for the log."""
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason
        self.retry_at: datetime | None = None

    @property
    def missing(self) -> Missing:
        """What an answer says that does without this source."""
        return Missing(self.source, self.retry_at)


class SourceUnavailable(SourceError):
    """The service is down, slow or unreachable; asking again later may help."""


class KeyRefused(SourceUnavailable):
    """The service does not take the key that is set; `setting` names where it is set."""

    def __init__(self, source: str, reason: str, setting: str) -> None:
        """Keep the setting's name, never its value."""
        super().__init__(source, f"{reason}; correct {setting} or leave it out")
        self.setting = setting


class RateLimited(SourceError):
    """The service asked to wait, or the day's allowance is used up."""

    def __init__(self, source: str, reason: str, retry_at: datetime | None = None) -> None:
        """Keep when the service may be asked again, where it said so."""
        super().__init__(source, reason)
        self.retry_at = retry_at


class SourceChanged(SourceError):
    """The answer is not what the service promises: truncated, HTML, another format."""


class TokenExpired(SourceChanged):
    """The mark of where a long list was left is no longer taken; the list begins again."""


class StorageError(HoopoeError):
    """The database cannot be used; the message says what to do."""


class DatabaseBusy(StorageError):
    """Another process holds what this one needs."""


class DatabaseNewer(StorageError):
    """The file was written by a newer Hoopoe."""


class DiskFull(StorageError):
    """Nothing more can be written."""


class ImportFailed(HoopoeError):
    """A file to be imported is not what was expected, or ends too early; the message says what to do."""


class SettingError(HoopoeError):
    """One line a wrong setting: its name, its value unless secret, and what is allowed."""
