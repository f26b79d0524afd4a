"""A lane for each place: a task that sends there one message after the other."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from bot.domain.watches import Place

logger = logging.getLogger(__name__)

HeldBack = Callable[[Place], AbstractAsyncContextManager[None]]
"""What lets nothing more go out to a place for as long as a block runs."""

WINDOW = 300
"""Messages on their way at once: six seconds of what Discord takes."""

LEAST = 100
"""With so many left of these the next ones are claimed: two seconds of what Discord takes."""

UNDER_WAY_SECONDS = 2.0
"""How long the message under way is waited for where a place is held back: somebody waits for the answer."""


class Lanes:
    """Keeps the lanes under way; a place with one is not touched otherwise."""

    def __init__(self) -> None:
        """Begin without any."""
        self._tasks: dict[Place, asyncio.Task[None]] = {}
        self._loads: dict[Place, int] = {}
        self._held: Counter[Place] = Counter()
        self._recalled: set[Place] = set()
        self.claiming = asyncio.Lock()
        """Held while messages are claimed, until their lanes are open."""

    @property
    def room(self) -> int:
        """How many messages may be claimed; none while enough are on their way."""
        load = sum(self._loads.values())
        return WINDOW - load if load <= LEAST else 0

    @property
    def places(self) -> Collection[Place]:
        """Where nothing else is to be sent: what has a lane, or is held back."""
        return self._tasks.keys() | self._held.keys()

    def __bool__(self) -> bool:
        return bool(self._tasks)

    def open(self, place: Place, load: int, work: Coroutine[Any, Any, None]) -> None:
        """Begin to send so many messages to a place."""
        lane = asyncio.create_task(work)
        self._tasks[place] = lane
        self._loads[place] = load
        lane.add_done_callback(lambda done: self._close(place, done))

    def advance(self, place: Place) -> None:
        """Note that one of a lane's messages was sent."""
        self._loads[place] -= 1

    def is_recalled(self, place: Place) -> bool:
        """Say whether a lane is to end and give back what it has left."""
        return place in self._recalled

    async def wait(self, seconds: float) -> bool:
        """Wait until all lanes have ended, at most so long; say whether one has."""
        done, _ = await asyncio.wait(list(self._tasks.values()), timeout=seconds)
        return bool(done)

    @asynccontextmanager
    async def held_back(self, place: Place) -> AsyncIterator[None]:
        """Let nothing go out to a place inside the block: its lane ends after the message under way."""
        async with self.claiming:
            self._held[place] += 1
        try:
            if lane := self._tasks.get(place):
                self._recalled.add(place)
                await asyncio.wait({lane}, timeout=UNDER_WAY_SECONDS)
            yield
        finally:
            self._held[place] -= 1
            self._held += Counter()  # what is at zero goes

    async def close(self) -> None:
        """End all lanes at once."""
        lanes = list(self._tasks.values())
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)

    def _close(self, place: Place, lane: asyncio.Task[None]) -> None:
        del self._tasks[place]
        del self._loads[place]
        self._recalled.discard(place)
        if not lane.cancelled() and (error := lane.exception()):
            logger.error("announcing failed in a place", exc_info=error)
