"""Novelty: how far a paper's wording is from earlier work. A distance, not a judgement of merit."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from bot.domain.numbers import Cohort, Missing, Novelty
from bot.metrics.cohorts import standing
from bot.metrics.copies import NEAR_COPY

FEWEST_PRIOR = 1_000
"""With fewer earlier papers to compare with there is no number."""

MANY_PRIOR = 10_000
"""With fewer than these the number is shown as approximate."""

_NEIGHBORS = 10


def distance(similarities: ArrayLike) -> float:
    """Return D = (1 - s1) sqrt(1 - mean(s2 .. s10)), from 0 (a copy) to 1 (nothing in common).

    `similarities` are cosines with earlier work, in any order, shape (n,); versions of the same work
    are left out. The nearest acts as a factor, as a mean over ten would miss copies.
    """
    nearest = np.sort(np.asarray(similarities, dtype=np.float64))[::-1][:_NEIGHBORS]
    if not len(nearest):
        return 1.0
    others = float(nearest[1:].mean()) if len(nearest) > 1 else 0.0
    return (1.0 - min(float(nearest[0]), 1.0)) * math.sqrt(1.0 - min(others, 1.0))


def novelty(
    own: float, nearest: float, distances: ArrayLike, cohort: Cohort, *, prior_papers: int
) -> Novelty | Missing:
    """Return a paper's Novelty: the percentile of its distance `own` in its cohort.

    `nearest` is its likeness with the nearest (`copies.likeness`); `distances` are those of the cohort's
    papers, its own among them, shape (n,); `prior_papers` counts the earlier papers of the same archive.
    A near copy has no standing.
    """
    if prior_papers < FEWEST_PRIOR:
        return Missing.FEW_PRIOR_PAPERS
    place = None
    if nearest < NEAR_COPY:
        found = standing(own, distances, cohort)
        if isinstance(found, Missing):
            return found
        place = found
    return Novelty(
        distance=own,
        nearest=nearest,
        prior_papers=prior_papers,
        standing=place,
        approximate=prior_papers < MANY_PRIOR,
    )
