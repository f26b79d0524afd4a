"""/privacy and its buttons."""

from __future__ import annotations

import json

from bot.cards.privacy import render_forget_question
from tests.discord.conftest import World, shown
from tests.discord.test_components import post


async def test_export_is_a_file_for_the_person_alone(world: World) -> None:
    result = await world.member.slash(world.channel, "privacy export")
    assert result.ephemeral
    assert world.fakes.privacy.calls == [("export", (world.member.id,), {})]
    (file,) = shown(result).attachments
    data = json.loads(await file.read())
    assert [watch["watch"] for watch in data["watches"]] == ["category cs.CY"]


async def test_forget_asks_before_it_deletes(world: World) -> None:
    result = await world.member.slash(world.channel, "privacy forget")
    assert result.ephemeral
    assert world.fakes.privacy.calls == []
    await world.member.click(shown(result), label="Delete")
    assert world.fakes.privacy.calls == [("forget", (world.member.id,), {})]


async def test_forget_button_is_the_persons_alone(world: World) -> None:
    message = await post(world, render_forget_question(world.member.id))
    result = await world.organizer.click(message, label="Delete")
    assert result.ephemeral
    assert world.fakes.privacy.calls == []
