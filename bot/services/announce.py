"""Bring what is due to Discord: each paper once a place, whatever happens in between."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.watches import Announcement, Place
from bot.services.ports import Clock, DeliveryStore, PaperStore, Postman, StateStore, WatchStore

logger = logging.getLogger(__name__)

KEEP_HELD = timedelta(days=14)
"""How long a paused watch's papers are kept."""

PATIENCE_SECONDS = 10.0
"""How long one run waits for slow places before it lets them go on by themselves."""

RETRY_CEILING = timedelta(minutes=15)

CATCH_UP = "catch_up"
"""State key: `harvesting` while a harvest after a gap is under way, `ready` when it is done."""


class PlaceGone(Exception):
    """The place can't be written to; `reason` says in words what is missing there."""

    def __init__(self, reason: str) -> None:
        """Keep the reason as the watch's owner reads it."""
        super().__init__(reason)
        self.reason = reason


class TryLater(Exception):
    """The message was certainly not sent; it may be after `seconds`."""

    def __init__(self, seconds: float) -> None:
        """Keep how long to wait, where Discord said so."""
        super().__init__(f"{seconds} s")
        self.seconds = seconds


class Refused(Exception):
    """Discord will never take this message; the place itself is in order."""


class Unclear(Exception):
    """The message may or may not have arrived."""


class HistoryUnreadable(Exception):
    """The place's history may not be read, so what arrived there can't be found out."""


class Announcer:
    """Sends due announcements, place by place, and finds out about those in doubt."""

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
        self._sending: dict[asyncio.Task[int], frozenset[int]] = {}
        self._lanes: defaultdict[Place, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def run(self, postman: Postman) -> int:
        """Send what is due; return how many messages went out. One bad place harms no other."""
        await self._deliveries.expire_held(self._clock() - KEEP_HELD)
        await self._settle_unclear(postman)
        catch_up = await self._state.get_state(CATCH_UP) or ""
        if catch_up == "harvesting":
            return 0
        claimed = await self._deliveries.claim_due(self._clock(), batch=catch_up == "ready")
        if not claimed and catch_up == "ready" and not await self._deliveries.queue_size():
            # What waits for another try, or for another process, belongs to the gap as well.
            await self._state.set_state(CATCH_UP, "")
        by_place: defaultdict[Place, list[Announcement]] = defaultdict(list)
        for announcement in claimed:
            by_place[announcement.place].append(announcement)
        started = [self._start(place, waiting, postman) for place, waiting in by_place.items()]
        if not started:
            return 0
        done, _ = await asyncio.wait(started, timeout=PATIENCE_SECONDS)
        return sum(task.result() for task in done if not task.cancelled() and not task.exception())

    async def close(self) -> None:
        """Stop sending; what was under way is looked up at the next start."""
        tasks = list(self._sending)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _start(self, place: Place, waiting: Sequence[Announcement], postman: Postman) -> asyncio.Task[int]:
        task = asyncio.create_task(self._send_lane(place, waiting, postman))
        self._sending[task] = frozenset(announcement.id for announcement in waiting)
        task.add_done_callback(self._finish)
        return task

    def _finish(self, task: asyncio.Task[int]) -> None:
        self._sending.pop(task, None)
        if not task.cancelled() and (error := task.exception()):
            logger.error("announcing failed in a place", exc_info=error)

    async def _send_lane(self, place: Place, waiting: Sequence[Announcement], postman: Postman) -> int:
        """Send one place's messages one after the other; after a failure the rest waits too."""
        async with self._lanes[place]:
            for position, announcement in enumerate(waiting):
                try:
                    not_before = await self._send_one(announcement, postman)
                except PlaceGone as gone:
                    await self._give_back(waiting[position:], self._clock())
                    await self._pause(place, gone.reason, postman)
                    return position
                if not_before is not None:
                    await self._give_back(waiting[position + 1 :], not_before)
                    return position
        return len(waiting)

    async def _send_one(self, announcement: Announcement, postman: Postman) -> datetime | None:
        """Send a message and mark it; return None when it went out, else when to go on here."""
        later = self._clock() + _backoff(announcement.attempts)
        ids = [delivery.paper_id for delivery in announcement.deliveries]
        papers = await self._papers.find_papers(ids)
        try:
            message_id = await postman.send(announcement, papers)
        except TryLater as wait:
            later = max(later, self._clock() + timedelta(seconds=wait.seconds))
            await self._give_back([announcement], later)
            return later
        except Unclear:
            # Left claimed: the next run looks in the place's history before it sends again.
            return later
        except Refused:
            titles = "; ".join(paper.title for paper in papers)
            await self._give_up(announcement, postman, f"Discord did not take the message about {titles}")
            return None
        await self._deliveries.mark_sent(announcement.id, message_id, self._clock())
        return None

    async def _give_back(self, unsent: Sequence[Announcement], not_before: datetime) -> None:
        for announcement in unsent:
            await self._deliveries.give_back(announcement.id, not_before)

    async def _pause(self, place: Place, reason: str, postman: Postman) -> None:
        """Pause a place's watches, hold what is due there, and tell the owner."""
        paused = await self._watches.pause_place(place, reason)
        logger.warning("place paused kind=%s reason=%s", place.kind, reason)
        if paused:
            await postman.tell_owner(paused, reason)

    async def _give_up(self, announcement: Announcement, postman: Postman, reason: str) -> None:
        """Let go of one message, and say so to whoever waits for it."""
        await self._deliveries.mark_unclear(announcement.id)
        logger.warning("announcement given up id=%s reason=%s", announcement.id, reason)
        watches = await self._watches.list_watches(place=announcement.place)
        await postman.tell_owner(watches, reason)

    async def _settle_unclear(self, postman: Postman) -> None:
        in_flight = frozenset().union(*self._sending.values())
        for announcement in await self._deliveries.list_unclear(self._clock()):
            if announcement.id not in in_flight:
                await self._settle(announcement, postman)

    async def _settle(self, announcement: Announcement, postman: Postman) -> None:
        """Look an unclear message up: mark it, make it due again, or give it up aloud."""
        try:
            message_id = await postman.find(announcement)
        except (TryLater, Unclear, Refused):
            return
        except PlaceGone as gone:
            await self._give_back([announcement], self._clock())
            await self._pause(announcement.place, gone.reason, postman)
            return
        except HistoryUnreadable:
            reason = (
                "a message may or may not have arrived, and without Read Message History "
                "I can't find out; I did not send it again"
            )
            await self._give_up(announcement, postman, reason)
            return
        if message_id is None:
            await self._deliveries.give_back(announcement.id, self._clock())
        else:
            await self._deliveries.mark_sent(announcement.id, message_id, self._clock())


def _backoff(attempts: int) -> timedelta:
    """Return the pause after so many tries: 5 s, doubled each time, at most a quarter hour."""
    return min(timedelta(seconds=5 * 2 ** min(attempts, 10)), RETRY_CEILING)
