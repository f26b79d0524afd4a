"""Rank: the order of lists and feeds, from what is expected of a paper, what came of it, and its age."""

from __future__ import annotations

FEED_HALF_LIFE_DAYS = 14.0
"""In feeds a paper's rank halves in so many days; search has no decay."""

_DAYS_A_MONTH = 365.25 / 12
_RAMP_MONTHS = (3.0, 12.0)
_TYPICAL = 0.5


def rank(
    age_days: float, *, expected: float | None, impact: float | None, half_life_days: float | None = None
) -> float:
    """Return 100 q 2^(-age / H) with q = (1 - l) e + l v, from 0 to 100.

    e is the expected percentile of the forecast, v the Impact (both 0-100 here); l is 0 below three
    months and rises to 1 at twelve. Without e, 0.5 stands for it; without v, e.
    """
    e = _TYPICAL if expected is None else expected / 100.0
    v = e if impact is None else impact / 100.0
    youngest, oldest = _RAMP_MONTHS
    ramp = min(1.0, max(0.0, (age_days / _DAYS_A_MONTH - youngest) / (oldest - youngest)))
    quality = (1.0 - ramp) * e + ramp * v
    decay = 1.0 if half_life_days is None else 2.0 ** (-max(age_days, 0.0) / half_life_days)
    return 100.0 * quality * decay
