"""Cohorts, and where a value stands in one.

A paper is compared with papers of its category and month; where these are few, with a wider cohort.
Percentile = 100 (mean rank - 0.5) / n, ties take the mean rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bot.domain.numbers import Cohort, Missing, Standing

FULL = 50
"""A cohort of so many papers is taken; a wider one is looked at only below."""

SMALLEST = 30
"""Below so many papers in the widest cohort there is no percentile."""


def cohorts_of(category: str, day: date) -> tuple[Cohort, ...]:
    """Return the cohorts a paper may belong to, the narrowest first.

    Category x month, category x quarter, archive x month, archive x quarter of its first version.
    """
    archive = category.partition(".")[0]
    month = day.replace(day=1)
    quarter = month.replace(month=month.month - (month.month - 1) % 3)
    return tuple(
        Cohort(field=field, start=start, months=months)
        for field in dict.fromkeys((category, archive))
        for start, months in ((month, 1), (quarter, 3))
    )


def venue_cohort(venue: str, year: int) -> Cohort:
    """Return the cohort in data that has a venue and a year, but no category and month."""
    return Cohort(field=venue, start=date(year, 1, 1), months=12)


def choose_cohort(cohorts: Sequence[Cohort], sizes: Sequence[int]) -> Cohort | Missing:
    """Return the first cohort of at least 50 papers, else the largest if it has at least 30.

    `sizes` are the numbers of papers in each of `cohorts` for which the number in question is known.
    """
    for cohort, size in zip(cohorts, sizes, strict=True):
        if size >= FULL:
            return cohort
    size, cohort = max(zip(sizes, cohorts, strict=True), key=lambda pair: pair[0])
    return cohort if size >= SMALLEST else Missing.SMALL_COHORT


def percentiles(values: ArrayLike) -> NDArray[np.float64]:
    """Return each value's percentile (0-100) among all of them; shape (n,) in and out."""
    array = np.asarray(values, dtype=np.float64)
    ordered = np.sort(array)
    below = np.searchsorted(ordered, array, side="left")
    upto = np.searchsorted(ordered, array, side="right")
    return np.asarray(100.0 * (below + upto) / (2.0 * max(len(array), 1)), dtype=np.float64)


def standing(value: float, values: ArrayLike, cohort: Cohort) -> Standing | Missing:
    """Return where a value stands in its cohort, shown within 1-99.

    `values` are those of the whole cohort, shape (n,), this paper's own among them. Missing where
    there are fewer than 30, or where they are all the same.
    """
    array = np.asarray(values, dtype=np.float64)
    if len(array) < SMALLEST:
        return Missing.SMALL_COHORT
    if np.all(array == array[0]):
        return Missing.NO_SPREAD
    half_ranks = np.count_nonzero(array < value) + np.count_nonzero(array <= value)
    percentile = round(100.0 * half_ranks / (2.0 * len(array)))
    return Standing(percentile=min(max(percentile, 1), 99), cohort=cohort, size=len(array))


def years_between(earlier: date, later: date) -> int:
    """Return the age of earlier work in years, begun months counting: 1 for up to twelve months."""
    months = 12 * (later.year - earlier.year) + later.month - earlier.month
    return max(1, -(-months // 12))
