"""Discord's limits over all requests of this process, in the one place that every request passes.

Three limits hold for a bot as a whole (https://docs.discord.com/developers/topics/rate-limits): 50
requests a second; 10,000 invalid answers in ten minutes, after which the address is shut out; and
a bucket for each channel, which discord.py keeps by the headers. Answers to interactions are bound
by the last alone (https://docs.discord.com/developers/interactions/receiving-and-responding).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

GLOBAL_LIMIT = 50
"""Requests a second, for all processes of a bot together."""

INVALID_LIMIT = 10_000
INVALID_SECONDS = 600.0

_announcing: ContextVar[bool] = ContextVar("announcing", default=False)


@contextmanager
def behind_people() -> Iterator[None]:
    """Let every request made inside wait for those that somebody waits for."""
    token = _announcing.set(True)
    try:
        yield
    finally:
        _announcing.reset(token)


@dataclass(slots=True)
class Slot:
    """One request's share of a second, from its turn until a second after it reached Discord."""

    sent_at: float = 0.0
    free: bool = False


class Pacing:
    """Gives requests their turn: people first, then announcements, each in the order asked.

    When a request reaches Discord is not known here, only when it was sent and answered. All the
    time that an answer took may have passed on the way there, but for half of what the quickest one
    took; so a request counts a second from that long before its answer. The first ones may have been
    slow on their way as a whole, and count a second from their answers. Thus no second at Discord's
    end holds more than the limit, however uneven the connection.
    """

    def __init__(self, *, share: float = 1.0) -> None:
        """Take which share of the bot's allowance is this process's, by the shards that it runs."""
        self._limit = max(1, int(GLOBAL_LIMIT * share))
        self._invalid_limit = max(1, int(INVALID_LIMIT / 2 * share))
        self._taken = 0
        self._people: deque[asyncio.Future[None]] = deque()
        self._announcements: deque[asyncio.Future[None]] = deque()
        self._quickest = float("inf")
        self._answers = 0
        self._invalid: deque[float] = deque()

    async def take(self) -> Slot:
        """Wait for this request's turn."""
        if self._taken < self._limit:
            self._taken += 1
            return Slot()
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        (self._announcements if _announcing.get() else self._people).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on()
            raise
        return Slot()

    def went_out(self, slot: Slot) -> None:
        """Note when the request was sent."""
        slot.sent_at = _now()

    def answered(self, slot: Slot) -> None:
        """Let the next request have this one's share of a second, as soon as that is over."""
        if slot.free:
            return
        slot.free = True
        if not slot.sent_at:
            self._pass_on()
            return
        self._quickest = min(self._quickest, _now() - slot.sent_at)
        self._answers += 1
        back = self._quickest / 2 if self._answers > self._limit else 0.0
        asyncio.get_running_loop().call_later(max(0.0, 1.0 - back), self._pass_on)

    def count_invalid(self) -> None:
        """Note an answer that Discord counts as invalid: 401, 403, or 429 of this bot's own making."""
        self._invalid.append(_now())

    def pause(self) -> float:
        """Return the seconds for which announcements stop: half of the invalid answers are people's."""
        now = _now()
        while self._invalid and self._invalid[0] <= now - INVALID_SECONDS:
            self._invalid.popleft()
        over = len(self._invalid) - self._invalid_limit
        return self._invalid[over] + INVALID_SECONDS - now if over >= 0 else 0.0

    def _pass_on(self) -> None:
        for waiting in (self._people, self._announcements):
            while waiting:
                turn = waiting.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._taken -= 1


def _now() -> float:
    return asyncio.get_running_loop().time()
