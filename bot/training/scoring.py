"""How well predictions rank the papers of a cohort, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.metrics.cohorts import percentiles
from bot.metrics.features import Array

TOP = 20
"""NDCG looks at so many papers."""

SAMPLES = 400
"""So many times are cohorts, then their papers, drawn anew for an interval."""

Measure = Callable[[Array], float]
"""Takes a cohort's (prediction, truth, shown …), shape (n, k), and returns a number; NaN for none."""

_PREDICTED, _TRUE = 0, 1
_TOP_TENTH = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An unweighted mean over cohorts, with its 95 % bootstrap interval; NaN where there are none."""

    value: float
    low: float
    high: float


def estimate(cohorts: Sequence[Array], measure: Measure, seed: int = 0) -> Estimate:
    """Return the mean of a measure over cohorts; the interval draws cohorts, then papers in them."""
    values = [value for value in map(measure, cohorts) if not np.isnan(value)]
    if not values:
        return Estimate(value=np.nan, low=np.nan, high=np.nan)
    random = np.random.default_rng(seed)
    means = []
    for _ in range(SAMPLES):
        drawn = (cohorts[number] for number in random.integers(0, len(cohorts), len(cohorts)))
        resampled = [measure(cohort[random.integers(0, len(cohort), len(cohort))]) for cohort in drawn]
        known = [value for value in resampled if not np.isnan(value)]
        if known:
            means.append(float(np.mean(known)))
    low, high = np.quantile(means, [0.025, 0.975]) if means else (np.nan, np.nan)
    return Estimate(value=float(np.mean(values)), low=float(low), high=float(high))


def spearman(cohort: Array) -> float:
    """Return the correlation of ranks, -1 to 1; ties take the mean rank."""
    predicted, true = percentiles(cohort[:, _PREDICTED]), percentiles(cohort[:, _TRUE])
    predicted, true = predicted - predicted.mean(), true - true.mean()
    scale = float(np.sqrt((predicted @ predicted) * (true @ true)))
    return float(predicted @ true) / scale if scale > 0 else np.nan


def ndcg(cohort: Array) -> float:
    """Return the discounted percentiles of the 20 papers predicted highest, over the best possible."""
    discounts = 1.0 / np.log2(np.arange(2, min(TOP, len(cohort)) + 2))
    best = np.sort(cohort[:, _TRUE])[::-1][: len(discounts)] @ discounts
    gained = cohort[_order(cohort)[: len(discounts)], _TRUE] @ discounts
    return float(gained / best) if best > 0 else np.nan


def precision_top_tenth(cohort: Array) -> float:
    """Return which share of the tenth predicted highest is in the real top tenth by citations."""
    count = max(1, round(len(cohort) / 10))
    return float(np.mean(_is_top(cohort)[_order(cohort)[:count]]))


def auc(cohort: Array) -> float:
    """Return how often a paper of the real top tenth is predicted above another, 0-1."""
    top = _is_top(cohort)
    positives = int(top.sum())
    negatives = len(top) - positives
    if not positives or not negatives:
        return np.nan
    ranks = percentiles(cohort[:, _PREDICTED]) / 100.0 * len(cohort) + 0.5
    return float((ranks[top].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def _is_top(cohort: Array) -> np.ndarray:
    return percentiles(cohort[:, _TRUE]) >= 100.0 * _TOP_TENTH


def _order(cohort: Array) -> np.ndarray:
    return np.argsort(-cohort[:, _PREDICTED], kind="stable")
