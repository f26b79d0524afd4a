"""Which of many texts are near a paper's wording, without comparing it with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.domain.search import WordCounts
from bot.domain.watches import ShelfCriterion, SimilarCriterion
from bot.metrics.vectors import Vector, cosine, count_words, vector

if TYPE_CHECKING:
    import numpy as np

    Postings = tuple[np.ndarray[Any, np.dtype[np.int32]], np.ndarray[Any, np.dtype[np.float64]]]

SLACK = 1e-9
"""Sums in another order differ by less; who is near by so much is compared again, exactly."""


class Nearness:
    """Texts by their words: a paper is added up over the words it shares with each.

    `vectors` are weights by word of length 1, `thresholds` the least cosine (0-1) with each.
    """

    def __init__(self, vectors: Sequence[Mapping[str, float]], thresholds: Sequence[float]) -> None:
        """File the texts under their words."""
        # Who watches no such thing needs none of the 20 MB.
        import numpy as np

        places: defaultdict[str, list[int]] = defaultdict(list)
        weights: defaultdict[str, list[float]] = defaultdict(list)
        for place, known in enumerate(vectors):
            for word, weight in known.items():
                places[word].append(place)
                weights[word].append(weight)
        self._postings: dict[str, Postings] = {
            word: (np.array(found, np.int32), np.array(weights[word])) for word, found in places.items()
        }
        self._thresholds = np.array(thresholds) - SLACK

    def near(self, vector: Mapping[str, float]) -> list[int]:
        """Return the places of the texts whose cosine with a paper's vector reaches their threshold."""
        import numpy as np

        shared = [word for word in vector if word in self._postings]
        if not shared:
            return []
        found_by, weights_by = zip(*map(self._postings.__getitem__, shared), strict=True)
        places, products = np.concatenate(found_by), np.concatenate(weights_by)
        products *= np.repeat([vector[word] for word in shared], [len(found) for found in found_by])
        sums = np.bincount(places, products, minlength=len(self._thresholds))
        found: list[int] = np.flatnonzero(sums >= self._thresholds).tolist()
        return found


class ShelfNearness:
    """The papers of a reading list: one of them has to be near, and none is near itself."""

    def __init__(self, criterion: ShelfCriterion, counts: WordCounts) -> None:
        """Weigh the words of each paper."""
        self._parts = criterion.parts
        self.vectors = tuple(vector_of(one.title, one.abstract, counts) for one in criterion.parts)
        self._nearness = Nearness(self.vectors, [criterion.threshold] * len(criterion.parts))

    def nearest(self, vector: Vector, paper_id: int | None) -> SimilarCriterion | None:
        """Return the nearest to a paper of those that are near enough; None where none is."""
        near = [
            (cosine(self.vectors[place], vector), -place)
            for place in self._nearness.near(vector)
            if paper_id is None or self._parts[place].paper_id != paper_id
        ]
        alike, place = max(near, default=(0.0, 0))
        return self._parts[-place] if near and alike >= self._parts[-place].threshold else None


def vector_of(title: str, abstract: str, counts: WordCounts) -> Vector:
    """Return the weights of a text's words."""
    return vector(count_words(title, abstract), counts.papers_with, counts.papers)
