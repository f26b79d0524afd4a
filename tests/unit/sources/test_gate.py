"""The gate's spacing, order and sharing; time is a number that waiting moves."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.sources.gate import Gate, HeldBack


class Time:
    """A clock that only sleeping moves forward; sleepers wake in order."""

    def __init__(self) -> None:
        self.now = 100.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def read(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + seconds, future))
        await future

    async def run(self, work: asyncio.Future[Any]) -> None:
        """Let time pass until the work is done."""
        while not work.done():
            for _ in range(20):
                await asyncio.sleep(0)
            waiting = [sleeper for sleeper in self._sleepers if not sleeper[1].done()]
            if waiting and not work.done():
                moment, future = min(waiting, key=lambda sleeper: sleeper[0])
                self.now = max(self.now, moment)
                future.set_result(None)
        await work


class Log(list[tuple[str, float]]):
    """Who was let through, and when."""


def _gate(clock: Time, interval: float = 3.0, slots: int = 1) -> Gate:
    return Gate(interval, slots=slots, now=clock.read, sleep=clock.sleep)


async def _request(
    gate: Gate,
    clock: Time,
    log: list[tuple[str, float]],
    name: str,
    *,
    background: bool = False,
    takes: float = 0,
) -> None:
    async with gate.turn(background=background):
        log.append((name, clock.now))
        if takes:
            await clock.sleep(takes)
            log.append((f"{name} ends", clock.now))


async def test_starts_are_at_least_the_interval_apart() -> None:
    clock, log = Time(), Log()
    gate = _gate(clock)

    await clock.run(asyncio.gather(*(_request(gate, clock, log, str(n)) for n in range(4))))

    assert log == [("0", 100), ("1", 103), ("2", 106), ("3", 109)]


async def test_next_request_waits_for_the_end_of_a_long_one() -> None:
    clock, log = Time(), Log()
    gate = _gate(clock)

    await clock.run(
        asyncio.gather(_request(gate, clock, log, "a", takes=10), _request(gate, clock, log, "b"))
    )

    assert log == [("a", 100), ("a ends", 110), ("b", 110)]


async def test_long_requests_run_one_after_the_other_however_many_there_were() -> None:
    clock, log = Time(), Log()
    gate = _gate(clock)

    await clock.run(asyncio.gather(*(_request(gate, clock, log, name, takes=10) for name in "abc")))

    assert [entry for entry in log if "ends" not in entry[0]] == [("a", 100), ("b", 110), ("c", 120)]


async def test_waiter_that_goes_away_lets_nobody_in_beside_a_long_request() -> None:
    clock, log = Time(), Log()
    gate = _gate(clock)

    async def leaves() -> None:
        await clock.sleep(0.5)
        waiting = asyncio.ensure_future(_request(gate, clock, log, "leaves"))
        await clock.sleep(5)
        waiting.cancel()

    await clock.run(
        asyncio.gather(_request(gate, clock, log, "a", takes=10), _request(gate, clock, log, "b"), leaves())
    )

    assert log == [("a", 100), ("a ends", 110), ("b", 110)]


async def test_interval_counts_from_the_moment_the_request_has_arrived() -> None:
    """What connecting took must not shorten the spacing that the service sees."""
    clock, log = Time(), Log()
    gate = _gate(clock)

    async def slow_to_connect() -> None:
        async with gate.turn():
            await clock.sleep(2)
            gate.arrived()

    await clock.run(asyncio.gather(slow_to_connect(), _request(gate, clock, log, "next")))

    assert log == [("next", 105)]


async def test_interval_from_the_arrival_holds_in_other_processes_too(tmp_path: Path) -> None:
    path = tmp_path / "arxiv.pace"
    before = Gate(0.3, path=path)
    async with before.turn():
        await asyncio.sleep(0.2)
        before.arrived()
        arrived = time.time()

    async with Gate(0.3, path=path).turn():
        assert time.time() - arrived >= 0.298


async def test_slots_let_several_run_but_not_start_at_once() -> None:
    clock, log = Time(), Log()
    gate = _gate(clock, interval=1, slots=2)

    await clock.run(asyncio.gather(*(_request(gate, clock, log, name, takes=10) for name in "abc")))

    assert [entry for entry in log if "ends" not in entry[0]] == [("a", 100), ("b", 101), ("c", 110)]


async def test_person_goes_before_background_work_that_waited_longer() -> None:
    clock, log = Time(), Log()
    gate = _gate(clock)
    first = [_request(gate, clock, log, f"harvest {n}", background=True) for n in range(3)]

    async def later() -> None:
        await clock.sleep(1)
        await _request(gate, clock, log, "person")

    await clock.run(asyncio.gather(*first, later()))

    assert [name for name, _ in log] == ["harvest 0", "person", "harvest 1", "harvest 2"]


async def test_hold_back_moves_everybody() -> None:
    clock, log = Time(), Log()
    gate = _gate(clock)
    async with gate.turn():
        gate.hold_back(60)

    await clock.run(asyncio.gather(_request(gate, clock, log, "a"), _request(gate, clock, log, "b")))

    assert log == [("a", 160), ("b", 163)]


async def test_hold_back_is_bounded_and_never_brings_a_start_forward() -> None:
    clock, log = Time(), Log()
    gate = Gate(3, longest_hold=100, now=clock.read, sleep=clock.sleep)
    async with gate.turn():
        gate.hold_back(1e12)
        gate.hold_back(1)

    await clock.run(asyncio.ensure_future(_request(gate, clock, log, "a")))

    assert log == [("a", 200)]


async def test_impatient_caller_is_told_at_once_how_long_the_gate_is_closed() -> None:
    clock = Time()
    gate = _gate(clock)
    async with gate.turn():
        gate.hold_back(60)

    with pytest.raises(HeldBack) as caught:
        async with gate.turn(patience=10):
            pytest.fail("the gate let somebody through")

    assert caught.value.seconds == 60
    assert clock.now == 100


async def test_cancelled_waiters_leave_the_gate_usable() -> None:
    clock, log = Time(), Log()
    gate = _gate(clock)
    running = asyncio.ensure_future(_request(gate, clock, log, "runs", takes=50))
    waiting = [asyncio.ensure_future(_request(gate, clock, log, f"waits {n}")) for n in range(3)]
    for _ in range(5):
        await asyncio.sleep(0)

    for task in (waiting[0], running, waiting[2]):
        task.cancel()
    await asyncio.gather(running, waiting[0], waiting[2], return_exceptions=True)
    await clock.run(asyncio.gather(waiting[1], _request(gate, clock, log, "after")))

    assert [name for name, _ in log] == ["runs", "waits 1", "after"]


async def test_fault_inside_a_turn_frees_it() -> None:
    clock, log = Time(), Log()
    gate = _gate(clock)
    with pytest.raises(ValueError, match="x"):
        async with gate.turn():
            raise ValueError("x")

    await clock.run(asyncio.ensure_future(_request(gate, clock, log, "a")))

    assert log == [("a", 103)]


async def test_two_processes_on_one_file_share_the_spacing(tmp_path: Path) -> None:
    """Two gates that know nothing of each other but the file: its lock is the operating system's."""
    path = tmp_path / "arxiv.pace"
    gates = [Gate(0.05, path=path), Gate(0.05, path=path)]
    starts: list[float] = []
    running = 0

    async def request(gate: Gate) -> None:
        nonlocal running
        async with gate.turn():
            starts.append(time.time())
            running += 1
            assert running == 1
            await asyncio.sleep(0.01)
            running -= 1

    await asyncio.gather(*(request(gate) for gate in gates for _ in range(3)))

    starts.sort()
    assert len(starts) == 6
    # The file keeps milliseconds.
    assert all(later - earlier >= 0.048 for earlier, later in pairwise(starts))


