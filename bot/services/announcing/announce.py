"""Bring what is due to Discord: each paper once a place, whatever happens in between."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.domain.deliveries import Announcement, Sent
from bot.domain.papers import Paper
from bot.domain.watches import Place, PlaceKind
from bot.services.announcing.lanes import Lanes
from bot.services.announcing.marking import Marking
from bot.services.announcing.outcomes import HistoryUnreadable, PlaceGone, Refused, TryLater, Unclear
from bot.services.announcing.retrying import LAST_ATTEMPT, NONCE_MEMORY, retry_pause
from bot.services.ports import Clock, DeliveryStore, PaperStore, Postman, StateStore, WatchStore
from bot.words import marked

logger = logging.getLogger(__name__)

KEEP_HELD = timedelta(days=14)
"""How long a paused watch's papers are kept."""

A_PLACE = 5
"""Messages on their way to one place at once: what Discord takes there in five seconds."""

TURN_SECONDS = 1.0
"""How often what has become due is looked for while messages are on their way."""

PATIENCE_SECONDS = 10.0
"""How long one run waits for slow places before it lets them go on by themselves."""

FAULTS = 5
"""So often an error of our own may keep a message from being sent."""

CATCH_UP = "catch_up"
"""State key: `harvesting` while a harvest after a gap is under way."""

GAP_ENDED = "gap_ended"
"""State key: when the last harvest after a gap was done. What was found until then comes together."""


