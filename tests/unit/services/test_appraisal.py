"""What a paper's text says beside that of the nearest earlier one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from bot.domain.likeness import AuthorPaper, Compared, EarlierCounts, Surroundings
from bot.domain.numbers import Missing, Part
from bot.domain.papers import Authorship, Paper
from bot.domain.search import WordCounts
from bot.metrics.copies import NEAR_COPY
from bot.metrics.forecast import ForecastModel
from bot.metrics.vectors import Weigher
from bot.services.appraisal import appraise
from bot.services.scoring import Basis
from tests.unit.metrics.models import make_model

WORDS = [f"word{number}" for number in range(80)]
EARLIER = WORDS[:40]
TODAY = date(2026, 5, 20)


def make_basis(model: ForecastModel) -> Basis:
    """Return a basis on which all words weigh the same, with a forecast."""
    counts = WordCounts(papers=1_000, papers_with=dict.fromkeys(WORDS, 10))
    return Basis(
        words=counts,
        weigher=Weigher(counts.papers_with, counts.papers),
        earlier=EarlierCounts(),
        model=model,
    )


def make_paper(words: Sequence[str]) -> Paper:
    """Return a paper of two authors from yesterday."""
    return Paper(
        title="Something",
        abstract=" ".join(words),
        authors=(Authorship(name="Ada Lovelace"), Authorship(name="Mary Somerville")),
        submitted_at=datetime(2026, 5, 19, tzinfo=UTC),
        primary_category="cs.RO",
        source="arXiv",
    )


@pytest.mark.parametrize(
    ("kept", "is_copy"),
    [
        pytest.param(EARLIER[:22], True, id="half of the words in their order"),
        pytest.param(EARLIER[1:26:2] + EARLIER[0:26:2], False, id="more of the words in another order"),
        pytest.param(EARLIER[1::2] + EARLIER[0::2], True, id="all of the words in another order"),
        pytest.param(EARLIER[:13], False, id="a third of the words in their order"),
    ],
)
def test_paper_near_an_earlier_one_is_its_copy_where_the_order_of_words_says_so(
    kept: Sequence[str], is_copy: bool
) -> None:
    paper = make_paper([*kept, *WORDS[40 : 80 - len(kept)]])
    earlier = Compared(
        id=7, title="Another", abstract=" ".join(EARLIER), archive="cs", day=date(2025, 1, 1), impact=50.0
    )
    basis = make_basis(make_model(topic=0.4))
    weights, _ = basis.telling(paper)

    scored = appraise(
        paper, weights, Surroundings(near=(earlier,), authors=((), ()), own_work=()), basis, TODAY
    )

    assert scored.nearest is not None
    assert (scored.nearest >= NEAR_COPY) is is_copy
    assert (scored.forecast_fault is Missing.NEAR_COPY) is is_copy


def test_papers_that_two_authors_wrote_together_count_once_each() -> None:
    ours = [AuthorPaper(id=number, day=date(2024, 1, number), impact=None) for number in range(1, 6)]
    paper, basis = make_paper(WORDS[:40]), make_basis(make_model(joint_papers=0.1))
    weights, _ = basis.telling(paper)
    around = Surroundings(near=(), authors=(tuple(ours[:4]), tuple(ours[2:])), own_work=())

    prediction = appraise(paper, weights, around, basis, TODAY).prediction

    assert prediction is not None
    assert prediction.value == pytest.approx(0.5 + 0.1 * math.log(3))
    assert dict(prediction.parts) == {Part.AUTHORS: pytest.approx(10 * math.log(3), abs=0.01)}
