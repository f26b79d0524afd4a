"""Fitting features, their squares and products, and putting newcomers on the scale of all."""

from __future__ import annotations

import numpy as np
import pytest

from bot.metrics.features import FEATURES, WITH_AUTHORS, WITHOUT_AUTHORS, Array
from bot.metrics.terms import Polynomial, is_newcomers
from bot.training.corpus import Indices
from bot.training.fitting import for_newcomers
from bot.training.ridge import LAMBDA, LAMBDA_PRODUCTS, fit_polynomial, log_odds

NAMES = list(FEATURES)
TOPIC, OWN_WORK, EARLIER = (NAMES.index(name) for name in ("topic", "own_work", "earlier_papers"))
PAPERS = 2_400


@pytest.fixture(scope="module")
def rows() -> Array:
    """Return invented rows, a quarter of them of newcomers' papers."""
    chance = np.random.default_rng(1)
    table = chance.normal(size=(PAPERS, len(NAMES)))
    table[:, EARLIER] = np.where(chance.random(PAPERS) < 0.25, 0.0, 3.0 + table[:, EARLIER])
    return table


@pytest.fixture(scope="module")
def cohort() -> Indices:
    return np.arange(PAPERS) % 7


@pytest.fixture(scope="module")
def truth(rows: Array, cohort: Indices) -> Array:
    """Return labels in which the topic counts for more where own work is good, and cohorts differ."""
    noise = 0.1 * np.random.default_rng(2).normal(size=PAPERS)
    return 0.3 * rows[:, TOPIC] + 0.2 * rows[:, TOPIC] * rows[:, OWN_WORK] + 0.5 * cohort + noise


@pytest.fixture(scope="module")
def full(rows: Array, truth: Array, cohort: Indices) -> Polynomial:
    return fit_polynomial(rows, truth, cohort, WITH_AUTHORS)


@pytest.fixture(scope="module")
def bare(rows: Array, truth: Array, cohort: Indices) -> Polynomial:
    return fit_polynomial(rows, truth, cohort, WITHOUT_AUTHORS)


def added(polynomial: Polynomial, rows: Array) -> Array:
    result: Array = polynomial.added(rows).sum(axis=1)
    return result


def test_fit_finds_a_product_and_gives_it_to_both(full: Polynomial) -> None:
    assert full.products[TOPIC, OWN_WORK] == full.products[OWN_WORK, TOPIC]
    assert 2 * full.products[TOPIC, OWN_WORK] == pytest.approx(0.2, rel=0.5)
    assert full.linear[TOPIC] == pytest.approx(0.3, rel=0.2)
    assert full.used == set(WITH_AUTHORS)


def test_fit_cohort_by_cohort_is_the_ridge_on_all_at_once(
    rows: Array, truth: Array, cohort: Indices, full: Polynomial
) -> None:
    used = [NAMES.index(name) for name in WITH_AUTHORS]
    u = np.clip((rows - rows.mean(axis=0)) / rows.std(axis=0), -3, 3)[:, used]
    x = np.column_stack([u, *(u[:, [one]] * u[:, one:] for one in range(len(used)))])
    y = truth.copy()
    for number in range(7):
        members = cohort == number
        x[members] -= x[members].mean(axis=0)
        y[members] -= y[members].mean()
    held = np.where(np.arange(x.shape[1]) < len(used), LAMBDA, LAMBDA_PRODUCTS)
    x /= x.std(axis=0)
    predicted = x @ np.linalg.solve(x.T @ x + np.diag(held), x.T @ y)

    found = added(full, rows)

    for number in range(7):
        found[cohort == number] -= found[cohort == number].mean()
    assert found == pytest.approx(predicted)


def test_fit_adds_nothing_to_the_typical_paper(rows: Array, full: Polynomial) -> None:
    assert full.added(rows).mean(axis=0) == pytest.approx(np.zeros(len(NAMES)), abs=1e-12)


def test_fit_of_a_feature_that_never_differs_gives_it_no_weight(truth: Array, cohort: Indices) -> None:
    found = fit_polynomial(np.ones((PAPERS, len(NAMES))), truth, cohort, WITH_AUTHORS)

    assert found.used == frozenset()


def test_newcomers_keep_their_order_and_get_the_scale_of_all(
    rows: Array, full: Polynomial, bare: Polynomial
) -> None:
    new = rows[is_newcomers(rows)]
    found = for_newcomers(full, bare, new)

    assert found is not None
    ours, theirs = added(found, new), added(full, new)
    assert np.array_equal(np.argsort(ours), np.argsort(added(bare, new)))
    assert ours.mean() == pytest.approx(theirs.mean())
    assert ours.std() == pytest.approx(theirs.std())
    assert "own_work" not in found.used


def test_newcomers_differ_from_others_by_what_having_no_paper_is_worth(
    rows: Array, full: Polynomial, bare: Polynomial
) -> None:
    new = rows[is_newcomers(rows)]
    found = for_newcomers(full, bare, new)

    assert found is not None
    worth = found.added(new)[:, EARLIER]
    assert np.ptp(worth) == 0
    # All that is not this one term is the polynomial without authors, by one factor.
    factor = (added(found, new) - worth) / added(bare, new)
    assert factor == pytest.approx(np.full(len(new), factor[0]))


def test_too_few_newcomers_have_no_polynomial_of_their_own(
    rows: Array, full: Polynomial, bare: Polynomial
) -> None:
    new = rows[is_newcomers(rows)]

    assert for_newcomers(full, bare, new[:29]) is None
    assert for_newcomers(full, bare, np.repeat(new[:1], 40, axis=0)) is None


def test_log_odds_have_the_spread_of_percentiles_and_tell_the_ends_apart() -> None:
    percentile = (np.arange(100) + 0.5) / 100

    found = log_odds(percentile)

    assert found.std() == pytest.approx(percentile.std(), rel=0.05)
    assert found[99] - found[90] > 2 * (found[59] - found[50])
    assert found == pytest.approx(-found[::-1])
    assert log_odds(np.array([0.0, 0.5, 1.0])) == pytest.approx([-0.842, 0.0, 0.842], abs=1e-3)
