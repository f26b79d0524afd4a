"""Cohorts and percentiles."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.numbers import Cohort, Missing, Standing
from bot.metrics.cohorts import (
    choose_cohort,
    cohorts_of,
    percentiles,
    standing,
    venue_cohort,
    years_between,
)

COHORT = venue_cohort("icra", 2021)
values = st.lists(st.integers(min_value=0, max_value=50), min_size=30, max_size=40)


def test_cohorts_of_a_category_widen_step_by_step() -> None:
    labels = [cohort.label for cohort in cohorts_of("cs.CY", date(2026, 5, 29))]

    assert labels == ["cs.CY, May 2026", "cs.CY, Apr to Jun 2026", "cs, May 2026", "cs, Apr to Jun 2026"]


def test_cohorts_of_a_whole_archive_are_named_once() -> None:
    labels = [cohort.label for cohort in cohorts_of("hep-th", date(2026, 12, 31))]

    assert labels == ["hep-th, Dec 2026", "hep-th, Oct to Dec 2026"]


def test_cohort_of_a_venue_is_a_year() -> None:
    assert Cohort(field="icra", start=date(2021, 1, 1), months=12) == COHORT
    assert COHORT.label == "icra, 2021"


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        pytest.param([50, 200, 300, 900], 0, id="narrowest"),
        pytest.param([49, 50, 300, 900], 1, id="quarter"),
        pytest.param([1, 2, 30, 49], 3, id="the-largest-of-small-ones"),
        pytest.param([1, 2, 3, 29], None, id="none"),
    ],
)
def test_choose_cohort_of_sizes_takes_the_first_that_is_large_enough(
    sizes: list[int], expected: int | None
) -> None:
    cohorts = cohorts_of("cs.CY", date(2026, 5, 29))

    chosen = choose_cohort(cohorts, sizes)

    assert chosen == (Missing.SMALL_COHORT if expected is None else cohorts[expected])


def test_percentiles_of_ties_take_the_mean_rank() -> None:
    assert percentiles([0, 0, 5, 9]).tolist() == [25.0, 25.0, 62.5, 87.5]


@given(values)
def test_percentiles_of_any_values_average_fifty_and_keep_order(numbers: list[int]) -> None:
    found = percentiles(numbers)

    assert found.mean() == pytest.approx(50.0)
    assert all(
        (one < other) == (first < second)
        for one, first in zip(numbers, found, strict=True)
        for other, second in zip(numbers, found, strict=True)
    )


@given(values)
def test_standing_in_any_cohort_is_its_percentile_from_1_to_99(numbers: list[int]) -> None:
    for value, percentile in zip(numbers, percentiles(numbers), strict=True):
        place = standing(value, numbers, COHORT)

        if len(set(numbers)) == 1:
            assert place is Missing.NO_SPREAD
        else:
            assert isinstance(place, Standing)
            assert 1 <= place.percentile <= 99
            assert abs(place.percentile - percentile) <= 1.5


def test_standing_in_a_cohort_of_one_is_missing() -> None:
    assert standing(5, [5], COHORT) is Missing.SMALL_COHORT


def test_standing_of_the_best_of_thousands_stays_below_100() -> None:
    place = standing(4999, np.arange(5000), COHORT)

    assert isinstance(place, Standing)
    assert place.percentile == 99


@pytest.mark.parametrize(
    ("earlier", "years"),
    [
        pytest.param(date(2026, 10, 31), 1, id="last-month"),
        pytest.param(date(2025, 11, 1), 1, id="twelve-months"),
        pytest.param(date(2025, 10, 31), 2, id="thirteen-months"),
        pytest.param(date(2026, 11, 1), 1, id="same-month"),
    ],
)
def test_years_between_counts_begun_years_of_months(earlier: date, years: int) -> None:
    assert years_between(earlier, date(2026, 11, 26)) == years
