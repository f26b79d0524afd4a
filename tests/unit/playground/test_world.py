"""The simulated Discord's time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import discord

from playground.world import WorldClock, open_world


async def test_world_begins_behind_the_visitors_clock() -> None:
    """While a bot starts more time passes there than here: its first harvest would be "in 7 seconds"."""
    clock = WorldClock()
    async with open_world(discord.Client(intents=discord.Intents.none()), clock) as world:
        await world.pass_time()
        assert timedelta(seconds=10) < datetime.now(UTC) - clock() < timedelta(seconds=30)
