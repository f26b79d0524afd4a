"""The loops: when they run, and that nothing ends them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import simcord

from bot.errors import DiskFull
from tests.discord.conftest import make_bot
from tests.fakes import make_fake_services


async def test_harvest_runs_at_start_and_at_every_interval() -> None:
    fakes = make_fake_services()
    async with simcord.run(make_bot(fakes, harvest_interval=1800)) as env:
        assert len(fakes.harvester.calls) == 1
        await env.advance_time(1799)
        assert len(fakes.harvester.calls) == 1
        await env.advance_time(2)
        assert len(fakes.harvester.calls) == 2


async def test_harvest_fault_does_not_end_the_loop() -> None:
    fakes = make_fake_services()
    fakes.harvester.answers["run"] = RuntimeError("broken")
    async with simcord.run(make_bot(fakes, harvest_interval=60)) as env:
        await env.advance_time(61)
        await env.advance_time(61)
        assert len(fakes.harvester.calls) == 3


async def test_harvest_waits_until_it_is_this_processs_turn() -> None:
    fakes = make_fake_services()
    turn = [False]
    async with simcord.run(make_bot(fakes, harvest_interval=60, may_harvest=lambda: turn[0])) as env:
        await env.advance_time(61)
        assert fakes.harvester.calls == []
        turn[0] = True
        await env.advance_time(61)
        assert len(fakes.harvester.calls) == 1


async def test_announcing_fault_does_not_end_the_loop() -> None:
    fakes = make_fake_services()
    fakes.announcer.answers["run"] = RuntimeError("broken")
    async with simcord.run(make_bot(fakes, announce_interval=15)) as env:
        before = len(fakes.announcer.calls)
        await env.advance_time(16)
        await env.advance_time(16)
        assert len(fakes.announcer.calls) == before + 2


async def test_what_is_new_is_announced_before_what_changed_is_told() -> None:
    fakes = make_fake_services()
    order: list[str] = []
    fakes.announcer.answers["run"] = lambda _: order.append("new")
    fakes.reviser.answers["run"] = lambda _: order.append("changed")
    async with simcord.run(make_bot(fakes)):
        pass
    assert order[:2] == ["new", "changed"]


async def test_announcing_stops_sending_when_it_is_unloaded() -> None:
    fakes = make_fake_services()
    async with simcord.run(bot := make_bot(fakes)) as env:
        assert [name for name, _, _ in fakes.announcer.calls] == ["run"]
        await bot.unload_extension("cogs.announcing")
        await env.advance_time(60)
        assert [name for name, _, _ in fakes.announcer.calls] == ["run", "close"]


@pytest.mark.parametrize("days", [-1, 3])
async def test_loops_keep_their_pace_when_the_machines_clock_is_set(days: int) -> None:
    """Neither silence until the old hour comes again, nor all the runs that the jump left out."""
    fakes = make_fake_services()
    async with simcord.run(make_bot(fakes, announce_interval=15, harvest_interval=60)) as env:
        # simcord has no way of its own to set the time instead of letting it pass.
        env.backend.clock._epoch += timedelta(days=days)
        await env.advance_time(61)
        before = len(fakes.announcer.calls), len(fakes.harvester.calls)
        await env.advance_time(61)
        assert len(fakes.announcer.calls) - before[0] in (4, 5)
        assert len(fakes.harvester.calls) - before[1] in (1, 2)
        assert before[1] <= 4


@pytest.mark.parametrize("loop", ["harvester", "announcer"])
async def test_database_fault_is_one_line_in_the_log(loop: str, caplog: pytest.LogCaptureFixture) -> None:
    fakes = make_fake_services()
    getattr(fakes, loop).answers["run"] = DiskFull("no space is left for the database; make room")
    async with simcord.run(make_bot(fakes)):
        pass
    [record] = [one for one in caplog.records if one.levelname == "ERROR"]
    assert record.getMessage().endswith("no space is left for the database; make room")
    assert not record.exc_info
