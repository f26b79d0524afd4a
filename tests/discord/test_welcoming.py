"""The bot's introduction to a server, and what its buttons do."""

from __future__ import annotations

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle, RoleHandle, UserHandle

from bot.cards.welcome import render_welcome
from tests.discord.conftest import World, shown
from tests.discord.house import House
from tests.discord.test_components import post

TITLE = "Hello, this is Hoopoe"
AGAIN = 601

Overwrites = dict[
    RoleHandle | MemberActor | UserHandle | discord.Role | discord.Member | discord.User | discord.ClientUser,
    discord.PermissionOverwrite,
]


def invite(house: House, *, may_speak: bool = True) -> tuple[GuildHandle, ChannelHandle, ChannelHandle]:
    """Let a new server invite the bot; return it with its first and its second channel."""
    guild = house.env.create_guild("New")
    closed = discord.PermissionOverwrite(send_messages=False)
    bot = house.env.bot.user
    assert bot is not None
    mute: Overwrites = {guild.default_role: closed, bot: closed}
    first = guild.create_text_channel("rules", overwrites=mute)
    second = guild.create_text_channel("general", overwrites=None if may_speak else mute)
    return guild, first, second


def greetings(channel: ChannelHandle) -> list[str]:
    return [embed.title or "" for message in channel.history() for embed in message.embeds]


async def test_new_server_is_greeted_once_where_the_bot_may_speak(house: House) -> None:
    _, first, second = invite(house)
    for _ in range(2):
        await house.pass_time(AGAIN)
    await house.env.restart_bot(house.make_bot())
    await house.pass_time(AGAIN)
    assert (greetings(first), greetings(second)) == ([], [TITLE])


async def test_server_where_the_bot_may_not_speak_hears_nothing(house: House) -> None:
    _, first, second = invite(house, may_speak=False)
    await house.pass_time(AGAIN)
    assert (greetings(first), greetings(second)) == ([], [])


async def test_welcome_that_arrived_without_an_answer_is_not_sent_again(house: House) -> None:
    guild, _, second = invite(house)
    await house.pass_time(AGAIN)
    await house.stores.welcomes.release(guild.id)
    async with house.stores.welcomes._database.write() as connection:
        await connection.exec_driver_sql("UPDATE welcomes SET settled = 0, claimed_at = met_at")
    await house.pass_time(AGAIN)
    assert greetings(second) == [TITLE]
    assert await house.stores.welcomes.list_open() == ()


async def test_welcome_offers_a_look_up_that_answers(house: House) -> None:
    guild, _, second = invite(house)
    await house.pass_time(AGAIN)
    person = guild.add_member(house.env.create_user("curious"))
    form = await person.click(second.history()[-1], label="Try a look-up")
    await house.env.restart_bot(house.make_bot())
    answer = await person.submit_modal(form, {"text": "help"})
    assert answer.ephemeral
    assert shown(answer).embeds[0].title == "Hoopoe"


async def test_privacy_button_says_what_is_kept_and_gives_it(world: World) -> None:
    message = await post(world, render_welcome())
    about = await world.member.click(message, label="Privacy")
    assert "Not kept: what you write" in (shown(about).embeds[0].description or "")
    data = await world.member.click(shown(about), label="My data")
    assert data.ephemeral
    assert [file.filename for file in shown(data).attachments] == ["hoopoe-my-data.json"]
