"""/watch: whose, where, and with which permissions."""

from __future__ import annotations

import discord
import pytest
from discord import app_commands

from bot.client import HoopoeBot
from bot.domain.watches import Place, PlaceKind
from bot.errors import NoSuchWatch
from tests.discord.conftest import World, shown


def _place(world: World) -> Place:
    return Place(kind=PlaceKind.CHANNEL, id=world.channel.id, guild_id=world.guild.id)


async def _commands(world: World) -> list[app_commands.AppCommand]:
    bot = world.env.bot
    assert isinstance(bot, HoopoeBot)
    return await bot.tree.fetch_commands()


@pytest.mark.parametrize(
    ("command", "option", "value"),
    [
        ("author", "author", "Sasha Luccioni"),
        ("category", "category", "cs.CY"),
        ("topic", "topic", '"green ai"'),
    ],
)
async def test_watch_creates_in_this_channel(world: World, command: str, option: str, value: str) -> None:
    result = await world.organizer.slash(world.channel, f"watch {command}", **{option: value})
    name, arguments, named = world.fakes.watching.calls[0]
    assert (name, arguments) == (f"watch_{command}", (value,))
    assert (named["place"], named["owner"]) == (_place(world), world.organizer.id)
    assert result.ephemeral
    assert shown(result).embeds


async def test_watch_options_are_passed_on(world: World) -> None:
    other = world.guild.create_text_channel("announcements")
    await world.organizer.slash(
        world.channel, "watch category", category="cs.CY", channel=other, code=True, primary=True
    )
    named = world.fakes.watching.calls[0][2]
    assert named["place"].id == other.id
    assert (named["has_code"], named["primary"]) == (True, True)
    await world.organizer.slash(world.channel, "watch author", author="X Y", strict=True)
    assert world.fakes.watching.calls[1][2]["strict"] is True


async def test_watch_in_direct_messages_is_the_persons_own(world: World) -> None:
    await world.stranger.slash("watch topic", topic="green ai")
    named = world.fakes.watching.calls[0][2]
    assert named["place"] == Place(kind=PlaceKind.DIRECT, id=world.stranger.id)


async def test_watch_without_manage_server_is_refused(world: World) -> None:
    # A server's settings can show the command to anybody, against its default permissions.
    watch = next(command for command in await _commands(world) if command.name == "watch")
    world.guild.set_command_permissions(watch, {world.member: True})
    result = await world.member.slash(world.channel, "watch list")
    assert result.ephemeral
    assert "Manage Server" in (shown(result).embeds[0].description or "")
    assert world.fakes.watching.calls == []


@pytest.mark.parametrize(
    ("denied", "named"),
    [
        ({"send_messages": False}, "Send Messages"),
        ({"embed_links": False}, "Embed Links"),
        ({"view_channel": False}, "View Channel"),
    ],
)
async def test_watch_where_the_bot_may_not_write_names_what_is_missing(
    world: World, denied: dict[str, bool], named: str
) -> None:
    me = world.env.bot.user
    assert me is not None
    closed = world.guild.create_text_channel("closed", overwrites={me: discord.PermissionOverwrite(**denied)})
    result = await world.organizer.slash(world.channel, "watch category", category="cs.CY", channel=closed)
    assert named in (shown(result).embeds[0].description or "")
    assert result.ephemeral
    assert world.fakes.watching.calls == []


async def test_watch_unknown_category_names_the_nearest(world: World) -> None:
    result = await world.organizer.slash(world.channel, "watch category", category="computers and socety")
    assert "cs.CY" in (shown(result).embeds[0].description or "")


async def test_watch_list_shows_the_servers_watches(world: World) -> None:
    result = await world.organizer.slash(world.channel, "watch list")
    assert world.fakes.watching.calls == [("list_watches", (), {"guild_id": world.guild.id})]
    assert "cs.CY" in str(shown(result).embeds[0].to_dict())


async def test_watch_list_in_direct_messages_shows_the_persons(world: World) -> None:
    await world.stranger.slash("watch list")
    assert world.fakes.watching.calls[0][2] == {"place": Place(kind=PlaceKind.DIRECT, id=world.stranger.id)}


@pytest.mark.parametrize("command", ["remove", "resume"])
async def test_watch_option_completes_by_label_and_is_a_number(world: World, command: str) -> None:
    choices = await world.organizer.autocomplete(world.channel, f"watch {command}", "watch", "CY")
    assert [choice["value"] for choice in choices] == ["5"]
    assert await world.organizer.autocomplete(world.channel, f"watch {command}", "watch", "hep-th") == []
    await world.organizer.slash(world.channel, f"watch {command}", watch="5")
    expected = (command, (5,), {"guild_id": world.guild.id, "person": world.organizer.id})
    assert world.fakes.watching.calls[-1] == expected


async def test_watch_number_that_is_none_is_refused(world: World) -> None:
    result = await world.organizer.slash(world.channel, "watch remove", watch="the first")
    assert "suggested while you type" in (shown(result).embeds[0].description or "")


async def test_watch_of_another_server_is_not_found(world: World) -> None:
    world.fakes.watching.answers["remove"] = NoSuchWatch("watch 6")
    result = await world.organizer.slash(world.channel, "watch remove", watch="6")
    assert "no such watch" in (shown(result).embeds[0].title or "")
