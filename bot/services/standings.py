"""Where the papers of a period stand in their cohorts, number by number."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.domain.numbers import YEAR_DAYS, Missing, Standing
from bot.domain.placing import Member, Outlook, Placed
from bot.metrics.copies import NEAR_COPY
from bot.metrics.forecast import band_of
from bot.metrics.novelty import FEWEST_PRIOR
from bot.metrics.placing import cohorts_for, place
from bot.metrics.rank import FEED_HALF_LIFE_DAYS

if TYPE_CHECKING:
    from bot.metrics.forecast import ForecastModel

STALE_COUNT = timedelta(days=183)
"""A citation count so much older than the newest of its period isn't compared with it."""

_TYPICAL = 50.0

Found = Standing | Missing
Value = Callable[[Member], "float | None"]


def place_period(members: Sequence[Member], model: ForecastModel | None, today: date) -> tuple[Placed, ...]:
    """Return where each paper of a period stands by Novelty, Forecast and Impact."""
    novelty = _placed(members, lambda one: one.distance)
    is_shown = model is not None and model.is_worth_showing
    version = model.version if model else ""
    forecast = _placed(members, lambda one: one.prediction if is_shown and one.model == version else None)
    counted = _comparable(members)
    impact = _placed(members, counted)
    return tuple(_place_one(one, novelty, forecast, impact, model, today) for one in members)


def _place_one(
    one: Member,
    novelty: dict[int, Found],
    forecast: dict[int, Found],
    impact: dict[int, Found],
    model: ForecastModel | None,
    today: date,
) -> Placed:
    expected = forecast.get(one.paper_id)
    outlook = _outlook(model, expected) if model and isinstance(expected, Standing) else None
    if expected is None and one.prediction is not None and model and not model.is_worth_showing:
        expected = Missing.NOT_WORTH_SHOWING
    cited = impact.get(one.paper_id) or (
        Missing.NO_CITATION_COUNT if one.citations is None else Missing.OTHER_COUNT
    )
    is_young = (today - one.day).days < YEAR_DAYS
    score = expected if is_young else cited
    return Placed(
        paper_id=one.paper_id,
        novelty=_novelty(one, novelty.get(one.paper_id)),
        forecast=expected,
        outlook=outlook,
        impact=cited,
        score=score.percentile if isinstance(score, Standing) else None,
        trend=_trend(one.day, outlook, expected),
    )


def _placed(members: Sequence[Member], value: Value) -> dict[int, Found]:
    """Place all members for which a number is known."""
    known = [(one, found) for one in members if (found := value(one)) is not None]
    standings = place(
        [cohorts_for(one.category, one.venue, one.day) for one, _ in known], [found for _, found in known]
    )
    return {one.paper_id: standing for (one, _), standing in zip(known, standings, strict=True)}


def _novelty(one: Member, placed: Found | None) -> Found | None:
    if one.distance is None:
        return None
    if (one.prior_papers or 0) < FEWEST_PRIOR:
        return Missing.FEW_PRIOR_PAPERS
    if (one.nearest or 0.0) >= NEAR_COPY:
        return None
    return placed


def _outlook(model: ForecastModel, standing: Standing) -> Outlook:
    band, bands = band_of(standing.percentile), model.bands
    return Outlook(
        expected=float(bands.expected[band]),
        low=float(bands.low[band]),
        high=float(bands.high[band]),
        top_tenth=float(bands.top_tenth[band]),
    )


def _trend(day: date, outlook: Outlook | None, place: Found | None) -> float:
    """Return what orders papers as Rank does, whatever day it is: 100 q 2^(-age / 14), on a scale of days."""
    expected = max(outlook.expected if outlook else _TYPICAL, 1.0) / 100.0
    # Papers of one band are expected the same: the higher one goes first, by less than a minute a point.
    first = place.percentile / 10_000 if isinstance(place, Standing) else 0.0
    return round(day.toordinal() + FEED_HALF_LIFE_DAYS * math.log2(expected) + first, 4)


def _comparable(members: Sequence[Member]) -> Value:
    """Return the citation counts of the source that counted most, where they are of one time."""
    sources = Counter(one.cited_by for one in members if one.citations is not None)
    if not sources:
        return lambda _: None
    source = min(sources, key=lambda name: (-sources[name], name))
    days = [one.cited_on for one in members if one.cited_by == source and one.cited_on]
    oldest = max(days) - STALE_COUNT if days else None

    def counted(one: Member) -> float | None:
        is_stale = oldest is not None and (one.cited_on is None or one.cited_on < oldest)
        return None if one.citations is None or one.cited_by != source or is_stale else float(one.citations)

    return counted
