"""Requests at Discord's pace, however uneven the way there is."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine
from typing import Any

import pytest

from bot.pacing import GLOBAL_LIMIT, INVALID_LIMIT, INVALID_SECONDS, Pacing, behind_people


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop whose time jumps to whatever comes next."""

    now = 1000.0

    def time(self) -> float:
        """Return the moment that was jumped to."""
        return self.now

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]
            self.now = max(self.now, self._scheduled[0].when())  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]


def in_no_time(work: Coroutine[Any, Any, None]) -> None:
    """Run something that waits, without waiting."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(work)


async def request(pacing: Pacing, arrivals: list[float], there: float = 0.02, back: float = 0.02) -> None:
    """Ask Discord something: it takes so long there, and so long back."""
    loop = asyncio.get_running_loop()
    slot = await pacing.take()
    pacing.went_out(slot)
    await asyncio.sleep(there)
    arrivals.append(loop.time())
    await asyncio.sleep(back)
    pacing.answered(slot)


def most_in_a_second(arrivals: list[float]) -> int:
    """Return the largest number of arrivals in any second."""
    arrivals = sorted(arrivals)
    return max(sum(start <= moment < start + 1 for moment in arrivals) for start in arrivals)


@pytest.mark.parametrize("jitter", [0.0, 0.01, 0.3, 2.0])
def test_take_with_uneven_ways_never_lets_a_second_hold_more_than_the_limit(jitter: float) -> None:
    chance = random.Random(7)
    arrivals: list[float] = []

    async def work() -> None:
        pacing = Pacing()
        ways = [(0.02 + chance.random() * jitter, 0.02 + chance.random() * jitter) for _ in range(400)]
        await asyncio.gather(*(request(pacing, arrivals, *way) for way in ways))

    in_no_time(work())
    assert most_in_a_second(arrivals) <= GLOBAL_LIMIT


def test_take_on_an_even_way_loses_no_more_than_half_of_what_an_answer_takes() -> None:
    arrivals: list[float] = []

    async def work() -> None:
        pacing = Pacing()
        await asyncio.gather(*(request(pacing, arrivals) for _ in range(1000)))

    in_no_time(work())
    later = arrivals[GLOBAL_LIMIT:]
    assert later[0] - arrivals[0] <= 1.05
    assert later[-1] - later[0] <= (950 / GLOBAL_LIMIT - 1) * 1.021


def test_take_after_a_first_second_that_was_slow_on_its_way_keeps_to_the_limit() -> None:
    arrivals: list[float] = []

    async def work() -> None:
        pacing = Pacing()
        ways = [(0.5, 0.02)] * GLOBAL_LIMIT + [(0.02, 0.02)] * 200
        await asyncio.gather(*(request(pacing, arrivals, *way) for way in ways))

    in_no_time(work())
    assert most_in_a_second(arrivals) <= GLOBAL_LIMIT


def test_take_on_ways_that_are_quick_there_or_back_but_not_both_keeps_to_the_limit() -> None:
    arrivals: list[float] = []

    async def work() -> None:
        pacing = Pacing()
        ways = [(0.04, 0.02)] * 2 * GLOBAL_LIMIT + [(0.02, 0.04)] * GLOBAL_LIMIT
        await asyncio.gather(*(request(pacing, arrivals, *way) for way in ways))

    in_no_time(work())
    assert most_in_a_second(arrivals) <= GLOBAL_LIMIT


def test_take_of_a_share_is_that_share_of_the_limit() -> None:
    arrivals: list[float] = []

    async def work() -> None:
        pacing = Pacing(share=1 / 2)
        await asyncio.gather(*(request(pacing, arrivals) for _ in range(200)))

    in_no_time(work())
    assert most_in_a_second(arrivals) == GLOBAL_LIMIT // 2


def test_take_lets_people_go_before_announcements() -> None:
    order: list[str] = []

    async def work() -> None:
        pacing = Pacing()

        async def announce() -> None:
            with behind_people():
                await request(pacing, [])
            order.append("announcement")

        async def answer() -> None:
            await request(pacing, [])
            order.append("answer")

        waiting = [asyncio.create_task(announce()) for _ in range(500)]
        await asyncio.sleep(0.5)
        waiting.append(asyncio.create_task(answer()))
        await asyncio.gather(*waiting)

    in_no_time(work())
    assert order.index("answer") <= GLOBAL_LIMIT * 2


def test_take_that_is_canceled_costs_nobody_a_turn() -> None:
    async def work() -> None:
        pacing = Pacing()
        slots = [await pacing.take() for _ in range(GLOBAL_LIMIT)]
        given_up = [asyncio.create_task(pacing.take()) for _ in range(3)]
        kept = asyncio.create_task(pacing.take())
        await asyncio.sleep(0)
        given_up[0].cancel()
        pacing.answered(slots[0])
        given_up[1].cancel()
        pacing.answered(slots[1])
        # What the second was given just before it was canceled is passed on.
        await asyncio.wait_for(kept, 1)

    in_no_time(work())


def test_request_that_is_answered_twice_gives_its_share_back_once() -> None:
    async def work() -> None:
        pacing = Pacing()
        slots = [await pacing.take() for _ in range(GLOBAL_LIMIT)]
        waiting = [asyncio.create_task(pacing.take()) for _ in range(2)]
        await asyncio.sleep(0)
        pacing.answered(slots[0])
        pacing.answered(slots[0])
        done, others = await asyncio.wait(waiting, timeout=2)
        for other in others:
            other.cancel()
        assert len(done) == 1

    in_no_time(work())


def test_pause_after_half_of_the_invalid_answers_lasts_until_they_are_old() -> None:
    async def work() -> None:
        pacing = Pacing()
        for _ in range(INVALID_LIMIT // 2 - 1):
            pacing.count_invalid()
        assert pacing.pause() == 0
        await asyncio.sleep(100)
        pacing.count_invalid()
        assert pacing.pause() == pytest.approx(INVALID_SECONDS - 100)
        await asyncio.sleep(INVALID_SECONDS - 100)
        assert pacing.pause() == 0

    in_no_time(work())
