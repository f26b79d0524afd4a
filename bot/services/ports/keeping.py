"""What the services need of storage for servers and people: lists, picks, welcomes, facts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.domain.library import Shelf
from bot.domain.picks import PickTime
from bot.domain.privacy import PersonalData
from bot.domain.search import ListRequest, Page, Sort
from bot.domain.welcomes import Welcome


class LibraryStore(Protocol):
    """Reading lists of servers and people, and the votes on them."""

    async def save_to_shelf(self, shelf: Shelf, paper_id: int, person_id: int, now: datetime) -> bool:
        """Put a paper on a shelf; return whether it was not there before."""

    async def remove_from_shelf(self, shelf: Shelf, paper_id: int) -> bool:
        """Take a paper off a shelf, its votes with it; return whether it was there."""

    async def find_saver(self, shelf: Shelf, paper_id: int) -> int | None:
        """Return who saved a paper, 0 where that is forgotten, None where it is not on the shelf."""

    async def toggle_vote(self, shelf: Shelf, paper_id: int, person_id: int) -> tuple[bool, int] | None:
        """Vote for a paper, or take the vote back; return (votes now, how many in all), None where
        the paper is not on the shelf."""

    async def read_shelf(self, shelf: Shelf, *, sort: Sort, limit: int, offset: int = 0) -> Page:
        """Return a page of a shelf, each paper with its votes; by votes, or the newest saved first."""


class PickStore(Protocol):
    """When reading lists have their picks, and the messages that carry these."""

    async def find_time(self, guild_id: int) -> PickTime | None:
        """Return when a server has its picks, None where it has none."""

    async def set_time(self, time: PickTime) -> None:
        """Set when a server has its picks from now on."""

    async def remove_time(self, guild_id: int) -> None:
        """Let a server have no picks any more."""

    async def list_due(self, now: datetime) -> tuple[PickTime, ...]:
        """Return the times that have come."""

    async def pick(self, time: PickTime, next_at: datetime, *, limit: int, now: datetime) -> int:
        """Make a message due with the papers whose turn it is, and mark them; return how many."""


class WelcomeStore(Protocol):
    """Which servers the bot has met, and where it has yet to introduce itself."""

    async def list_met(self) -> frozenset[int]:
        """Return the servers that were met before."""

    async def meet(self, guild_ids: Collection[int], now: datetime, *, settled: bool) -> None:
        """Write down servers met for the first time; those known stay as they are."""

    async def list_open(self) -> tuple[Welcome, ...]:
        """Return the welcomes that are still to be said, or may be on their way."""

    async def claim(self, guild_id: int, now: datetime) -> None:
        """Write down that the message is about to be sent."""

    async def release(self, guild_id: int) -> None:
        """Write down that it was certainly not sent."""

    async def settle(self, guild_id: int) -> None:
        """Write down that there is nothing more to say, ever."""


class PrivacyStore(Protocol):
    """What is stored under people's ids."""

    async def export_person(self, person_id: int) -> PersonalData:
        """Return everything that is stored about a person."""

    async def forget_person(self, person_id: int) -> None:
        """Delete everything that is stored about a person; what servers have stays, without a name."""


class StateStore(Protocol):
    """Small facts the bot remembers about itself."""

    async def get_state(self, key: str) -> str | None:
        """Return a remembered text."""

    async def list_states(self, prefix: str) -> tuple[str, ...]:
        """Return the remembered texts whose keys begin so."""

    async def set_state(self, key: str, value: str) -> None:
        """Remember a text."""

    async def keep_request(self, request: ListRequest) -> int:
        """Keep a list's description for its buttons; an equal one keeps its number."""

    async def get_request(self, request_id: int) -> ListRequest:
        """Return a kept description; raise NotFound where there is none."""
