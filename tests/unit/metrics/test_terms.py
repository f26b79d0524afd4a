"""What features, their squares and products add to a forecast."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bot.metrics.features import FEATURES, Array
from bot.metrics.terms import Terms
from tests.unit.metrics.models import make_polynomial

NAMES = list(FEATURES)


def row_of(**values: float) -> Array:
    return np.array([values.get(name, 0.0) for name in NAMES])


def added_by_name(added: Array) -> dict[str, float]:
    return {name: value for name, value in zip(NAMES, added.tolist(), strict=True) if value}


def test_square_counts_for_its_feature_and_a_product_by_halves_for_two() -> None:
    products = {("topic", "topic"): 0.1, ("topic", "own_work"): 0.4, ("own_work", "words"): 0.2}
    polynomial = make_polynomial({"topic": 0.5}, products)

    added = polynomial.added(row_of(topic=2.0, own_work=3.0))

    assert added_by_name(added) == pytest.approx(
        {"topic": 0.5 * 2 + 0.1 * 2**2 + 0.4 * 2 * 3 / 2, "own_work": 0.4 * 2 * 3 / 2}
    )
    assert polynomial.used == {"topic", "own_work", "words"}


def test_what_is_added_is_less_what_a_typical_paper_has() -> None:
    typical = row_of(topic=0.25)
    polynomial = replace(make_polynomial({"topic": 0.5}), typical=typical)

    assert added_by_name(polynomial.added(row_of(topic=2.0))) == pytest.approx({"topic": 0.75})


@pytest.mark.parametrize("sign", [1, -1])
def test_feature_far_from_its_mean_counts_as_three_deviations(sign: int) -> None:
    polynomial = replace(
        make_polynomial({"topic": 0.5}, {("topic", "topic"): 0.01}), means=row_of(topic=100.0)
    )

    far, further = (polynomial.added(row_of(topic=100.0 + sign * value)) for value in (30, 9_000))

    assert far == pytest.approx(further)
    assert far.sum() == pytest.approx(sign * 30 * 0.5 + 0.01 * 30**2)


def test_newcomers_have_a_polynomial_of_their_own() -> None:
    terms = Terms(
        everyone=make_polynomial({"topic": 0.5, "earlier_papers": 0.1}),
        newcomers=make_polynomial({"topic": 0.2, "team_size": 0.1}),
    )
    rows = np.array([row_of(topic=1.0, earlier_papers=0.7, team_size=1.0), row_of(topic=1.0, team_size=1.0)])

    added = terms.added(rows)

    assert added_by_name(added[0]) == pytest.approx({"topic": 0.5, "earlier_papers": 0.07})
    assert added_by_name(added[1]) == pytest.approx({"topic": 0.2, "team_size": 0.1})
    assert terms.predict(rows) == pytest.approx([1.07, 0.8])
    assert terms.predict(rows[1]) == pytest.approx(0.8)
    assert terms.used == {"topic", "earlier_papers", "team_size"}


def test_without_a_polynomial_of_their_own_newcomers_have_that_of_all() -> None:
    terms = Terms(everyone=make_polynomial({"topic": 0.5}), newcomers=None)

    assert terms.predict(row_of(topic=0.4)) == pytest.approx(0.7)
