"""What an announcement feed lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.papers import AnnounceType, Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What makes the next request conditional (RFC 9110, section 13)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """A paper as one mailing lists it."""

    paper: Paper
    announce_type: AnnounceType


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A stored paper as one mailing lists it, with what decides who wants it.

    `new_categories` list it for the first time, and `first` says that nothing had listed it before;
    a replacement comes with all its categories. `score` and `novelty` (0-100) are the stored ones,
    None while there are none.
    """

    paper: Paper
    announce_type: AnnounceType
    new_categories: frozenset[str]
    first: bool
    score: float | None = None
    novelty: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One answer of the announcement feed.

    `dated` is the mailing's own moment, `full` says that the feed is at its limit of 2,000 items
    and has lost papers.
    """

    categories: tuple[str, ...]
    dated: datetime | None
    items: tuple[FeedItem, ...]
    validators: Validators
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
