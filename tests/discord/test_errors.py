"""The one place where an error becomes a card."""

from __future__ import annotations

import logging

import discord
import pytest
from discord import app_commands

from bot.errors import InvalidInput, NotAllowed, SourceUnavailable
from bot.failures import log_error, unwrap
from tests.discord.conftest import World, shown
from tests.fakes import make_fake_services


def test_unwrap_finds_what_a_transformer_failed_with() -> None:
    cause = InvalidInput("x", "a date")
    error = app_commands.TransformerError(
        "x", discord.AppCommandOptionType.string, app_commands.Transformer()
    )
    error.__cause__ = cause
    assert unwrap(error) is cause


def test_unwrap_says_missing_permissions_in_discords_words() -> None:
    person = unwrap(app_commands.MissingPermissions(["manage_guild"]))
    bot = unwrap(app_commands.BotMissingPermissions(["embed_links"]))
    assert isinstance(person, NotAllowed)
    assert (person.missing, person.who) == ("Manage Server", "you")
    assert isinstance(bot, NotAllowed)
    assert (bot.missing, bot.who) == ("Embed Links", "bot")


def test_log_keeps_what_people_wrote_out(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        log_error(InvalidInput("my private words", "a date"), where="/search")
    assert "InvalidInput" in caplog.text
    assert "private" not in caplog.text


def test_log_has_a_trace_for_unknown_faults_only(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        log_error(SourceUnavailable("arXiv", "timeout"), where="/paper")
        log_error(RuntimeError("broken"), where="/paper")
    assert [record.exc_info is not None for record in caplog.records] == [False, True]


@pytest.mark.parametrize("code", [10062, 40060])
async def test_too_late_for_an_answer_is_only_logged(
    world: World, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error("POST", "/interactions/*", status=404, code=code)
    await world.member.slash(world.channel, "author", name="X")
    assert "too late" in caplog.text
    tried = [request for request in world.env.http_requests if request.method in ("POST", "PATCH")]
    assert len(tried) == 1, "nobody waits for an answer any more"
    assert world.fakes.renewal.calls == []


async def test_error_card_that_can_not_be_sent_is_swallowed(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.fakes.lookup.answers["author"] = SourceUnavailable("arXiv", "timeout")
    world.env.inject_error("POST", "/interactions/*", status=500)
    await world.member.slash(world.channel, "author", name="X")
    assert "error not shown" in caplog.text
    world.fakes.lookup.answers["author"] = make_fake_services().lookup.answers["author"]
    result = await world.member.slash(world.channel, "author", name="X")
    assert shown(result).embeds[0].title == "Sasha Luccioni"
