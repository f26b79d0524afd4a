"""/library and its buttons."""

from __future__ import annotations

from typing import Any

import pytest

from bot.cards.library import render_saved
from bot.cards.lists import render_list
from bot.domain.library import Shelf, ShelfKind
from bot.domain.search import Page
from bot.errors import NotOnShelf
from bot.services.answers import ListAnswer, SavedAnswer
from bot.services.library import list_of
from tests.discord.conftest import World, shown
from tests.discord.test_components import post
from tests.fakes import NOW, PAPER


def server(world: World) -> Shelf:
    return Shelf(kind=ShelfKind.SERVER, id=world.guild.id)


async def test_save_in_a_server_saves_to_its_list(world: World) -> None:
    result = await world.member.slash(world.channel, "library save", paper="2306.05949")
    assert "Saved to the reading list" in (shown(result).embeds[0].description or "")
    assert world.fakes.library.calls == [("save", ("2306.05949", server(world)), {"person": world.member.id})]


async def test_save_in_direct_messages_saves_to_the_persons_own(world: World) -> None:
    await world.stranger.slash("library save", paper="2306.05949")
    own = Shelf(kind=ShelfKind.PERSON, id=world.stranger.id)
    assert world.fakes.library.calls[0][1][1] == own


async def test_list_asks_for_the_servers_shelf(world: World) -> None:
    await world.member.slash(world.channel, "library list", sort="newest")
    request = world.fakes.search.calls[0][1][0]
    assert (request.shelf, request.sort) == (server(world), "newest")


@pytest.mark.parametrize(("who", "may_all"), [("organizer", True), ("member", False)])
async def test_remove_tells_whether_the_person_may_remove_all(world: World, who: str, may_all: bool) -> None:
    await getattr(world, who).slash(world.channel, "library remove", paper="2306.05949")
    assert world.fakes.library.calls[0][2]["may_all"] is may_all


async def test_vote_is_answered_to_the_voter_alone(world: World) -> None:
    result = await world.member.slash(world.channel, "library vote", paper="2306.05949")
    assert result.ephemeral
    assert shown(result).embeds[0].description == "You vote for it: 3 votes."


async def test_vote_for_what_is_not_saved_says_how_to_save_it(world: World) -> None:
    world.fakes.library.answers["vote"] = NotOnShelf(PAPER)
    result = await world.member.slash(world.channel, "library vote", paper="2306.05949")
    assert shown(result).embeds[0].title == "Not on the reading list"


async def test_export_comes_as_a_file(world: World) -> None:
    result = await world.member.slash(world.channel, "library export", format="BibTeX")
    assert result.ephemeral
    assert [file.filename for file in shown(result).attachments] == ["reading-list.bib"]


async def test_save_button_on_a_paper_saves_and_offers_a_vote(world: World) -> None:
    card = await world.member.slash(world.channel, "paper", paper="2306.05949")
    saved = await world.member.click(shown(card), label="Save")
    assert saved.ephemeral
    voted = await world.member.click(shown(saved), label="Vote")
    assert shown(voted).embeds[0].description == "You vote for it: 3 votes."


async def test_vote_menu_of_the_list_votes_and_shows_the_new_state(world: World) -> None:
    request = list_of(server(world))
    before = ListAnswer(request=request, request_id=11, page=Page(papers=(PAPER,), total=1, figures=(2,)))
    after = ListAnswer(request=request, request_id=11, page=Page(papers=(PAPER,), total=1, figures=(3,)))
    world.fakes.search.answers["page"] = after
    message = await post(world, render_list(before, now=NOW))
    result = await world.member.select(message, [str(PAPER.id)], custom_id="vote:11:0")
    assert [said.embeds[0].description for said in result.followups] == ["You vote for it: 3 votes."]
    channel: Any = world.env.bot.get_channel(world.channel.id)
    assert "3 votes" in ((await channel.fetch_message(message.id)).embeds[0].description or "")


def test_saved_to_ones_own_list_has_nothing_to_vote_on() -> None:
    own = SavedAnswer(paper=PAPER, shelf=Shelf(kind=ShelfKind.PERSON, id=1), existed=True)
    card = render_saved(own)
    assert card.view is None
    assert card.embeds[0].description == "Already on your reading list."
