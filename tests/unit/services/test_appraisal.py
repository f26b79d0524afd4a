"""What a paper's text says beside that of the nearest earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from bot.domain.likeness import Compared, EarlierCounts, Surroundings
from bot.domain.numbers import Missing
from bot.domain.papers import Authorship, Paper
from bot.domain.search import WordCounts
from bot.metrics.copies import NEAR_COPY
from bot.metrics.vectors import Weigher
from bot.services.appraisal import appraise
from bot.services.scoring import Basis
from tests.unit.metrics.models import make_model

WORDS = [f"word{number}" for number in range(80)]
EARLIER = WORDS[:40]
TODAY = date(2026, 5, 20)


def make_basis() -> Basis:
    """Return a basis on which all words weigh the same."""
    counts = WordCounts(papers=1_000, papers_with=dict.fromkeys(WORDS, 10))
    return Basis(
        words=counts,
        weigher=Weigher(counts.papers_with, counts.papers),
        earlier=EarlierCounts(),
        model=make_model(topic=0.4),
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
    paper = Paper(
        title="Something",
        abstract=" ".join([*kept, *WORDS[40 : 80 - len(kept)]]),
        authors=(Authorship(name="Ada Lovelace"),),
        submitted_at=datetime(2026, 5, 19, tzinfo=UTC),
        primary_category="cs.RO",
        source="arXiv",
    )
    earlier = Compared(
        id=7, title="Another", abstract=" ".join(EARLIER), archive="cs", day=date(2025, 1, 1), impact=50.0
    )
    basis = make_basis()
    weights, _ = basis.telling(paper)

    scored = appraise(paper, weights, Surroundings(near=(earlier,), authors=((),), own_work=()), basis, TODAY)

    assert scored.nearest is not None
    assert (scored.nearest >= NEAR_COPY) is is_copy
    assert (scored.forecast_fault is Missing.NEAR_COPY) is is_copy
