"""/watch: whose, where, and with which permissions."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from discord import app_commands

from bot.client import HoopoeBot
from bot.domain.orders import Order
from bot.domain.watches import Every, Filters, Manner, Place, PlaceKind
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
        ("similar", "similar", "energy use of language models"),
        ("citations", "citations", "2306.05949"),
    ],
)
async def test_watch_creates_in_this_channel(world: World, command: str, option: str, value: str) -> None:
    result = await world.organizer.slash(world.channel, f"watch {command}", **{option: value})
    name, (said, order), _ = world.fakes.watching.calls[0]
    assert (name, said) == (f"watch_{command}", value)
    assert order == Order(owner=world.organizer.id, place=_place(world))
    assert result.ephemeral
    assert shown(result).embeds


async def test_watch_options_are_passed_on(world: World) -> None:
    other = world.guild.create_text_channel("announcements")
    await world.organizer.slash(
        world.channel,
        "watch category",
        category="cs.CY",
        channel=other,
        every="daily",
        preview=True,
        topic="energy OR carbon",
        exclude="survey, benchmark",
        code=True,
        primary=True,
    )
    _, (_, order), named = world.fakes.watching.calls[0]
    assert order == Order(
        owner=world.organizer.id,
        place=Place(kind=PlaceKind.CHANNEL, id=other.id, guild_id=world.guild.id),
        topic="energy OR carbon",
        exclude="survey, benchmark",
        filters=Filters(has_code=True),
        manner=Manner(every=Every.DAILY),
        preview=True,
    )
    assert named == {"primary": True}


async def test_watch_numbers_are_passed_on(world: World) -> None:
    await world.organizer.slash(
        world.channel, "watch topic", topic="energy", category="cs.CY", min_score=80.0, min_novelty=40.5
    )
    await world.organizer.slash(world.channel, "watch similar", similar="Green AI at scale", threshold=0.4)
    await world.organizer.slash(world.channel, "watch author", author="X Y", strict=True)
    (_, (_, topic), _), (_, _, similar), (_, _, author) = world.fakes.watching.calls
    assert topic.category == "cs.CY"
    assert topic.filters == Filters(min_score=80.0, min_novelty=40.5)
    assert similar == {"threshold": 0.4}
    assert author == {"strict": True}


async def test_watch_in_direct_messages_is_the_persons_own(world: World) -> None:
    await world.stranger.slash("watch topic", topic="green ai")
    order = world.fakes.watching.calls[0][1][1]
    assert order.place == Place(kind=PlaceKind.DIRECT, id=world.stranger.id)


async def test_watch_command_stays_within_discords_limits(world: World) -> None:
    """8 options a sub-command, and 8,000 characters of names, descriptions and values in all."""
    payload: Any = next(c for c in await _commands(world) if c.name == "watch").to_dict()

    def size(part: Any) -> int:
        inner = [*part.get("options", ()), *part.get("choices", ())]
        text = (part.get("name", ""), part.get("description", ""), part.get("value", ""))
        return sum(len(str(one)) for one in text) + sum(map(size, inner))

    assert size(payload) <= 8_000
    assert all(len(sub.get("options", ())) <= 8 for sub in payload["options"])


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


@pytest.mark.parametrize("command", ["remove", "resume", "pause", "edit"])
async def test_watch_option_completes_by_label_and_is_a_number(world: World, command: str) -> None:
    choices = await world.organizer.autocomplete(world.channel, f"watch {command}", "watch", "CY")
    assert [choice["value"] for choice in choices] == ["5"]
    assert await world.organizer.autocomplete(world.channel, f"watch {command}", "watch", "hep-th") == []
    await world.organizer.slash(world.channel, f"watch {command}", watch="5")
    called = {"edit": "show"}.get(command, command)
    expected = (called, (5,), {"guild_id": world.guild.id, "person": world.organizer.id})
    assert world.fakes.watching.calls[-1] == expected


async def test_watch_number_that_is_none_is_refused(world: World) -> None:
    result = await world.organizer.slash(world.channel, "watch remove", watch="the first")
    assert "suggested while you type" in (shown(result).embeds[0].description or "")


async def test_watch_of_another_server_is_not_found(world: World) -> None:
    world.fakes.watching.answers["remove"] = NoSuchWatch("watch 6")
    result = await world.organizer.slash(world.channel, "watch remove", watch="6")
    assert "no such watch" in (shown(result).embeds[0].title or "")


async def test_similar_offers_the_reading_list_above_titles(world: World) -> None:
    offered = await world.organizer.autocomplete(world.channel, "watch similar", "similar", "our re")
    assert next((choice["name"], choice["value"]) for choice in offered) == (
        "Our reading list",
        "our reading list",
    )
    titles = await world.organizer.autocomplete(world.channel, "watch similar", "similar", "energy")
    assert "our reading list" not in [choice["value"] for choice in titles]
    assert titles
