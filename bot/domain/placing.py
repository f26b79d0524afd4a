"""What is known of papers before their numbers are shown: scored each by itself, then placed among others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.numbers import Missing, Part, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What became of papers forecast so: mean true percentile, interval, share in the top tenth."""

    expected: float
    low: float
    high: float
    top_tenth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What a model makes of a paper, before it is compared with its cohort; `value` in percentile (0-1).

    The rest as in `Forecast`.
    """

    value: float
    model: str
    with_authors: bool
    parts: tuple[tuple[Part, float], ...]
    words: tuple[tuple[str, float], ...]
    of_newcomers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What a paper's text and surroundings say, before it is compared with its cohort.

    `basis` names the model and the size class of the catalogue. `fault` is why the text can't be
    compared, `forecast_fault` why besides there is no prediction. `near` are pairs of a paper and
    the cosine with it, the nearest first.
    """

    paper_id: int
    basis: str
    scored_on: date
    fault: Missing | None = None
    forecast_fault: Missing | None = None
    distance: float | None = None
    nearest: float | None = None
    prior_papers: int | None = None
    near: tuple[tuple[int, float], ...] = ()
    prediction: Prediction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Months whose papers are placed together, from `start`, counted from the year 0.

    Three months of papers with a category, or twelve of those that only have a venue.
    """

    start: int
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A paper of a period with what is compared; `cited_by` and `cited_on` say who counted and when."""

    paper_id: int
    category: str | None
    venue: str
    day: date
    citations: int | None
    cited_by: str
    cited_on: date | None
    distance: float | None
    nearest: float | None
    prior_papers: int | None
    prediction: float | None
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a paper stands in its cohorts now; `trend` orders feeds as Rank does, in days."""

    paper_id: int
    novelty: Standing | Missing | None
    forecast: Standing | Missing | None
    outlook: Outlook | None
    impact: Standing | Missing
    score: int | None
    trend: float
