"""What the services need of storage to watch, harvest and announce."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.deliveries import Announcement, Sent
from bot.domain.feeds import (
    CatchUpState,
    CitedAuthor,
    CitedWork,
    CitingPaper,
    FeedItem,
    FeedState,
    Listing,
    Mailing,
)
from bot.domain.revisions import RevisedMessage
from bot.domain.watches import Criterion, Place, PlaceWanting, Tally, Watch


class CitationStore(Protocol):
    """Who cites what is followed, and how far that is known."""

    async def works_of(self, paper_id: int) -> tuple[str, ...]:
        """Return OpenAlex's ids of a paper: a preprint and its published form have one each."""

    async def list_cited(self) -> tuple[CitedWork, ...]:
        """Return the works whose citations are followed."""

    async def forget_cited(self, works: Sequence[str]) -> None:
        """Follow works no longer; who cites them stays known."""

    async def list_cited_authors(self) -> tuple[CitedAuthor, ...]:
        """Return the authors whose citations are followed."""

    async def save_cited_author(self, author: CitedAuthor) -> None:
        """Follow these works of an author in place of those that were."""

    async def forget_cited_authors(self, author_ids: Sequence[int]) -> None:
        """Follow authors no longer."""

    async def list_citing(self, works: Sequence[str], since: date) -> tuple[CitingPaper, ...]:
        """Return the papers dated from a day on that cite one of the works, the newest first."""

    async def record_citing(
        self,
        found: Sequence[CitingPaper],
        asked: Sequence[CitedWork],
        now: datetime,
        match: Match | None = None,
    ) -> int:
        """Store who cites the works that were asked about; return how many deliveries that causes.

        What is new goes to the watches that `match` finds, in the same transaction; without one it
        is where watches begin. How far each work was asked is written with the last papers.
        """


class WatchStore(Protocol):
    """Watches and what they want."""

    async def save_watch(self, watch: Watch) -> Watch:
        """Insert a watch; an equal one in the same place is returned instead of a second."""

    async def change_watches(self, changed: Sequence[Watch]) -> None:
        """Change watches, all or none; raise WatchExists where one would equal another of its place."""

    async def save_criterion(self, watch_id: int, criterion: Criterion) -> None:
        """Keep what is known by now of what a watch is named by; all else of it stays as it is."""

    async def list_watches(
        self, *, place: Place | None = None, guild_id: int | None = None
    ) -> tuple[Watch, ...]:
        """Return watches of a place, of a server, or all, the oldest first."""

    async def list_citation_watches(self) -> tuple[Watch, ...]:
        """Return the watches that follow citations, the oldest first."""

    async def get_watch(self, watch_id: int) -> Watch:
        """Return a watch; raise NotFound where there is none."""

    async def with_parts(self, watch: Watch) -> Watch:
        """Return a watch with what it goes by and is not kept with it: a reading list's papers, or
        an author's works."""

    async def list_behind(self, announcement_id: int, paper_id: int) -> tuple[Watch, ...]:
        """Return the watches that still stand of those that wanted a paper of a message."""

    async def remove_watch(self, watch_id: int) -> None:
        """Forget a watch; what it alone caused and was not sent yet goes with it."""

    async def pause_place(self, place: Place, reason: str) -> tuple[Watch, ...]:
        """Pause the active watches of a place and hold its deliveries; return those paused now."""

    async def pause_watch(self, watch_id: int, reason: str) -> None:
        """Pause a watch; what it wants, and no active watch besides, is held."""

    async def resume_watch(self, watch_id: int) -> int:
        """Make a watch active and its held deliveries due; return how many those are."""

    async def tally(self, watch_ids: Sequence[int]) -> dict[int, Tally]:
        """Count what became of these watches; one that never wanted a paper is left out."""


class Match(Protocol):
    """Says which watches want a listing; the store gives it them. See `bot.services.matching.match`."""

    @property
    def version(self) -> int:
        """Which state of the watches is known."""

    async def learn(self, watches: Sequence[Watch], version: int) -> None:
        """Take the watches as they are now, in place of those known."""

    def __call__(self, listing: Listing) -> Sequence[PlaceWanting]:
        """Return the watches that want the listing, each with the reason."""


