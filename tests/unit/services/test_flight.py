"""One request for all who ask at the same time."""

from __future__ import annotations

import asyncio

import pytest

from bot.services.flight import SingleFlight


class Work:
    """Counts how often it is begun, and ends when it is told to."""

    def __init__(self) -> None:
        self.begun = 0
        self.canceled = False
        self.may_end = asyncio.Event()

    async def __call__(self) -> int:
        self.begun += 1
        try:
            await self.may_end.wait()
        except asyncio.CancelledError:
            self.canceled = True
            raise
        return self.begun


async def begun(*runs: asyncio.Task[int]) -> None:
    """Let the tasks come to where they wait."""
    for _ in range(3):
        await asyncio.sleep(0)
    assert not any(run.done() for run in runs)


async def test_run_twice_at_once_works_once() -> None:
    flights, work = SingleFlight[int](), Work()
    runs = [asyncio.create_task(flights.run("key", work)) for _ in range(3)]
    await begun(*runs)

    work.may_end.set()

    assert await asyncio.gather(*runs) == [1, 1, 1]


async def test_run_later_or_under_another_key_works_again() -> None:
    flights, work = SingleFlight[int](), Work()
    work.may_end.set()

    assert [await flights.run(key, work) for key in ("a", "a", "b")] == [1, 2, 3]


async def test_fault_reaches_everybody_who_waits() -> None:
    flights = SingleFlight[int]()

    async def fail() -> int:
        await asyncio.sleep(0)
        raise ValueError("no")

    results = await asyncio.gather(*(flights.run("key", fail) for _ in range(2)), return_exceptions=True)

    assert [str(result) for result in results] == ["no", "no"]


async def test_one_who_leaves_does_not_end_the_others_work() -> None:
    flights, work = SingleFlight[int](), Work()
    leaving, staying = (asyncio.create_task(flights.run("key", work)) for _ in range(2))
    await begun(leaving, staying)

    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    work.may_end.set()

    assert await staying == 1


async def test_work_ends_when_nobody_waits_any_more() -> None:
    flights, work = SingleFlight[int](), Work()
    only = asyncio.create_task(flights.run("key", work))
    await begun(only)

    only.cancel()
    with pytest.raises(asyncio.CancelledError):
        await only
    await asyncio.sleep(0)

    assert work.canceled
