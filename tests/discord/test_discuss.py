"""The Discuss button: a thread of the message, and the one that is there already."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import discord
import pytest
import simcord
from simcord.builders import ChannelHandle

from bot.cards.announcements import render_announcement
from bot.domain.watches import Place, PlaceKind
from bot.services.answers import PaperAnswer
from tests.discord.conftest import World, shown
from tests.discord.test_components import post
from tests.factories import make_announcement, make_delivery
from tests.fakes import NOW, PAPER

ABSTRACT = (
    "Models are everywhere. However, it remains unclear what they cost. We measure what ten models take. "
    "Our results show that small ones suffice."
)


@pytest.fixture(autouse=True)
def paper(world: World) -> None:
    """A paper whose abstract says something."""
    answer = PaperAnswer(paper=replace(PAPER, abstract=ABSTRACT))
    world.fakes.lookup.answers |= {"paper": answer, "paper_by_id": answer}


def texts(channel: ChannelHandle) -> list[str]:
    return [embed.description or "" for message in channel.history() for embed in message.embeds]


async def discuss(world: World, message: simcord.ResponseMessage | discord.Message) -> str:
    result = await world.member.click(message, label="Discuss")
    assert result.ephemeral
    return shown(result).content


async def test_discuss_opens_a_thread_with_the_abstracts_own_sentences(world: World) -> None:
    card = await world.member.slash(world.channel, "paper", paper="2306.05949")
    said = await discuss(world, shown(card))
    (thread,) = world.channel.threads
    assert f"<#{thread.id}>" in said
    assert thread.name == PAPER.title
    (text,) = [text for text in texts(thread) if text]
    for expected in ("it remains unclear what they cost", "We measure what ten", "small ones suffice"):
        assert expected in text


async def test_discuss_again_leads_to_the_same_thread(world: World) -> None:
    first = shown(await world.member.slash(world.channel, "paper", paper="2306.05949"))
    second = shown(await world.member.slash(world.channel, "paper", paper="2306.05949"))
    said = [await discuss(world, card) for card in (first, first, second)]
    assert len(set(said)) == 1
    assert len(world.channel.threads) == 1


async def test_discuss_finds_the_thread_that_somebody_opened_below_the_message(world: World) -> None:
    card = shown(await world.member.slash(world.channel, "paper", paper="2306.05949"))
    await card.message.create_thread(name="Ours")
    world.env.inject_error("POST", "/channels/*/messages/*/threads", status=400, code=160004)
    await discuss(world, card)
    (thread,) = world.channel.threads
    assert thread.name == "Ours"
    assert any("We measure" in text for text in texts(thread))


async def test_discuss_below_an_answer_that_others_do_not_see_opens_a_thread_of_the_channel(
    world: World,
) -> None:
    card = await world.member.slash(world.channel, "papers", author="Sasha Luccioni")
    opened = await world.member.select(shown(card), [str(PAPER.id)])
    assert opened.ephemeral
    await discuss(world, shown(opened))
    (thread,) = world.channel.threads
    assert thread.name == PAPER.title


async def test_discuss_in_a_thread_posts_there(world: World) -> None:
    channel = world.env.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.create_thread(name="Reading", type=discord.ChannelType.public_thread)
    await world.env.settle()
    (thread,) = world.channel.threads
    card = shown(await world.member.slash(thread, "paper", paper="2306.05949"))
    said = await discuss(world, card)
    assert said == await discuss(world, card)
    assert f"/{thread.id}/" in said
    assert sum("We measure what" in text and "Method" in text for text in texts(thread)) == 1


async def test_discuss_that_was_deleted_is_opened_anew(world: World) -> None:
    card = shown(await world.member.slash(world.channel, "paper", paper="2306.05949"))
    await discuss(world, card)
    bot_thread = world.env.bot.get_channel(world.channel.threads[0].id)
    assert isinstance(bot_thread, discord.Thread)
    await bot_thread.delete()
    await world.env.settle()
    again = shown(await world.member.slash(world.channel, "paper", paper="2306.05949"))
    await discuss(world, again)
    assert len(world.channel.threads) == 1


async def test_discuss_without_permission_says_what_is_missing(world: World) -> None:
    bot = world.env.bot.user
    assert bot is not None
    closed = discord.PermissionOverwrite(create_public_threads=False)
    quiet = world.guild.create_text_channel("quiet", overwrites={bot: closed})
    card = shown(await world.member.slash(quiet, "paper", paper="2306.05949"))
    refused = await world.member.click(card, label="Discuss")
    assert refused.ephemeral
    assert "Hoopoe lacks Create Public Threads" in (shown(refused).embeds[0].description or "")
    assert quiet.threads == []


async def test_discuss_stands_on_announcements_of_channels_alone(world: World) -> None:
    for kind, there in ((PlaceKind.CHANNEL, True), (PlaceKind.DIRECT, False)):
        place = Place(kind=kind, id=world.channel.id, guild_id=world.guild.id)
        announcement = make_announcement(place=place, deliveries=(make_delivery(paper_id=PAPER.id),))
        message = await post(world, render_announcement(announcement, [PAPER], now=NOW))
        labels = [part.label for row in message.components for part in row.children if hasattr(part, "label")]  # type: ignore[union-attr] # rows alone
        assert ("Discuss" in labels) is there


async def test_discuss_is_absent_in_direct_messages(world: World) -> None:
    card = shown(await world.stranger.slash("paper", paper="2306.05949"))
    labels = [part.get("label") for row in card.components for part in row["components"]]
    assert "Save" in labels
    assert "Discuss" not in labels


async def test_find_or_open_for_many_at_once_opens_one(world: World) -> None:
    class Counting:
        opened = 0

        async def is_there(self, place: str) -> bool:
            return place == "here"

        async def open(self) -> str:
            self.opened += 1
            await asyncio.sleep(0)
            return "here"

    venue = Counting()
    discussions = world.fakes.services.discussions
    assert set(await asyncio.gather(*(discussions.find_or_open(1, 2, venue) for _ in range(20)))) == {"here"}
    assert await discussions.find_or_open(1, 2, venue) == "here"
    assert venue.opened == 1
