"""An evaluation as JSON and as lines."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from bot.metrics.forecast import WORTH_SHOWING
from bot.training.evaluating import Evaluation
from bot.training.scoring import Estimate

_NAMES = {
    "abstract_length": "abstract length",
    "authors_best": "authors' best earlier paper",
    "neighbor_age": "recency of the nearest papers",
}


def evaluation_json(found: Evaluation) -> dict[str, Any]:
    """Return an evaluation as plain values; what could not be measured is null."""
    return {
        "spearman": _values(found.spearman),
        "ndcg_20": _values(found.ndcg_20),
        "precision_top_10": _values(found.precision_top_10),
        "auc": _values(found.auc),
        "interval_coverage": _values(found.interval_coverage),
        "calibration": [
            {
                "from": band.first,
                "to": band.last,
                "papers": band.papers,
                "expected": round(band.expected, 1),
                "observed": round(band.observed, 1),
                "coverage": round(band.coverage, 4),
                "top_10_expected": round(band.top_tenth_expected, 4),
                "top_10": round(band.top_tenth, 4),
            }
            for band in found.calibration
        ],
        "newcomers": _values(found.newcomers)
        | {
            "papers": found.newcomer_papers,
            "cohorts": found.newcomer_cohorts,
            "without_authors": _values(found.newcomers_without_authors),
        },
        "baselines": {name: _values(value) for name, value in found.baselines.items()},
        "cohorts": found.cohorts,
        "papers": found.papers,
    }


def evaluation_lines(found: Evaluation) -> Iterator[str]:
    """Yield an evaluation as a page of text."""
    yield f"Trained on {found.trained:,} papers; {found.papers:,} of the two years after are scored, in"
    yield f"{found.cohorts:,} cohorts. In brackets: 95 % bootstrap intervals."
    yield ""
    yield f"Spearman within cohorts  {_shown(found.spearman)}"
    yield f"NDCG@20                  {_shown(found.ndcg_20)}"
    yield f"precision of the top 10% {_shown(found.precision_top_10)}"
    yield f"AUC of the top 10%       {_shown(found.auc)}"
    yield f"80% intervals cover      {_shown(found.interval_coverage)}"
    yield f"newcomers, Spearman      {_shown(found.newcomers)} ({found.newcomer_papers:,} papers)"
    yield f"  without author terms   {_shown(found.newcomers_without_authors)}"
    yield ""
    yield "Spearman of guesses"
    for name, value in found.baselines.items():
        yield f"  {_NAMES.get(name, name):30} {_shown(value)}"
    yield ""
    yield "shown   papers  expected  observed  covered  top 10%: said  seen"
    for band in found.calibration:
        covered, said, seen = (
            100 * share for share in (band.coverage, band.top_tenth_expected, band.top_tenth)
        )
        yield (
            f"{band.first:2}-{band.last:<3} {band.papers:8,} {band.expected:9.1f} {band.observed:9.1f}"
            f" {covered:7.1f}% {said:13.1f}% {seen:4.1f}%"
        )
    if not found.spearman.low >= WORTH_SHOWING:
        yield ""
        yield f"The interval of Spearman reaches below {WORTH_SHOWING}: such a forecast is switched off."


def _values(value: Estimate) -> dict[str, float | None]:
    return {
        name: round(number, 4) if not math.isnan(number) else None
        for name, number in (("value", value.value), ("low", value.low), ("high", value.high))
    }


def _shown(value: Estimate) -> str:
    if math.isnan(value.value):
        return "not enough papers"
    return f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}]"
