"""A day's allowance: people before background work, refusals respected, midnight believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import RateLimited, SourceChanged, SourceError, SourceUnavailable
from bot.sources.allowance import Allowance, MemoryLedger, Plan

START = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 25, tzinfo=UTC)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        """Begin at the start."""
        self.now = START

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock."""
    return Clock()


def make_allowance(clock: Clock, ledger: MemoryLedger | None = None) -> Allowance:
    """Return an allowance of ten calls."""
    return Allowance("Index", Plan(limit=10), clock, ledger or MemoryLedger())


async def call(allowance: Allowance, error: SourceError | None = None, *, background: bool = False) -> None:
    """Pay for a call that ends so."""
    async with allowance.spending(1, background=background):
        if error:
            raise error


async def refused(allowance: Allowance, error: SourceError | None = None) -> RateLimited:
    """Pay for a call that is refused; return with which words."""
    with pytest.raises(RateLimited) as caught:
        await call(allowance, error)
    return caught.value


async def test_used_up_day_ends_at_midnight_utc(clock: Clock) -> None:
    allowance = make_allowance(clock)
    for _ in range(10):
        await call(allowance)

    assert (await refused(allowance)).retry_at == MIDNIGHT
    assert allowance.left_in_words() == "0 of 10 calls"
    clock.now = MIDNIGHT
    await call(allowance)
    assert allowance.left_in_words() == "9 of 10 calls"


async def test_background_work_leaves_half_to_people(clock: Clock) -> None:
    allowance = make_allowance(clock)
    for _ in range(5):
        await call(allowance, background=True)

    with pytest.raises(RateLimited):
        await call(allowance, background=True)
    for _ in range(5):
        await call(allowance)


@pytest.mark.parametrize(
    ("error", "left"),
    [
        pytest.param(SourceUnavailable("Index", "down"), 10, id="not-answered"),
        pytest.param(SourceChanged("Index", "html"), 9, id="answered-nonsense"),
    ],
)
async def test_only_what_was_answered_is_paid(clock: Clock, error: SourceError, left: int) -> None:
    allowance = make_allowance(clock)
    with pytest.raises(type(error)):
        await call(allowance, error)

    assert allowance.left_in_words() == f"{left} of 10 calls"


async def test_nothing_is_asked_before_the_moment_the_service_named(clock: Clock) -> None:
    ledger = MemoryLedger()
    allowance = make_allowance(clock, ledger)
    until = START + timedelta(hours=3)
    error = RateLimited("Index", "429", until)

    assert (await refused(allowance, error)).retry_at == until
    assert (await refused(allowance)).retry_at == until
    # Another process, or the same after a restart, and beyond midnight.
    clock.now = until - timedelta(seconds=1)
    assert (await refused(make_allowance(clock, ledger))).retry_at == until
    clock.now = until
    await call(make_allowance(clock, ledger))


async def test_refusals_on_end_are_left_alone_longer_each_time(clock: Clock) -> None:
    allowance = make_allowance(clock)
    waits = []
    for _ in range(9):
        error = await refused(allowance, RateLimited("Index", "429", clock.now + timedelta(seconds=30)))
        assert error.retry_at is not None
        waits.append((error.retry_at - clock.now).total_seconds())
        clock.now = error.retry_at

    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    await call(allowance)
    error = await refused(allowance, RateLimited("Index", "429", clock.now + timedelta(seconds=30)))
    assert error.retry_at == clock.now + timedelta(seconds=30)


async def test_clock_set_back_does_not_spend_twice(clock: Clock) -> None:
    allowance = make_allowance(clock)
    await call(allowance)
    clock.now -= timedelta(hours=5)

    assert allowance.left_in_words() == "9 of 10 calls"


async def test_clock_set_back_does_not_prolong_a_rest(clock: Clock) -> None:
    allowance = make_allowance(clock)
    await refused(allowance, RateLimited("Index", "429", START + timedelta(hours=1)))
    clock.now -= timedelta(hours=23, minutes=30)

    assert allowance.rests_until() is None
