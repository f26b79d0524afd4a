"""Watches: what somebody wants announced, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PlaceKind(StrEnum):
    """Where messages go: a channel or thread by its id, or a person's direct messages."""

    CHANNEL = "channel"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in Discord. `id` is the channel's or, for direct messages, the person's."""

    kind: PlaceKind
    id: int
    guild_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorCriterion:
    """Papers by one author.

    `names` are printed forms that count as this author; `strict` takes those only, otherwise an
    initialled form counts too where a co-author or a category agrees.
    """

    author_id: int
    name: str
    names: tuple[str, ...]
    categories: tuple[str, ...] = ()
    coauthors: tuple[str, ...] = ()
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryCriterion:
    """Papers listed in a category; `primary` leaves cross-lists out."""

    category: str
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicCriterion:
    """Papers whose text satisfies a topic, written in the topic language (`bot.text.topics`)."""

    topic: str


Criterion = AuthorCriterion | CategoryCriterion | TopicCriterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What somebody wants announced, and where.

    `paused_reason` is empty while the watch is active.
    """

    id: int | None = None
    owner_id: int
    place: Place
    criterion: Criterion
    has_code: bool = False
    created_at: datetime
    paused_reason: str = ""

    @property
    def label(self) -> str:
        """The watch in a few words, as lists and announcements name it."""
        match self.criterion:
            case AuthorCriterion(name=name):
                return f"author {name}"
            case CategoryCriterion(category=category, primary=primary):
                return f"category {category}" + (" (primary)" if primary else "")
            case TopicCriterion(topic=topic):
                return f"topic: {topic}"


class MessageState(StrEnum):
    """The life of an announcement message.

    `due` waits to be sent, `sending` was claimed by a process, `sent` carries Discord's message
    id, `held` waits for its paused watch, `unclear` may have been sent and can't be looked up.
    """

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"
    UNCLEAR = "unclear"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One paper in one place, made once, with the watches that wanted it."""

    id: int
    place: Place
    paper_id: int
    reasons: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A message to send: one delivery, or a batch after a gap, written down before it is sent."""

    id: int
    place: Place
    deliveries: tuple[Delivery, ...]
    claimed_at: datetime
    attempts: int = 0

    @property
    def nonce(self) -> str:
        """A nonce that is the same at every try, within Discord's 25 characters."""
        return f"hoopoe-{self.id}"
