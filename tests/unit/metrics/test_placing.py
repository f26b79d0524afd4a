"""Placing: every paper in the narrowest cohort that is large enough."""

from __future__ import annotations

from datetime import date

from bot.domain.numbers import Missing, Standing
from bot.metrics.placing import cohorts_for, place

NOVEMBER = cohorts_for("cs.RO", "", date(2026, 11, 3))
OCTOBER = cohorts_for("cs.RO", "", date(2026, 10, 3))


def test_papers_of_a_large_month_are_compared_within_it():
    found = place([NOVEMBER] * 50 + [OCTOBER] * 50, [float(n) for n in range(100)])

    assert found[0] == Standing(percentile=1, cohort=NOVEMBER[0], size=50)
    assert found[49] == Standing(percentile=99, cohort=NOVEMBER[0], size=50)
    assert found[50] == Standing(percentile=1, cohort=OCTOBER[0], size=50)


def test_papers_of_a_small_month_are_compared_with_the_quarter():
    found = place([NOVEMBER] * 10 + [OCTOBER] * 50, [float(n) for n in range(60)])

    assert found[9] == Standing(percentile=16, cohort=NOVEMBER[1], size=60)
    assert found[59] == Standing(percentile=99, cohort=OCTOBER[0], size=50)


def test_fewer_than_thirty_papers_give_no_standing():
    assert set(place([NOVEMBER] * 29, [float(n) for n in range(29)])) == {Missing.SMALL_COHORT}


def test_equal_values_give_no_standing():
    assert set(place([NOVEMBER] * 60, [0.0] * 60)) == {Missing.NO_SPREAD}


def test_paper_without_category_and_venue_has_no_cohort():
    assert place([cohorts_for(None, "", date(2026, 1, 1))], [1.0]) == (Missing.NO_CATEGORY,)


def test_papers_without_category_are_compared_within_venue_and_year():
    own = cohorts_for(None, "icra", date(2021, 6, 1))

    found = place([own] * 31, [float(n) for n in range(31)])

    assert isinstance(found[0], Standing)
    assert found[0].cohort.label == "icra, 2021"
