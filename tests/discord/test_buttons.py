"""Buttons and menus on messages of any age."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import NotFound
from bot.services.answers import PaperAnswer
from tests.discord.conftest import World, make_bot, shown
from tests.fakes import AUTHOR, PAPER, list_answer


async def test_pager_still_turns_after_a_restart(world: World) -> None:
    world.fakes.search.answers["first_page"] = lambda request: list_answer(request, total=12)
    result = await world.member.slash(world.channel, "papers", author="Sasha Luccioni")
    request = world.fakes.search.calls[0][1][0]
    world.fakes.search.answers["page"] = lambda number, offset: list_answer(request, total=12)
    await world.env.restart_bot(make_bot(world.fakes))
    await world.member.click(shown(result), label="Next")
    assert world.fakes.search.calls[-1] == ("page", (11, 5), {})


async def test_menu_opens_a_paper_for_the_asker_after_a_restart(world: World) -> None:
    result = await world.member.slash(world.channel, "search", query="x")
    await world.env.restart_bot(make_bot(world.fakes))
    opened = await world.organizer.select(shown(result), [str(PAPER.id)])
    assert shown(opened).embeds[0].title == PAPER.title
    assert opened.ephemeral


async def test_opened_card_is_edited_when_newer_data_came(world: World) -> None:
    result = await world.member.slash(world.channel, "search", query="x")
    world.fakes.renewal.answers["refresh"] = PaperAnswer(paper=replace(PAPER, title="Newer"))

    opened = await world.organizer.select(shown(result), [str(PAPER.id)])

    assert shown(opened).embeds[0].title == "Newer"


async def test_papers_and_follow_of_an_author_card_work(world: World) -> None:
    result = await world.member.slash(world.channel, "author", name="Sasha Luccioni")
    await world.member.click(shown(result), label="Papers")
    assert world.fakes.search.calls[0][1][0].author_id == AUTHOR.id
    await world.member.click(shown(result), label="Follow")
    name, (_, order), _ = world.fakes.watching.calls[0]
    assert name.startswith("watch_author")
    assert order.place.id == order.owner == world.member.id


async def test_button_fault_is_told_to_who_clicked(world: World) -> None:
    result = await world.member.slash(world.channel, "author", name="Sasha Luccioni")
    world.fakes.lookup.answers["author_by_id"] = NotFound("author 3")
    clicked = await world.member.click(shown(result), label="Papers")
    assert "Nothing found" in (shown(clicked).embeds[0].title or "")
    assert clicked.ephemeral


@pytest.mark.parametrize("label", ["Remove"])
async def test_watch_button_needs_manage_server(world: World, label: str) -> None:
    world.fakes.plain_words.answers["answer"] = PaperAnswer(paper=PAPER)
    result = await world.organizer.slash(world.channel, "watch category", category="cs.CY")
    await world.organizer.click(shown(result), label=label)
    assert world.fakes.watching.calls[-1][0] == "remove"
