"""Direct messages and mentions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import AmbiguousAuthor, SourceUnavailable, StorageError
from bot.services.answers import PaperAnswer, WordsAnswer
from cogs.direct_messages import MESSAGES
from tests.discord.conftest import World
from tests.fakes import AUTHOR, PAPER


def _mention(world: World) -> str:
    assert world.env.bot.user is not None
    return f"<@{world.env.bot.user.id}>"


async def test_direct_message_is_answered_with_a_card(world: World) -> None:
    world.fakes.plain_words.answers["answer"] = PaperAnswer(paper=PAPER)
    await world.stranger.send_dm("2306.05949")
    assert world.fakes.plain_words.calls == [("answer", ("2306.05949",), {"person": world.stranger.id})]
    assert world.stranger.dm_channel.history()[-1].embeds[0].title == PAPER.title


@pytest.mark.parametrize("status", [403, 500])
async def test_typing_that_can_not_be_shown_keeps_no_answer_back(world: World, status: int) -> None:
    world.env.inject_error("POST", "/channels/*/typing", status=status, code=0)
    world.fakes.plain_words.answers["answer"] = PaperAnswer(paper=PAPER)

    await world.stranger.send_dm("2306.05949")

    assert [message.embeds[0].title for message in world.stranger.dm_channel.history() if message.embeds] == [
        PAPER.title
    ]


async def test_answer_from_old_data_is_edited_when_newer_data_came(world: World) -> None:
    world.fakes.plain_words.answers["answer"] = PaperAnswer(paper=PAPER)
    world.fakes.renewal.answers["refresh"] = PaperAnswer(paper=replace(PAPER, title="Newer"))

    await world.stranger.send_dm("2306.05949")

    titles = [message.embeds[0].title for message in world.stranger.dm_channel.history() if message.embeds]
    assert titles == ["Newer"]


async def test_answer_stands_where_refreshing_it_fails(world: World) -> None:
    world.fakes.plain_words.answers["answer"] = PaperAnswer(paper=PAPER)
    world.fakes.renewal.answers["refresh"] = StorageError("the disk is full")

    await world.stranger.send_dm("2306.05949")

    titles = [message.embeds[0].title for message in world.stranger.dm_channel.history() if message.embeds]
    assert titles == [PAPER.title]


async def test_mention_is_answered_in_place_without_the_mention(world: World) -> None:
    message = await world.member.send(world.channel, f"{_mention(world)} papers by Sasha Luccioni")
    assert world.fakes.plain_words.calls[0][1] == ("papers by Sasha Luccioni",)
    answer = world.channel.history()[-1]
    assert answer.reference is not None
    assert answer.reference.message_id == message.id


@pytest.mark.parametrize("text", ["nice paper", "@everyone look"])
async def test_talk_among_people_is_left_alone(world: World, text: str) -> None:
    await world.member.send(world.channel, text)
    assert world.fakes.plain_words.calls == []


async def test_reply_to_an_announcement_is_no_question(world: World) -> None:
    await world.member.send(world.channel, f"{_mention(world)} help")
    await world.organizer.send(world.channel, "great find!", reply_to=world.channel.history()[-1])
    assert len(world.fakes.plain_words.calls) == 1


async def test_other_bots_are_not_answered(world: World) -> None:
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    await robot.send(world.channel, f"{_mention(world)} help")
    assert world.fakes.plain_words.calls == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SourceUnavailable("arXiv", "timeout"), "arXiv does not answer"),
        (AmbiguousAuthor("Wei Wang", [(AUTHOR, None)]), "Several people"),
        (RuntimeError("secret"), "Something went wrong"),
    ],
)
async def test_direct_message_fault_becomes_a_card(world: World, error: Exception, said: str) -> None:
    world.fakes.plain_words.answers["answer"] = error
    await world.stranger.send_dm("Wei Wang")
    card = world.stranger.dm_channel.history()[-1].embeds[0]
    assert said in f"{card.title}{card.description}"
    assert "secret" not in str(card.to_dict())


async def test_too_many_messages_are_told_so(world: World) -> None:
    world.fakes.plain_words.answers["answer"] = WordsAnswer(text="Hello.")
    for _ in range(MESSAGES + 1):
        await world.stranger.send_dm("hello")
    assert len(world.fakes.plain_words.calls) == MESSAGES
    assert world.stranger.dm_channel.history()[-1].embeds
    await world.env.create_user("another").send_dm("hello")
    assert len(world.fakes.plain_words.calls) == MESSAGES + 1


async def test_answer_that_can_not_be_sent_harms_nothing(world: World) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await world.member.send(world.channel, f"{_mention(world)} help")
    assert world.env.errors == []
    await world.member.send(world.channel, f"{_mention(world)} help")
    assert world.channel.history()[-1].embeds
