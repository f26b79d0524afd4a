"""Sorts the papers of people with one name into groups that are one person's each.

Every paper starts alone. The two groups with the highest log odds are joined until no two are sure
enough. The odds between groups are mostly the mean over their papers, so that one odd paper doesn't
tie two people together, and partly the best pair, so that who changes the subject stays one person.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.metrics.evidence import Evidence
from bot.metrics.identity import (
    ALWAYS,
    CERTAIN,
    MOST_SHARED,
    NEVER,
    OTHER_FIELD,
    OTHER_INSTITUTION,
    SHARED_COAUTHOR,
    SHARED_INSTITUTION,
    SHARED_WORDS,
    SURE,
    coauthor_weight,
    start_of,
    word_weight,
)

BEST_PAIR = 0.6
"""The part of the best pair in the log odds between two groups; the rest is the mean's."""

_GONE = -np.inf

Matrix = NDArray[np.float32]


def sort_papers(
    evidence: Sequence[Evidence], namesakes: Mapping[str, float], *, sure: float = SURE
) -> tuple[list[list[int]], Matrix]:
    """Return groups of indices, the largest first, and the log odds between the groups in that order."""
    if not evidence:
        return [], np.zeros((0, 0), np.float32)
    groups = _Groups(pair_odds(evidence, namesakes))
    while groups.join_nearest(sure):
        pass
    return groups.result()


class _Groups:
    """Groups of papers while they are joined, with each one's nearest other."""

    def __init__(self, odds: Matrix) -> None:
        """Begin with every paper alone."""
        self._members = [[index] for index in range(len(odds))]
        self._sizes = np.ones(len(odds), np.float32)
        self._sums = odds.copy()
        self._best = odds.copy()
        self._links = odds.copy()
        np.fill_diagonal(self._links, _GONE)
        self._nearest = self._links.argmax(axis=1)
        self._odds = self._links.max(axis=1)

    def join_nearest(self, sure: float) -> bool:
        """Join the two groups that are likeliest one person's; say whether they were sure enough."""
        kept = int(self._odds.argmax())
        if self._odds[kept] < sure:
            return False
        gone = int(self._nearest[kept])
        self._members[kept] += self._members[gone]
        self._members[gone] = []
        self._sizes[kept] += self._sizes[gone]
        for matrix, merge in ((self._sums, np.add), (self._best, np.maximum)):
            matrix[kept] = matrix[:, kept] = merge(matrix[kept], matrix[gone])
        mean = self._sums[kept] / (self._sizes[kept] * self._sizes)
        links = BEST_PAIR * self._best[kept] + (1 - BEST_PAIR) * mean
        links[np.isneginf(self._links[kept])] = _GONE
        self._links[kept] = self._links[:, kept] = links
        self._links[gone] = self._links[:, gone] = _GONE
        self._find_nearest(kept, gone)
        return True

    def _find_nearest(self, kept: int, gone: int) -> None:
        """Look again where the nearest group was one of the two, or the new one is nearer."""
        lost = (self._nearest == kept) | (self._nearest == gone)
        lost[[kept, gone]] = True
        rows = np.flatnonzero(lost)
        self._nearest[rows] = self._links[rows].argmax(axis=1)
        self._odds[rows] = self._links[rows, self._nearest[rows]]
        nearer = self._links[kept] > self._odds
        self._nearest[nearer] = kept
        self._odds[nearer] = self._links[kept][nearer]

    def result(self) -> tuple[list[list[int]], Matrix]:
        """Return the groups that are left, the largest first, and the log odds between them."""
        left = [index for index, members in enumerate(self._members) if members]
        left.sort(key=lambda index: (-len(self._members[index]), min(self._members[index])))
        return [sorted(self._members[index]) for index in left], self._links[np.ix_(left, left)]


def pair_odds(evidence: Sequence[Evidence], namesakes: Mapping[str, float]) -> Matrix:
    """Return the log odds that two papers are one person's, for any two, as `judge` has them."""
    odds = _starts(evidence, namesakes)
    never = odds < NEVER / 2
    shared = _overlap([one.coauthors for one in evidence], lambda name: coauthor_weight(name, namesakes))
    _add(odds, np.minimum(shared, MOST_SHARED, out=shared), SHARED_COAUTHOR)
    _add(odds, _cosine([one.words for one in evidence]), SHARED_WORDS)
    places = [one.institutions for one in evidence]
    if any(places):
        common = _overlap(places, lambda _: 1.0)
        odds[_none_of_both(places, common)] += OTHER_INSTITUTION
        _add(odds, np.minimum(common, MOST_SHARED, out=common), SHARED_INSTITUTION)
    fields = [one.fields for one in evidence]
    odds[_none_of_both(fields, _overlap(fields, lambda _: 1.0))] += OTHER_FIELD
    np.clip(odds, -CERTAIN, CERTAIN, out=odds)
    odds[never] = NEVER
    _settle(odds, [one.person for one in evidence], same=ALWAYS, other=NEVER)
    _settle(odds, [one.paper or None for one in evidence], same=NEVER, other=None)
    return odds


def _settle(odds: Matrix, known: Sequence[str | None], *, same: float, other: float | None) -> None:
    """Write over the odds of any two for which something is known: that it is the same, or another."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(known), start=1)}
    codes = np.array([0 if value is None else numbers[value] for value in known])
    both = (codes[:, None] > 0) & (codes > 0)
    alike = codes[:, None] == codes
    odds[both & alike] = same
    if other is not None:
        odds[both & ~alike] = other


def _starts(evidence: Sequence[Evidence], namesakes: Mapping[str, float]) -> Matrix:
    """Return the log odds by the names alone: few names are printed on many papers."""
    names = list(dict.fromkeys(one.name for one in evidence))
    place = {name: index for index, name in enumerate(names)}
    table = np.array([[start_of(one, other, namesakes) for other in names] for one in names], np.float32)
    printed = np.array([place[one.name] for one in evidence])
    return np.asarray(table[np.ix_(printed, printed)])


def _overlap(sets: Sequence[frozenset[str]], weight: Callable[[str], float]) -> Matrix:
    """Return the summed weights of what any two sets share; what only one has costs nothing."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(sets):
        for word in one:
            holders[word].append(index)
    found = np.zeros((len(sets), len(sets)), np.float32)
    for word, indices in holders.items():
        if len(indices) > 1:
            found[np.ix_(indices, indices)] += weight(word)
    return found


def _add(odds: Matrix, measure: Matrix, weight: float) -> None:
    """Add what a measure weighs; the measure itself is used up, as thousands of papers make it large."""
    measure *= weight
    odds += measure


def _none_of_both(sets: Sequence[frozenset[str]], common: Matrix) -> NDArray[np.bool_]:
    """Say which two sets both have members, and none in common."""
    known = np.array([bool(one) for one in sets])
    both: NDArray[np.bool_] = np.outer(known, known)
    both &= common == 0
    return both


def _cosine(sets: Sequence[frozenset[str]]) -> Matrix:
    """Return how alike any two titles are, 0-1."""
    lengths = [math.sqrt(sum(word_weight(word) ** 2 for word in one)) or 1.0 for one in sets]
    found = _overlap(sets, lambda word: word_weight(word) ** 2)
    scale = np.array(lengths, np.float32)
    found /= scale
    found /= scale[:, None]
    return found
