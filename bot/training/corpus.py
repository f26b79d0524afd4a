"""Many papers as arrays: cohorts, percentiles, authors and counted words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.domain.numbers import Cohort, Missing
from bot.metrics.cohorts import SMALLEST, choose_cohort, cohorts_of, percentiles, venue_cohort
from bot.metrics.eligible import text_fault
from bot.metrics.features import Array
from bot.metrics.vectors import count_words
from bot.text.names import name_key
from bot.training.records import MONTHS, Record

Indices = NDArray[np.int64]
Progress = Callable[[int], None]
"""Is told how many more papers are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """n papers in the order of their moments.

    `moment`, `archive` (a number each), `cohort` (index into `cohorts`, -1 for none): shape (n,).
    `percentile`: of citations in the cohort, 0-1, NaN where unknown. `eligible`: whether a paper's
    text and authors allow a forecast. `counts`: words by paper, shape (n, words). `authors`: by paper,
    a number for each printed name; `papers_of`: by that number, the papers in order.
    """

    records: tuple[Record, ...]
    moment: Indices
    archive: Indices
    cohort: Indices
    cohorts: tuple[Cohort, ...]
    percentile: Array
    eligible: NDArray[np.bool_]
    counts: sparse.csr_matrix
    words: tuple[str, ...]
    authors: tuple[tuple[int, ...], ...]
    papers_of: tuple[Indices, ...]

    @property
    def labelled(self) -> NDArray[np.bool_]:
        """Which papers can be learned from, or measured on."""
        return self.eligible & ~np.isnan(self.percentile)


def groups(numbers: Indices) -> list[Indices]:
    """Return the positions of each number."""
    order = np.argsort(numbers, kind="stable")
    _, starts = np.unique(numbers[order], return_index=True)
    return np.split(order, starts[1:]) if len(order) else []


def build_corpus(records: Sequence[Record]) -> Corpus:
    """Put records in order of time and count their words."""
    ordered = tuple(sorted(records, key=lambda record: record.moment))
    archives = {name: number for number, name in enumerate(sorted({record.archive for record in ordered}))}
    cohort, cohorts = _cohorts(ordered)
    counts, words = _counts(ordered)
    authors, papers_of = _authors(ordered)
    return Corpus(
        records=ordered,
        moment=np.array([record.moment for record in ordered], dtype=np.int64),
        archive=np.array([archives[record.archive] for record in ordered], dtype=np.int64),
        cohort=cohort,
        cohorts=cohorts,
        percentile=_percentiles(ordered, cohort, len(cohorts)),
        eligible=np.array(
            [
                bool(record.authors) and text_fault(record.title, record.abstract) is None
                for record in ordered
            ],
            dtype=np.bool_,
        ),
        counts=counts,
        words=words,
        authors=authors,
        papers_of=papers_of,
    )


def _cohorts(records: Sequence[Record]) -> tuple[Indices, tuple[Cohort, ...]]:
    """Return each paper's cohort as a number: the narrowest with enough papers that have a count."""
    ladders = [_ladder(record) for record in records]
    sizes = Counter(
        cohort
        for record, ladder in zip(records, ladders, strict=True)
        if record.citations is not None
        for cohort in ladder
    )
    numbers: dict[Cohort, int] = {}
    chosen = np.full(len(records), -1, dtype=np.int64)
    for index, ladder in enumerate(ladders):
        cohort = choose_cohort(ladder, [sizes[step] for step in ladder]) if ladder else Missing.NO_CATEGORY
        if isinstance(cohort, Cohort):
            chosen[index] = numbers.setdefault(cohort, len(numbers))
    return chosen, tuple(numbers)


def _ladder(record: Record) -> tuple[Cohort, ...]:
    if not record.field:
        return ()
    year, month = divmod(record.moment, MONTHS)
    if record.monthly:
        return cohorts_of(record.field, date(year, month + 1, 1))
    return (venue_cohort(record.field, year),)


def _percentiles(records: Sequence[Record], cohort: Indices, cohorts: int) -> Array:
    """Return citation percentiles, 0-1; a wide cohort is compared with all its papers."""
    citations = np.array(
        [np.nan if record.citations is None else record.citations for record in records], dtype=np.float64
    )
    result = np.full(len(records), np.nan)
    counted = np.flatnonzero(~np.isnan(citations) & (cohort >= 0))
    order = counted[np.argsort(cohort[counted], kind="stable")]
    for members in np.split(order, np.searchsorted(cohort[order], np.arange(1, cohorts))):
        if len(members) >= SMALLEST and np.ptp(citations[members]) > 0:
            result[members] = percentiles(citations[members]) / 100.0
    return result


def _counts(records: Sequence[Record]) -> tuple[sparse.csr_matrix, tuple[str, ...]]:
    numbers: dict[str, int] = {}
    columns: list[int] = []
    values: list[int] = []
    ends = [0]
    for record in records:
        counted = count_words(record.title, record.abstract)
        columns.extend(numbers.setdefault(word, len(numbers)) for word in counted)
        values.extend(counted.values())
        ends.append(len(columns))
    matrix = sparse.csr_matrix(
        (np.array(values, dtype=np.float32), np.array(columns, dtype=np.int32), np.array(ends)),
        shape=(len(records), len(numbers)),
    )
    return matrix, tuple(numbers)


def _authors(records: Sequence[Record]) -> tuple[tuple[tuple[int, ...], ...], tuple[Indices, ...]]:
    numbers: dict[str, int] = {}
    papers: defaultdict[int, list[int]] = defaultdict(list)
    by_paper = []
    for index, record in enumerate(records):
        keys = dict.fromkeys(name_key(name) for name in record.authors)
        own = tuple(numbers.setdefault(key, len(numbers)) for key in keys if key)
        by_paper.append(own)
        for number in own:
            papers[number].append(index)
    return tuple(by_paper), tuple(np.array(papers[number]) for number in range(len(numbers)))
