"""Numbers are made of what the catalogue holds, again when that changes, and taken up after a stop."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.cards.labels import list_title
from bot.domain.authors import Author
from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId
from bot.domain.numbers import Forecast, Missing, Novelty, PaperNumbers, Standing, TrackRecord
from bot.domain.papers import Authorship, Paper
from bot.metrics.forecast import ForecastModel
from bot.services.numbers import Numbers
from bot.services.scoring import Scoring
from bot.services.search import Search
from bot.services.spelling import Spelling
from bot.services.vocabulary import Vocabulary
from bot.storage.database import Database
from bot.storage.stores import Stores, open_stores
from tests.unit.metrics.models import make_model, make_polynomial
from tests.unit.services.conftest import FakeArxiv

NOW = datetime(2026, 5, 20, tzinfo=UTC)
WORDS = [f"{start}{end}" for start in ("graph", "robot", "token", "laser", "gene") for end in range(40)]
BETWEEN = ("and", "or", "with", "by", "from", "of", "for", "in", "on", "under", "over", "as")


async def no_rest(_seconds: float) -> None:
    """Take no rest."""


@dataclass
class Laboratory:
    """A catalogue with what scores it."""

    stores: Stores
    model: ForecastModel
    now: datetime = NOW

    def __post_init__(self) -> None:
        """Build the services."""
        self.open()

    def open(self) -> None:
        """Begin as after a start of the bot."""
        self.scoring = Scoring(
            store=self.stores.numbers,
            state=self.stores.state,
            vocabulary=Vocabulary(papers=self.stores.papers, clock=self.clock),
            load_model=self.load,
            clock=self.clock,
            sleep=no_rest,
        )
        self.numbers = Numbers(
            store=self.stores.numbers,
            papers=self.stores.papers,
            scoring=self.scoring,
            load_model=self.load,
            clock=self.clock,
        )

    def clock(self) -> datetime:
        """Return the moment."""
        return self.now

    async def load(self) -> ForecastModel:
        """Return the forecast."""
        return self.model

    async def score(self) -> None:
        """Score all there is."""
        while await self.scoring.run():
            pass

    async def numbers_of(self, title: str) -> PaperNumbers:
        """Return the numbers a paper is read with."""
        paper = await self.stores.papers.find_by_title(title)
        assert paper is not None
        assert paper.numbers is not None
        return paper.numbers


def make_text(number: int, length: int = 45) -> str:
    """Return an English abstract of some words, the same for the same number."""
    chosen = random.Random(number)
    sentence = [f"{word} {chosen.choice(BETWEEN)}" for word in chosen.choices(WORDS, k=length)]
    return " ".join(["We show that the results of this work are", *sentence])


def make_one(number: int, day: datetime, **changes: Any) -> Paper:
    """Return a paper of cs.RO with an abstract of its own."""
    paper = Paper(
        arxiv_id=ArxivId(f"{day:%y%m}.{number:05}"),
        title=f"Study {number} of {WORDS[number % len(WORDS)]}" + " again" * (number % 4),
        abstract=make_text(number),
        authors=(Authorship(name=f"Ada Number{number % 7}"),),
        primary_category="cs.RO",
        categories=("cs.RO",),
        submitted_at=day,
        source="arXiv",
    )
    return replace(paper, **changes)


def make_earlier(count: int) -> list[Paper]:
    """Return papers of two years before, with citations."""
    counted = date(2026, 5, 1)
    return [
        make_one(
            number,
            datetime(2024, 1 + number % 3, 5, tzinfo=UTC),
            citation_count=Figure(value=number % 50, source="OpenAlex", as_of=counted),
        )
        for number in range(count)
    ]


@pytest.fixture
async def laboratory(url: str) -> AsyncIterator[Laboratory]:
    """A laboratory over an empty catalogue."""
    async with Database.open(url) as database:
        yield Laboratory(open_stores(database, clock=lambda: NOW), make_model(title_words=0.01, topic=0.4))


async def test_catalogue_with_enough_papers_has_every_number(laboratory: Laboratory):
    recent = [make_one(5000 + n, NOW - timedelta(days=3)) for n in range(40)]
    await laboratory.stores.papers.save_papers([*make_earlier(1001), *recent])

    await laboratory.scoring.run()

    young = await laboratory.numbers_of(recent[0].title)
    old = await laboratory.numbers_of("Study 0 of graph0")
    assert isinstance(young.novelty, Novelty)
    assert young.novelty.approximate
    assert young.novelty.prior_papers == 1001
    assert isinstance(young.forecast, Forecast)
    assert young.forecast.standing.size == 40
    assert young.impact is Missing.NO_CITATION_COUNT
    assert isinstance(old.impact, Standing)
    assert old.impact.cohort.label == "cs.RO, Jan 2024"
    assert old.novelty is Missing.NOT_YET


async def test_paper_that_repeats_an_earlier_one_names_it_instead(laboratory: Laboratory):
    earlier = make_earlier(1001)
    copy = make_one(7000, NOW, abstract=earlier[17].abstract, title="Something else altogether")
    await laboratory.stores.papers.save_papers([*earlier, copy])

    await laboratory.scoring.run()

    numbers = await laboratory.numbers_of(copy.title)
    assert isinstance(numbers.novelty, Novelty)
    assert numbers.novelty.standing is None
    assert numbers.near is not None
    assert (numbers.near.title, numbers.near.year) == (earlier[17].title, 2024)
    assert numbers.forecast is Missing.NEAR_COPY


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        pytest.param({"abstract": ""}, Missing.NO_ABSTRACT, id="no abstract"),
        pytest.param({"abstract": "Two words"}, Missing.SHORT_ABSTRACT, id="two words"),
        pytest.param({"abstract": "中文摘要" * 40}, Missing.NOT_ENGLISH, id="Chinese"),
        pytest.param({"submitted_at": NOW + timedelta(days=900)}, Missing.FUTURE_DATE, id="future"),
        pytest.param({"submitted_at": None}, Missing.NO_DATE, id="no date"),
        pytest.param({}, Missing.FEW_PRIOR_PAPERS, id="small catalogue"),
    ],
)
async def test_paper_that_cannot_be_compared_says_why(
    laboratory: Laboratory, changes: dict[str, Any], missing: Missing
):
    await laboratory.stores.papers.save_papers([make_one(1, NOW, **changes)])

    await laboratory.score()

    assert (await laboratory.numbers_of(make_one(1, NOW).title)).novelty is missing


async def test_paper_alone_in_its_field_has_no_forecast(laboratory: Laboratory):
    await laboratory.stores.papers.save_papers([make_one(1, NOW)])

    await laboratory.score()

    assert (await laboratory.numbers_of(make_one(1, NOW).title)).forecast is Missing.SMALL_COHORT


async def test_citations_that_are_all_zero_give_no_impact(laboratory: Laboratory):
    uncited = Figure(value=0, source="OpenAlex", as_of=date(2026, 5, 1))
    await laboratory.stores.papers.save_papers(
        [replace(paper, citation_count=uncited) for paper in make_earlier(150)]
    )

    await laboratory.score()

    assert (await laboratory.numbers_of("Study 0 of graph0")).impact is Missing.NO_SPREAD


async def test_new_citations_move_a_paper(laboratory: Laboratory):
    await laboratory.stores.papers.save_papers(make_earlier(150))
    await laboratory.score()
    before = (await laboratory.numbers_of("Study 0 of graph0")).impact
    cited = Figure(value=900, source="OpenAlex", as_of=date(2026, 5, 19))

    await laboratory.stores.papers.save_papers([replace(make_earlier(1)[0], citation_count=cited)])
    await laboratory.score()

    after = (await laboratory.numbers_of("Study 0 of graph0")).impact
    assert isinstance(before, Standing)
    assert isinstance(after, Standing)
    assert before.percentile < 10
    assert after.percentile == 99


async def test_forecast_that_may_be_worth_nothing_is_switched_off(laboratory: Laboratory):
    laboratory.model = make_model(title_words=0.01, spearman=(0.25, 0.15, 0.35))
    await laboratory.stores.papers.save_papers([make_one(n, NOW) for n in range(40)])

    await laboratory.score()

    assert (await laboratory.numbers_of(make_one(0, NOW).title)).forecast is Missing.NOT_WORTH_SHOWING


async def test_forecast_of_authors_without_an_earlier_paper_says_so(laboratory: Laboratory):
    newcomers = make_polynomial({"title_words": 0.02})
    laboratory.model = make_model(title_words=0.01, earlier_papers=0.1, newcomers=newcomers)
    papers = [make_one(n, NOW) for n in range(40)]
    before = make_one(70, NOW - timedelta(days=800))
    await laboratory.stores.papers.save_papers([*papers, before])

    await laboratory.score()

    known, new = [(await laboratory.numbers_of(paper.title)).forecast for paper in papers[:2]]
    assert isinstance(known, Forecast)
    assert isinstance(new, Forecast)
    assert (known.of_newcomers, new.of_newcomers) == (False, True)


async def test_new_model_predicts_again_after_the_next_start(laboratory: Laboratory):
    papers = [make_one(n, NOW) for n in range(40)]
    await laboratory.stores.papers.save_papers(papers)
    await laboratory.score()
    laboratory.model = replace(laboratory.model, version="test-2")
    laboratory.open()

    await laboratory.stores.papers.save_papers([make_one(41, NOW)])
    await laboratory.score()

    forecast = (await laboratory.numbers_of(papers[0].title)).forecast
    assert isinstance(forecast, Forecast)
    assert forecast.model == "test-2"


async def test_text_that_changes_is_scored_again(laboratory: Laboratory):
    await laboratory.stores.papers.save_papers([make_one(1, NOW, abstract="")])
    await laboratory.score()
    await laboratory.stores.papers.save_papers([make_one(1, NOW)])

    await laboratory.score()

    assert (await laboratory.numbers_of(make_one(1, NOW).title)).novelty is Missing.FEW_PRIOR_PAPERS


async def test_start_without_anything_to_do_loads_no_model(laboratory: Laboratory):
    await laboratory.stores.papers.save_papers([make_one(1, NOW)])
    await laboratory.score()
    laboratory.model = replace(laboratory.model, version="test-2")
    laboratory.open()

    assert await laboratory.scoring.run() == 0


async def test_author_with_enough_papers_has_a_track_record(laboratory: Laboratory):
    await laboratory.stores.papers.save_papers(make_earlier(150))
    await laboratory.score()
    (author,) = await laboratory.stores.authors.find_authors("Ada Number0")

    numbers = await laboratory.numbers.of_author(author)

    assert isinstance(numbers.track_record, TrackRecord)
    assert numbers.track_record.papers == numbers.papers == 22
    assert numbers.novelty is Missing.FEW_PAPERS


async def test_author_with_two_papers_has_no_numbers(laboratory: Laboratory):
    mine = (Authorship(name="Bea Rare"),)
    await laboratory.stores.papers.save_papers(
        [replace(paper, authors=mine) if n < 2 else paper for n, paper in enumerate(make_earlier(150))]
    )
    await laboratory.score()
    (author,) = await laboratory.stores.authors.find_authors("Bea Rare")

    numbers = await laboratory.numbers.of_author(author)

    assert (numbers.track_record, numbers.papers) == (Missing.FEW_PAPERS, 2)


async def test_author_that_is_not_stored_has_no_numbers(laboratory: Laboratory):
    numbers = await laboratory.numbers.of_author(Author(name="Nobody"))

    assert (numbers.track_record, numbers.novelty, numbers.papers) == (
        Missing.FEW_PAPERS,
        Missing.FEW_PAPERS,
        0,
    )


async def test_similar_papers_come_nearest_first_without_the_paper_itself(laboratory: Laboratory):
    papers = [make_one(n, NOW) for n in range(60)]
    copy = make_one(99, NOW, abstract=papers[5].abstract, title="A copy")
    stored = await laboratory.stores.papers.save_papers([*papers, copy])

    page = await laboratory.numbers.similar_to(stored[5].id or 0, limit=5, offset=0)

    assert page.papers[0].title == "A copy"
    assert stored[5].id not in {paper.id for paper in page.papers}
    assert list(page.figures) == sorted(page.figures, reverse=True)


async def test_trending_lists_what_appeared_lately_by_forecast_and_age(laboratory: Laboratory):
    laboratory.model = make_model(title_words=0.05)
    fresh = [make_one(n, NOW - timedelta(days=1)) for n in range(40)]
    await laboratory.stores.papers.save_papers([*fresh, make_one(99, NOW - timedelta(days=40))])
    await laboratory.score()
    search = Search(
        spelling=Spelling(
            papers=laboratory.stores.papers,
            vocabulary=Vocabulary(papers=laboratory.stores.papers, clock=laboratory.clock),
        ),
        papers=laboratory.stores.papers,
        authors=laboratory.stores.authors,
        state=laboratory.stores.state,
        library=laboratory.stores.library,
        arxiv=FakeArxiv(down=True),
        numbers=laboratory.numbers,
    )

    answer = await search.trending("cs.RO", 7, NOW.date())

    assert answer.page.total == 40
    assert all(paper.title.endswith("again again again") for paper in answer.page.papers)
    assert list_title(answer.request) == "Trending in Robotics (cs.RO), in the last 7 days"


async def test_scoring_rests_as_long_as_it_worked(laboratory: Laboratory):
    await laboratory.stores.papers.save_papers([make_one(n, NOW) for n in range(3)])
    rests: list[float] = []

    async def note(seconds: float) -> None:
        rests.append(seconds)

    scoring = Scoring(
        store=laboratory.stores.numbers,
        state=laboratory.stores.state,
        vocabulary=Vocabulary(papers=laboratory.stores.papers, clock=laboratory.clock),
        load_model=laboratory.load,
        clock=laboratory.clock,
        sleep=note,
        rest_after=0.0,
    )

    await scoring.run()

    assert len(rests) == 3
    assert min(rests) > 0

    scoring.hurry()
    await laboratory.stores.papers.save_papers([make_one(n, NOW) for n in range(3, 6)])
    assert await scoring.run() == 3
    assert len(rests) == 3
