"""What stands in for the outside services: the feed that grows, and look-ups in the sample."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.feeds import Validators
from bot.domain.identifiers import ArxivId
from bot.domain.papers import AnnounceType
from bot.domain.watches import (
    AuthorCriterion,
    CategoryCriterion,
    Criterion,
    Filters,
    Place,
    PlaceKind,
    TopicCriterion,
    Watch,
)
from playground.feed import FIRST_PAPER, SampleFeed
from playground.sample import Sample
from playground.sources import SampleAuthors, SamplePapers

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PLACE = Place(kind=PlaceKind.CHANNEL, id=5, guild_id=6)


class HandClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def sample() -> Sample:
    return Sample.of(START.date())


@pytest.fixture
def feed(sample: Sample, clock: HandClock) -> SampleFeed:
    return SampleFeed(sample.inventor, sample.mailing, clock)


def watch(number: int, criterion: Criterion, **changes: Any) -> Watch:
    return Watch(id=number, owner_id=1, place=PLACE, criterion=criterion, created_at=START, **changes)


async def test_feed_lists_todays_mailing_and_is_then_unchanged(feed, sample):
    first = await feed.fetch_feed(sample.inventor.categories, Validators())
    again = await feed.fetch_feed(sample.inventor.categories, first.validators)

    assert [item.paper for item in first.items] == list(sample.mailing)
    assert first.dated == datetime(2026, 11, 24, tzinfo=UTC)
    assert again is None


async def test_feed_of_other_categories_lists_nothing(feed):
    assert (await feed.fetch_feed(["hep-lat"], Validators())).items == ()


@pytest.mark.parametrize(
    "criterion",
    [
        pytest.param(CategoryCriterion(category="cs.CY"), id="category"),
        pytest.param(CategoryCriterion(category="hep-th"), id="category-without-parts"),
        pytest.param(CategoryCriterion(category="q-bio"), id="archive"),
        pytest.param(TopicCriterion(topic="energy OR carbon"), id="topic"),
        pytest.param(
            AuthorCriterion(author_id=1, name="Mira Oyelaran", names=("mira oyelaran",)), id="author"
        ),
    ],
)
async def test_first_new_paper_comes_soon_and_is_what_the_watch_wants(feed, clock, criterion):
    wanted = [watch(1, criterion)]

    assert feed.let_appear(wanted) is None
    clock.move(FIRST_PAPER)
    paper = feed.let_appear(wanted)

    assert paper is not None
    assert paper.invented
    assert paper.announced_at == clock.now
    listed = await feed.fetch_feed(paper.categories, Validators())
    assert (listed.items[-1].paper, listed.dated) == (paper, clock.now)
    assert listed.items[-1].announce_type is AnnounceType.NEW


def test_new_watch_is_served_soon_and_before_the_others(feed, clock):
    old = watch(1, CategoryCriterion(category="cs.CY"))
    for _ in range(20):
        clock.move(timedelta(minutes=6))
        feed.let_appear([old])
    new = watch(2, CategoryCriterion(category="math.CO"))
    feed.let_appear([old, new])
    clock.move(FIRST_PAPER)

    assert feed.let_appear([old, new]).primary_category == "math.CO"


def test_watch_for_code_gets_a_paper_with_code(feed, clock):
    clock.move(FIRST_PAPER)

    with_code = watch(1, CategoryCriterion(category="cs.LG"), filters=Filters(has_code=True))
    assert feed.let_appear([with_code]).code_url


def test_nothing_is_invented_for_a_real_person(feed, clock):
    real = AuthorCriterion(author_id=1, name="Sasha Luccioni", names=("sasha luccioni",))
    for _ in range(5):
        clock.move(timedelta(minutes=6))
        paper = feed.let_appear([watch(1, real)])

        assert all(author.name != "Sasha Luccioni" for author in paper.authors)


def test_papers_come_ever_slower_and_end_with_the_numbers(feed, clock):
    appeared = []
    for _ in range(3600):
        clock.move(timedelta(seconds=1))
        appeared += [paper for paper in [feed.let_appear([])] if paper]
    assert 10 <= len(appeared) <= 40
    assert len({paper.arxiv_id for paper in appeared}) == len(appeared)
    assert len({paper.title for paper in appeared}) == len(appeared)


async def test_papers_are_found_by_id_words_name_and_category(sample, clock):
    source = SamplePapers(sample.papers, clock)
    paper = sample.papers[0]

    assert await source.fetch_papers([ArxivId("2306.05949", 3), ArxivId("0000.00000")]) == (paper,)
    assert paper in await source.search_papers(title="social impact of generative ai")
    assert len(await source.search_papers(author="Luccioni, Sasha")) == 15
    assert await source.search_papers(text="nowhere-at-all") == ()
    found = await source.search_papers(category="math.CO", limit=3)
    assert len(found) == 3
    assert all("math.CO" in one.categories for one in found)


async def test_authors_are_found_by_id_and_name(sample, clock):
    source = SampleAuthors(sample.authors, clock)
    namesakes = await source.search_authors("wei zhang")

    assert len(namesakes) == 2
    assert await source.fetch_author(namesakes[1].openalex_id) == namesakes[1]
    assert source.status.requests_today == 2
    clock.move(timedelta(days=1))
    assert source.status.requests_today == 0


async def test_invented_papers_alone_are_cited_by_newer_ones(sample, clock):
    source = SampleAuthors(sample.authors, clock, sample.papers)
    invented = [paper for paper in sample.papers if paper.invented]
    old = invented[-1]
    work = await source.fetch_work(old.arxiv_id.doi)

    found = await source.fetch_citing([work.openalex_id.value], START.date() - timedelta(days=90), limit=500)

    assert found
    assert all(one.paper.submitted_at > old.submitted_at for one in found)
    assert {one.paper.primary_category for one in found} == {old.primary_category}
    assert await source.fetch_work(work.openalex_id) == work
    assert await source.fetch_work(ArxivId("2306.05949").doi) is None


async def test_mailing_of_a_day_has_papers_of_every_category_and_they_cite_older_ones(sample, feed, clock):
    source = SampleAuthors(sample.authors, clock, sample.papers, lambda: feed.appeared)
    author = next(one for one in sample.authors if one.name == "Mira Oyelaran")
    works = [one.openalex_id.value for one in await source.fetch_works(author.openalex_id)]
    newest = await source.fetch_works(author.openalex_id, newest=True, limit=2)
    before = await source.fetch_citing(works, START.date() - timedelta(days=90), limit=500)
    clock.move(timedelta(days=1))

    feed.let_mailing_appear()
    after = await source.fetch_citing(works, START.date() - timedelta(days=90), limit=500)

    listed = await feed.fetch_feed(sample.inventor.categories, Validators())
    assert {one.paper.primary_category for one in listed.items} == set(sample.inventor.categories)
    news = {one.paper.arxiv_id for one in after} - {one.paper.arxiv_id for one in before}
    assert news
    assert news <= {paper.arxiv_id for paper in feed.appeared}
    assert newest[0].submitted_at >= newest[1].submitted_at


def test_days_end_when_there_are_no_numbers_left(feed):
    for _ in range(20):
        feed.let_mailing_appear()
    numbers = [paper.arxiv_id for paper in feed.appeared]
    assert len(numbers) == len(set(numbers)) == 500
