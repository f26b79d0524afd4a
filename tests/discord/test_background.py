"""Work behind people's backs goes on, whatever a part of it meets."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import StorageError
from cogs.background import Background, Chore


@pytest.mark.parametrize("fault", [StorageError("the disk is full"), RuntimeError("broken")])
async def test_fault_of_one_chore_stops_neither_it_nor_the_others(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    enough = asyncio.Event()

    async def fail() -> None:
        done.append("faulty")
        raise fault

    async def work() -> None:
        done.append("sound")
        if done.count("sound") > 1 and done.count("faulty") > 1:
            enough.set()

    cog = Background(
        (Chore(name="faulty", seconds=0.01, work=fail), Chore(name="sound", seconds=0.01, work=work))
    )
    await cog.cog_load()
    await asyncio.wait_for(enough.wait(), 10)
    await cog.cog_unload()

    assert "faulty failed" in caplog.text
