"""Two ridge regressions in closed form: on words, and on the features."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, cg

from bot.metrics.features import FEATURES, Array
from bot.metrics.forecast import WordModel
from bot.metrics.terms import Polynomial, standardized
from bot.training.corpus import Corpus, Indices, groups
from bot.training.rows import weighted

LAMBDA = 30.0
"""How strongly the weights of the features are held small."""

LAMBDA_PRODUCTS = 1_000.0
"""How strongly those of their squares and products."""

ALPHA = 3.0
"""How strongly those of the words."""

WORD_PAPERS = 20
"""A word in fewer papers has no weight."""

KEPT_WORDS = 4_000
"""The words of largest |weight| times frequency that stay in the model: about 165 kB."""

CODE_WORDS = frozenset(
    {"http", "https", "www", "com", "org", "html", "url", "io", "edu", "link", "website", "page", "project"}
    | {"github", "gitlab", "bitbucket", "git", "huggingface", "repository", "code", "codes"}
    | {"available", "publicly", "release", "released"}
)
"""Words with which a link to code is offered. They have no weight: an invented link would raise four
forecasts in five by ten points, and without them ranks are as good."""

FOLDS = 5
_CONSTANT = 1e-9
_END = 0.005
_TOLERANCE = 1e-6
_MOST_STEPS = 500


def centered(values: Array, group: Indices) -> Array:
    """Take each group's mean from its members; shapes (n,)."""
    _, member, sizes = np.unique(group, return_inverse=True, return_counts=True)
    means = np.bincount(member, weights=values) / sizes
    result: Array = values - means[member]
    return result


def fit_polynomial(rows: Array, percentile: Array, cohort: Indices, used: Collection[str]) -> Polynomial:
    """Fit the used features, their squares and products: rows (n, 19), labels and cohorts (n,).

    Minimizes |x w - y|^2 + 30 |w of features|^2 + 1000 |w of squares and products|^2, where x and y are
    centered by cohort, and each column of x is divided by its standard deviation.
    """
    columns = np.array([number for number, name in enumerate(FEATURES) if name in used])
    means, scales = rows.mean(axis=0), rows.std(axis=0)
    scales[scales < _CONSTANT] = 1.0
    u = standardized(rows, means, scales)[:, columns]
    weights = _solve_by_cohorts(u, percentile, cohort)
    linear, products = np.zeros(len(FEATURES)), np.zeros((len(FEATURES), len(FEATURES)))
    one, other = np.triu_indices(len(columns))
    linear[columns] = weights[: len(columns)]
    products[columns[one], columns[other]] = weights[len(columns) :] / 2.0
    found = Polynomial(
        means=means,
        scales=scales,
        linear=linear,
        products=products + products.T,
        typical=np.zeros(len(FEATURES)),
    )
    return replace(found, typical=found.added(rows).mean(axis=0))


def _solve_by_cohorts(u: Array, percentile: Array, cohort: Indices) -> Array:
    """Return the weights of k features, then of their k (k + 1) / 2 squares and products.

    Sums are taken cohort by cohort: all products of all papers at once would take gigabytes.
    """
    one, other = np.triu_indices(u.shape[1])
    size = u.shape[1] + len(one)
    gram, with_truth = np.zeros((size, size)), np.zeros(size)
    for members in groups(cohort):
        x = np.column_stack([u[members], u[members][:, one] * u[members][:, other]])
        x -= x.mean(axis=0)
        gram += x.T @ x
        with_truth += x.T @ (percentile[members] - percentile[members].mean())
    deviations = np.sqrt(np.diag(gram) / len(u))
    deviations[deviations < _CONSTANT] = np.inf
    held = np.concatenate([np.full(u.shape[1], LAMBDA), np.full(len(one), LAMBDA_PRODUCTS)])
    scaled = gram / np.outer(deviations, deviations) + np.diag(held)
    weights: Array = np.linalg.solve(scaled, with_truth / deviations) / deviations
    return weights


def log_odds(percentile: Array) -> Array:
    """Return ln(p / (1 - p)) / 2 pi, of the same spread as percentiles 0-1; p is held within 0.005 and 0.995.

    Citations differ most at the top: the step from the 90th percentile to the 99th says more of a word than
    that from the 50th to the 59th.
    """
    held = np.clip(percentile, _END, 1.0 - _END)
    result: Array = np.log(held / (1.0 - held)) / (2.0 * np.pi)
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedWords:
    """A word model, and the values of the papers it was trained on by models that did not see them."""

    model: WordModel
    unseen: Array


def fit_words(corpus: Corpus, papers: Indices, seed: int = 0) -> FittedWords:
    """Fit the word model on the log odds of some papers, with five folds for their own values."""
    counts = corpus.counts[papers]
    papers_with = np.bincount(counts.indices, minlength=len(corpus.words))
    has_weight = np.array([word not in CODE_WORDS for word in corpus.words], dtype=np.bool_)
    used = np.flatnonzero((papers_with >= WORD_PAPERS) & has_weight)
    idf = np.log((1.0 + len(papers)) / (1.0 + papers_with)) + 1.0
    x = weighted(counts[:, used].astype(np.float64), idf[used])
    y = centered(log_odds(corpus.percentile[papers]), corpus.cohort[papers])
    fold = np.random.default_rng(seed).integers(0, FOLDS, len(papers))
    unseen = np.zeros(len(papers))
    for number in range(FOLDS):
        if np.any(fold == number) and np.any(fold != number):
            unseen[fold == number] = x[fold == number] @ _solve(x[fold != number], y[fold != number])
    weights = _solve(x, y)
    frequency = np.sqrt(np.asarray(x.multiply(x).mean(axis=0)).ravel())
    kept = np.argsort(-np.abs(weights) * frequency, kind="stable")[:KEPT_WORDS]
    model = WordModel(
        weights={
            corpus.words[used[number]]: (float(idf[used[number]]), float(weights[number]))
            for number in sorted(kept.tolist())
        },
        other_idf=_other_idf(counts, idf, used[kept]),
    )
    return FittedWords(model=model, unseen=unseen)


def word_values(model: WordModel, corpus: Corpus, papers: Indices) -> Array:
    """Return `WordModel.value` of many papers at once, shape (n,)."""
    counts = corpus.counts[papers].astype(np.float64)
    idf = np.full(len(corpus.words), model.other_idf)
    weights = np.zeros(len(corpus.words))
    for number, word in enumerate(corpus.words):
        known = model.weights.get(word)
        if known is not None:
            idf[number], weights[number] = known
    values: Array = weighted(counts, idf) @ weights
    return values


def _solve(x: sparse.csr_matrix, y: Array) -> Array:
    """Return argmin |x w - y|^2 + alpha |w|^2."""

    def product(vector: Array) -> Array:
        result: Array = x.T @ (x @ vector) + ALPHA * vector
        return result

    system = LinearOperator((x.shape[1], x.shape[1]), matvec=product, dtype=np.float64)
    solution: Array
    solution, _ = cg(system, x.T @ y, rtol=_TOLERANCE, maxiter=_MOST_STEPS)
    return solution


def _other_idf(counts: sparse.csr_matrix, idf: Array, kept: NDArray[np.int64]) -> float:
    """Return the root mean square idf of the words that occur but are not kept."""
    is_kept = np.zeros(len(idf), dtype=np.bool_)
    is_kept[kept] = True
    others = idf[counts.indices][~is_kept[counts.indices]]
    return float(np.sqrt(np.mean(others**2))) if len(others) else 1.0
