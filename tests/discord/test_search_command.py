"""/search, /status, /help."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.feeds import SourceStatus
from bot.domain.search import PaperFilter, Sort
from tests.discord.conftest import World, shown
from tests.fakes import PAPER, list_answer


async def test_search_with_filters_asks_for_that_list(world: World) -> None:
    await world.member.slash(
        world.channel,
        "search",
        query="carbon footprint",
        category="cs.LG",
        author="Luccioni",
        since="2023",
        until="2024",
        sort="citations",
    )
    request = world.fakes.search.calls[0][1][0]
    assert request.query == "carbon footprint"
    assert request.author == "Luccioni"
    assert request.sort is Sort.CITATIONS
    assert request.where == PaperFilter(category="cs.LG", since=date(2023, 1, 1), until=date(2024, 12, 31))


async def test_search_found_more_outside_edits_the_answer(world: World) -> None:
    wider = replace(PAPER, id=9, title="Found at arXiv")

    def widen(answer: object) -> object:
        found = list_answer(world.fakes.search.calls[0][1][0])
        return replace(found, page=replace(found.page, papers=(PAPER, wider), total=2))

    world.fakes.search.answers["widen"] = widen
    result = await world.member.slash(world.channel, "search", query="carbon")
    assert "Found at arXiv" in (shown(result).embeds[0].description or "")
    assert result.followups == []


async def test_search_fault_behind_the_answer_leaves_the_answer(world: World) -> None:
    world.fakes.search.answers["widen"] = RuntimeError("broken")
    result = await world.member.slash(world.channel, "search", query="carbon")
    assert "Social Impact" in (shown(result).embeds[0].description or "")


async def test_search_faulty_query_names_the_place(world: World) -> None:
    result = await world.member.slash(world.channel, "search", query="(a AND")
    assert result.ephemeral
    assert world.fakes.search.calls == []
    said = shown(result).embeds[0].description or ""
    assert "(a AND\n      ^\n" in said
    assert "Here `)` is missing." in said


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("category", "cs.ZZ", "a category of arXiv"),
        ("since", "sometime", "a date"),
        ("until", "sometime", "a date"),
    ],
)
async def test_search_wrong_option_is_refused_for_the_asker_alone(
    world: World, option: str, value: str, said: str
) -> None:
    result = await world.member.slash(world.channel, "search", query="x", **{option: value})
    assert result.ephemeral
    assert said in (shown(result).embeds[0].description or "")
    assert world.fakes.search.calls == []


async def test_search_of_a_time_that_ends_before_it_begins_is_refused(world: World) -> None:
    result = await world.member.slash(world.channel, "search", query="x", since="2025", until="2024")
    assert result.ephemeral
    assert "2025-01-01 – 2024-12-31" in (shown(result).embeds[0].description or "")
    assert world.fakes.search.calls == []


async def test_status_shows_sources_to_organizers_alone(world: World) -> None:
    report = world.fakes.status.answers["report"]
    world.fakes.status.answers["report"] = replace(report, sources=(SourceStatus(name="arXiv"),))
    full = await world.organizer.slash(world.channel, "status")
    short = await world.member.slash(world.channel, "status")
    assert "arXiv" in [field.name for field in shown(full).embeds[0].fields]
    assert "arXiv" not in [field.name for field in shown(short).embeds[0].fields]
    assert full.ephemeral


async def test_help_works_everywhere(world: World) -> None:
    here = await world.member.slash(world.channel, "help")
    directly = await world.stranger.slash("help")
    assert shown(here).embeds[0].title == shown(directly).embeds[0].title == "Hoopoe"
