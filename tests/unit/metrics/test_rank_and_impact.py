"""Impact of papers over a year old, and the rank that orders lists."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.numbers import Missing, Standing
from bot.metrics.cohorts import venue_cohort
from bot.metrics.impact import impact
from bot.metrics.rank import rank

COHORT = venue_cohort("icra", 2021)
TODAY = date(2026, 11, 26)
A_YEAR_AGO = TODAY - timedelta(days=365)
COUNTS = list(range(100))
percentile = st.none() | st.floats(min_value=1, max_value=99)


def test_impact_of_a_year_old_paper_is_its_citation_percentile() -> None:
    found = impact(90, COUNTS, COHORT, day=A_YEAR_AGO, today=TODAY)

    assert isinstance(found, Standing)
    assert (found.percentile, found.size, found.cohort) == (90, 100, COHORT)


@pytest.mark.parametrize(
    ("count", "counts", "day", "reason"),
    [
        pytest.param(9, COUNTS, A_YEAR_AGO + timedelta(days=1), Missing.TOO_YOUNG, id="young"),
        pytest.param(9, COUNTS, TODAY + timedelta(days=1), Missing.FUTURE_DATE, id="future"),
        pytest.param(None, COUNTS, A_YEAR_AGO, Missing.NO_CITATION_COUNT, id="unknown"),
        pytest.param(0, [0] * 100, A_YEAR_AGO, Missing.NO_SPREAD, id="all-uncited"),
        pytest.param(9, [9], A_YEAR_AGO, Missing.SMALL_COHORT, id="cohort-of-one"),
    ],
)
def test_impact_without_evidence_is_missing(
    count: int | None, counts: list[int], day: date, reason: Missing
) -> None:
    assert impact(count, counts, COHORT, day=day, today=TODAY) is reason


@pytest.mark.parametrize(
    ("age_days", "expected", "came", "value"),
    [
        pytest.param(0, 80, 10, 80, id="new-paper-by-its-forecast"),
        pytest.param(365.25, 80, 10, 10, id="old-paper-by-its-impact"),
        pytest.param(7.5 * 365.25 / 12, 80, 10, 45, id="half-way"),
        pytest.param(10, None, None, 50, id="nothing-known"),
        pytest.param(400, 80, None, 80, id="no-impact-yet"),
        pytest.param(400, None, 30, 30, id="impact-alone"),
    ],
)
def test_rank_without_decay_goes_from_forecast_to_impact(
    age_days: float, expected: float | None, came: float | None, value: float
) -> None:
    assert rank(age_days, expected=expected, impact=came) == pytest.approx(value)


def test_rank_in_a_feed_halves_with_each_half_life() -> None:
    assert rank(28, expected=80, impact=None, half_life_days=14) == pytest.approx(20)


@given(st.floats(min_value=-400, max_value=10_000), percentile, percentile)
def test_rank_of_any_paper_is_from_0_to_100(
    age_days: float, expected: float | None, came: float | None
) -> None:
    assert 0 <= rank(age_days, expected=expected, impact=came, half_life_days=14) <= 100
