"""/settings in a simulated server."""

from __future__ import annotations

from bot.client import HoopoeBot
from tests.discord.conftest import World, shown


async def test_settings_changes_the_hours_of_a_server(world: World) -> None:
    result = await world.organizer.slash(
        world.channel, "settings", time_zone="europe/berlin", digest_hour=9, quiet="22-7"
    )
    values = [field.value for field in shown(result).embeds[0].fields]
    assert values[0] == "**Europe/Berlin**"
    assert "**9:00**" in str(values[1])
    assert values[2] == "**22:00 to 7:00**"
    assert any(key.startswith("hours:server:") for key in world.fakes.state.texts)


async def test_settings_says_what_quiet_hours_look_like(world: World) -> None:
    result = await world.organizer.slash(world.channel, "settings", quiet="at night")
    assert "22-7" in str(shown(result).embeds[0].to_dict())


async def test_settings_is_for_those_who_manage_the_server(world: World) -> None:
    # A server's settings can show the command to anybody, against its default permissions.
    bot = world.env.bot
    assert isinstance(bot, HoopoeBot)
    commands = await bot.tree.fetch_commands()
    settings = next(command for command in commands if command.name == "settings")
    world.guild.set_command_permissions(settings, {world.member: True})
    result = await world.member.slash(world.channel, "settings", digest_hour=9)
    assert not any(key.startswith("hours:") for key in world.fakes.state.texts)
    assert "Manage Server" in str(shown(result).embeds[0].to_dict())


async def test_settings_offers_time_zones(world: World) -> None:
    offered = await world.organizer.autocomplete(world.channel, "settings", "time_zone", "berl")
    assert [choice["value"] for choice in offered] == ["Europe/Berlin"]
