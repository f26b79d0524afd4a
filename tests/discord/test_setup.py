"""The guided set-up of announcements, over real services."""

from __future__ import annotations

import discord
import simcord

from bot.domain.watches import CategoryCriterion, Every, PlaceKind, TopicCriterion
from tests.discord.conftest import shown
from tests.discord.house import House, Server


def text(card: simcord.ResponseMessage) -> str:
    return "\n".join(f"{embed.title}\n{embed.description}" for embed in card.embeds)


def menus(card: simcord.ResponseMessage) -> list[str]:
    parts = [part for row in card.components for part in row["components"]]
    return [part["custom_id"] for part in parts if part["type"] != 2]


async def begin(server: Server) -> simcord.ResponseMessage:
    """Open the set-up from the help card."""
    card = await server.organizer.slash(server.channel, "help")
    begun = await server.organizer.click(shown(card), label="Set up announcements")
    assert begun.ephemeral
    return shown(begun)


async def test_set_up_goes_from_field_to_watch_through_a_restart_at_each_step(
    house: House, server: Server
) -> None:
    house.list_new()
    card = await begin(server)

    async def restart() -> None:
        await house.env.restart_bot(house.make_bot())

    await restart()
    await server.organizer.select(card, ["cs"])
    assert "Which part" in text(card)
    await restart()
    await server.organizer.select(card, ["cs.CY"], custom_id=menus(card)[0])
    assert "2 of 4" in text(card)
    await restart()
    await server.organizer.select(card, [server.channel], custom_id=menus(card)[0])
    assert f"<#{server.channel.id}>" in text(card)
    await restart()
    await server.organizer.click(card, label="A digest every day")
    assert "4 of 4" in text(card)
    assert await house.stores.watches.list_watches() == ()
    await restart()
    await server.organizer.click(card, label="Start")

    (watch,) = await house.stores.watches.list_watches()
    assert watch.criterion == CategoryCriterion(category="cs.CY")
    assert (watch.place.id, watch.manner.every) == (server.channel.id, Every.DAILY)
    assert "Watching: category cs.CY" in text(card)


async def test_set_up_takes_a_typed_topic_and_this_channel(house: House, server: Server) -> None:
    card = await begin(server)
    form = await server.organizer.click(card, label="Type a topic…")
    await server.organizer.submit_modal(form, {"text": "energy AND (llm OR inference)"})
    await server.organizer.click(card, label="Here, in this channel")
    await server.organizer.click(card, label="Each paper at once")
    await server.organizer.click(card, label="Start")

    (watch,) = await house.stores.watches.list_watches()
    assert watch.criterion == TopicCriterion(topic="energy (llm OR inference)")
    assert watch.place.id == server.channel.id


async def test_set_up_says_what_is_wrong_with_a_topic_and_stays(house: House, server: Server) -> None:
    card = await begin(server)
    form = await server.organizer.click(card, label="Type a topic…")
    refused = await server.organizer.submit_modal(form, {"text": "energy AND ("})
    assert refused.ephemeral
    assert "The search is not complete" in text(shown(refused))
    assert "1 of 4" in text(card)


async def test_set_up_goes_back_to_every_question(house: House, server: Server) -> None:
    house.list_new()
    card = await begin(server)
    await server.organizer.select(card, ["quant-ph"])
    assert "2 of 4" in text(card), "an archive without parts has nothing more to ask"
    await server.organizer.click(card, label="Here, in this channel")
    await server.organizer.click(card, label="A digest every week")
    for expected in ("3 of 4", "2 of 4", "1 of 4"):
        await server.organizer.click(card, label="Back")
        assert expected in text(card)


async def test_set_up_in_direct_messages_asks_for_no_channel(house: House, server: Server) -> None:
    house.list_new()
    card = shown(await server.stranger.slash("help"))
    begun = shown(await server.stranger.click(card, label="Set up announcements"))
    await server.stranger.select(begun, ["cs"])
    await server.stranger.click(begun, label="All of Computer Science")
    assert "2 of 3" in text(begun)
    await server.stranger.click(begun, label="Each paper at once")
    await server.stranger.click(begun, label="Start")
    (watch,) = await house.stores.watches.list_watches()
    assert (watch.place.kind, watch.place.id) == (PlaceKind.DIRECT, server.stranger.id)


async def test_set_up_is_for_those_who_manage_the_server(house: House, server: Server) -> None:
    member = server.guild.add_member(house.env.create_user("member"))
    card = await member.slash(server.channel, "help")
    refused = await member.click(shown(card), label="Set up announcements")
    assert refused.ephemeral
    assert "Manage Server" in text(shown(refused))


async def test_set_up_says_what_the_bot_lacks_in_a_channel(house: House, server: Server) -> None:
    bot = house.env.bot.user
    assert bot is not None
    closed = discord.PermissionOverwrite(send_messages=False)
    mute = server.guild.create_text_channel("mute", overwrites={bot: closed})
    card = await begin(server)
    await server.organizer.select(card, ["quant-ph"])
    refused = await server.organizer.select(card, [mute], custom_id=menus(card)[0])
    assert "Hoopoe lacks Send Messages" in (refused.followups[-1].embeds[0].description or "")
    assert "2 of 4" in text(card)


async def test_set_up_finds_the_watch_that_is_there(house: House, server: Server) -> None:
    house.list_new()
    for _ in range(2):
        card = await begin(server)
        await server.organizer.select(card, ["cs"])
        await server.organizer.select(card, ["cs.CY"], custom_id=menus(card)[0])
        await server.organizer.click(card, label="Here, in this channel")
        await server.organizer.click(card, label="Each paper at once")
        if "such a watch already" not in text(card):
            await server.organizer.click(card, label="Start")
    assert "such a watch already" in text(card)
    assert len(await house.stores.watches.list_watches()) == 1


async def test_set_up_is_asked_for_in_plain_words(house: House, server: Server) -> None:
    await server.stranger.send_dm("set up announcements")
    assert "1 of 3" in str(server.stranger.dm_channel.history()[-1].embeds[0].description)

    bot = house.env.bot.user
    assert bot is not None
    await server.organizer.send(server.channel, f"{bot.mention} set up announcements")
    offered = server.channel.history()[-1]
    asked = shown(await server.organizer.click(offered, label="Set up announcements"))
    assert asked.ephemeral
    assert "1 of 4" in text(asked)
