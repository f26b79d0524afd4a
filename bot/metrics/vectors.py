"""Papers as weighted words, and the cosine between two of them.

The weight of a word is (1 + ln count) (ln((1 + N) / (1 + df)) + 1), the title counted twice; vectors
have length 1. Stop words, and words in fewer than three papers, are left out. N papers, of which df
have the word, are those before the cohort.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from bot.domain.likeness import Telling
from bot.metrics.stopwords import FUNCTION_WORDS
from bot.text.folding import words

FEWEST_PAPERS = 3
"""A word in fewer papers says nothing about others."""

HEAVIEST = 40
"""So many words find a paper's neighbors in a full text index."""

FEWEST_TELLING = 3
"""With fewer words, too little would be found, however common they are."""

FEW_POSTINGS = 15_000
"""So much of an index is ranked in the time of one paper, whichever words it has."""

RANKED = 10
"""Where more is read, one of so many papers is ranked."""

CANDIDATES = 100
"""So many papers that share the telling words are compared: the nearest is among them in 97 of 100."""

MOST_LENGTHS = 100_000
"""So many texts' lengths are kept, which takes 10 MB."""

Vector = Mapping[str, float]
"""Weights by word; their squares sum to 1, or there are none."""


def count_words(title: str, abstract: str) -> Counter[str]:
    """Count a paper's words, stop words too, the title's twice."""
    return tally(words(title), words(abstract))


def tally(title: Iterable[str], abstract: Iterable[str]) -> Counter[str]:
    """Count a paper's folded words, as `count_words` does."""
    counts = Counter(abstract)
    for word in title:
        counts[word] += 2
    return counts


def vector(counts: Mapping[str, int], papers_with: Mapping[str, int], papers: int) -> Vector:
    """Weigh counted words: `papers_with` gives df by word, `papers` is N."""
    weights = {
        word: (1.0 + math.log(count)) * inverse_frequency(papers_with[word], papers)
        for word, count in counts.items()
        if word not in FUNCTION_WORDS and papers_with.get(word, 0) >= FEWEST_PAPERS
    }
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()}


def inverse_frequency(papers_with: int, papers: int) -> float:
    """Return ln((1 + N) / (1 + df)) + 1; 1 for a word in every paper."""
    return math.log((1.0 + papers) / (1.0 + papers_with)) + 1.0


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors, from 0 (no word in common) to 1."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    return min(1.0, math.fsum(weight * longer.get(word, 0.0) for word, weight in shorter.items()))


def heaviest(weights: Vector, limit: int = HEAVIEST) -> tuple[str, ...]:
    """Return the words that weigh most, the heaviest first."""
    return tuple(sorted(weights, key=lambda word: (-weights[word], word))[:limit])


class Weigher:
    """Compares many texts with one, with what is known of words worked out once."""

    def __init__(self, papers_with: Mapping[str, int], papers: int) -> None:
        """Take df by word and N; stop words and words in fewer than three papers weigh nothing."""
        self._idf = {
            word: inverse_frequency(found, papers)
            for word, found in papers_with.items()
            if found >= FEWEST_PAPERS and word not in FUNCTION_WORDS
        }
        # By the text's hash. What is near one paper is often near the next; length is most of the work.
        self._lengths: dict[int, float] = {}

    def similarity(self, weights: Vector, title: str, abstract: str) -> float:
        """Return the cosine of a vector of the same words and a text, as `cosine` would."""
        text = hash((title, abstract))
        length = self._lengths.get(text)
        if length is None:
            counts = count_words(title, abstract)
            length = self._remember(text, self._length(counts))
        else:
            known = weights.__contains__
            counts = tally(filter(known, words(title)), filter(known, words(abstract)))
        product = 0.0
        for word, count in counts.items():
            if word in weights:
                product += (1.0 + math.log(count)) * self._idf[word] * weights[word]
        return min(1.0, product / length) if length else 0.0

    def _length(self, counts: Mapping[str, int]) -> float:
        squares = 0.0
        for word, count in counts.items():
            idf = self._idf.get(word, 0.0)
            weight = idf if count == 1 else (1.0 + math.log(count)) * idf
            squares += weight * weight
        return math.sqrt(squares)

    def _remember(self, text: int, length: float) -> float:
        if len(self._lengths) >= MOST_LENGTHS:
            self._lengths.clear()
        self._lengths[text] = length
        return length


def telling(weights: Vector, papers_with: Mapping[str, int], most_postings: int) -> Telling:
    """Return the words by which a full text index finds a paper's neighbors in bounded time.

    Of the heaviest words those with the greatest weight² / √df come first. A word that would raise what the
    index reads beyond `most_postings` is passed over, but for three. Reading is cheap, ranking is not: where
    more than `FEW_POSTINGS` are read, a neighbor has one of the first words, which stand for a tenth of them,
    and one of the others. To ask for two also keeps out papers that share nothing but one very rare word.
    """
    by_worth = sorted(
        heaviest(weights), key=lambda word: (-(weights[word] ** 2) / math.sqrt(papers_with[word]), word)
    )
    chosen = _within(by_worth, papers_with, most_postings)
    read = sum(papers_with[word] for word in chosen)
    rare = chosen if read <= FEW_POSTINGS else _within(chosen, papers_with, read // RANKED)
    return Telling(rare=tuple(rare), others=tuple(word for word in chosen if word not in rare))


def _within(words: Iterable[str], papers_with: Mapping[str, int], most_postings: int) -> list[str]:
    """Return the words whose papers are together no more than so many, but three at least."""
    chosen: list[str] = []
    read = 0
    for word in words:
        if len(chosen) < FEWEST_TELLING or read + papers_with[word] <= most_postings:
            chosen.append(word)
            read += papers_with[word]
    return chosen