async def test_processes_with_several_slots_space_their_starts_and_run_side_by_side(tmp_path: Path) -> None:
    starts: list[float] = []
    running: list[int] = [0]
    together: list[int] = []

    async def ask(gate: Gate) -> None:
        async with gate.turn():
            starts.append(time.monotonic())
            running[0] += 1
            together.append(running[0])
            await asyncio.sleep(0.3)
            running[0] -= 1

    gates = [Gate(0.05, slots=8, path=tmp_path / "pace") for _ in range(2)]
    await asyncio.gather(*(ask(gate) for gate in gates for _ in range(4)))

    # The file holds moments of the wall clock to a thousandth of a second.
    assert all(later - earlier >= 0.045 for earlier, later in pairwise(sorted(starts)))
    assert max(together) > 2


async def test_hold_of_one_process_with_several_slots_holds_the_others(tmp_path: Path) -> None:
    first, other = (Gate(0.01, slots=8, path=tmp_path / "pace") for _ in range(2))
    async with first.turn():
        first.hold_back(0.3)
        held = time.monotonic()

    async with other.turn():
        began = time.monotonic()

    assert began - held >= 0.29


async def test_spacing_and_holds_survive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "arxiv.pace"
    before = Gate(3, path=path)
    async with before.turn():
        before.hold_back(600)

    with pytest.raises(HeldBack) as caught:
        async with Gate(3, path=path).turn(patience=10):
            pytest.fail("the gate let somebody through")

    assert 590 < caught.value.seconds <= 600


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00\xffnonsense", id="nonsense"),
        pytest.param(b"99999999999", id="a-clock-set-back"),
        pytest.param(b"5", id="long-ago"),
        pytest.param(b"nan", id="no-number"),
    ],
)
async def test_odd_pace_file_does_not_stop_anybody(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "arxiv.pace"
    path.write_bytes(content)

    async with asyncio.timeout(10), Gate(0.01, path=path).turn():
        pass

    assert abs(float(path.read_bytes()) - time.time()) < 60


async def test_pace_file_that_cannot_be_opened_paces_this_process_alone(tmp_path: Path) -> None:
    clock, log = Time(), Log()
    gate = Gate(3, path=tmp_path, now=clock.read, sleep=clock.sleep)

    await clock.run(asyncio.gather(_request(gate, clock, log, "a"), _request(gate, clock, log, "b")))

    assert log == [("a", 100), ("b", 103)]
