"""Paces requests to a service: spaced starts, few at a time, people before background work."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import logging
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_LONGEST_HOLD = 3600.0
_LOCK_POLL = 0.05

logger = logging.getLogger(__name__)


class HeldBack(Exception):
    """The service asked everybody to wait longer than this caller can; `seconds` are left."""

    def __init__(self, seconds: float) -> None:
        """Keep how long the gate stays closed."""
        super().__init__(f"held back for {seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True, order=True)
class _Ticket:
    priority: int
    number: int


class Gate:
    """Lets requests start at least `interval` seconds apart, at most `slots` of them at a time.

    With `path`, the spacing also holds over restarts and between processes: the file holds the
    moment before which the next request may not start, and is locked while one begins; where one
    slot is all there is, until the request ends.
    """

    def __init__(
        self,
        interval: float,
        *,
        slots: int = 1,
        path: Path | None = None,
        longest_hold: float = _LONGEST_HOLD,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Take the spacing in seconds; what a service asks above `longest_hold` is not believed."""
        self.interval = interval
        self.path = path
        self._longest_hold = longest_hold
        self._slots = slots
        self._shared = _SharedStart(path) if path else None
        self._now = now
        self._sleep = sleep
        self._queue: list[_Ticket] = []
        self._numbers = itertools.count()
        self._running = 0
        self._next_start = 0.0
        self._held_until = 0.0
        self._changed = asyncio.Event()

    @asynccontextmanager
    async def turn(self, *, background: bool = False, patience: float = _LONGEST_HOLD) -> AsyncIterator[None]:
        """Hold a place while a request runs; raise HeldBack where the wait exceeds `patience`."""
        ticket = _Ticket(int(background), next(self._numbers))
        heapq.heappush(self._queue, ticket)
        try:
            await self._wait_for_turn(ticket, patience)
        finally:
            self._queue.remove(ticket)
            heapq.heapify(self._queue)
            self._notify()
        try:
            yield
        finally:
            self._running -= 1
            if self._shared:
                self._shared.release()
            self._notify()

    def arrived(self) -> None:
        """Count the interval from now on: the request of this turn has certainly been received.

        Spaced starts alone come closer to each other at the service where connecting took long.
        """
        if self._slots > 1:
            # Rates of services that take several requests at once are limits by far, not distances.
            return
        self._next_start = max(self._next_start, self._now() + self.interval)
        if self._shared:
            self._shared.write(self._next_start - self._now())

    def hold_back(self, seconds: float) -> None:
        """Push the next start back for everybody, as the service asked."""
        seconds = min(max(seconds, 0.0), self._longest_hold)
        self._held_until = max(self._held_until, self._now() + seconds)
        self._next_start = max(self._next_start, self._held_until)
        self._share(self._next_start - self._now())

    def _share(self, seconds: float) -> None:
        """Tell other processes; one that begins in this very moment goes first."""
        if self._shared is None:
            return
        if self._slots == 1:
            self._shared.write(seconds)
        elif self._shared.acquire():
            self._shared.write(seconds)
            self._shared.release()

    async def _wait_for_turn(self, ticket: _Ticket, patience: float) -> None:
        while True:
            if ticket != self._queue[0] or self._running >= self._slots:
                await self._changed.wait()
                continue
            held = self._held_until - self._now()
            if held > patience:
                raise HeldBack(held)
            delay = self._next_start - self._now()
            if delay > 0:
                await self._sleep(delay)
            elif self._start():
                return
            else:
                await self._sleep(_LOCK_POLL)

    def _start(self) -> bool:
        """Begin a request now, unless another process runs one or has just begun one."""
        if self._shared:
            if not self._shared.acquire():
                return False
            left = self._shared.left(self.interval)
            if left > 0:
                self._shared.release()
                self._next_start = self._now() + left
                if left > self.interval:
                    self._held_until = self._next_start
                return False
            self._shared.write(self.interval)
            if self._slots > 1:
                self._shared.release()
        self._running += 1
        self._next_start = self._now() + self.interval
        return True

    def _notify(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()


@dataclass(slots=True)
class _SharedStart:
    """A file that names the earliest next start, locked by the process that asks."""

    path: Path
    _descriptor: int | None = field(default=None, init=False)
    _broken: bool = field(default=False, init=False)

    def acquire(self) -> bool:
        """Take the lock without waiting; False where another process has it."""
        if self._broken or sys.platform == "win32":
            return True
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            self._give_up(error)
            return True
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except OSError as error:
            # Some network file systems have no locks.
            os.close(descriptor)
            self._give_up(error)
            return True
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Give the lock back; closing the file does it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def left(self, interval: float) -> float:
        """Return the seconds until the written moment, as far as it can be believed."""
        if self._descriptor is None:
            return 0.0
        try:
            left = float(os.pread(self._descriptor, 64, 0)) - time.time()
        except (OSError, ValueError):
            # An empty file is a new one; anything else was not written here.
            return 0.0
        if left > _LONGEST_HOLD:
            # Farther away than any service may ask for: the clock has been set back since.
            self.write(interval)
            return interval
        return left

    def write(self, seconds: float) -> None:
        """Write that the next start is `seconds` from now."""
        if self._descriptor is None:
            return
        try:
            os.pwrite(self._descriptor, f"{time.time() + seconds:<63.3f}\n".encode(), 0)
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        """Pace this process alone from now on: a full disk must not stop look-ups."""
        logger.warning("pace file unusable path=%s error=%s", self.path, error.strerror)
        self._broken = True
