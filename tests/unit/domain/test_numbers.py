"""A paper's Score: which of its numbers speaks."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.numbers import (
    Cohort,
    Forecast,
    Missing,
    PaperNumbers,
    Score,
    ScoreKind,
    Standing,
    score_of,
)

TODAY = date(2026, 11, 26)
COHORT = Cohort(field="cs.RO", start=date(2026, 11, 1), months=1)
PLACE = Standing(percentile=92, cohort=COHORT, size=212)
NUMBERS = PaperNumbers(
    forecast=Forecast(
        standing=PLACE, expected=70, low=30, high=95, top_tenth=0.3, parts=(), with_authors=False, model="m"
    ),
    impact=Standing(percentile=12, cohort=COHORT, size=80),
)


@pytest.mark.parametrize(
    ("dated", "kind", "percentile"),
    [
        pytest.param(date(2026, 11, 26), ScoreKind.FORECAST, 92, id="today"),
        pytest.param(date(2025, 11, 27), ScoreKind.FORECAST, 92, id="a year tomorrow"),
        pytest.param(date(2025, 11, 26), ScoreKind.IMPACT, 12, id="a year today"),
    ],
)
def test_score_is_the_forecast_for_a_year_and_then_the_impact(dated: date, kind: ScoreKind, percentile: int):
    score = score_of(NUMBERS, dated, TODAY)

    assert isinstance(score, Score)
    assert (score.kind, score.standing.percentile) == (kind, percentile)


@pytest.mark.parametrize(
    ("dated", "missing"),
    [
        pytest.param(None, Missing.NO_DATE, id="no date"),
        pytest.param(date(2026, 11, 27), Missing.FUTURE_DATE, id="tomorrow"),
    ],
)
def test_score_of_a_paper_without_usable_date_is_missing(dated: date | None, missing: Missing):
    assert score_of(NUMBERS, dated, TODAY) is missing


def test_score_of_a_paper_nobody_looked_at_is_not_there_yet():
    assert score_of(None, date(2026, 11, 1), TODAY) is Missing.NOT_YET
