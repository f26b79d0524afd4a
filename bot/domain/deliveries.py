"""Deliveries: papers that watches wanted, and the messages that announce them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.watches import Place


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
    """One paper in one place, made once, with the watches that wanted it.

    `is_rest` says that it came after as many papers as the day may have.
    """

    id: int
    place: Place
    paper_id: int
    reasons: tuple[str, ...]
    created_at: datetime
    is_rest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The message that announced a paper in a place, and when."""

    message_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A message to send, written down before it is sent: one delivery, a digest, a batch after a gap.

    `missed` names the papers of which nobody knows whether they arrived here; `role_ids` and
    `thread` are what the watches ask for. Where `is_picks` holds, it carries no delivery but `picks`,
    the papers whose turn it is on the reading list.
    """

    id: int
    place: Place
    deliveries: tuple[Delivery, ...]
    claimed_at: datetime
    attempts: int = 0
    is_digest: bool = False
    missed: tuple[int, ...] = ()
    is_picks: bool = False
    picks: tuple[int, ...] = ()
    role_ids: tuple[int, ...] = ()
    thread: bool = False

    @property
    def nonce(self) -> str:
        """A nonce that is the same at every try, within Discord's 25 characters."""
        return f"hoopoe-{self.id}"
