"""What the services need to write to Discord."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.deliveries import Announcement
from bot.domain.papers import Paper
from bot.domain.revisions import RevisedMessage
from bot.domain.watches import Place, Watch


class Venue(Protocol):
    """Where a discussion can be opened; implemented by the button."""

    async def is_there(self, place: str) -> bool:
        """Say whether the discussion at this address still exists."""

    async def open(self) -> str:
        """Open a discussion and return its address."""


class Greeter(Protocol):
    """Introduces the bot to a server; implemented by the cog."""

    async def greet(self, guild_id: int) -> bool:
        """Send the message to the first place where that is allowed; return whether there is one.

        Raises TryLater where it was certainly not sent, Unclear where nobody knows.
        """

    async def has_greeted(self, guild_id: int, since: datetime) -> bool:
        """Say whether the message arrived; also where that can't be found out. Raises TryLater."""


class Postman(Protocol):
    """Takes announcements to Discord and finds out what arrived; implemented by the cog."""

    async def send(self, announcement: Announcement, papers: Sequence[Paper]) -> int:
        """Send one message and return its id; raise PlaceGone, TryLater, Refused or Unclear."""

    async def find(self, place: Place, announcements: Sequence[Announcement]) -> Mapping[int, int]:
        """Return, by the announcements' ids, the messages of the place's history that carry their
        buttons; raise HistoryUnreadable where that may not be read."""

    async def tell_owner(self, watches: Sequence[Watch], reason: str) -> None:
        """Tell the owner of paused watches once, in a direct message; never raises."""


class RevisionPostman(Protocol):
    """Brings sent messages up to date; implemented by the cog."""

    async def revise(self, message: RevisedMessage, papers: Sequence[Paper]) -> int | None:
        """Edit a message, answer it where that is wanted, and return the answer's id.

        Raises MessageGone, PlaceGone, TryLater, Refused or Unclear.
        """

    async def find_answers(self, place: Place, messages: Sequence[RevisedMessage]) -> Mapping[int, int]:
        """Return, by the messages' own ids, the answers that arrived; raise HistoryUnreadable where
        the place's history may not be read."""
