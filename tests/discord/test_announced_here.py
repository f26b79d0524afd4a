"""A paper's card where the paper was announced, in a simulated Discord."""

from __future__ import annotations

from datetime import UTC, datetime

import discord

from bot.domain.deliveries import Sent
from bot.domain.watches import Place, PlaceKind
from tests.discord.conftest import World, shown
from tests.fakes import PAPER

SENT = Sent(message_id=77, at=datetime(2026, 5, 29, 8, tzinfo=UTC))


def announce(world: World, there: Place) -> None:
    """Let every paper have been announced in a place."""
    world.fakes.announcer.answers["find_sent"] = lambda place, paper_id: (
        SENT if (place, paper_id) == (there, PAPER.id) else None
    )


def notes(message: object) -> list[str]:
    """Return what a card says of the announcement."""
    fields = message.embeds[0].fields  # type: ignore[attr-defined]  # a message or a response
    return [str(field.value) for field in fields if field.name == "Announced here"]


async def test_paper_in_a_channel_links_to_its_announcement_there(world: World) -> None:
    announce(world, Place(kind=PlaceKind.CHANNEL, id=world.channel.id, guild_id=world.guild.id))
    other = world.guild.create_text_channel("other")

    here = await world.member.slash(world.channel, "paper", paper="2306.05949")
    there = await world.member.slash(other, "paper", paper="2306.05949")

    address = f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/77"
    assert notes(shown(here)) == [f"[May 29]({address})"]
    assert notes(shown(there)) == []


async def test_paper_in_a_post_of_a_forum_links_to_the_post_that_announced_it(world: World) -> None:
    forum = world.guild.create_forum_channel("forum")
    known = world.env.bot.get_channel(forum.id)
    assert isinstance(known, discord.ForumChannel)
    await known.create_thread(name="Something else", content="Hello")
    (post,) = forum.threads
    announce(world, Place(kind=PlaceKind.CHANNEL, id=forum.id, guild_id=world.guild.id))

    result = await world.member.slash(post, "paper", paper="2306.05949")

    assert notes(shown(result)) == [f"[May 29](https://discord.com/channels/{world.guild.id}/77/77)"]


async def test_paper_in_a_direct_message_links_to_its_announcement_there(world: World) -> None:
    announce(world, Place(kind=PlaceKind.DIRECT, id=world.stranger.id))

    asked = await world.stranger.slash("paper", paper="2306.05949")

    (note,) = notes(shown(asked))
    assert note.startswith("[May 29](https://discord.com/channels/@me/")
    assert note.endswith("/77)")
