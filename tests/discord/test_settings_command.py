"""/settings in a simulated server."""

from __future__ import annotations

import simcord

from bot.cards.announcements import render_announcement
from bot.client import HoopoeBot
from tests.discord.conftest import World, shown
from tests.discord.test_components import post
from tests.discord.test_tuning import MENU, announcement
from tests.fakes import NOW, PAPER


async def test_settings_changes_the_hours_of_a_server(world: World) -> None:
    result = await world.organizer.slash(
        world.channel, "settings", time_zone="europe/berlin", digest_hour=9, quiet="22-7"
    )
    values = [field.value for field in shown(result).embeds[0].fields]
    assert values[0] == "**Europe/Berlin**"
    assert "**9:00**" in str(values[1])
    assert values[2] == "**22:00 to 7:00**"
    assert any(key.startswith("hours:server:") for key in world.fakes.state.texts)


async def test_settings_changes_what_becomes_of_announcements_of_changed_papers(world: World) -> None:
    before = await world.organizer.slash(world.channel, "settings", digest_hour=9)
    after = await world.organizer.slash(world.channel, "settings", new_versions="answer")
    fields = [shown(result).embeds[0].fields for result in (before, after)]
    assert [one.value for many in fields for one in many if one.name == "New versions"] == [
        "**Edit the announcement**",
        "**Edit the announcement and answer it**",
    ]
    stored = [text for key, text in world.fakes.state.texts.items() if key.startswith("hours:server:")]
    assert '"telling":"answer"' in stored[0]


async def test_settings_says_what_quiet_hours_look_like(world: World) -> None:
    result = await world.organizer.slash(world.channel, "settings", quiet="at night")
    assert "22-7" in str(shown(result).embeds[0].to_dict())


async def test_settings_is_for_those_who_manage_the_server(world: World) -> None:
    await _show_settings_to(world, world.member)
    result = await world.member.slash(world.channel, "settings", digest_hour=9)
    assert not any(key.startswith("hours:") for key in world.fakes.state.texts)
    assert "Manage Server" in str(shown(result).embeds[0].to_dict())


async def _show_settings_to(world: World, person: simcord.MemberActor) -> None:
    """Let a person see the command, as a server's own settings can against its default permissions."""
    bot = world.env.bot
    assert isinstance(bot, HoopoeBot)
    commands = await bot.tree.fetch_commands()
    settings = next(command for command in commands if command.name == "settings")
    world.guild.set_command_permissions(settings, {person: True})


async def test_settings_offers_time_zones(world: World) -> None:
    offered = await world.organizer.autocomplete(world.channel, "settings", "time_zone", "berl")
    assert [choice["value"] for choice in offered] == ["Europe/Berlin"]


def _fields(result: simcord.InteractionResult) -> dict[str, str]:
    return {str(field.name): str(field.value) for field in shown(result).embeds[0].fields}


async def test_settings_names_a_role_that_may_manage_watches_and_takes_it_back(world: World) -> None:
    role = world.guild.create_role("readers")
    reader = world.guild.add_member(world.env.create_user("reader"), roles=[role])

    said = _fields(await world.organizer.slash(world.channel, "settings", watch_role=role))
    assert f"<@&{role.id}>" in said["Watches are managed by"]
    await reader.slash(world.channel, "watch list")
    assert [name for name, _, _ in world.fakes.watching.calls] == ["list_watches"]
    # What the role allows is watches, not to hand it on.
    await _show_settings_to(world, reader)
    refused = await reader.slash(world.channel, "settings", digest_hour=9)
    assert "Manage Server" in str(shown(refused).embeds[0].to_dict())

    everyone = world.guild.default_role
    said = _fields(await world.organizer.slash(world.channel, "settings", watch_role=everyone))
    assert said["Watches are managed by"] == "whoever has Manage Server"
    await reader.slash(world.channel, "watch list")
    assert len(world.fakes.watching.calls) == 1


async def test_settings_says_that_the_role_is_gone_and_watches_need_manage_server(world: World) -> None:
    role = world.guild.create_role("readers")
    reader = world.guild.add_member(world.env.create_user("reader"), roles=[role])
    await world.organizer.slash(world.channel, "settings", watch_role=role)
    refused = await world.member.slash(world.channel, "watch list")
    assert "Manage Server, or the role readers" in (shown(refused).embeds[0].description or "")

    guild = world.env.bot.get_guild(world.guild.id)
    assert guild is not None
    # simcord's server has no way to lose a role, so the event is given to the client alone.
    world.env.bot._connection.parse_guild_role_delete({"guild_id": str(guild.id), "role_id": str(role.id)})

    said = _fields(await world.organizer.slash(world.channel, "settings"))
    assert "gone" in said["Watches are managed by"]
    refused = await reader.slash(world.channel, "watch list")
    assert "Manage Server" in (shown(refused).embeds[0].description or "")
    assert world.fakes.watching.calls == []


async def test_buttons_of_a_watch_obey_the_role(world: World) -> None:
    role = world.guild.create_role("readers")
    reader = world.guild.add_member(world.env.create_user("reader"), roles=[role])
    await world.organizer.slash(world.channel, "settings", watch_role=role)
    message = await post(world, render_announcement(announcement(), [PAPER], now=NOW))

    await reader.select(message, ["mute"], custom_id=MENU)
    assert [name for name, _, _ in world.fakes.tuning.calls] == ["tune"]
    await world.member.select(message, ["mute"], custom_id=MENU)
    assert len(world.fakes.tuning.calls) == 1
