"""Impact: where a paper's citations stand among papers of its cohort, once it is a year old."""

from __future__ import annotations

from datetime import date

from numpy.typing import ArrayLike

from bot.domain.numbers import Cohort, Missing, Standing
from bot.metrics.cohorts import standing

YOUNGEST_DAYS = 365
"""Before, a paper has a forecast; from then on its citations speak."""


def impact(
    citation_count: int | None, citation_counts: ArrayLike, cohort: Cohort, *, day: date, today: date
) -> Standing | Missing:
    """Return the percentile of a paper's citation count in its cohort.

    `citation_counts` are the counts of the cohort's papers, this one's among them, all of one source
    and one date; shape (n,). `day` is that of the first version.
    """
    if day > today:
        return Missing.FUTURE_DATE
    if (today - day).days < YOUNGEST_DAYS:
        return Missing.TOO_YOUNG
    if citation_count is None:
        return Missing.NO_CITATION_COUNT
    return standing(citation_count, citation_counts, cohort)
