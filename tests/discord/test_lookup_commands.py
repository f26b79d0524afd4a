"""/author, /papers, /paper, Find papers."""

from __future__ import annotations

from tests.discord.conftest import World


async def test_author_in_channel_answers_with_card(world: World) -> None:
    result = await world.member.slash(world.channel, "author", name="Sasha Luccioni")
    assert "Sasha Luccioni" in (result.response.embeds[0].title or "")
    assert not result.ephemeral


async def test_paper_in_direct_message_answers_with_card(world: World) -> None:
    result = await world.stranger.slash("paper", paper="2306.05949")
    assert "Social Impact" in (result.response.embeds[0].title or "")


async def test_direct_message_gets_an_answer(world: World) -> None:
    await world.stranger.send_dm("help")
    assert world.fakes.conversation.calls[0][1] == ("help",)
    assert world.stranger.dm_channel.history()[-1].embeds