class Announcer:
    """Sends due announcements, place by place, and finds out about those in doubt.

    Each place has a lane of its own, a task that sends one message after the other; a place with
    a lane under way is not touched otherwise.
    """

    def __init__(
        self,
        *,
        deliveries: DeliveryStore,
        papers: PaperStore,
        watches: WatchStore,
        state: StateStore,
        clock: Clock,
    ) -> None:
        """Take the stores; nothing is claimed before `run`."""
        self._deliveries = deliveries
        self._papers = papers
        self._watches = watches
        self._state = state
        self._clock = clock
        self._marking = Marking(deliveries, clock)
        self._lanes = Lanes()
        self._sent = 0
        # Messages whose last try may have arrived, and those where that was an error of our own.
        self._doubtful: set[int] = set()
        self._faulty: set[int] = set()

    async def run(self, postman: Postman) -> int:
        """Send what is due; return how many messages went out. One bad place harms no other."""
        await self._deliveries.expire_held(self._clock() - KEEP_HELD)
        await self._settle_unclear(postman)
        harvesting = await self._state.get_state(CATCH_UP) == "harvesting"
        before = self._sent
        patience = PATIENCE_SECONDS
        while patience > 0:
            # A lane that ends while due messages are claimed may have made some due.
            idle = not self._lanes
            claimed = 0 if harvesting else await self._claim(postman)
            if idle and not claimed:
                break
            if self._lanes:
                done = await self._lanes.wait(TURN_SECONDS)
                patience = PATIENCE_SECONDS if done or claimed else patience - TURN_SECONDS
        await self._marking.write()
        return self._sent - before

    async def find_sent(self, place: Place, paper_id: int) -> Sent | None:
        """Return the message that announced a paper in a place."""
        return await self._deliveries.find_sent(place, paper_id)

    @asynccontextmanager
    async def held_back(self, place: Place) -> AsyncIterator[None]:
        """Let nothing more go out to a place inside a block, but for the message under way.

        What was sent is written down before: whatever ends there, it did arrive.
        """
        async with self._lanes.held_back(place):
            await self._marking.write()
            yield

    async def close(self) -> None:
        """Stop sending; what was under way is looked up at the next start."""
        await self._lanes.close()
        await self._marking.close()

    async def _claim(self, postman: Postman) -> int:
        """Start lanes for what is due; return how many messages these carry."""
        room = self._lanes.room
        if not room:
            return 0
        ended = await self._state.get_state(GAP_ENDED)
        async with self._lanes.claiming:
            claimed = await self._deliveries.claim_due(
                self._clock(),
                gap_ended=datetime.fromisoformat(ended) if ended else None,
                limit=room,
                per_place=A_PLACE,
                busy=self._lanes.places,
            )
            papers = await self._papers_of(claimed)
            for place, waiting in _by_place(claimed).items():
                self._lanes.open(place, len(waiting), self._send_lane(place, waiting, papers, postman))
                # Each lane begins by writing a card: whoever waits for an answer gets in between.
                await asyncio.sleep(0)
        return len(claimed)

    async def _papers_of(self, announcements: Sequence[Announcement]) -> Mapping[int, Paper]:
        ids = {one.paper_id for announcement in announcements for one in announcement.deliveries}
        ids |= {paper_id for one in announcements for paper_id in (*one.missed, *one.picks)}
        found = await self._papers.find_papers(sorted(ids)) if ids else ()
        return {paper.id: paper for paper in found if paper.id is not None}

    async def _send_lane(
        self,
        place: Place,
        waiting: Sequence[Announcement],
        papers: Mapping[int, Paper],
        postman: Postman,
        *,
        in_doubt: bool = False,
    ) -> None:
        """Send one place's messages one after the other; after a failure the rest waits too.

        Those in doubt stay claimed then: by the next try Discord may have forgotten their nonces.
        """
        give_back = _leave if in_doubt else self._give_back
        for position, announcement in enumerate(waiting):
            if self._lanes.is_recalled(place):
                await give_back(waiting[position:], self._clock())
                break
            if position and place.kind is PlaceKind.DIRECT and await self._is_let_go(announcement):
                self._lanes.advance(place)
                continue
            try:
                await self._send_one(announcement, papers, postman)
            except PlaceGone as gone:
                await give_back(waiting[position:], self._clock())
                await self._pause(place, gone.reason, postman)
                break
            except TryLater as wait:
                later = max(self._retry_at(announcement), self._clock() + timedelta(seconds=wait.seconds))
                await give_back([announcement], later, failed=True)
                await give_back(waiting[position + 1 :], later)
                break
            except Unclear:
                # Left claimed: the next run looks in the place's history before it sends again.
                self._doubtful.add(announcement.id)
                await give_back(waiting[position + 1 :], self._retry_at(announcement))
                break
            self._lanes.advance(place)

    async def _is_let_go(self, announcement: Announcement) -> bool:
        """Say whether a person's message went with them or their watch, in another process's server.

        In this process their lane is recalled, and what happens in a channel's server happens here.
        """
        return not await self._deliveries.is_claimed(announcement.id)

    async def _send_one(
        self, announcement: Announcement, papers: Mapping[int, Paper], postman: Postman
    ) -> None:
        """Send a message and have it marked, or give it up where Discord will never take it."""
        if announcement.attempts >= LAST_ATTEMPT:
            raise PlaceGone(marked("Discord has not taken a message there for two weeks"))
        ids = (*(one.paper_id for one in announcement.deliveries), *announcement.missed, *announcement.picks)
        carried = [papers[paper_id] for paper_id in dict.fromkeys(ids) if paper_id in papers]
        self._faulty.discard(announcement.id)
        try:
            message_id = await postman.send(announcement, carried)
        except Refused:
            await self._carry_less(announcement, postman, carried)
        except (PlaceGone, TryLater, Unclear):
            raise
        except Exception as error:  # whatever it is, it must not keep the place's other papers back
            logger.exception("message not sent id=%s", announcement.id)
            self._faulty.add(announcement.id)
            raise Unclear from error
        else:
            self._marking.note(announcement.id, message_id)
            self._sent += 1

    async def _give_back(
        self, unsent: Sequence[Announcement], not_before: datetime, *, failed: bool = False
    ) -> None:
        if unsent:
            ids = [announcement.id for announcement in unsent]
            await self._deliveries.give_back(ids, not_before, failed=failed)

    async def _pause(self, place: Place, reason: str, postman: Postman) -> None:
        """Pause a place's watches, hold what is due there, and tell the owner."""
        paused = await self._watches.pause_place(place, reason)
        logger.warning("place paused kind=%s reason=%s", place.kind, reason)
        if paused:
            await postman.tell_owner(paused, reason)

    async def _carry_less(
        self, announcement: Announcement, postman: Postman, carried: Sequence[Paper]
    ) -> None:
        """Split a message that is never taken as it is, until one paper alone is given up."""
        if len(announcement.deliveries) > 1 or announcement.missed:
            await self._deliveries.split(announcement.id, self._clock())
        else:
            titles = "; ".join(paper.title for paper in carried)
            await self._give_up(announcement, postman, f"Discord did not take the message about {titles}")

    async def _give_up(self, announcement: Announcement, postman: Postman, reason: str) -> None:
        """Let go of one message, and say so to whoever waits for it."""
        await self._deliveries.mark_unclear(announcement.id)
        logger.warning("announcement given up id=%s reason=%s", announcement.id, reason)
        watches = await self._watches.list_watches(place=announcement.place)
        await postman.tell_owner(watches, reason)

    async def _settle_unclear(self, postman: Postman) -> None:
        """Open a lane for each place with messages in doubt."""
        # What is sent or marked while the list is read still stands on it.
        marking, busy = set(self._marking.ids), set(self._lanes.places)
        unclear = [one for one in await self._deliveries.list_unclear() if one.id not in marking]
        for place, waiting in _by_place(unclear).items():
            if place not in busy and place not in self._lanes.places:
                self._lanes.open(place, len(waiting), self._settle_lane(place, waiting, postman))

    async def _settle_lane(self, place: Place, waiting: Sequence[Announcement], postman: Postman) -> None:
        """Look a place's messages in doubt up: mark them, make them due again, or give them up aloud."""
        try:
            found = await postman.find(place, waiting)
        except (TryLater, Unclear, Refused):
            return
        except PlaceGone as gone:
            await self._give_back(waiting, self._clock())
            await self._pause(place, gone.reason, postman)
            return
        except HistoryUnreadable as unreadable:
            known = [one for one in waiting if unreadable.has_nonces and self._is_known(one)]
            # What Discord does not know by its nonce any more is given up.
            for announcement in waiting:
                if announcement not in known:
                    await self._give_up(announcement, postman, _UNSEEN)
            await self._send_lane(place, known, await self._papers_of(known), postman, in_doubt=True)
            return
        for announcement in waiting:
            if announcement.id in found:
                self._marking.note(announcement.id, found[announcement.id])
                self._doubtful.discard(announcement.id)
            elif announcement.id in self._faulty and announcement.attempts >= FAULTS:
                papers = await self._papers_of([announcement])
                await self._carry_less(announcement, postman, [*papers.values()])
            else:
                await self._send_again(announcement)

    async def _send_again(self, announcement: Announcement) -> None:
        """Make due again what did not arrive: at once where a process ended, else after a pause."""
        failed = announcement.id in self._doubtful
        self._doubtful.discard(announcement.id)
        not_before = self._retry_at(announcement) if failed else self._clock()
        await self._give_back([announcement], not_before, failed=failed)

    def _is_known(self, announcement: Announcement) -> bool:
        """Say whether Discord certainly still knows the nonce of a message in doubt."""
        return self._clock() < announcement.claimed_at + NONCE_MEMORY

    def _retry_at(self, announcement: Announcement) -> datetime:
        return self._clock() + retry_pause(announcement.attempts)


async def _leave(_unsent: Sequence[Announcement], _not_before: datetime, *, failed: bool = False) -> None:
    """Let messages stay claimed."""


_UNSEEN = marked(
    "a message may or may not have arrived, and without Read Message History I can't find out; "
    "I did not send it again"
)


def _by_place(announcements: Sequence[Announcement]) -> Mapping[Place, list[Announcement]]:
    places: defaultdict[Place, list[Announcement]] = defaultdict(list)
    for announcement in announcements:
        places[announcement.place].append(announcement)
    return places
