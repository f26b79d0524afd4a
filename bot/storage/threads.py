"""Threads that run what would block the event loop, with the shortest way there and back.

`ThreadPoolExecutor` takes twice as long for the hop: it makes a second future and several locks
for each call, and somebody waits for each of these reads while typing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

Result = TypeVar("Result")

_Job = tuple[asyncio.Future[Any], Callable[[], Any]]


class Threads:
    """A few threads that take calls from one queue."""

    def __init__(self, count: int, name: str) -> None:
        """Start the threads; they end with `close`, or with the process."""
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._threads = [
            Thread(target=self._work, name=f"{name}-{number}", daemon=True) for number in range(count)
        ]
        for thread in self._threads:
            thread.start()

    async def run(self, function: Callable[[], Result]) -> Result:
        """Return what a function returns, or raise what it raises, in one of the threads."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._jobs.put((future, function))
        return await future

    def close(self) -> None:
        """End the threads after the calls that were asked for."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            future, function = job
            if future.cancelled():
                continue
            try:
                result = function()
            except BaseException as error:  # noqa: BLE001 -- whoever awaits the call gets it
                _post(future, future.set_exception, error)
            else:
                _post(future, future.set_result, result)


def _post(future: asyncio.Future[Any], settle: Callable[[Any], None], value: Any) -> None:
    def settle_unless_cancelled() -> None:
        if not future.cancelled():
            settle(value)

    # The loop may have ended while the call ran: then nobody waits for it.
    with suppress(RuntimeError):
        future.get_loop().call_soon_threadsafe(settle_unless_cancelled)
