"""Parts work into transactions so short that another process never waits long to write."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

HELD_SECONDS = 0.05
"""How long a transaction is to last: half of what others may wait, as none is quite like the one before."""

FIRST = 50
FEWEST = 10
MOST = 100
"""Papers a transaction: at the beginning, on a slow machine, and where it could be more."""

REST_SECONDS = 0.025
"""Between two transactions: another process that waits to write asks for the lock as seldom as that."""


async def in_portions(
    items: Sequence[Item], write: Callable[[Sequence[Item], bool], Awaitable[Result]]
) -> list[Result]:
    """Write items a portion at a time, each in a transaction of `write`, which is told the last one.

    Without items there is one empty portion. Returns what `write` returned.
    """
    results: list[Result] = []
    size, start = FIRST, 0
    while True:
        portion = items[start : start + size]
        start += len(portion)
        is_last = start >= len(items)
        began = monotonic()
        results.append(await write(portion, is_last))
        if is_last:
            return results
        size = next_size(len(portion), monotonic() - began)
        await let_others_write()


def next_size(size: int, seconds: float) -> int:
    """Return how many items to write after so many took so long, at most twice as many."""
    most = min(2 * size, MOST)
    if seconds * most <= HELD_SECONDS * size:
        return most
    return max(int(size * HELD_SECONDS / seconds), FEWEST)


async def let_others_write() -> None:
    """Rest between two transactions of one piece of work.

    SQLite keeps no queue: who waits asks again after up to 25 ms (busy handler in its main.c), and
    without a rest finds the lock taken again, for as long as the whole work lasts.
    """
    await asyncio.sleep(REST_SECONDS)
