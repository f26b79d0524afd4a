"""Papers are completed in the background: the most looked-at first, and nothing stored is harmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId, Doi
from bot.domain.papers import Paper
from bot.errors import RateLimited, SourceUnavailable
from bot.services.enriching import next_ask
from tests.factories import make_paper
from tests.unit.services.conftest import START, FakeEnricher, House


def number(position: int) -> ArxivId:
    """Return the id of a paper announced so many hours ago."""
    return ArxivId(f"2611.{position:05}")


def announced(position: int, **changes: object) -> Paper:
    """Return a paper as the feed announces it."""
    return make_paper(
        id=None,
        arxiv_id=number(position),
        doi=None,
        openalex_id=None,
        title=f"Paper {position}",
        summary="",
        summary_source="",
        scores=(),
        citation_count=None,
        submitted_at=None,
        announced_at=START - timedelta(hours=position),
        source="arXiv",
        fetched_at=START - timedelta(hours=position),
        **changes,
    )


def told(paper: Paper, **changes: object) -> Paper:
    """Return what an index says of a paper."""
    cited = Figure(value=7, source="Index", as_of=START.date())
    base = Paper(
        arxiv_id=paper.arxiv_id, title=paper.title, citation_count=cited, source="Index", fetched_at=START
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # any field of a paper


@pytest.fixture
def index(house: House) -> FakeEnricher:
    """Return the one source that completes papers."""
    house.enrichers.append(FakeEnricher())
    return house.enrichers[0]


async def stored(house: House, position: int) -> Paper:
    """Return a paper as the catalogue has it."""
    paper = await house.stores.papers.find_paper(number(position))
    assert paper is not None
    return paper


async def test_new_papers_are_asked_about_once_in_batches_the_newest_first(
    house: House, index: FakeEnricher
) -> None:
    await house.stores.papers.save_papers([announced(position) for position in range(1, 7)])
    index.known[number(1)] = told(announced(1))

    for _ in range(3):
        await house.enriching.run()

    assert index.asked == [[number(n) for n in (1, 2, 3, 4)], [number(5), number(6)]]
    assert (await stored(house, 1)).citation_count == told(announced(1)).citation_count


async def test_papers_that_people_look_at_are_asked_about_first(house: House, index: FakeEnricher) -> None:
    await house.stores.papers.save_papers([announced(position) for position in range(1, 9)])
    for position, looks in ((8, 3), (7, 1)):
        for _ in range(looks):
            await house.lookup.paper(str(number(position)))

    await house.enriching.run()

    assert index.asked == [[number(8), number(7), number(1), number(2)]]


async def test_old_paper_is_asked_about_only_after_somebody_looked(house: House, index: FakeEnricher) -> None:
    await house.stores.papers.save_papers([replace(announced(1), announced_at=START - timedelta(days=90))])
    await house.enriching.run()
    assert index.asked == []

    await house.lookup.paper(str(number(1)))
    await house.enriching.run()

    assert index.asked == [[number(1)]]


async def test_unknown_paper_is_asked_about_again_the_next_day_and_a_known_one_after_a_week(
    house: House, index: FakeEnricher
) -> None:
    await house.stores.papers.save_papers([announced(1), announced(2)])
    index.known[number(1)] = told(announced(1))
    await house.enriching.run()

    house.pass_time(days=1, minutes=1)
    await house.enriching.run()
    house.pass_time(days=6)
    await house.enriching.run()

    assert index.asked == [[number(1), number(2)], [number(2)], [number(2), number(1)]]


async def test_process_that_does_not_harvest_only_writes_down_what_was_looked_at(
    house: House, index: FakeEnricher
) -> None:
    await house.stores.papers.save_papers([announced(position) for position in range(1, 7)])
    await house.lookup.paper(str(number(6)))
    await house.enriching.run(may_ask=False)
    assert index.asked == []

    await house.enriching.run()

    assert index.asked[0][0] == number(6)


async def test_source_that_fails_is_paused_longer_each_time_and_then_believed_again(
    house: House, index: FakeEnricher
) -> None:
    await house.stores.papers.save_papers([announced(1)])
    before = await stored(house, 1)
    index.fault = SourceUnavailable("Index", "down")
    asked_at: list[int] = []
    for minute in range(9):
        await house.enriching.run()
        if len(index.asked) > len(asked_at):
            asked_at.append(minute)
        house.pass_time(minutes=1)

    assert asked_at == [0, 1, 3, 7]
    assert await stored(house, 1) == before


async def test_good_answer_after_failures_is_taken(house: House, index: FakeEnricher) -> None:
    await house.stores.papers.save_papers([announced(1)])
    index.known[number(1)] = told(announced(1))
    index.fault = SourceUnavailable("Index", "down")
    await house.enriching.run()
    index.fault = None
    house.pass_time(minutes=1)

    assert await house.enriching.run() == 1
    assert (await stored(house, 1)).citation_count is not None


async def test_source_that_asks_to_wait_is_not_asked_before(house: House, index: FakeEnricher) -> None:
    await house.stores.papers.save_papers([announced(1)])
    index.fault = RateLimited("Index", "wait", START + timedelta(hours=5))
    await house.enriching.run()
    house.pass_time(hours=4, minutes=59)
    await house.enriching.run()
    assert len(index.asked) == 1

    house.pass_time(minutes=1)
    await house.enriching.run()

    assert len(index.asked) == 2


async def test_batch_that_an_answer_fails_for_is_halved_until_the_rest_gets_through(
    house: House, index: FakeEnricher
) -> None:
    await house.stores.papers.save_papers([announced(position) for position in range(1, 5)])
    index.known = {number(position): told(announced(position)) for position in range(1, 5)}
    index.undoing = number(1)
    for _ in range(5):
        await house.enriching.run()
        house.pass_time(hours=1)

    assert [len(asked) for asked in index.asked] == [4, 2, 1, 1, 2]
    assert all([(await stored(house, position)).citation_count for position in (2, 3, 4)])
    assert (await stored(house, 1)).citation_count is None


async def test_answer_about_another_paper_changes_nothing(house: House, index: FakeEnricher) -> None:
    await house.stores.papers.save_papers([announced(1)])
    before = await stored(house, 1)
    index.known[number(1)] = told(announced(2))

    await house.enriching.run()

    assert await stored(house, 1) == before
    assert await house.stores.papers.find_paper(number(2)) is None


async def test_index_never_redates_a_paper(house: House, index: FakeEnricher) -> None:
    await house.stores.papers.save_papers([announced(1)])
    index.known[number(1)] = told(
        announced(1), title="Another", submitted_at=START - timedelta(days=900), announced_at=START
    )

    await house.enriching.run()

    paper = await stored(house, 1)
    assert (paper.title, paper.submitted_at) == ("Paper 1", None)
    assert paper.announced_at == announced(1).announced_at


@pytest.mark.parametrize(
    ("age", "told_of", "days"),
    [
        pytest.param(timedelta(), False, 1, id="new-unknown"),
        pytest.param(timedelta(days=20), False, 5, id="some-weeks-unknown"),
        pytest.param(timedelta(days=400), False, 30, id="old-unknown"),
        pytest.param(timedelta(days=2), True, 7, id="new-known"),
        pytest.param(timedelta(days=400), True, 30, id="old-known"),
    ],
)
def test_papers_are_asked_about_as_often_as_they_change(age: timedelta, told_of: bool, days: int) -> None:
    paper = replace(announced(0), announced_at=START - age)

    assert next_ask(paper, START, told=told_of) == START + timedelta(days=days)


@pytest.mark.parametrize(
    ("arxiv_id", "doi", "title", "is_same"),
    [
        pytest.param(number(1), None, "Anything", True, id="same-preprint"),
        pytest.param(number(2), Doi("10.1/x"), "Paper 1", False, id="another-preprint"),
        pytest.param(None, Doi("10.1/x"), "PAPER 1.", True, id="published-form-of-the-same-title"),
        pytest.param(None, Doi("10.1/x"), "Paper 2", False, id="published-form-of-another-title"),
    ],
)
async def test_answer_is_believed_where_its_id_or_title_fits(
    house: House, index: FakeEnricher, arxiv_id: ArxivId | None, doi: Doi | None, title: str, is_same: bool
) -> None:
    await house.stores.papers.save_papers([announced(1)])
    index.known[number(1)] = told(announced(1), arxiv_id=arxiv_id, doi=doi, title=title)

    assert await house.enriching.run() == int(is_same)
    assert ((await stored(house, 1)).citation_count is not None) == is_same