class HarvestStore(Protocol):
    """What harvest writes: papers, listings and deliveries in one transaction, and feed states."""

    async def list_feed_states(self) -> tuple[FeedState, ...]:
        """Return what is remembered of every group of categories."""

    async def save_feed_state(self, state: FeedState) -> None:
        """Remember how a group's last request went, without papers."""

    async def list_mailings(self) -> tuple[Mailing, ...]:
        """Return every mailing that was read or filled, the oldest first."""

    async def move_names(self, limit: int) -> bool:
        """Move so many names to their place in autocomplete that an import was stopped before moving.

        Returns whether there were any.
        """

    async def find_catch_up(self) -> CatchUpState | None:
        """Return how far filling a gap has come, None where none is being filled."""

    async def save_catch_up(self, state: CatchUpState | None, filled: Sequence[Mailing] = ()) -> None:
        """Remember how far filling a gap has come, and the days that are complete by it."""

    async def record(
        self,
        items: Sequence[FeedItem],
        state: FeedState,
        match: Match,
        now: datetime,
        mailing: Mailing | None = None,
    ) -> tuple[int, int]:
        """Store a mailing with the deliveries it causes; return (new papers, new deliveries).

        Papers are written in transactions of a few hundred, each together with its deliveries;
        the state, with its validators, and the mailing are written with the last. A paper already
        delivered to a place gets no second delivery there.
        """

    async def record_changes(
        self, items: Sequence[FeedItem], state: CatchUpState, match: Match, now: datetime
    ) -> tuple[int, int]:
        """Store a page of records with the deliveries it causes, in the same way as a mailing.

        How far the catching up has come is written with the last papers.
        """


class DeliveryStore(Protocol):
    """Deliveries and the messages that carry them."""

    async def claim_due(
        self,
        now: datetime,
        *,
        gap_ended: datetime | None = None,
        limit: int = 100,
        per_place: int = 40,
        busy: Collection[Place] = (),
    ) -> tuple[Announcement, ...]:
        """Bind due deliveries to messages and claim these: servers in turn, and places within these.

        No place has more than `per_place` of them, a `busy` one none. A digest, and in a place what
        was written down until a gap ended, become one message (up to what one can carry).
        """

    async def list_unclear(self) -> tuple[Announcement, ...]:
        """Return messages that were claimed and neither marked nor given back."""

    async def is_claimed(self, announcement_id: int) -> bool:
        """Say whether a message is still to be sent by whoever claimed it: it may have been let go of."""

    async def mark_sent(self, sent: Mapping[int, int], now: datetime) -> None:
        """Write down Discord's message ids, by the announcements' own."""

    async def give_back(
        self, announcement_ids: Sequence[int], not_before: datetime, *, failed: bool = False
    ) -> None:
        """Make claimed messages due again: they were certainly not sent. What failed counts as a try."""

    async def split(self, announcement_id: int, now: datetime) -> None:
        """Make a message that was refused for what it carries two, due again with half of that each.

        What it told besides, that something may have been missed, is left out from here on.
        """

    async def mark_unclear(self, announcement_id: int) -> None:
        """Give up on a message that may have been sent and can't be looked up."""

    async def find_sent(self, place: Place, paper_id: int) -> Sent | None:
        """Return the message that announced a paper in a place."""

    async def queue_size(self) -> int:
        """Count deliveries that wait."""

    async def expire_held(self, before: datetime) -> int:
        """Let go of deliveries held since before this moment; return how many."""


class RevisionStore(Protocol):
    """Sent messages whose papers changed."""

    async def claim(self, now: datetime, *, limit: int = 100) -> tuple[RevisedMessage, ...]:
        """Claim messages to be revised; what is told aloud waits for the end of quiet hours."""

    async def list_unclear(self) -> tuple[RevisedMessage, ...]:
        """Return messages that were claimed and neither marked nor given back."""

    async def mark_told(self, answers: Mapping[int, int | None]) -> None:
        """Write down what was told, by the messages' own ids, with the answers where there are any."""

    async def give_back(self, ids: Sequence[int], not_before: datetime, *, failed: bool = False) -> None:
        """Make claimed messages due again; what failed counts as a try."""

    async def drop(self, ids: Sequence[int]) -> None:
        """Let go of messages that can't be revised any more."""
