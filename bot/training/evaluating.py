"""Measures a forecast on papers it has not seen, beside what costs nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.errors import HoopoeError
from bot.metrics.features import Array
from bot.metrics.forecast import Bands, band_of
from bot.training.corpus import Corpus, Indices, groups
from bot.training.fitting import (
    SCORED_YEARS,
    YEAR,
    Split,
    Unseen,
    between,
    cohort_samples,
    is_enough,
    measure_bands,
    newest_split,
    too_few,
    training_papers,
    unseen,
)
from bot.training.rows import BASELINES, Rows
from bot.training.scoring import Estimate, auc, estimate, ndcg, precision_top_tenth, spearman

FEWEST_SCORED = 50
"""A cohort of so many papers is scored."""

FEWEST_NEWCOMERS = 30
"""And of so many papers none of whose authors has an earlier one."""

CALIBRATED = 10
"""Calibration is told for so many bands of the shown rank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What was said of the papers shown from `first` to `last`, and what came of them, in percentiles."""

    first: int
    last: int
    papers: int
    expected: float
    observed: float
    coverage: float
    top_tenth_expected: float
    top_tenth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The table of docs/model-card.md."""

    trained: int
    papers: int
    cohorts: int
    spearman: Estimate
    ndcg_20: Estimate
    precision_top_10: Estimate
    auc: Estimate
    interval_coverage: Estimate
    calibration: tuple[Calibration, ...]
    newcomers: Estimate
    newcomers_without_authors: Estimate
    newcomer_papers: int
    newcomer_cohorts: int
    baselines: dict[str, Estimate]


def rows_needed_since(corpus: Corpus) -> int:
    """Return the first moment whose papers have a part in an evaluation or a training."""
    return newest_split(corpus).scored - SCORED_YEARS * YEAR - 6 * YEAR


def evaluate(corpus: Corpus, rows: Rows, *, with_authors: bool = True) -> Evaluation:
    """Train on the years before the last two, and score those; bands come from a model two years older."""
    split = newest_split(corpus)
    trained = training_papers(corpus, split.scored)
    if not is_enough(corpus, trained):
        raise HoopoeError(f"{too_few(corpus, trained)}, before the last two years, which are scored")
    older = Split(scored=split.scored - SCORED_YEARS * YEAR, end=split.scored)
    bands = measure_bands(corpus, unseen(corpus, rows, older, with_authors=with_authors))
    scored = unseen(corpus, rows, split, with_authors=with_authors)
    samples = cohort_samples(corpus, scored, FEWEST_SCORED)
    if not samples:
        raise HoopoeError(
            f"no cohort of the last two years has {FEWEST_SCORED} papers with a citation count; "
            f"{len(between(corpus, split.scored, split.end)):,} papers are too few to measure on"
        )
    ranged = [_with_interval(sample, bands) for sample in samples]
    bare = scored if not with_authors else unseen(corpus, rows, split, with_authors=False)
    newcomers = _newcomers(corpus, rows, scored)
    return Evaluation(
        trained=len(trained),
        papers=sum(map(len, samples)),
        cohorts=len(samples),
        spearman=estimate(samples, spearman),
        ndcg_20=estimate(samples, ndcg),
        precision_top_10=estimate(samples, precision_top_tenth),
        auc=estimate(samples, auc),
        interval_coverage=estimate(ranged, _coverage),
        calibration=_calibration(np.concatenate(ranged), bands),
        newcomers=estimate(newcomers, spearman),
        newcomers_without_authors=estimate(_newcomers(corpus, rows, bare), spearman),
        newcomer_papers=sum(map(len, newcomers)),
        newcomer_cohorts=len(newcomers),
        baselines=_baselines(corpus, rows, scored),
    )


_SHOWN, _LOW, _HIGH = 2, 3, 4


def _with_interval(sample: Array, bands: Bands) -> Array:
    """Add the columns low and high (0-1) to a cohort's (prediction, truth, shown)."""
    band = np.array([band_of(shown) for shown in sample[:, _SHOWN].tolist()])
    return np.column_stack([sample, bands.low[band] / 100.0, bands.high[band] / 100.0])


def _coverage(cohort: Array) -> float:
    true = cohort[:, 1]
    return float(np.mean((cohort[:, _LOW] <= true) & (true <= cohort[:, _HIGH])))


def _calibration(table: Array, bands: Bands) -> tuple[Calibration, ...]:
    result = []
    width = 100 // CALIBRATED
    part = np.minimum(table[:, _SHOWN] // width, CALIBRATED - 1)
    for number in range(CALIBRATED):
        members = table[part == number]
        if not len(members):
            continue
        band = np.array([band_of(shown) for shown in members[:, _SHOWN].tolist()])
        result.append(
            Calibration(
                first=number * width,
                last=(number + 1) * width,
                papers=len(members),
                expected=float(bands.expected[band].mean()),
                observed=float(100.0 * members[:, 1].mean()),
                coverage=_coverage(members),
                top_tenth_expected=float(bands.top_tenth[band].mean()),
                top_tenth=float(np.mean(members[:, 1] >= 0.9)),
            )
        )
    return tuple(result)


def _newcomers(corpus: Corpus, rows: Rows, scored: Unseen) -> list[Array]:
    new = rows.earlier[scored.papers] == 0
    chosen = Unseen(papers=scored.papers[new], predicted=scored.predicted[new], shown=scored.shown[new])
    return cohort_samples(corpus, chosen, FEWEST_NEWCOMERS)


def _baselines(corpus: Corpus, rows: Rows, scored: Unseen) -> dict[str, Estimate]:
    """Return the rank correlation of guesses that need no training."""
    guesses = {"random": np.random.default_rng(0).random(len(scored.papers))}
    guesses |= {name: rows.baselines[scored.papers, column] for column, name in enumerate(BASELINES)}
    return {
        name: estimate(_guessed(corpus, scored.papers, guess), spearman) for name, guess in guesses.items()
    }


def _guessed(corpus: Corpus, papers: Indices, guess: Array) -> list[Array]:
    table = np.column_stack([guess, corpus.percentile[papers]])
    return [table[members] for members in groups(corpus.cohort[papers]) if len(members) >= FEWEST_SCORED]
