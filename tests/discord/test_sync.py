"""Commands are sent to Discord when they changed, and not otherwise."""

from __future__ import annotations

import discord
import simcord
from discord import app_commands

from bot.client import hash_payload
from tests.discord.conftest import make_bot
from tests.fakes import make_fake_services


def _syncs(env: simcord.Env) -> int:
    return sum(1 for request in env.http_requests if request.method == "PUT" and "commands" in request.path)


async def test_first_start_syncs_and_second_does_not() -> None:
    fakes = make_fake_services()
    async with simcord.run(make_bot(fakes)) as env:
        assert _syncs(env) == 1
        await env.restart_bot(make_bot(fakes))
        assert _syncs(env) == 1


async def test_commands_that_are_gone_at_discord_are_sent_again() -> None:
    fakes = make_fake_services()
    async with simcord.run(make_bot(fakes)):
        pass
    async with simcord.run(make_bot(fakes)) as env:
        assert _syncs(env) == 1


async def test_changed_command_is_sent() -> None:
    fakes = make_fake_services()
    async with simcord.run(make_bot(fakes)) as env:
        key = next(iter(fakes.state.texts))
        fakes.state.texts[key] = "another hash"
        await env.restart_bot(make_bot(fakes))
        assert _syncs(env) == 2


async def test_force_sends_without_need() -> None:
    async with simcord.run(bot := make_bot(make_fake_services())) as env:
        assert await bot.sync_commands() is False
        assert await bot.sync_commands(force=True) is True
        assert _syncs(env) == 2


async def test_hash_does_not_depend_on_order() -> None:
    one, other = {"name": "a", "x": 1}, {"name": "b", "x": 2}
    assert hash_payload([one, other]) == hash_payload([other, one])
    assert hash_payload([one]) != hash_payload([other])


async def test_developers_server_gets_the_commands_to_itself() -> None:
    fakes = make_fake_services()
    async with simcord.run(make_bot(fakes)) as env:
        guild = env.create_guild()
        await env.restart_bot(bot := make_bot(fakes, dev_guild_id=guild.id))
        there = await bot.tree.fetch_commands(guild=discord.Object(guild.id))
        assert all(isinstance(command, app_commands.AppCommand) for command in there)
        assert {command.name for command in there} >= {"author", "watch"}
