"""Fits a forecast, and measures by an older one what its shown ranks are worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.errors import HoopoeError
from bot.metrics.cohorts import SMALLEST, percentiles
from bot.metrics.features import FEATURES, WITH_AUTHORS, WITHOUT_AUTHORS, Array
from bot.metrics.forecast import BANDS, Bands, ForecastModel, WordModel
from bot.metrics.terms import Polynomial, Terms, is_newcomers
from bot.training.corpus import Corpus, Indices, groups
from bot.training.ridge import fit_polynomial, fit_words, word_values
from bot.training.rows import Rows
from bot.training.scoring import Estimate, estimate, spearman

YEAR = 12
TRAINING_YEARS = 6
SCORED_YEARS = 2
FEWEST_PAPERS = 300
FEWEST_COHORTS = 3
FEWEST_FOR_WORDS = 1_000

FEWEST_NEWCOMERS = 30
"""So many papers by newcomers tell how the forecast without author terms is put on the scale of the other."""

_CONSTANT = 1e-9
"""Predictions that differ by less are the same but for rounding."""

_SMOOTH = 7.5
"""A band's quantiles are of papers shown up to this far from its middle: of three bands."""

_OUTSIDE = 0.09
"""Of the papers measured, so many lie on each side of an interval. With 0.1, intervals of four in five
covered 79 % two years on, and 77 % four years on: fields move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """Weights before anything is known of what they are worth."""

    terms: Terms
    words: WordModel | None

    def predict(self, corpus: Corpus, rows: Rows, papers: Indices) -> Array:
        """Return the predictions for some papers, 0-1."""
        table = rows.features[papers].copy()
        if self.words is not None:
            table[:, 0] = word_values(self.words, corpus, papers)
        return self.terms.predict(table)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Moments: papers from `scored` to before `end` are measured, earlier ones trained on."""

    scored: int
    end: int


def newest_split(corpus: Corpus) -> Split:
    """Return the split whose scored papers are the last two years that have labels."""
    moments = corpus.moment[corpus.labelled]
    if not len(moments):
        raise HoopoeError(
            "no paper has all of title, authors, an English abstract and a citation count in a cohort of at "
            f"least {SMALLEST}; there is nothing to learn from"
        )
    end = int(moments.max()) + 1
    return Split(scored=end - SCORED_YEARS * YEAR, end=end)


def between(corpus: Corpus, first: int, end: int) -> Indices:
    """Return the papers with a label from a moment to before another."""
    return np.flatnonzero(corpus.labelled & (corpus.moment >= first) & (corpus.moment < end))


def training_papers(corpus: Corpus, end: int) -> Indices:
    """Return the papers of the six years before a moment."""
    return between(corpus, end - TRAINING_YEARS * YEAR, end)


def is_enough(corpus: Corpus, papers: Indices) -> bool:
    """Say whether some papers are enough to learn from."""
    return len(papers) >= FEWEST_PAPERS and len(np.unique(corpus.cohort[papers])) >= FEWEST_COHORTS


def fit(corpus: Corpus, rows: Rows, papers: Indices, *, with_authors: bool = True) -> Regression:
    """Fit the words and the features on some papers."""
    table = rows.features[papers].copy()
    words = None
    if len(papers) >= FEWEST_FOR_WORDS:
        fitted = fit_words(corpus, papers)
        table[:, 0], words = fitted.unseen, fitted.model
    truth, cohort = corpus.percentile[papers], corpus.cohort[papers]
    bare = fit_polynomial(table, truth, cohort, WITHOUT_AUTHORS)
    if not with_authors:
        return Regression(terms=Terms(everyone=bare, newcomers=None), words=words)
    full = fit_polynomial(table, truth, cohort, WITH_AUTHORS)
    newcomers = for_newcomers(full, bare, table[is_newcomers(table)])
    return Regression(terms=Terms(everyone=full, newcomers=newcomers), words=words)


def for_newcomers(full: Polynomial, bare: Polynomial, rows: Array) -> Polynomial | None:
    """Return the polynomial without author terms for newcomers' papers, whose rows have shape (n, 19).

    It keeps its order, and gets the mean and the spread that the full one gives the same papers, so that both
    have one scale: an affine map. What that adds to all of them alike stands with the feature
    `earlier_papers`, as it is what nobody having one is worth. None of fewer than 30 papers.
    """
    if len(rows) < FEWEST_NEWCOMERS:
        return None
    ours, theirs = bare.added(rows).sum(axis=1), full.added(rows).sum(axis=1)
    if ours.std() < _CONSTANT:
        return None
    factor = float(theirs.std() / ours.std())
    typical = factor * bare.typical
    typical[tuple(FEATURES).index("earlier_papers")] -= theirs.mean() - factor * ours.mean()
    return replace(bare, linear=factor * bare.linear, products=factor * bare.products, typical=typical)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """Predictions of papers by a model that did not see them; shapes (n,).

    `shown`: their rank in the cohort, 0-100.
    """

    papers: Indices
    predicted: Array
    shown: Array


