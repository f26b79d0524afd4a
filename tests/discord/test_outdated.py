"""Buttons, choices and commands of an earlier version: one sentence to whoever used them, nobody else."""

from __future__ import annotations

from typing import Any

import discord
import pytest
import simcord

from bot.cards.actions import forms
from bot.cards.card import Card
from bot.cards.components import button, rows, watch_buttons
from bot.cards.tuning import tuning_menu
from bot.cards.welcome import LOOK_UP
from bot.domain.watches import Place, PlaceKind
from bot.errors import NoSuchWatch
from tests.discord.conftest import World, shown
from tests.discord.house import House, Server
from tests.discord.test_components import post
from tests.factories import make_watch
from tests.fakes import PAPER

TITLE = "This is of an earlier version"


@pytest.mark.parametrize(
    "custom_id", ["paper:7:like", "watch:5:snooze:3", "x", "paper:" + "9" * 30 + ":cite"]
)
async def test_button_that_nothing_answers_to_says_so_to_the_person_alone(
    world: World, custom_id: str
) -> None:
    message = await post(world, Card(content="x", view=rows(button("Old", custom_id))))
    result = await world.member.click(message, label="Old")
    assert result.ephemeral
    assert shown(result).embeds[0].title == TITLE
    assert result.followups == []


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("library export", {"format": "EndNote"}),
        ("papers", {"author": "Sasha Luccioni", "sort": "popularity"}),
        ("trending", {"window": 365}),
        ("watch topic", {"topic": "energy", "every": "hourly"}),
    ],
)
async def test_choice_that_is_no_more_is_refused_before_anything_is_done(
    world: World, command: str, options: dict[str, str | int], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The simulation refuses such a choice itself.
    monkeypatch.setattr(simcord.interactions, "check_options", lambda _name, _spec, given, **_partial: given)
    result = await world.organizer.slash(world.channel, command, **options)
    assert result.ephemeral
    assert shown(result).embeds[0].title == TITLE
    assert world.fakes.search.calls == world.fakes.watching.calls == world.fakes.library.calls == []


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("author", {"name": 5}),
        ("author", {"name": None}),
        ("search", {"query": "energy", "code": "yes"}),
        ("search", {"query": "energy", "min_score": "many"}),
        ("watch remove", {"watch": 7}),
    ],
)
async def test_option_of_another_kind_is_refused_before_anything_is_done(
    world: World, command: str, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simcord.interactions, "check_options", lambda _name, _spec, given, **_partial: given)
    result = await world.organizer.slash(world.channel, command, **options)
    assert result.ephemeral
    assert shown(result).embeds[0].title == TITLE
    assert world.fakes.search.calls == world.fakes.watching.calls == world.fakes.lookup.calls == []


async def test_menu_without_a_choice_is_refused_for_the_person_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await post(world, Card(content="x", view=rows(tuning_menu(1, PAPER))))
    monkeypatch.setattr(discord.ui.Select, "values", property(lambda _self: []))
    result = await world.member.select(message, ["less"])
    assert result.ephemeral
    assert shown(result).embeds[0].title == TITLE


async def test_form_that_nothing_answers_to_says_so_to_the_person_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await post(world, Card(content="x", view=rows(button("Try", LOOK_UP))))
    form = await world.member.click(message, label="Try")
    monkeypatch.setattr(forms, "_FORMS", {})
    result = await world.member.submit_modal(form, {"text": "help"})
    assert result.ephemeral
    assert shown(result).embeds[0].title == TITLE


async def test_button_of_a_removed_watch_says_that_there_is_none(world: World) -> None:
    world.fakes.watching.answers["pause"] = NoSuchWatch("watch 12")
    message = await post(world, Card(content="x", view=rows(*watch_buttons(make_watch()))))
    result = await world.organizer.click(message, label="Pause")
    (said,) = result.followups
    assert said.ephemeral
    assert said.embeds[0].title == "There is no such watch here"


async def test_second_click_on_pause_and_remove_leaves_one_watch_paused_and_then_none(
    house: House, server: Server
) -> None:
    result = await server.organizer.slash(server.channel, "watch category", category="cs.CY")
    number = shown(result).components[0]["components"][0]["custom_id"].split(":")[1]
    for _ in range(2):
        paused = await server.organizer.slash(server.channel, "watch pause", watch=number)
        assert "Paused" in (shown(paused).embeds[0].title or "")
    removed = await server.organizer.slash(server.channel, "watch remove", watch=number)
    assert "cs.CY" in (shown(removed).embeds[0].title or "")
    again = await server.organizer.slash(server.channel, "watch remove", watch=number)
    assert shown(again).embeds[0].title == "There is no such watch here"
    here = Place(kind=PlaceKind.CHANNEL, id=server.channel.id, guild_id=server.guild.id)
    assert await house.stores.watches.list_watches(place=here) == ()
    house.expects_errors = True
