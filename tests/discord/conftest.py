"""The real bot class in a simulated Discord, over scripted services."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import discord
import pytest
import simcord

from bot import sending
from bot.client import HoopoeBot
from bot.storage.database import Database
from bot.storage.stores import open_stores
from playground.bodies import read_written_bodies
from tests.discord.house import House, Server
from tests.fakes import NOW, FakeServices, make_fake_services

SETTLE_SECONDS = 50.0
"""A crowded machine needs longer than simcord grants; the test's own limit comes first to an endless wait."""


class World:
    """A server with a channel, an organizer, a member, and somebody who only writes directly."""

    def __init__(self, env: simcord.Env, fakes: FakeServices) -> None:
        """Furnish the simulated Discord."""
        self.env = env
        self.fakes = fakes
        self.guild = env.create_guild()
        self.channel = self.guild.create_text_channel("papers")
        organizers = self.guild.create_role("organizers", permissions=discord.Permissions(manage_guild=True))
        self.organizer = self.guild.add_member(env.create_user("organizer"), roles=[organizers])
        self.member = self.guild.add_member(env.create_user("member"))
        self.stranger = env.create_user("stranger")


def make_bot(fakes: FakeServices, **options: Any) -> HoopoeBot:
    """Return a bot of one shard over scripted services."""

    def clock() -> datetime:
        return NOW

    return HoopoeBot(services=fakes.services, clock=clock, shard_count=1, **options)


def shown(result: simcord.InteractionResult) -> simcord.ResponseMessage:
    """Return the message an interaction was answered with."""
    assert result.response is not None
    return result.response


@pytest.fixture(autouse=True, scope="session")
def _written_bodies() -> None:
    """Let the simulated Discord read announcements."""
    read_written_bodies()


@pytest.fixture(autouse=True)
def _crowded_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is known at once be answered at once, however long a crowded machine takes for it."""
    monkeypatch.setattr(sending, "GRACE_SECONDS", 0.8 * SETTLE_SECONDS)


@pytest.fixture
def fakes() -> FakeServices:
    """Services that all work, to be changed by a test."""
    return make_fake_services()


@pytest.fixture
async def world(fakes: FakeServices) -> AsyncIterator[World]:
    """A running bot in a furnished world."""
    env = simcord.Env(make_bot(fakes), check_errors=False, settle_timeout=SETTLE_SECONDS)
    await env.start()
    yield World(env, fakes)
    await env.shutdown()


@pytest.fixture
async def house(url: str) -> AsyncIterator[House]:
    """A bot that has just started over an empty file, in an empty world."""
    async with Database.open(url) as database:
        house = House(open_stores(database))
        house.env = simcord.Env(house.make_bot(), check_errors=True, settle_timeout=SETTLE_SECONDS)
        await house.env.start()
        yield house
        await house.env.shutdown()
        if not house.expects_errors:
            house.env.raise_errors()


@pytest.fixture
def server(house: House) -> Server:
    """The furnished world."""
    return Server(house)
