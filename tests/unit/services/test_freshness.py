"""Cards come from the catalogue at once, and are brought up to date behind, without a storm of requests."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId, Doi
from bot.errors import Missing, NotFound, SourceUnavailable
from bot.services.answers import AuthorAnswer, PaperAnswer
from bot.services.freshness import CITATIONS_AGE, FAILED, NOT_FOUND, PAPER_AGE, PROFILE_AGE
from tests.unit.services.conftest import House
from tests.unit.services.test_lookup import PAPER, PROFILE, SASHA, WORK, know

OLD = timedelta(days=1) + max(PAPER_AGE, CITATIONS_AGE, PROFILE_AGE)
DOI = Doi("10.48550/arxiv.2306.05949")


async def known(house: House) -> None:
    """Let the catalogue have the paper and its author, read long ago."""
    know(house)
    await house.lookup.paper("2306.05949")
    await house.lookup.author("Sasha Luccioni")
    house.pass_time(days=OLD.days)
    house.arxiv.asked.clear()


def recount(house: House, value: int) -> Figure:
    """Let OpenAlex count anew today."""
    figure = Figure(value=value, source="OpenAlex", as_of=house.now.date())
    house.openalex.works[DOI] = replace(WORK, citation_count=figure, fetched_at=house.now)
    house.openalex.authors[SASHA] = replace(PROFILE, h_index=figure, fetched_at=house.now)
    return figure


async def test_old_paper_is_answered_as_it_is_and_then_renewed(house: House) -> None:
    await known(house)
    newer = recount(house, 1999)

    at_once = await house.lookup.paper("2306.05949")
    asked_before = list(house.arxiv.asked)
    fresher = await house.lookup.refresh_paper(at_once)

    assert asked_before == []
    assert at_once.paper.citation_count == WORK.citation_count
    assert isinstance(fresher, PaperAnswer)
    assert fresher.paper.citation_count == newer
    assert (await house.lookup.paper("2306.05949")).paper == fresher.paper


async def test_old_author_is_answered_as_it_is_and_then_renewed(house: House) -> None:
    await known(house)
    newer = recount(house, 50)

    at_once = await house.lookup.author("Sasha Luccioni")
    fresher = await house.lookup.refresh_author(at_once)

    assert at_once.author.h_index == PROFILE.h_index
    assert isinstance(fresher, AuthorAnswer)
    assert fresher.author.h_index == newer


async def test_fresh_answer_asks_nobody(house: House) -> None:
    know(house)
    answer = await house.lookup.paper("2306.05949")
    house.arxiv.asked.clear()

    assert await house.lookup.refresh_paper(answer) is None
    assert house.arxiv.asked == []


async def test_answer_that_says_the_same_again_is_no_change(house: House) -> None:
    """A card read an hour later on the same day would look the same."""
    know(house)
    answer = await house.lookup.paper("2306.05949")
    house.pass_time(days=OLD.days)
    house.arxiv.papers[0] = replace(PAPER, fetched_at=PAPER.fetched_at)

    assert await house.lookup.refresh_paper(answer) is None


async def test_citations_alone_are_renewed_without_asking_arxiv(house: House) -> None:
    """arXiv was just read, as a feed listed the paper again."""
    await known(house)
    newer = recount(house, 1999)
    await house.stores.papers.save_papers([replace(PAPER, fetched_at=house.now)])

    fresher = await house.lookup.refresh_paper(await house.lookup.paper("2306.05949"))

    assert house.arxiv.asked == []
    assert isinstance(fresher, PaperAnswer)
    assert fresher.paper.citation_count == newer


async def test_two_who_ask_at_once_cause_one_request(house: House) -> None:
    await known(house)
    answer = await house.lookup.paper("2306.05949")

    await asyncio.gather(*(house.lookup.refresh_paper(answer) for _ in range(5)))

    assert house.arxiv.asked == [(ArxivId("2306.05949"),)]


async def test_two_who_ask_for_an_unknown_paper_cause_one_request(house: House) -> None:
    know(house)

    answers = await asyncio.gather(*(house.lookup.paper("2306.05949") for _ in range(5)))

    assert house.arxiv.asked == [(ArxivId("2306.05949"),)]
    assert len({answer.paper.id for answer in answers}) == 1


async def test_failing_refresh_names_the_silent_sources_and_is_not_repeated_at_once(house: House) -> None:
    await known(house)
    house.arxiv.down = house.openalex.down = True
    silent = (Missing("arXiv"), Missing("OpenAlex"))

    fresher = await house.lookup.refresh_paper(await house.lookup.paper("2306.05949"))
    asked = len(house.arxiv.asked)
    again = await house.lookup.paper("2306.05949")
    nothing = await house.lookup.refresh_paper(again)

    assert isinstance(fresher, PaperAnswer)
    assert fresher.unreachable == again.unreachable == silent
    assert nothing is None
    assert len(house.arxiv.asked) == asked == 1


async def test_failed_refresh_is_tried_again_after_a_while(house: House) -> None:
    await known(house)
    house.arxiv.down = house.openalex.down = True
    await house.lookup.refresh_paper(await house.lookup.paper("2306.05949"))
    house.arxiv.down = house.openalex.down = False
    newer = recount(house, 1999)
    house.now += FAILED

    fresher = await house.lookup.refresh_paper(await house.lookup.paper("2306.05949"))

    assert isinstance(fresher, PaperAnswer)
    assert (fresher.paper.citation_count, fresher.unreachable) == (newer, ())


async def test_silent_source_leaves_an_old_author_as_it_was(house: House) -> None:
    await known(house)
    house.openalex.down = True

    at_once = await house.lookup.author("Sasha Luccioni")
    fresher = await house.lookup.refresh_author(at_once)

    assert fresher == replace(at_once, unreachable=(Missing("OpenAlex"),))


async def test_unknown_paper_is_asked_for_again_after_a_while(house: House) -> None:
    for _ in range(3):
        with pytest.raises(NotFound):
            await house.lookup.paper("2306.05949")
    asked = len(house.arxiv.asked)
    know(house)
    house.now += NOT_FOUND

    assert (await house.lookup.paper("2306.05949")).paper.title == PAPER.title
    assert asked == 1


async def test_unknown_paper_is_asked_for_at_once_when_the_source_is_back(house: House) -> None:
    house.arxiv.down = house.openalex.down = True
    with pytest.raises(SourceUnavailable):
        await house.lookup.paper("2306.05949")
    house.arxiv.down = house.openalex.down = False
    know(house)

    assert (await house.lookup.paper("2306.05949")).paper.title == PAPER.title


async def test_known_name_does_not_wait_again_for_a_silent_source(house: House) -> None:
    house.arxiv.papers.append(PAPER)
    house.openalex.down = True
    await house.lookup.author("Sasha Luccioni")
    first = await house.lookup.author("Sasha Luccioni")
    asked = len(house.arxiv.asked)

    second = await house.lookup.author("Sasha Luccioni")

    assert first.unreachable == second.unreachable == (Missing("OpenAlex"),)
    assert len(house.arxiv.asked) == asked
