"""Numbers in lists: what they leave out, and how they order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.identifiers import ArxivId
from bot.domain.likeness import Telling
from bot.domain.numbers import Cohort, Missing, Standing
from bot.domain.papers import Paper
from bot.domain.placing import Period, Placed
from bot.domain.search import PaperFilter, Sort
from bot.storage.catalogue import search
from bot.storage.stores import Stores
from bot.text.topics import parse_topic
from tests.factories import NOW, make_paper

COHORT = Cohort(field="cs.CY", start=date(2026, 5, 1), months=1)
PERIOD = Period(start=12 * 2026 + 3, months=3)
DAYS = (3, 1, 20, 2)
SCORES = (80, None, 95, 40)
NOVELTIES = (10, 60, 50, None)
TRENDS = (4.0, 6.0, 5.0, 3.0)


def _standing(percentile: int | None) -> Standing | Missing:
    return (
        Missing.SMALL_COHORT
        if percentile is None
        else Standing(percentile=percentile, cohort=COHORT, size=60)
    )


@pytest.fixture
async def papers(stores: Stores) -> tuple[Paper, ...]:
    """Four papers about energy with numbers, and one that was never scored."""
    given = [
        make_paper(
            id=None,
            arxiv_id=ArxivId(f"2605.0000{number}"),
            title=f"Energy {number}",
            submitted_at=NOW - timedelta(days=(*DAYS, 400)[number]),
        )
        for number in range(5)
    ]
    stored = await stores.papers.save_papers(given)
    placed = [
        Placed(
            paper_id=paper.id or 0,
            novelty=_standing(NOVELTIES[number]),
            forecast=_standing(SCORES[number]),
            outlook=None,
            impact=Missing.NO_CITATION_COUNT,
            score=SCORES[number],
            trend=TRENDS[number] + 739_000,
        )
        for number, paper in enumerate(stored[:4])
    ]
    await stores.numbers.save_placed(PERIOD, placed, NOW.date())
    return stored


async def titles(stores: Stores, where: PaperFilter, sort: Sort) -> list[str]:
    """Return what a search for energy lists."""
    page = await stores.papers.search(parse_topic("energy"), where, sort=sort, limit=10)
    return [paper.title for paper in page.papers]


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        pytest.param(Sort.SCORE, [2, 0, 3, 1, 4], id="score"),
        pytest.param(Sort.NOVELTY, [1, 2, 0, 3, 4], id="novelty"),
    ],
)
@pytest.mark.parametrize("ranked", [search.RANKED, 1], ids=["few matches", "a common word"])
async def test_search_orders_by_a_number_and_lists_those_without_last(
    stores: Stores, monkeypatch: pytest.MonkeyPatch, sort: Sort, expected: list[int], ranked: int
):
    monkeypatch.setattr(search, "RANKED", ranked)
    monkeypatch.setattr(search, "COUNTED", 1)

    found = await titles(stores, PaperFilter(), sort)

    assert found[:3] == [f"Energy {number}" for number in expected[:3]]
    assert sorted(found) == sorted(f"Energy {number}" for number in expected)


@pytest.mark.usefixtures("papers")
async def test_least_numbers_leave_out_lower_ones_and_papers_without(stores: Stores):
    assert await titles(stores, PaperFilter(min_score=80), Sort.SCORE) == ["Energy 2", "Energy 0"]
    assert await titles(stores, PaperFilter(min_novelty=50), Sort.NOVELTY) == ["Energy 1", "Energy 2"]
    assert await titles(stores, PaperFilter(min_score=80, min_novelty=50), Sort.SCORE) == ["Energy 2"]


@pytest.mark.usefixtures("papers")
async def test_rank_lists_what_appeared_lately_by_what_is_expected(stores: Stores):
    week = PaperFilter(category="cs.CY", appeared_since=(NOW - timedelta(days=7)).date())

    page = await stores.papers.search(None, week, sort=Sort.RANK)

    assert [paper.title for paper in page.papers] == ["Energy 1", "Energy 0", "Energy 3"]


async def test_papers_are_read_with_their_numbers(stores: Stores, papers: tuple[Paper, ...]):
    found = await stores.papers.get_paper(papers[2].id or 0)

    assert found.numbers is not None
    assert found.numbers.as_of == NOW.date()
    assert papers[4].numbers is None


async def test_author_papers_follow_the_same_orders(stores: Stores, papers: tuple[Paper, ...]):
    (author,) = await stores.authors.find_authors("Zeerak Talat")

    page = await stores.authors.papers_of(author, PaperFilter(min_novelty=20), sort=Sort.SCORE)

    assert [paper.title for paper in page.papers] == [papers[2].title, papers[1].title]


async def test_paper_that_is_dated_but_in_no_feed_appeared_when_submitted(stores: Stores):
    old = make_paper(id=None, submitted_at=datetime(2020, 1, 1, tzinfo=UTC))
    await stores.papers.save_papers([old])

    page = await stores.papers.search(None, PaperFilter(appeared_since=date(2020, 1, 1)), sort=Sort.RANK)
    none = await stores.papers.search(None, PaperFilter(appeared_since=date(2020, 1, 2)), sort=Sort.RANK)

    assert (page.total, none.total) == (1, 0)


async def test_papers_that_share_words_have_a_rare_one_and_another(stores: Stores):
    texts = (("First", "grasping"), ("Second", "grasping robots"), ("Third", "robots"), ("Fourth", "text"))
    given = [
        make_paper(id=None, arxiv_id=ArxivId(f"2605.0000{number}"), title=title, abstract=abstract)
        for number, (title, abstract) in enumerate(texts)
    ]
    await stores.papers.save_papers(given)

    both = await stores.numbers.sharing(Telling(rare=("grasping", "unheard"), others=("robots",)), 10)
    rare = await stores.numbers.sharing(Telling(rare=("grasping",)), 10)
    none = await stores.numbers.sharing(Telling(rare=()), 10)

    assert [one.title for one in both] == ["Second"]
    assert {one.title for one in rare} == {"First", "Second"}
    assert none == ()
