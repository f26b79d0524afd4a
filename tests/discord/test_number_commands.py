"""/similar, /trending, the filters by numbers, and the buttons that explain these."""

from __future__ import annotations

from bot.domain.search import Sort
from tests.discord.conftest import World, shown
from tests.fakes import NOW, PAPER


async def test_similar_lists_what_is_near_the_paper(world: World) -> None:
    result = await world.member.slash(world.channel, "similar", paper="2306.05949")

    assert world.fakes.search.calls[0][:2] == ("similar", (PAPER,))
    assert (shown(result).embeds[0].title or "").startswith("Similar to: Evaluating")


async def test_trending_asks_for_the_days_up_to_today(world: World) -> None:
    await world.member.slash(world.channel, "trending", category="cs.CY", window=30)

    assert world.fakes.search.calls[0][:2] == ("trending", ("cs.CY", 30, NOW.date()))


async def test_trending_without_options_is_of_all_and_a_week(world: World) -> None:
    await world.member.slash(world.channel, "trending")

    assert world.fakes.search.calls[0][1][:2] == (None, 7)


async def test_search_by_least_numbers_asks_for_that_list(world: World) -> None:
    await world.member.slash(
        world.channel, "search", query="energy", min_score=90, min_novelty=40, sort="score"
    )

    request = world.fakes.search.calls[0][1][0]
    assert (request.where.min_score, request.where.min_novelty, request.sort) == (90, 40, Sort.SCORE)


async def test_buttons_of_a_paper_explain_its_numbers_and_list_its_likes(world: World) -> None:
    card = await world.member.slash(world.channel, "paper", paper="2306.05949")

    about = await world.member.click(shown(card), custom_id="paper:7:numbers")
    similar = await world.member.click(shown(card), custom_id="paper:7:similar")

    assert "**Novelty: none**" in (shown(about).embeds[0].description or "")
    assert (shown(similar).embeds[0].title or "").startswith("Similar to:")


async def test_button_of_an_author_explains_the_numbers(world: World) -> None:
    card = await world.member.slash(world.channel, "author", name="Sasha Luccioni")

    about = await world.member.click(shown(card), custom_id="author:3:numbers")

    assert "**AI Score: none**" in (shown(about).embeds[0].description or "")
