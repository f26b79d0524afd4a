"""AI Score: an author's track record among papers of the same fields and months."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot.domain.numbers import AuthorNovelty, Missing, TrackRecord

FEWEST_PAPERS = 3
"""So many papers over a year old must have an Impact."""

FEWEST_SCORED = 5
"""So many papers must have a Novelty before an author has one."""

RECENT_YEARS = 3.0
"""Papers up to this age count in full, older ones half."""

_PRIOR = 3.0
"""The weight of the typical author, 50, that every record is drawn towards."""

_VARIANCE = 0.0588
"""The variance of a paper's percentile (0-1) round its author's mean."""


def track_record(impacts: Sequence[tuple[float, float]]) -> TrackRecord | Missing:
    """Return 100 (sum w q + 1.5) / (sum w + 3) +- 100 sqrt(0.0588 / (sum w + 3)).

    `impacts` are pairs of an Impact (1-99) and the paper's age in years; q is Impact / 100, w is 1 up
    to three years of age and 0.5 beyond. 50 is a typical author of the same cohorts.
    """
    if len(impacts) < FEWEST_PAPERS:
        return Missing.FEW_PAPERS
    weights = [1.0 if age <= RECENT_YEARS else 0.5 for _, age in impacts]
    total = sum(weights) + _PRIOR
    sum_of_impacts = sum(weight * value / 100.0 for weight, (value, _) in zip(weights, impacts, strict=True))
    return TrackRecord(
        score=100.0 * (sum_of_impacts + _PRIOR / 2) / total,
        error=100.0 * math.sqrt(_VARIANCE / total),
        papers=len(impacts),
    )


def author_novelty(novelties: Sequence[float]) -> AuthorNovelty | Missing:
    """Return the mean of at least five papers' Novelty (1-99)."""
    if len(novelties) < FEWEST_SCORED:
        return Missing.FEW_PAPERS
    return AuthorNovelty(mean=sum(novelties) / len(novelties), papers=len(novelties))
