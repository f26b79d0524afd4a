"""Small models and evidence for the tests of the forecast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bot.metrics.features import FEATURES, EarlierPapers, Evidence, Neighbors
from bot.metrics.forecast import BANDS, Bands, ForecastModel, WordModel
from bot.metrics.terms import Polynomial, Terms

NOTHING = EarlierPapers(age=np.zeros(0), percentile=np.zeros(0), similarity=np.zeros(0), count=0)


def make_model(
    *,
    spearman: tuple[float, float, float] = (0.45, 0.4, 0.5),
    words: WordModel | None = None,
    newcomers: Polynomial | None = None,
    **coefficients: float,
) -> ForecastModel:
    """Return a model of the named coefficients for features from -30 to 30, and rising bands."""
    steps = np.arange(BANDS, dtype=np.float64)
    return ForecastModel(
        version="test-1",
        summary="nothing",
        words=words,
        terms=Terms(everyone=make_polynomial(coefficients), newcomers=newcomers),
        bands=Bands(low=steps, high=80 + steps, expected=30 + 2 * steps, top_tenth=steps / 50),
        spearman=spearman,
    )


def make_polynomial(
    coefficients: Mapping[str, float], products: Mapping[tuple[str, str], float] | None = None
) -> Polynomial:
    """Return a polynomial of means 0: the named features times their coefficients, and products of two.

    Features are held within -30 and 30.
    """
    names, scale = list(FEATURES), 10.0
    size = len(names)
    halves = np.zeros((size, size))
    for (one, other), weight in (products or {}).items():
        halves[names.index(one), names.index(other)] += scale**2 * weight / 2
        halves[names.index(other), names.index(one)] += scale**2 * weight / 2
    return Polynomial(
        means=np.zeros(size),
        scales=np.full(size, scale),
        linear=scale * np.array([coefficients.get(name, 0.0) for name in names]),
        products=halves,
        typical=np.zeros(size),
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
    joint_papers: int = 0,
) -> Evidence:
    """Return the evidence of a paper of which nothing else is known."""
    return Evidence(
        title=title,
        abstract=abstract,
        words=0.0,
        neighbors=make_neighbors() if neighbors is None else neighbors,
        authors=authors,
        own_work=own_work,
        joint_papers=joint_papers,
    )
