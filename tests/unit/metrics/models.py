"""Small models and evidence for the tests of the forecast."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.metrics.features import FEATURES, EarlierPapers, Evidence, Neighbors
from bot.metrics.forecast import BANDS, Bands, ForecastModel, WordModel

NOTHING = EarlierPapers(age=np.zeros(0), percentile=np.zeros(0), similarity=np.zeros(0), count=0)


def make_model(
    *,
    spearman: tuple[float, float, float] = (0.45, 0.4, 0.5),
    words: WordModel | None = None,
    **coefficients: float,
) -> ForecastModel:
    """Return a model with the named coefficients, means of 0 and rising bands."""
    steps = np.arange(BANDS, dtype=np.float64)
    return ForecastModel(
        version="test-1",
        summary="nothing",
        words=words,
        coefficients=np.array([coefficients.get(name, 0.0) for name in FEATURES]),
        means=np.zeros(len(FEATURES)),
        bands=Bands(low=steps, high=80 + steps, expected=30 + 2 * steps, top_tenth=steps / 50),
        spearman=spearman,
    )


def make_neighbors(
    similarity: Sequence[float] = (),
    age: Sequence[float] = (),
    percentile: Sequence[float] = (),
    same_field: Sequence[bool] = (),
) -> Neighbors:
    """Return neighbors from plain lists."""
    return Neighbors(
        similarity=np.array(similarity, dtype=np.float64),
        age=np.array(age, dtype=np.float64),
        percentile=np.array(percentile, dtype=np.float64),
        same_field=np.array(same_field, dtype=np.bool_),
    )


def make_earlier(
    age: Sequence[float], percentile: Sequence[float], similarity: Sequence[float] = ()
) -> EarlierPapers:
    """Return earlier papers from plain lists."""
    return EarlierPapers(
        age=np.array(age, dtype=np.float64),
        percentile=np.array(percentile, dtype=np.float64),
        similarity=np.array(similarity, dtype=np.float64),
        count=len(age),
    )


def make_evidence(
    title: str = "Grasping robots",
    abstract: str = "",
    neighbors: Neighbors | None = None,
    authors: Sequence[EarlierPapers] = (),
    own_work: EarlierPapers = NOTHING,
) -> Evidence:
    """Return the evidence of a paper of which nothing else is known."""
    return Evidence(
        title=title,
        abstract=abstract,
        words=0.0,
        neighbors=make_neighbors() if neighbors is None else neighbors,
        authors=authors,
        own_work=own_work,
    )
