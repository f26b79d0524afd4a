"""Portions follow how long the one before took, and none of the work is lost or done twice."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage import portions
from bot.storage.portions import FEWEST, HELD_SECONDS, MOST, in_portions, next_size


@pytest.mark.parametrize(
    ("size", "seconds", "expected"),
    [
        pytest.param(50, 0.0, MOST, id="no time at all"),
        pytest.param(20, HELD_SECONDS / 9, 40, id="quick: twice as many"),
        pytest.param(50, HELD_SECONDS, 50, id="just right"),
        pytest.param(100, 2 * HELD_SECONDS, 50, id="too long: half as many"),
        pytest.param(100, 60.0, FEWEST, id="never fewer than a few"),
        pytest.param(3, 60.0, FEWEST, id="a short last portion"),
    ],
)
def test_next_size_follows_the_time(size: int, seconds: float, expected: int) -> None:
    assert next_size(size, seconds) == expected


@given(st.integers(1, MOST), st.floats(0, 100))
def test_next_size_stays_within_its_bounds(size: int, seconds: float) -> None:
    assert min(FEWEST, 2 * size) <= next_size(size, seconds) <= MOST


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 333])
async def test_in_portions_writes_everything_once_and_names_the_last(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "REST_SECONDS", 0)
    ends: list[bool] = []

    async def write(portion: Sequence[int], is_last: bool) -> list[int]:
        ends.append(is_last)
        return list(portion)

    written = await in_portions(range(count), write)

    assert [number for portion in written for number in portion] == list(range(count))
    assert ends == [False] * (len(ends) - 1) + [True]