def unseen(corpus: Corpus, rows: Rows, split: Split, *, with_authors: bool = True) -> Unseen:
    """Predict a split's scored papers from the earlier ones.

    Where those are too few, from the other cohorts of the whole time, in five folds.
    """
    earlier, scored = training_papers(corpus, split.scored), between(corpus, split.scored, split.end)
    if is_enough(corpus, earlier):
        regression = fit(corpus, rows, earlier, with_authors=with_authors)
        return shown_in_cohorts(corpus, scored, regression.predict(corpus, rows, scored))
    papers = training_papers(corpus, split.end)
    fold = corpus.cohort[papers] % FOLDS
    predicted = np.full(len(papers), 0.5)
    for number in np.unique(fold).tolist():
        rest = papers[fold != number]
        if is_enough(corpus, rest):
            regression = fit(corpus, rows, rest, with_authors=with_authors)
            predicted[fold == number] = regression.predict(corpus, rows, papers[fold == number])
    return shown_in_cohorts(corpus, papers, predicted)


FOLDS = 5


def shown_in_cohorts(corpus: Corpus, papers: Indices, predicted: Array) -> Unseen:
    """Rank predictions within cohorts; papers of cohorts with fewer than 30 predictions are left out."""
    shown = np.full(len(papers), np.nan)
    for members in groups(corpus.cohort[papers]):
        if len(members) >= SMALLEST:
            shown[members] = percentiles(predicted[members])
    kept = ~np.isnan(shown)
    return Unseen(papers=papers[kept], predicted=predicted[kept], shown=shown[kept])


def measure_bands(corpus: Corpus, measured: Unseen) -> Bands:
    """Return what became of papers by the rank they were shown with."""
    truth, shown = 100.0 * corpus.percentile[measured.papers], measured.shown
    slope, intercept = np.polyfit(shown, truth, 1) if len(shown) else (0.0, 50.0)
    middles = (np.arange(BANDS) + 0.5) * 100.0 / BANDS
    near = [truth[np.abs(shown - middle) <= _SMOOTH] for middle in middles]
    return Bands(
        low=np.array([np.quantile(values, _OUTSIDE) if len(values) else 10.0 for values in near]),
        high=np.array([np.quantile(values, 1.0 - _OUTSIDE) if len(values) else 90.0 for values in near]),
        expected=np.clip(intercept + slope * middles, 1.0, 99.0),
        top_tenth=np.array([np.mean(values >= 90.0) if len(values) else 0.1 for values in near]),
    )


def measure_spearman(corpus: Corpus, measured: Unseen) -> Estimate:
    """Return the rank correlation within cohorts, with its interval."""
    samples = cohort_samples(corpus, measured)
    return estimate(samples, spearman)


def cohort_samples(corpus: Corpus, measured: Unseen, least: int = SMALLEST) -> list[Array]:
    """Return (prediction, truth, shown) of each cohort with enough papers, shape (n, 3)."""
    table = np.column_stack([measured.predicted, corpus.percentile[measured.papers], measured.shown])
    return [table[members] for members in groups(corpus.cohort[measured.papers]) if len(members) >= least]


def train(
    corpus: Corpus, rows: Rows, version: str, *, with_authors: bool = True, split: Split | None = None
) -> ForecastModel:
    """Fit the model on all labelled papers, its bands by a model two years older."""
    split = split or newest_split(corpus)
    papers = training_papers(corpus, split.end)
    if not is_enough(corpus, papers):
        raise HoopoeError(too_few(corpus, papers))
    measured = unseen(corpus, rows, split, with_authors=with_authors)
    regression = fit(corpus, rows, papers, with_authors=with_authors)
    worth = measure_spearman(corpus, measured)
    years = corpus.moment[papers] // YEAR
    return ForecastModel(
        version=version,
        summary=f"{len(papers):,} papers of {years.min()} to {years.max()} in "
        f"{len(np.unique(corpus.cohort[papers])):,} cohorts",
        words=regression.words,
        terms=regression.terms,
        bands=measure_bands(corpus, measured),
        spearman=(worth.value, worth.low, worth.high),
    )


def too_few(corpus: Corpus, papers: Sequence[int] | Indices) -> str:
    """Say how many papers there are to learn from, and how many there should be."""
    cohorts = len(np.unique(corpus.cohort[np.asarray(papers, dtype=np.int64)]))
    return (
        f"{len(papers):,} papers in {cohorts:,} cohorts have a citation count and are old enough to learn "
        f"from; {FEWEST_PAPERS} in {FEWEST_COHORTS} are needed"
    )
