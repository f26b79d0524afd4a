"""Forecast: where a recent paper's citations are expected to stand in its cohort.

A ridge regression on the features of `bot.metrics.features`, their squares and products
(`bot.metrics.terms`); its weights are a small JSON. What is shown is the rank of a paper's prediction in its
cohort, with what became of papers shown there before.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from numpy.typing import ArrayLike

from bot.domain.numbers import Cohort, Forecast, Missing, Part
from bot.metrics.cohorts import standing
from bot.metrics.copies import NEAR_COPY
from bot.metrics.features import AUTHOR_HISTORY, FEATURES, Array
from bot.metrics.stopwords import FUNCTION_WORDS
from bot.metrics.terms import Terms

BANDS = 20
"""Shown ranks are told apart in so many bands of five: 1-5, 6-10, … 96-99."""

WORTH_SHOWING = 0.2
"""A model whose rank correlation may lie below this, by its 95 % interval, is switched off."""

_POINTS = 100.0
_NEAREST_DISTANCE = tuple(FEATURES).index("nearest_distance")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordModel:
    """Weights of single words, stop words too: a ridge on (1 + ln count) idf, vectors of length 1.

    `weights` gives (idf, weight) by word, for the words of largest |weight| times frequency, not
    refitted. `other_idf`, the root mean square of all other words, stands for theirs in the length.
    """

    weights: Mapping[str, tuple[float, float]]
    other_idf: float

    def value(self, counts: Mapping[str, int]) -> float:
        """Return the sum of a paper's word weights, about -0.3 to 0.3; 0 for no words.

        It is in log odds that have the spread of percentiles 0-1 (`bot.training.ridge.log_odds`).
        """
        return math.fsum(self.contributions(counts).values())

    def contributions(self, counts: Mapping[str, int]) -> dict[str, float]:
        """Return what each known word of a paper adds to its value."""
        squares = 0.0
        terms: dict[str, float] = {}
        for word, count in counts.items():
            idf, weight = self.weights.get(word, (self.other_idf, 0.0))
            term = (1.0 + math.log(count)) * idf
            squares += term * term
            if weight:
                terms[word] = term * weight
        length = math.sqrt(squares) or 1.0
        return {word: term / length for word, term in terms.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """What became of papers by the rank they were shown with, measured by a model two years older.

    Arrays of shape (20,): the true percentiles (0-100) that four in five lie between, their
    mean, and the share (0-1) that ended in the real top tenth.
    """

    low: Array
    high: Array
    expected: Array
    top_tenth: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastModel:
    """A trained model: prediction = 0.5 + what the features add by its `terms`, in percentile (0-1).

    `version` names it wherever a number is stored; `summary` says what it was trained on.
    `spearman` is the rank correlation within cohorts on years it was not trained on, and its 95 %
    interval.
    """

    version: str
    summary: str
    words: WordModel | None
    terms: Terms
    bands: Bands
    spearman: tuple[float, float, float]

    def predict(self, rows: ArrayLike) -> Array:
        """Return predictions for rows of shape (19,) or (n, 19)."""
        return self.terms.predict(rows)

    def parts(self, row: Array) -> tuple[tuple[Part, float], ...]:
        """Return what each part adds, in points of percentile against a typical paper, largest first.

        A part is a group of features (FEATURES). A product of features of two parts counts for each of them
        by half.
        """
        points: dict[Part, float] = {}
        used = self.used
        for name, value in zip(FEATURES, self.terms.added(row).tolist(), strict=True):
            if name in used:
                part = FEATURES[name]
                points[part] = points.get(part, 0.0) + _POINTS * value
        return tuple(sorted(points.items(), key=lambda item: -abs(item[1])))

    @property
    def used(self) -> frozenset[str]:
        """The features that have a weight."""
        return self.terms.used

    @property
    def with_authors(self) -> bool:
        """Whether it looks at the authors' earlier papers."""
        return not AUTHOR_HISTORY.isdisjoint(self.used)

    @property
    def is_worth_showing(self) -> bool:
        """Whether it ranks well enough to be shown."""
        return self.spearman[1] >= WORTH_SHOWING


def forecast(model: ForecastModel, row: Array, predictions: ArrayLike, cohort: Cohort) -> Forecast | Missing:
    """Return a paper's Forecast: the rank of its prediction among its cohort's `predictions`, shape (n,).

    Minimum: 30 papers in the cohort, and a model that ranked well enough when it was measured. A near
    copy of earlier work has none: it would be forecast the fate of what it repeats.
    """
    if not model.is_worth_showing:
        return Missing.NOT_WORTH_SHOWING
    if 1.0 - row[_NEAREST_DISTANCE] >= NEAR_COPY:
        return Missing.NEAR_COPY
    place = standing(float(model.predict(row)), predictions, cohort)
    if isinstance(place, Missing):
        return place
    band = band_of(place.percentile)
    return Forecast(
        standing=place,
        expected=float(model.bands.expected[band]),
        low=float(model.bands.low[band]),
        high=float(model.bands.high[band]),
        top_tenth=float(model.bands.top_tenth[band]),
        parts=model.parts(row),
        with_authors=model.with_authors,
        model=model.version,
        of_newcomers=bool(model.terms.sets_apart(row)),
    )


def band_of(percentile: float) -> int:
    """Return the band, 0-19, of a shown rank from 1 to 99."""
    return min(int(percentile * BANDS / _POINTS), BANDS - 1)


def telling_words(
    model: WordModel, counts: Mapping[str, int], limit: int = 3
) -> tuple[tuple[str, float], ...]:
    """Return the content words that move a paper's forecast most, in points about those of percentile."""
    moved = {
        word: _POINTS * value
        for word, value in model.contributions(counts).items()
        if word not in FUNCTION_WORDS and not word.isdigit()
    }
    return tuple(sorted(moved.items(), key=lambda item: -abs(item[1]))[:limit])
