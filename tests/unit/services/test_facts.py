"""People without a profile get their numbers from the next source that knows them, behind the card."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.authors import Author
from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId
from bot.domain.papers import Authorship
from bot.errors import SourceUnavailable
from tests.factories import make_paper
from tests.unit.services.conftest import START, FakePeople, House

NAME = "Ines Moreau"
FIRST = ArxivId("2611.00001")


def figure(value: int, source: str) -> Figure:
    """Return a source's number as of today."""
    return Figure(value=value, source=source, as_of=START.date())


def person(source: str) -> Author:
    """Return what a source says of somebody, with the name as it prints it."""
    return Author(
        name="I. Moreau",
        institutions=("Somewhere",),
        h_index=figure(12, source),
        paper_count=figure(40, source),
        citation_count=figure(900, source),
    )


@pytest.fixture
async def sources(house: House) -> tuple[FakePeople, FakePeople]:
    """Return two sources, and let the catalogue have a paper by somebody without a profile."""
    house.people += [FakePeople(), FakePeople()]
    paper = make_paper(
        id=None,
        arxiv_id=FIRST,
        doi=None,
        openalex_id=None,
        authors=(Authorship(name=NAME),),
        fetched_at=START,
    )
    await house.stores.papers.save_papers([paper])
    return house.people[0], house.people[1]


async def look(house: House) -> Author:
    """Look at the person, let the background work, and look again."""
    await house.lookup.author(NAME)
    await house.enriching.run(may_ask=False)
    return (await house.lookup.author(NAME)).author


async def test_first_source_that_knows_somebody_gives_the_numbers(
    house: House, sources: tuple[FakePeople, FakePeople]
) -> None:
    sources[1].known[NAME] = person("Second")

    author = await look(house)

    assert (author.h_index, author.citation_count) == (figure(12, "Second"), figure(900, "Second"))
    assert (author.name, author.institutions) == (NAME, ("Somewhere",))
    assert [source.asked for source in sources] == [[(NAME, (FIRST,))]] * 2

    sources[0].known[NAME] = person("First")
    house.pass_time(days=8)

    assert (await look(house)).h_index == figure(12, "First")
    assert len(sources[1].asked) == 1


async def test_person_whom_no_source_knows_keeps_our_own_count_and_is_asked_about_once_a_day(
    house: House, sources: tuple[FakePeople, FakePeople]
) -> None:
    for _ in range(3):
        author = await look(house)

    assert author.paper_count is not None
    assert author.paper_count.at_least
    assert len(sources[0].asked) == 1
    house.pass_time(days=1)
    await look(house)
    assert len(sources[0].asked) == 2


async def test_source_that_fails_is_passed_over(house: House, sources: tuple[FakePeople, FakePeople]) -> None:
    sources[0].fault = SourceUnavailable("First", "down")
    sources[1].known[NAME] = person("Second")

    assert (await look(house)).h_index == figure(12, "Second")


async def test_numbers_that_were_told_stay_while_every_source_is_down(
    house: House, sources: tuple[FakePeople, FakePeople]
) -> None:
    sources[0].known[NAME] = person("First")
    before = await look(house)
    for source in sources:
        source.fault = SourceUnavailable("x", "down")
    house.now += timedelta(days=30)

    assert (await look(house)).h_index == before.h_index


async def test_namesakes_told_apart_by_evidence_are_not_asked_about(
    house: House, sources: tuple[FakePeople, FakePeople]
) -> None:
    (bare,) = await house.stores.authors.find_authors(NAME)
    papers = (await house.stores.authors.papers_of(bare)).papers

    house.facts.want(replace(bare, evidence="same co-author"), papers)
    await house.enriching.run()

    assert sources[0].asked == []
    house.facts.want(bare, papers)
    await house.enriching.run()
    assert len(sources[0].asked) == 1
