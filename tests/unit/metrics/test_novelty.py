"""Novelty: distance from earlier work and its percentile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.numbers import Missing, Novelty
from bot.metrics.cohorts import venue_cohort
from bot.metrics.novelty import distance, novelty

COHORT = venue_cohort("icra", 2021)
DISTANCES = [index / 100 for index in range(1, 101)]


def test_distance_of_known_similarities_is_as_defined() -> None:
    assert distance([0.4, 0.3, 0.1]) == pytest.approx(0.6 * 0.8**0.5)
    assert distance([0.4, 0.3]) == pytest.approx(0.6 * 0.7**0.5)
    assert distance([0.2]) == pytest.approx(0.8)
    assert distance([]) == 1.0


def test_distance_takes_cosines_that_rounding_left_above_one_for_one() -> None:
    assert distance([1.000001, 1.000001, 1.000001]) == 0


def test_distance_looks_at_the_ten_nearest_only() -> None:
    assert distance([0.5] * 10 + [0.1] * 90) == distance([0.5] * 10)


@given(st.lists(st.floats(min_value=0, max_value=1.0000001), max_size=30))
def test_distance_of_any_similarities_is_from_0_to_1(similarities: list[float]) -> None:
    assert 0.0 <= distance(similarities) <= 1.0


def test_distance_of_a_copy_is_zero_whatever_else_is_near() -> None:
    assert distance([1.0, 0.1, 0.1]) == 0.0


@pytest.mark.parametrize(
    ("prior_papers", "approximate"),
    [pytest.param(1_000, True, id="few"), pytest.param(10_000, False, id="many")],
)
def test_novelty_with_enough_prior_papers_is_the_percentile_in_the_cohort(
    prior_papers: int, approximate: bool
) -> None:
    found = novelty(0.41, 0.3, DISTANCES, COHORT, prior_papers=prior_papers)

    assert isinstance(found, Novelty)
    assert found.standing is not None
    assert (found.standing.percentile, found.standing.size) == (40, 100)
    assert found.approximate is approximate


def test_novelty_with_few_prior_papers_is_missing() -> None:
    assert novelty(0.41, 0.3, DISTANCES, COHORT, prior_papers=999) is Missing.FEW_PRIOR_PAPERS


def test_novelty_in_a_small_cohort_is_missing() -> None:
    assert novelty(0.41, 0.3, [0.41], COHORT, prior_papers=5_000) is Missing.SMALL_COHORT


def test_novelty_of_a_near_copy_is_no_number_even_in_a_small_cohort() -> None:
    found = novelty(0.1, 0.55, [0.1], COHORT, prior_papers=5_000)

    assert isinstance(found, Novelty)
    assert found.standing is None
