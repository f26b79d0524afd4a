"""Measures of a ranking, and their intervals."""

from __future__ import annotations

import numpy as np
import pytest

from bot.training.scoring import auc, estimate, ndcg, precision_top_tenth, spearman

TRUTH = np.arange(100) / 100
PERFECT = np.column_stack([TRUTH, TRUTH])
REVERSED = np.column_stack([-TRUTH, TRUTH])
FLAT = np.column_stack([np.zeros(100), TRUTH])


@pytest.mark.parametrize("measure", [spearman, ndcg, precision_top_tenth, auc])
def test_measure_of_a_perfect_ranking_is_one(measure: object) -> None:
    assert callable(measure)
    assert measure(PERFECT) == pytest.approx(1.0)


def test_measures_of_a_reversed_ranking_are_the_worst() -> None:
    assert spearman(REVERSED) == pytest.approx(-1.0)
    assert precision_top_tenth(REVERSED) == 0.0
    assert auc(REVERSED) == 0.0


def test_measures_of_a_flat_ranking_say_nothing() -> None:
    assert np.isnan(spearman(FLAT))
    assert auc(FLAT) == pytest.approx(0.5)


def test_precision_counts_the_hits_among_the_tenth_predicted_highest() -> None:
    predicted = TRUTH.copy()
    predicted[[95, 96, 97]] = 0.0
    cohort = np.column_stack([predicted, TRUTH])

    assert precision_top_tenth(cohort) == pytest.approx(0.7)


def test_estimate_is_the_mean_over_cohorts_with_an_interval_round_it() -> None:
    found = estimate([PERFECT, REVERSED, PERFECT, PERFECT], spearman)

    assert found.value == pytest.approx(0.5)
    assert found.low < 0.5 < found.high <= 1.0


def test_estimate_of_no_cohorts_is_unknown() -> None:
    assert np.isnan(estimate([], spearman).value)
