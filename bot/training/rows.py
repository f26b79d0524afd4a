"""Every paper's row of features, moment by moment, kept in a folder so that a second run goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from bot.metrics.copies import likeness
from bot.metrics.features import (
    EARLIER_PAPERS,
    FEATURES,
    YEARS,
    Array,
    EarlierPapers,
    Evidence,
    Neighbors,
    features,
)
from bot.metrics.novelty import distance
from bot.metrics.stopwords import FUNCTION_WORDS
from bot.metrics.vectors import FEWEST_PAPERS
from bot.training.corpus import Corpus, Indices, Progress
from bot.training.records import MONTHS

NEIGHBORS = 150
"""So many nearest papers a paper, found exactly."""

_CELLS = 8_000_000
"""Similarities that are held at once."""

_NOTHING = np.zeros(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What is known of n papers on the day they appear.

    `features`: shape (n, 19), the column `words` still 0. `distance`, `nearest`: of novelty, shape
    (n,). `baselines`: shape (n, 3), see BASELINES. `earlier`: the authors' earlier papers, (n,).
    """

    features: Array
    distance: Array
    nearest: Array
    baselines: Array
    earlier: Array


BASELINES = ("abstract_length", "authors_best", "neighbor_age")
"""Words of the abstract; the authors' best earlier percentile; how recent the ten nearest papers are."""


def compute_rows(corpus: Corpus, since: int, folder: Path | None, progress: Progress) -> Rows:
    """Return the rows of all papers from the moment `since` on; earlier papers' are NaN."""
    moments = np.unique(corpus.moment[corpus.moment >= since])
    table = np.full((len(corpus.moment), len(FEATURES) + 6), np.nan)
    word_is_content = np.array([word not in FUNCTION_WORDS for word in corpus.words], dtype=np.bool_)
    for moment in moments.tolist():
        members = np.flatnonzero(corpus.moment == moment)
        file = folder / f"{moment}.npy" if folder else None
        known = _load(file, (len(members), table.shape[1]))
        if known is None:
            known = _Moment(corpus, moment, word_is_content).table(members, progress)
            _save(file, known)
        else:
            progress(len(members))
        table[members] = known
    columns = len(FEATURES)
    return Rows(
        features=table[:, :columns],
        distance=table[:, columns],
        nearest=table[:, columns + 1],
        baselines=table[:, columns + 2 : columns + 5],
        earlier=table[:, columns + 5],
    )


