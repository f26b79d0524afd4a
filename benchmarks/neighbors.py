"""Neighbors as the bot finds them, a hundred by the text index, beside all earlier papers of five years.

The papers are of the last year, so that the years before them are complete. Peer: the cosine with every
earlier paper, from one matrix in memory. A paper's percentile is that of its citations in its year.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.stats import spearmanr

from benchmarks.catalogue import LAST_YEAR, basis_of, real_catalogue, usable_by_year
from benchmarks.table import Row, print_table
from bot.domain.papers import Paper
from bot.metrics.cohorts import percentiles, years_between
from bot.metrics.features import Neighbors, topic
from bot.metrics.novelty import distance
from bot.metrics.vectors import CANDIDATES
from bot.services.appraisal import cohort_start
from bot.services.scoring import YEARS, Basis
from bot.storage.stores import Stores

TEN = 10

Array = NDArray[np.float64]


class Corpus:
    """All papers as one matrix, a row each, with what the forecast asks of a neighbor."""

    def __init__(self, stored: Sequence[Paper], basis: Basis) -> None:
        """Weigh every paper's words."""
        self.stored = stored
        self.rows = {paper.id or 0: row for row, paper in enumerate(stored)}
        self.days = [paper.dated_at.date() if paper.dated_at else date.max for paper in stored]
        self.ordinals = np.array([day.toordinal() for day in self.days])
        self.archives = np.array([archive_of(paper) for paper in stored])
        self.percentiles = by_citations(stored)
        columns: dict[str, int] = {}
        triples = [
            (row, columns.setdefault(word, len(columns)), weight)
            for row, paper in enumerate(stored)
            for word, weight in basis.telling(paper)[0].items()
        ]
        at, words, weights = zip(*triples, strict=True)
        self.matrix = csr_matrix((weights, (at, words)), shape=(len(stored), len(columns)))

    def cosines(self, row: int) -> Array:
        """Return the cosine of a paper with each, 0 with those that are not earlier work."""
        found = (self.matrix @ self.matrix[row].T).toarray().ravel()
        before = cohort_start(self.stored[row])
        since = before.replace(year=before.year - YEARS)
        found[(self.ordinals < since.toordinal()) | (self.ordinals >= before.toordinal())] = 0.0
        return np.asarray(found, np.float64)

    def distance(self, row: int, cosines: Array) -> float:
        """Return the distance behind Novelty: from the papers of the same archive."""
        return distance(cosines[(self.archives == self.archives[row]) & (cosines > 0)])

    def topic(self, row: int, cosines: Array) -> float:
        """Return the forecast's topic, from the neighbors of which is known what became of them."""
        before = cohort_start(self.stored[row])
        year_before = before.replace(year=before.year - 1).toordinal()
        known = (cosines > 0) & ~np.isnan(self.percentiles) & (self.ordinals <= year_before)
        near = np.flatnonzero(known)
        near = near[np.argsort(-cosines[near], kind="stable")][:CANDIDATES]
        return topic(
            Neighbors(
                similarity=cosines[near],
                age=np.array([years_between(self.days[one], before) for one in near], np.float64),
                percentile=self.percentiles[near],
                same_field=self.archives[near] == self.archives[row],
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One paper's neighbors: how many were found, and what is made of these and of all.

    `seconds` are the processor's, to find candidates and to compare with all.
    """

    seconds: tuple[float, float]
    nearest_found: bool
    of_ten: float
    distances: tuple[float, float]
    topics: tuple[float, float]


def archive_of(paper: Paper) -> str:
    """Return the archive of a paper's first category."""
    return (paper.primary_category or "").partition(".")[0]


def by_citations(stored: Sequence[Paper]) -> Array:
    """Return the place (0-1) of each paper's citations in its year, NaN where they are not known."""
    found = np.full(len(stored), np.nan)
    years: defaultdict[int, list[int]] = defaultdict(list)
    for row, paper in enumerate(stored):
        if paper.citation_count is not None and paper.dated_at is not None:
            years[paper.dated_at.year].append(row)
    for rows in years.values():
        counts = [count.value for row in rows if (count := stored[row].citation_count)]
        found[rows] = percentiles(counts) / 100.0
    return found


async def compare(stores: Stores, basis: Basis, corpus: Corpus, paper: Paper) -> Compared:
    """Find a paper's neighbors both ways."""
    row, words = corpus.rows[paper.id or 0], basis.telling(paper)[1]
    started = time.process_time()
    # Ranking is the work; which of the ranked are read makes no difference to it.
    await stores.numbers.sharing(words, 1)
    found_at = time.process_time()
    every = corpus.cosines(row)
    seconds = (found_at - started, time.process_time() - found_at)
    before = cohort_start(paper)
    around = await stores.numbers.surroundings(
        paper, words, since=before.replace(year=before.year - YEARS), before=before, limit=CANDIDATES
    )
    candidates = np.zeros_like(every)
    chosen = [corpus.rows[one.id] for one in around.near]
    candidates[chosen] = every[chosen]
    ten = np.argsort(-every, kind="stable")[:TEN]
    return Compared(
        seconds=seconds,
        nearest_found=bool(candidates[ten[0]] == every[ten[0]]),
        of_ten=float(np.mean(candidates[ten] > 0)),
        distances=(corpus.distance(row, candidates), corpus.distance(row, every)),
        topics=(corpus.topic(row, candidates), corpus.topic(row, every)),
    )


def rows_of(found: Sequence[Compared]) -> list[Row]:
    """Return the table's rows."""
    ours, all_of_them = (np.array([one.seconds for one in found]) * 1_000).T
    distances = np.array([one.distances for one in found]).T
    topics = np.array([one.topics for one in found]).T
    nearest = statistics.mean(one.nearest_found for one in found)
    ten = statistics.mean(one.of_ten for one in found)
    same_distance = float(spearmanr(*distances).statistic)
    same_topic = float(spearmanr(*topics).statistic)
    error = float(np.mean(np.abs(distances[0] - distances[1])))
    usual = float(np.mean(distances[1]))
    return [
        _time("finding candidates, processor, the middle", *np.median((ours, all_of_them), axis=1)),
        _time("the same, p95", *np.quantile((ours, all_of_them), 0.95, axis=1)),
        Row("the nearest paper is found", f"{100 * nearest:.1f} %", "all, 100 %", nearest, ""),
        Row("of the ten nearest are found", f"{100 * ten:.1f} %", "all, 100 %", ten, ""),
        Row(
            "rank correlation of the distance behind Novelty", f"{same_distance:.3f}", "1", same_distance, ""
        ),
        Row("mean error of that distance", f"{error:.4f}", f"mean {usual:.2f}", error / usual, ""),
        Row("rank correlation of the forecast's topic", f"{same_topic:.3f}", "1", same_topic, ""),
    ]


def _time(work: str, ours: float, peer: float) -> Row:
    return Row(work, f"{ours:.0f} ms", f"all, {peer:.0f} ms", ours / peer, "")


async def run(count: int) -> list[Row]:
    """Fill a catalogue with the real papers, compare so many, and return the table's rows."""
    async with real_catalogue() as stores:
        basis = await basis_of(stores)
        stored, usable = await usable_by_year(stores, basis)
        corpus = Corpus(stored, basis)
        last = [paper for paper, year in usable if year == LAST_YEAR]
        sample = random.Random(0).sample(last, min(count, len(last)))
        return rows_of([await compare(stores, basis, corpus, paper) for paper in sample])


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=400)
    print_table(asyncio.run(run(parser.parse_args().count)))


if __name__ == "__main__":
    main()
