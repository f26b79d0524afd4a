"""What an announcement feed lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.papers import AnnounceType, Paper
from bot.domain.watches import OwnWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What makes the next request conditional (RFC 9110, section 13)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """A paper as one mailing lists it.

    `gap_began` stands where no feed was seen to list it: it then counts as listed only where the
    catalogue did not know it before that moment.
    """

    paper: Paper
    announce_type: AnnounceType
    gap_began: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitingPaper:
    """A paper with those works, by OpenAlex's ids, of which a source says that it cites them."""

    paper: Paper
    cites: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedWork:
    """A work whose citations are followed, by OpenAlex's id.

    Of papers published from `since` on it is known which cite it; `asked_at` is when that was asked last.
    """

    work: str
    since: date
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedAuthor:
    """An author, by the catalogue's id, with those works whose citations are followed, the most cited first.

    `read_at` is when OpenAlex was asked for them.
    """

    author_id: int
    works: tuple[OwnWork, ...]
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A stored paper as one mailing lists it, with what decides who wants it.

    `new_categories` list it for the first time, and `first` says that nothing had listed it before;
    a replacement comes with all its categories. `score` and `novelty` (0-100) are the stored ones,
    None while there are none. Where `cites` names works, no feed but the news of citing these listed it.
    """

    paper: Paper
    announce_type: AnnounceType
    new_categories: frozenset[str]
    first: bool
    score: float | None = None
    novelty: float | None = None
    cites: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One answer of the announcement feed.

    `dated` is the mailing's own moment, `unread` counts items that could not be read, `full` says
    that the feed is at its limit of 2,000 items and has lost papers.
    """

    categories: tuple[str, ...]
    dated: datetime | None
    items: tuple[FeedItem, ...]
    validators: Validators
    unread: int = 0
    full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a group of categories between harvests."""

    categories: tuple[str, ...]
    validators: Validators = Validators()
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    dated: datetime | None = None
    item_count: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPaper:
    """A paper whose record was last changed on a day (UTC), whatever the change was."""

    paper: Paper
    changed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """A page of changed papers; `token` asks for the next one and is empty on the last.

    `record_count` includes deleted records; it is 0 where the service says that nothing matches.
    """

    papers: tuple[ChangedPaper, ...] = ()
    token: str = ""
    record_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """A day's announcement of some categories, as it came into the catalogue.

    An empty feed is remembered too, but does not show that nothing was announced; `filled` says
    that the day was read from the records instead.
    """

    day: date
    categories: tuple[str, ...]
    item_count: int
    filled: bool = False

    @property
    def is_covered(self) -> bool:
        """Whether the catalogue holds what was announced that day."""
        return self.filled or self.item_count > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CatchUpState:
    """How far reading the records since a day has come; a kill goes on from here.

    `sets` are still to be read, the first one from `token` on. `until` is the first day that is
    not to be filled. `empties` counts answers without records in a row: one may be a lie.
    """

    since: date
    until: date
    categories: tuple[str, ...]
    sets: tuple[str, ...]
    token: str = ""
    empties: int = 0
    records: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """How a source is doing, as `/status` and `hoopoe check` say it.

    `left` is the allowance that remains today in words, `spent_usd` what was paid for today,
    `gained_today` how many papers the source added or made more complete; before `rests_until` it
    is not asked. Without an optional source everything works, with less to show.
    """

    name: str
    last_success: datetime | None = None
    last_error: str = ""
    last_error_at: datetime | None = None
    requests_today: int = 0
    left: str = ""
    spent_usd: float = 0.0
    gained_today: int = 0
    rests_until: datetime | None = None
    is_optional: bool = False

    @property
    def is_failing(self) -> bool:
        """Whether what it was asked last went wrong."""
        failed, answered = self.last_error_at, self.last_success
        return failed is not None and (answered is None or answered < failed)