class _Moment:
    """All papers up to a moment, weighted by what was known before it."""

    def __init__(self, corpus: Corpus, moment: int, word_is_content: np.ndarray) -> None:
        self._corpus = corpus
        self._moment = moment
        past = int(np.searchsorted(corpus.moment, moment))
        upto = int(np.searchsorted(corpus.moment, moment, side="right"))
        first = int(np.searchsorted(corpus.moment, moment - MONTHS * YEARS))
        self._window = np.arange(first, past)
        papers_with = np.bincount(corpus.counts[:past].indices, minlength=len(corpus.words))
        used = word_is_content & (papers_with >= FEWEST_PAPERS)
        idf = np.where(used, np.log((1.0 + past) / (1.0 + papers_with)) + 1.0, 0.0)
        self._vectors = weighted(corpus.counts[:upto], idf.astype(np.float32))

    def table(self, members: Indices, progress: Progress) -> Array:
        """Return the rows of the moment's papers."""
        earlier = [self._earlier(paper) for paper in members.tolist()]
        own, times = zip(*map(_together, earlier), strict=True)
        own_similarities = self._pairwise(members, own)
        result = np.zeros((len(members), len(FEATURES) + 6))
        for position, (ids, similarities) in enumerate(self._neighbors(members)):
            paper = int(members[position])
            near = self._near(paper, ids, similarities)
            history = self._history(own[position], own_similarities[position])
            authors = [self._history(papers, _NOTHING) for papers in earlier[position]]
            nearest = self._likeness(paper, int(ids[0]), similarities) if len(ids) else 0.0
            joint = int(np.count_nonzero(times[position] > 1))
            result[position] = self._row(paper, near, history, authors, joint, nearest)
            progress(1)
        return result

    def _likeness(self, paper: int, nearest: int, similarities: Array) -> float:
        own, other = self._corpus.records[paper], self._corpus.records[nearest]
        texts = (own.title, own.abstract), (other.title, other.abstract)
        return likeness(float(similarities[0]), *texts)

    def _row(
        self,
        paper: int,
        near: Neighbors,
        own_work: EarlierPapers,
        authors: list[EarlierPapers],
        joint: int,
        nearest: float,
    ) -> Array:
        record = self._corpus.records[paper]
        evidence = Evidence(
            title=record.title,
            abstract=record.abstract,
            words=0.0,
            neighbors=near,
            authors=authors,
            own_work=own_work,
            joint_papers=joint,
        )
        known = own_work.percentile[~np.isnan(own_work.percentile)]
        return np.array(
            [
                *features(evidence),
                distance(near.similarity[:10]),
                nearest,
                len(record.abstract.split()),
                known.max() if len(known) else 0.0,
                -float(near.age[:10].mean()) if len(near.age) else -float(YEARS),
                sum(author.count for author in authors),
            ]
        )

    def _neighbors(self, members: Indices) -> Iterator[tuple[Indices, Array]]:
        """Yield each paper's nearest of the window and their cosines, the nearest first."""
        count = min(NEIGHBORS, len(self._window))
        window = self._vectors[self._window].T.tocsr()
        chunk = max(1, _CELLS // max(len(self._window), 1))
        for start in range(0, len(members), chunk):
            cosines = (self._vectors[members[start : start + chunk]] @ window).toarray()
            if not count:
                yield from ((np.zeros(0, np.int64), _NOTHING) for _ in cosines)
                continue
            nearest = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
            values = np.take_along_axis(cosines, nearest, 1)
            order = np.argsort(-values, axis=1, kind="stable")
            ids = self._window[np.take_along_axis(nearest, order, 1)]
            values = np.take_along_axis(values, order, 1).astype(np.float64)
            for row, similarities in zip(ids, values, strict=True):
                related = similarities > 0
                yield row[related], np.minimum(similarities[related], 1.0)

    def _near(self, paper: int, ids: Indices, similarities: Array) -> Neighbors:
        return Neighbors(
            similarity=similarities,
            age=self._ages(ids),
            percentile=self._percentiles(ids),
            same_field=self._corpus.archive[ids] == self._corpus.archive[paper],
        )

    def _earlier(self, paper: int) -> list[Indices]:
        """Return the papers of each author before this moment, in order of time."""
        by_author = (self._corpus.papers_of[author] for author in self._corpus.authors[paper])
        return [papers[self._corpus.moment[papers] < self._moment] for papers in by_author]

    def _history(self, papers: Indices, similarities: Array) -> EarlierPapers:
        newest = papers[-EARLIER_PAPERS:]
        return EarlierPapers(
            age=self._ages(newest),
            percentile=self._percentiles(newest),
            similarity=similarities[-EARLIER_PAPERS:],
            count=len(papers),
        )

    def _pairwise(self, members: Indices, others: Sequence[Indices]) -> list[Array]:
        """Return the cosines of each paper with some others."""
        result = []
        for paper, ids in zip(members.tolist(), others, strict=True):
            newest = ids[-EARLIER_PAPERS:]
            product = self._vectors[newest] @ self._vectors[[paper]].T if len(newest) else None
            result.append(_NOTHING if product is None else product.toarray().ravel().astype(np.float64))
        return result

    def _ages(self, ids: Indices) -> Array:
        return np.maximum(1.0, -((self._corpus.moment[ids] - self._moment) // MONTHS))

    def _percentiles(self, ids: Indices) -> Array:
        """Return what had become of papers that were a year old at this moment."""
        old_enough = self._corpus.moment[ids] <= self._moment - MONTHS
        return np.where(old_enough, self._corpus.percentile[ids], np.nan)


def _together(papers: Sequence[Indices]) -> tuple[Indices, Indices]:
    """Return the papers of some authors, each once and in order, and of how many of them each is."""
    every = np.concatenate(papers) if papers else np.zeros(0, np.int64)
    found, times = np.unique(every, return_counts=True)
    return found, times


def weighted(counts: sparse.csr_matrix, idf: np.ndarray) -> sparse.csr_matrix:
    """Return (1 + ln count) idf by paper and word, each row of length 1."""
    weights = counts.copy()
    weights.data = (1.0 + np.log(weights.data)) * idf[weights.indices]
    lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    weights.data = weights.data / np.repeat(lengths, np.diff(weights.indptr)).astype(weights.data.dtype)
    weights.eliminate_zeros()
    return weights


def _load(file: Path | None, shape: tuple[int, int]) -> Array | None:
    if file is None or not file.exists():
        return None
    try:
        table: Array = np.load(file, allow_pickle=False)
    except (OSError, ValueError):
        return None
    return table if table.shape == shape else None


def _save(file: Path | None, table: Array) -> None:
    """Write beside and rename, so that a run that is stopped leaves no half file."""
    if file is None:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(f".{os.getpid()}.tmp")
    with beside.open("wb") as output:
        np.save(output, table, allow_pickle=False)
    beside.replace(file)
