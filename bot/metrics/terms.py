"""What each feature adds to a forecast: the features, their squares, and their products by twos."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bot.metrics.features import FEATURES, Array

FURTHEST = 3.0
"""A feature further from its mean than so many standard deviations counts as if it were there: products
would run away with the one paper of 9,000 earlier papers or of 40 numbers."""

_EARLIER_PAPERS = tuple(FEATURES).index("earlier_papers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Polynomial:
    """A polynomial of second degree in the features.

    With u = (row - means) / scales, held within ±3, feature i adds
    u_i (linear_i + sum over j of products_ij u_j) - typical_i in percentile (0-1). So a square counts for
    its feature, and a product by halves for its two. `typical` is the mean of what comes before it over the
    papers of the training: what is added is against a typical paper.

    `means`, `scales` (over 0), `linear`, `typical`: shape (19,) in the order of FEATURES. `products`: shape
    (19, 19), symmetric, squares on its diagonal. Weights are 0 where a feature is not used.
    """

    means: Array
    scales: Array
    linear: Array
    products: Array
    typical: Array

    def added(self, rows: Array) -> Array:
        """Return what each feature adds, for rows of shape (19,) or (n, 19); of the same shape."""
        u = standardized(rows, self.means, self.scales)
        result: Array = u * (self.linear + u @ self.products) - self.typical
        return result

    @property
    def used(self) -> frozenset[str]:
        """The features that add anything."""
        adds = (self.linear != 0) | np.any(self.products != 0, axis=1) | (self.typical != 0)
        return frozenset(name for name, used in zip(FEATURES, adds.tolist(), strict=True) if used)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The polynomial of a model, and the one that newcomers have in place of it.

    A newcomers' paper is one none of whose authors has an earlier paper: of their record there is nothing
    to tell, and without it the other features weigh differently.
    """

    everyone: Polynomial
    newcomers: Polynomial | None

    def added(self, rows: ArrayLike) -> Array:
        """Return what each feature adds in percentile (0-1), for rows of shape (19,) or (n, 19)."""
        table = np.asarray(rows, dtype=np.float64)
        result = self.everyone.added(table)
        if self.newcomers is None:
            return result
        are_new = self.sets_apart(table)[..., np.newaxis]
        return np.where(are_new, self.newcomers.added(table), result)

    def sets_apart(self, rows: Array) -> NDArray[np.bool_]:
        """Say of rows of shape (19,) or (n, 19) whether the polynomial of newcomers is theirs."""
        return is_newcomers(rows) & (self.newcomers is not None)

    def predict(self, rows: ArrayLike) -> Array:
        """Return 0.5 + what the features add, in percentile (0-1); of shape () or (n,)."""
        result: Array = 0.5 + self.added(rows).sum(axis=-1)
        return result

    @property
    def used(self) -> frozenset[str]:
        """The features that add anything."""
        return self.everyone.used | (self.newcomers.used if self.newcomers else frozenset())


def standardized(rows: Array, means: Array, scales: Array) -> Array:
    """Return (rows - means) / scales, held within ±3."""
    return np.clip((rows - means) / scales, -FURTHEST, FURTHEST)


def is_newcomers(rows: Array) -> NDArray[np.bool_]:
    """Say of rows of shape (19,) or (n, 19) whether none of the authors has an earlier paper."""
    result: NDArray[np.bool_] = rows[..., _EARLIER_PAPERS] == 0
    return result
