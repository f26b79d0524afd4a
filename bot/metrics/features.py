"""What a forecast is made from: one row of numbers a paper.

Everything is known on the day a paper appears: its text, the fate of earlier papers near it, and of its
authors' earlier papers. Percentiles here are citation percentiles in the cohort as 0-1; NaN where a
paper has none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.numbers import Part
from bot.text.folding import words

Array = NDArray[np.float64]

YEARS = 5
"""Neighbors are papers of so many years before the paper's cohort."""

EARLIER_PAPERS = 300
"""Of an author's earlier papers, the newest so many are compared with the paper's text."""

FEATURES: dict[str, Part] = {
    "words": Part.WORDING,
    "topic": Part.TOPIC,
    "topic_spread": Part.TOPIC,
    "topic_breadth": Part.TOPIC,
    "same_field": Part.TOPIC,
    "trend": Part.TOPIC,
    "recent_share": Part.TOPIC,
    "nearest_distance": Part.TOPIC,
    "own_work": Part.AUTHORS,
    "second_author": Part.AUTHORS,
    "earlier_papers": Part.AUTHORS,
    "mean_earlier_papers": Part.AUTHORS,
    "joint_papers": Part.AUTHORS,
    "team_size": Part.AUTHORS,
    "title_words": Part.WORDING,
    "title_colon": Part.WORDING,
    "numbers": Part.WORDING,
    "claims_best": Part.WORDING,
    "claims_data": Part.WORDING,
}
"""Every feature, in the order of a row's columns, and the part of the explanation it belongs to."""

AUTHOR_HISTORY = frozenset(
    {"own_work", "second_author", "earlier_papers", "mean_earlier_papers", "joint_papers"}
)
"""Those that look at the authors' earlier papers."""

WITH_AUTHORS = tuple(name for name in FEATURES if name != "team_size")
"""The features of the full forecast."""

WITHOUT_AUTHORS = tuple(name for name in FEATURES if name not in AUTHOR_HISTORY)
"""The features where nothing is known of the authors' earlier papers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbors:
    """Earlier papers near a paper, the nearest first; each array has shape (n,).

    `similarity`: cosines. `age`: years, from 1 (`cohorts.years_between`) to 5. `percentile`: 0-1 or
    NaN. `same_field`: whether of the paper's archive (venue).
    """

    similarity: Array
    age: Array
    percentile: Array
    same_field: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierPapers:
    """Earlier papers of one author, or of all authors of a paper once each; arrays of shape (n,).

    `age` and `percentile` as for neighbors; `similarity` only where asked for, else empty.
    `count` is how many there are, arrays may hold the newest of them.
    """

    age: Array
    percentile: Array
    similarity: Array
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a paper's row is computed from.

    `words` is the value of `WordModel`, 0 without one. `authors` are the earlier papers of each author,
    in the order of the names; `own_work` those of all of them together, each once, with similarity.
    `joint_papers` is how many of these are by two of the authors or more.
    """

    title: str
    abstract: str
    words: float
    neighbors: Neighbors
    authors: Sequence[EarlierPapers]
    own_work: EarlierPapers
    joint_papers: int


def features(evidence: Evidence) -> Array:
    """Return a paper's row, shape (19,) in the order of FEATURES; always finite."""
    near, labelled = evidence.neighbors, _labelled(evidence.neighbors)
    return np.array(
        [
            evidence.words,
            topic(labelled),
            topic_spread(labelled),
            topic_breadth(labelled),
            same_field(labelled),
            trend(labelled),
            recent_share(near),
            1.0 - (float(near.similarity[0]) if len(near.similarity) else 0.0),
            own_work(evidence.own_work),
            second_author(evidence.authors),
            math.log1p(sum(author.count for author in evidence.authors)),
            math.log1p(sum(author.count for author in evidence.authors) / max(len(evidence.authors), 1)),
            math.log1p(evidence.joint_papers),
            math.log1p(len(evidence.authors)),
            *style(evidence.title, evidence.abstract),
        ],
        dtype=np.float64,
    )


def topic(near: Neighbors) -> float:
    """Return sum(w pct) / sum(w), w = s^4 0.7^(a - 1), over the 60 nearest with a percentile; 0.5 without."""
    weights, pct = _topic_weights(near), near.percentile[:60]
    total = float(weights.sum())
    return float(weights @ pct) / total if total > 0 else 0.5


