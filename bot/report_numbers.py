"""Our own numbers for the terminal: as JSON with what they rest on, and in a line of text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.domain.numbers import (
    UNSCORED,
    AuthorNumbers,
    Forecast,
    Missing,
    Novelty,
    PaperNumbers,
    Score,
    ScoreKind,
    Standing,
    score_of,
)
from bot.domain.papers import Paper
from bot.metrics.rank import rank

Json = Mapping[str, object]

SOURCE = "Hoopoe"


def numbers_json(paper: Paper, today: date) -> dict[str, Json | None]:
    """Return a paper's Novelty, its Forecast or, after a year, its Impact, and its Rank."""
    numbers = paper.numbers or UNSCORED
    dated = paper.dated_at.date() if paper.dated_at else None
    score = score_of(numbers, dated, today)
    kind = score.kind if isinstance(score, Score) else None
    return {
        "novelty": _novelty(numbers),
        "forecast": _forecast(numbers) if kind is ScoreKind.FORECAST else None,
        "impact": _standing(numbers.impact, numbers) if kind is ScoreKind.IMPACT else None,
        "rank": _rank(numbers, dated, today),
    }


def author_novelty_json(numbers: AuthorNumbers | None) -> Json | None:
    """Return an author's Novelty with how many papers it is the mean of."""
    if numbers is None or isinstance(numbers.novelty, Missing):
        return None
    return _value(round(numbers.novelty.mean, 1), numbers.as_of) | {"papers": numbers.novelty.papers}


def track_record_json(numbers: AuthorNumbers | None) -> Json | None:
    """Return an author's AI Score with its error and how many papers it rests on."""
    if numbers is None or isinstance(numbers.track_record, Missing):
        return None
    record = numbers.track_record
    return _value(round(record.score, 1), numbers.as_of) | {
        "error": round(record.error, 1),
        "papers": record.papers,
    }


def paper_numbers_text(paper: Paper, today: date) -> str:
    """Return a paper's numbers in a few words, empty where there are none."""
    numbers = paper.numbers or UNSCORED
    score = score_of(numbers, paper.dated_at.date() if paper.dated_at else None, today)
    parts = []
    if isinstance(score, Score):
        parts.append(f"{score.kind.value} {score.standing.percentile} ({score.standing.cohort.label})")
    if isinstance(numbers.novelty, Novelty) and numbers.novelty.standing is not None:
        about = "~" if numbers.novelty.approximate else ""
        parts.append(f"novelty {about}{numbers.novelty.standing.percentile}")
    if numbers.near is not None:
        parts.append(f"close to: {numbers.near.title} ({numbers.near.similarity:.2f})")
    return " · ".join(parts)


def author_numbers_text(numbers: AuthorNumbers | None) -> str:
    """Return an author's numbers in a few words, empty where there are none."""
    parts = []
    if numbers is not None and not isinstance(numbers.novelty, Missing):
        parts.append(f"novelty {numbers.novelty.mean:.0f} ({numbers.novelty.papers} papers)")
    if numbers is not None and not isinstance(numbers.track_record, Missing):
        record = numbers.track_record
        parts.append(f"AI Score {record.score:.0f} ± {record.error:.0f} ({record.papers} papers)")
    return " · ".join(parts)


def _novelty(numbers: PaperNumbers) -> Json | None:
    novelty = numbers.novelty
    if isinstance(novelty, Missing) or novelty.standing is None:
        return None
    return _placed(novelty.standing, numbers.as_of) | {"approximate": novelty.approximate}


def _forecast(numbers: PaperNumbers) -> Json | None:
    forecast = numbers.forecast
    if not isinstance(forecast, Forecast):
        return None
    return _placed(forecast.standing, numbers.as_of) | {
        "low": round(forecast.low, 1),
        "high": round(forecast.high, 1),
        "model": forecast.model,
        "with_authors": forecast.with_authors,
        "parts": {part.value: points for part, points in forecast.parts},
    }


def _standing(standing: Standing | Missing, numbers: PaperNumbers) -> Json | None:
    return None if isinstance(standing, Missing) else _placed(standing, numbers.as_of)


def _rank(numbers: PaperNumbers, dated: date | None, today: date) -> Json | None:
    expected = numbers.forecast.expected if isinstance(numbers.forecast, Forecast) else None
    impact = float(numbers.impact.percentile) if isinstance(numbers.impact, Standing) else None
    if dated is None or dated > today or (expected is None and impact is None):
        return None
    value = rank((today - dated).days, expected=expected, impact=impact)
    return _value(round(value, 1), numbers.as_of)


def _placed(standing: Standing, as_of: date | None) -> dict[str, object]:
    return _value(standing.percentile, as_of) | {"cohort": standing.cohort.label, "n": standing.size}


def _value(value: float, as_of: date | None) -> dict[str, object]:
    known: dict[str, object] = {"value": value, "source": SOURCE}
    return known | ({"as_of": as_of.isoformat()} if as_of else {})
