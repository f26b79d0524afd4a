"""Calls run beside the event loop, come back or raise there, and end with the threads."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from functools import partial

import pytest

from bot.storage.threads import Threads


@pytest.fixture
def threads() -> Iterator[Threads]:
    made = Threads(2, "test")
    yield made
    made.close()


def fail() -> None:
    raise ValueError("from the thread")


async def test_run_returns_what_the_function_returns(threads: Threads):
    name = await threads.run(lambda: threading.current_thread().name)

    assert name.startswith("test-")


async def test_run_raises_what_the_function_raises(threads: Threads):
    with pytest.raises(ValueError, match="from the thread"):
        await threads.run(fail)

    assert await threads.run(lambda: 1) == 1


async def test_run_many_at_once_all_come_back(threads: Threads):
    results = await asyncio.gather(*(threads.run(partial(int, n)) for n in range(200)))

    assert results == list(range(200))


async def test_run_cancelled_while_running_harms_nobody(threads: Threads):
    loop, started, go = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    def wait() -> None:
        loop.call_soon_threadsafe(started.set)
        go.wait(10)

    task = asyncio.create_task(threads.run(wait))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go.set()

    assert await threads.run(lambda: 1) == 1


async def test_run_cancelled_before_its_turn_is_not_run():
    threads = Threads(1, "test")
    go, ran = threading.Event(), threading.Event()
    first = asyncio.create_task(threads.run(lambda: go.wait(10)))
    second = asyncio.create_task(threads.run(ran.set))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.sleep(0)
    go.set()

    assert await first
    threads.close()
    assert not ran.is_set()