def topic_spread(near: Neighbors) -> float:
    """Return sqrt((sum w (pct - m)^2 + 0.00025) / (sum w + 0.003)).

    w as in `topic`, m = (sum w pct + 0.0015) / (sum w + 0.003). Where like papers fared unlike, the top is
    nearer than where all fared middling. Without neighbors it is that of all percentiles, sqrt(1/12).
    """
    weights, pct = _topic_weights(near), near.percentile[:60]
    total = float(weights.sum()) + 0.003
    mean = (float(weights @ pct) + 0.0015) / total
    return math.sqrt((float(weights @ (pct - mean) ** 2) + 0.00025) / total)


def topic_breadth(near: Neighbors) -> float:
    """Return ln((sum w)^2 / sum w^2), w as in `topic`: ln of how many papers it rests on; 0 without any."""
    weights = _topic_weights(near)
    squares = float(weights @ weights)
    return math.log(float(weights.sum()) ** 2 / squares) if squares > 0 else 0.0


def _topic_weights(near: Neighbors) -> Array:
    weights: Array = near.similarity[:60] ** 4 * 0.7 ** (near.age[:60] - 1.0)
    return weights


def same_field(near: Neighbors) -> float:
    """Return (sum s^2 pct + 0.15) / (sum s^2 + 0.3) over the 30 nearest of the same field and 4 years."""
    chosen = np.flatnonzero(near.same_field & (near.age <= 4))[:30]
    weights = near.similarity[chosen] ** 2
    return (float(weights @ near.percentile[chosen]) + 0.15) / (float(weights.sum()) + 0.3)


def trend(near: Neighbors) -> float:
    """Return m(a <= 2) - m(3 <= a <= 5), m = (sum pct of the 30 nearest + 1.5) / (n + 3)."""
    recent, before = near.percentile[near.age <= 2][:30], near.percentile[near.age >= 3][:30]
    return float((recent.sum() + 1.5) / (len(recent) + 3) - (before.sum() + 1.5) / (len(before) + 3))


def recent_share(near: Neighbors) -> float:
    """Return the share of last year's papers among the 30 nearest of 4 years; 0 without neighbors."""
    ages = near.age[near.age <= 4][:30]
    return float(np.mean(ages == 1)) if len(ages) else 0.0


def own_work(earlier: EarlierPapers) -> float:
    """Return (sum w pct + 0.01) / (sum w + 0.02), w = (s^2 + 0.001) 0.8^a, over all authors' papers."""
    known = ~np.isnan(earlier.percentile)
    weights = (earlier.similarity[known] ** 2 + 0.001) * 0.8 ** earlier.age[known]
    return (float(weights @ earlier.percentile[known]) + 0.01) / (float(weights.sum()) + 0.02)


def second_author(authors: Sequence[EarlierPapers]) -> float:
    """Return the second highest (sum d pct + 1) / (sum d + 2), d = 0.8^(a - 1), of the authors.

    Of a single author it is their own. The highest is passed over, as one famous name can be added to any
    paper: with it, such a name is worth half as much again.
    """
    records = []
    for author in authors:
        known = ~np.isnan(author.percentile)
        weights = 0.8 ** (author.age[known] - 1.0)
        records.append((float(weights @ author.percentile[known]) + 1.0) / (float(weights.sum()) + 2.0))
    best = sorted(records, reverse=True)[:2]
    return best[-1] if best else 0.5


_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*")
_CLAIMS_BEST = re.compile(r"state[- ]of[- ]the[- ]art|outperform|\bsota\b", re.IGNORECASE)
_CLAIMS_DATA = re.compile(r"\bdata[- ]?sets?\b|\bbenchmarks?\b|\bcorpus\b", re.IGNORECASE)


def style(title: str, abstract: str) -> tuple[float, ...]:
    """Return title words, colon, ln(1 + numbers in the abstract), claims to be best, claims data.

    A link to code is not among them: anyone can write one, and leaving it out costs nothing.
    """
    return (
        float(len(words(title))),
        float(":" in title),
        math.log1p(len(_NUMBER.findall(abstract))),
        float(_CLAIMS_BEST.search(abstract) is not None),
        float(_CLAIMS_DATA.search(f"{title} {abstract}") is not None),
    )


def _labelled(near: Neighbors) -> Neighbors:
    known = ~np.isnan(near.percentile)
    return Neighbors(
        similarity=near.similarity[known],
        age=near.age[known],
        percentile=near.percentile[known],
        same_field=near.same_field[known],
    )
