"""Where every paper of some months stands: one number of each in the cohort that is large enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import numpy as np

from bot.domain.numbers import Cohort, Missing, Standing
from bot.metrics.cohorts import choose_cohort, cohorts_of, venue_cohort


def cohorts_for(category: str | None, venue: str, day: date) -> tuple[Cohort, ...]:
    """Return the cohorts a paper may belong to, the narrowest first; none without category and venue."""
    if category:
        return cohorts_of(category, day)
    return (venue_cohort(venue, day.year),) if venue else ()


def place(cohorts: Sequence[Sequence[Cohort]], values: Sequence[float]) -> tuple[Standing | Missing, ...]:
    """Return where each value stands; `cohorts` are those of its paper. Both have the papers' order.

    The values are one number of all papers that have it, of whole quarters, or years for venues: a
    cohort is counted from them. Shown within 1-99; ties take the mean rank.
    """
    members: defaultdict[Cohort, list[float]] = defaultdict(list)
    for own, value in zip(cohorts, values, strict=True):
        for cohort in own:
            members[cohort].append(value)
    ordered = {cohort: np.sort(np.asarray(found, dtype=np.float64)) for cohort, found in members.items()}
    return tuple(_stand(own, value, ordered) for own, value in zip(cohorts, values, strict=True))


def _stand(
    own: Sequence[Cohort], value: float, ordered: dict[Cohort, np.ndarray[tuple[int], np.dtype[np.float64]]]
) -> Standing | Missing:
    if not own:
        return Missing.NO_CATEGORY
    cohort = choose_cohort(own, [len(ordered[one]) for one in own])
    if isinstance(cohort, Missing):
        return cohort
    all_values = ordered[cohort]
    if all_values[0] == all_values[-1]:
        return Missing.NO_SPREAD
    below = int(np.searchsorted(all_values, value, side="left"))
    upto = int(np.searchsorted(all_values, value, side="right"))
    percentile = round(100.0 * (below + upto) / (2.0 * len(all_values)))
    return Standing(percentile=min(max(percentile, 1), 99), cohort=cohort, size=len(all_values))
