"""What each button and menu of a card does, in a simulated Discord."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.cards.announcements import render_announcement
from bot.cards.card import Card
from bot.cards.components import full_abstract_button, rows, watch_buttons
from bot.cards.errors import render_error
from bot.cards.menus import FORMS, setting_select, watch_select
from bot.domain.orders import Order, Setting
from bot.domain.watches import Place, PlaceKind
from bot.errors import AmbiguousAuthor, InvalidInput, NoSuchWatch, NotFound
from tests.discord.conftest import World, make_bot, shown
from tests.factories import make_announcement, make_delivery, make_watch
from tests.fakes import AUTHOR, NOW, PAPER, SETTINGS


async def post(world: World, card: Card) -> discord.Message:
    """Let the bot post a card in the channel."""
    channel: Any = world.env.bot.get_channel(world.channel.id)
    message: discord.Message = await channel.send(**card.message())
    await world.env.settle()
    return message


async def test_choice_of_an_author_replaces_the_menu_and_is_remembered(world: World) -> None:
    error = AmbiguousAuthor('Wei "W:2" Wang', [(AUTHOR, None)])
    message = await post(world, render_error(error, asker=world.member.id))
    result = await world.member.select(message, [str(AUTHOR.id)])
    assert result.response is None or result.response.embeds[0].title == AUTHOR.name
    chosen = {"asker": world.member.id, "chosen_for": 'Wei "W:2" Wang'}
    # The card may be refreshed behind the answer.
    assert ("author_by_id", (AUTHOR.id,), chosen) in world.fakes.lookup.calls
    channel: Any = world.env.bot.get_channel(world.channel.id)
    assert (await channel.fetch_message(message.id)).embeds[0].title == AUTHOR.name


async def test_choice_of_an_author_is_the_askers_alone(world: World) -> None:
    message = await post(world, render_error(AmbiguousAuthor("Wei", [(AUTHOR, None)]), asker=world.member.id))
    result = await world.organizer.select(message, [str(AUTHOR.id)])
    assert shown(result).ephemeral
    assert world.fakes.lookup.calls == []


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        pytest.param(NotFound("x", authors=(AUTHOR,)), AUTHOR.name, id="author"),
        pytest.param(NotFound("x", papers=(PAPER,)), PAPER.title, id="paper"),
    ],
)
async def test_near_miss_replaces_the_error_by_its_card(world: World, error: NotFound, expected: str) -> None:
    message = await post(world, render_error(error))
    await world.member.click(message, label=expected)
    channel: Any = world.env.bot.get_channel(world.channel.id)
    assert (await channel.fetch_message(message.id)).embeds[0].title == expected


async def test_full_abstract_is_shown_to_the_asker_alone(world: World) -> None:
    message = await post(world, Card(content="x", view=rows(full_abstract_button(7))))
    result = await world.member.click(message, label="Full abstract")
    assert shown(result).embeds[0].description == PAPER.abstract.strip()
    assert result.ephemeral


async def test_announcement_button_shows_the_abstract(world: World) -> None:
    card = render_announcement(make_announcement(deliveries=(make_delivery(paper_id=7),)), [PAPER], now=NOW)
    result = await world.member.click(await post(world, card), label="Full abstract")
    assert shown(result).embeds[0].description == PAPER.abstract.strip()


async def test_batch_button_offers_its_papers_in_a_menu(world: World) -> None:
    deliveries = (make_delivery(paper_id=7), make_delivery(id=6, paper_id=8))
    card = render_announcement(make_announcement(deliveries=deliveries), [PAPER, PAPER], now=NOW)
    result = await world.member.click(await post(world, card), label="Abstracts")
    listed = world.fakes.lookup.calls[-1]
    assert listed[0] == "papers_in"
    assert "https://arxiv.org/abs/2306.05949" in listed[1][0]
    opened = await world.member.select(shown(result), [str(PAPER.id)])
    assert shown(opened).embeds[0].title == PAPER.title


@pytest.mark.parametrize("label", ["Remove", "Resume"])
async def test_watch_of_a_server_is_changed_by_its_managers_only(world: World, label: str) -> None:
    def of_this_server(_watch_id: int, *, guild_id: int | None, person: int) -> Any:
        return answers[label.lower()] if guild_id == world.guild.id else NoSuchWatch("watch 12")

    answers = dict(world.fakes.watching.answers)
    world.fakes.watching.answers |= {"remove": of_this_server, "resume": of_this_server}
    message = await post(
        world, Card(content="x", view=rows(*watch_buttons(make_watch(paused_reason="gone"))))
    )
    refused = (await world.member.click(message, label=label)).followups[-1]
    assert "Manage Server" in (refused.embeds[0].description or "")
    assert refused.ephemeral

    await world.organizer.click(message, label=label)
    channel: Any = world.env.bot.get_channel(world.channel.id)
    assert "watching" in ((await channel.fetch_message(message.id)).embeds[0].title or "").lower()


async def test_watch_is_not_resumed_where_the_bot_may_not_write(world: World) -> None:
    me = world.env.bot.user
    assert me is not None
    denied = discord.PermissionOverwrite(send_messages=False)
    closed = world.guild.create_text_channel("closed", overwrites={me: denied})
    place = Place(kind=PlaceKind.CHANNEL, id=closed.id, guild_id=world.guild.id)
    world.fakes.watching.answers["place_of"] = place
    message = await post(world, Card(content="x", view=rows(*watch_buttons(make_watch(paused_reason="x")))))

    asked = shown(await world.organizer.slash(world.channel, "watch resume", watch="5"))
    pressed = (await world.organizer.click(message, label="Resume")).followups[-1]

    for refused in (asked, pressed):
        assert f"Send Messages and Embed Links in <#{closed.id}>" in str(refused.embeds[0].description)
    assert "resume" not in [called[0] for called in world.fakes.watching.calls]


async def test_own_direct_watch_can_be_removed_from_a_server(world: World) -> None:
    """The confirmation of Follow is read in the server, where the person manages nothing."""
    message = await post(world, Card(content="x", view=rows(*watch_buttons(make_watch()))))
    await world.member.click(message, label="Remove")
    assert world.fakes.watching.calls[-1] == ("remove", (12,), {"guild_id": None, "person": world.member.id})


async def test_change_button_shows_the_menu_of_settings(world: World) -> None:
    message = await post(world, Card(content="x", view=rows(*watch_buttons(make_watch()))))
    await world.organizer.click(message, label="Change")
    channel: Any = world.env.bot.get_channel(world.channel.id)
    changed = await channel.fetch_message(message.id)
    assert changed.components[0].children[0].custom_id == "watch:5:set"


async def test_setting_is_changed_at_once_or_by_a_form_with_its_present_value(world: World) -> None:
    menu = setting_select(make_watch(), SETTINGS)
    message = await post(world, Card(content="x", view=rows(menu)))
    here = {"guild_id": world.guild.id, "person": world.organizer.id}

    await world.organizer.select(message, ["every=daily"])
    assert world.fakes.watching.calls[-1] == ("change", (12, Setting.EVERY, "daily"), here)

    # The card now shows the watch that the service returned, which is number 5.
    form = await world.organizer.select(message, ["exclude=?"])
    await world.organizer.submit_modal(form, {"text": "survey, benchmark"})
    assert world.fakes.watching.calls[-2] == ("settings", (5,), here)
    assert world.fakes.watching.calls[-1] == ("change", (5, Setting.EXCLUDE, "survey, benchmark"), here)


async def test_form_says_what_is_wrong_with_what_was_written(world: World) -> None:
    world.fakes.watching.answers["change"] = InvalidInput("ninety", "a number from 0 to 100")
    message = await post(world, Card(content="x", view=rows(setting_select(make_watch(), SETTINGS))))
    form = await world.organizer.select(message, ["exclude=?"])
    answer = await world.organizer.submit_modal(form, {"text": "ninety"})
    assert "a number from 0 to 100" in (answer.followups[-1].embeds[0].description or "")


@pytest.mark.parametrize("setting", FORMS)
async def test_form_of_a_setting_shows_what_is_so_now_and_survives_a_restart(
    world: World, setting: Setting
) -> None:
    world.fakes.watching.answers["settings"] = {setting: "so now"}
    message = await post(
        world, Card(content="x", view=rows(setting_select(make_watch(), {setting: "so now"})))
    )
    form = await world.organizer.select(message, [f"{setting}=?"])
    assert "'value': 'so now'" in str(form.modal)
    await world.env.restart_bot(make_bot(world.fakes))
    answer = await world.organizer.submit_modal(form, {"text": "otherwise"})
    assert answer.acknowledged
    here = {"guild_id": world.guild.id, "person": world.organizer.id}
    assert world.fakes.watching.calls[-1] == ("change", (12, setting, "otherwise"), here)


async def test_menu_of_watches_opens_one_to_change_it(world: World) -> None:
    listed = world.fakes.watching.answers["list_watches"].watches
    message = await post(world, Card(content="x", view=rows(watch_select(listed, 0))))
    result = await world.organizer.select(message, [str(listed[0].id)])
    assert shown(result).components[0]["components"][0]["custom_id"] == f"watch:{listed[0].id}:change"
    refused = await world.member.select(message, [str(listed[0].id)])
    assert "Manage Server" in (shown(refused).embeds[0].description or "")


async def test_follow_goes_to_the_persons_direct_messages(world: World) -> None:
    result = await world.member.slash(world.channel, "author", name="Sasha Luccioni")
    followed = await world.member.click(shown(result), label="Follow")
    assert followed.ephemeral
    assert world.fakes.watching.calls[-1] == (
        "watch_author_id",
        (
            AUTHOR.id,
            Order(owner=world.member.id, place=Place(kind=PlaceKind.DIRECT, id=world.member.id)),
        ),
        {},
    )


async def test_sent_cards_leave_nothing_in_memory(world: World) -> None:
    for _ in range(3):
        await post(world, Card(content="x", view=rows(*watch_buttons(make_watch()))))
    store = world.env.bot._connection._view_store
    assert not store._views
    assert not store._synced_message_views
