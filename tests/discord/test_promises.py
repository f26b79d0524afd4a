"""Who sees an answer: what is known at once is not promised, and an error is the person's alone."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
import pytest

from bot import sending
from bot.errors import NotFound
from bot.services.answers import PaperAnswer
from tests.discord.conftest import World, shown
from tests.fakes import PAPER

_PROMISE = {"type": 5}

LOOK_UPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("author", {"name": "Nobody Anywhere"}),
    ("papers", {"author": "Nobody Anywhere"}),
    ("coauthors", {"author": "Nobody Anywhere"}),
    ("compare", {"first": "Nobody Anywhere", "second": "Sasha Luccioni"}),
    ("paper", {"paper": "zzzz qqqq"}),
    ("cite", {"paper": "zzzz qqqq"}),
    ("similar", {"paper": "zzzz qqqq"}),
    ("search", {"query": "zzzz"}),
    ("trending", {}),
    ("library save", {"paper": "zzzz qqqq"}),
    ("library list", {}),
    ("library remove", {"paper": "zzzz qqqq"}),
    ("library vote", {"paper": "zzzz qqqq"}),
    ("library export", {}),
)


def _nothing_is_found(world: World) -> None:
    fakes = world.fakes
    for service in (fakes.lookup, fakes.relations, fakes.search, fakes.library):
        service.answers = {name: NotFound("zzzz") for name in service.answers}


@pytest.mark.parametrize(("command", "options"), LOOK_UPS, ids=[name for name, _ in LOOK_UPS])
async def test_error_known_at_once_is_the_first_response_and_the_persons_alone(
    world: World, command: str, options: dict[str, Any]
) -> None:
    _nothing_is_found(world)
    result = await world.member.slash(world.channel, command, **options)
    assert "Nothing found" in (shown(result).embeds[0].title or "")
    assert result.ephemeral
    assert not result.deferred
    assert world.channel.history() == []


async def test_answer_known_at_once_needs_one_request(world: World) -> None:
    before = len(world.env.http_requests)
    result = await world.member.slash(world.channel, "paper", paper="2306.05949")
    assert shown(result).embeds[0].title == PAPER.title
    assert not result.ephemeral
    (request,) = world.env.http_requests[before:]
    assert request.path.startswith("/interactions/")


@pytest.fixture
def promised(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the look-up of a paper be answered only after its answer was promised."""
    monkeypatch.setattr(sending, "GRACE_SECONDS", 0.0)
    at_once, defer = world.fakes.lookup.paper, discord.InteractionResponse.defer
    made = asyncio.Event()

    async def note(response: discord.InteractionResponse[Any], **how: Any) -> None:
        try:
            await defer(response, **how)
        finally:
            made.set()

    async def paper(text: str) -> PaperAnswer:
        await made.wait()
        answer: PaperAnswer = await at_once(text)
        return answer

    monkeypatch.setattr(discord.InteractionResponse, "defer", note)
    monkeypatch.setattr(world.fakes.lookup, "paper", paper, raising=False)


@pytest.mark.usefixtures("promised")
async def test_answer_that_takes_longer_takes_the_place_of_its_promise(world: World) -> None:
    result = await world.member.slash(world.channel, "paper", paper="2306.05949")
    assert _PROMISE in [request.json for request in world.env.http_requests]
    assert shown(result).embeds[0].title == PAPER.title
    assert [message.embeds[0].title for message in world.channel.history()] == [PAPER.title]


@pytest.mark.usefixtures("promised")
async def test_error_takes_back_a_promise_that_others_saw(world: World) -> None:
    world.fakes.lookup.answers["paper"] = NotFound("zzzz")
    result = await world.member.slash(world.channel, "paper", paper="zzzz")
    assert result.response is None
    (said,) = result.followups
    assert said.ephemeral
    assert "Nothing found" in (said.embeds[0].title or "")
    assert world.channel.history() == []


@pytest.mark.usefixtures("promised")
async def test_error_takes_the_place_of_a_promise_that_nobody_else_saw(world: World) -> None:
    world.fakes.lookup.answers["paper"] = NotFound("zzzz")
    result = await world.stranger.slash("paper", paper="zzzz")
    assert "Nothing found" in (shown(result).embeds[0].title or "")
    assert result.followups == []


@pytest.mark.usefixtures("promised")
async def test_promise_that_discord_refuses_is_only_logged(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error("POST", "/interactions/*", status=404, code=10062)
    await world.member.slash(world.channel, "paper", paper="2306.05949")
    assert "too late" in caplog.text
    assert world.channel.history() == []
