"""Whom the forecast favors and how its numbers can be gamed: `python -m benchmarks.probing --corpus FILE`.

Trains on the years before the last two, as `hoopoe evaluate` does. The first table compares the shown rank
with the true percentile of groups of papers; the second changes papers of the last year and looks at what
that does to their numbers. The figures stand in docs/numbers.md.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bot.metrics.copies import NEAR_COPY
from bot.metrics.features import Array
from bot.training.corpus import Corpus, Indices, build_corpus
from bot.training.fitting import Regression, between, fit, newest_split, shown_in_cohorts, training_papers
from bot.training.preparing import prepare
from bot.training.records import Record, read_records
from bot.training.rows import Rows, compute_rows

SAMPLE = 400
CHANGED = 0.35
STUFFED = 30

Change = Callable[[Record, random.Random], Record]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """The model under test, the papers of the last year, and the earlier ones that could be copied."""

    corpus: Corpus
    rows: Rows
    regression: Regression
    last: int
    earlier: tuple[Record, ...]
    strongest: tuple[str, ...]


def main() -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--without-authors", dest="with_authors", action="store_false")
    options = parser.parse_args()
    if options.corpus is None:
        print("skipped: name a corpus with --corpus")
        return 0
    records = read_records(options.corpus, datetime.now(UTC).date()).records
    corpus, rows = prepare(records, options.cache, _ignore)
    split = newest_split(corpus)
    papers = training_papers(corpus, split.scored)
    regression = fit(corpus, rows, papers, with_authors=options.with_authors)
    print_groups(corpus, rows, regression, between(corpus, split.scored, split.end))
    last = int(corpus.moment[corpus.labelled].max())
    weights = regression.words.weights if regression.words else {}
    print_changes(
        Setup(
            corpus=corpus,
            rows=rows,
            regression=regression,
            last=last,
            earlier=tuple(record for record in corpus.records if last - 24 <= record.moment < last),
            strongest=tuple(sorted(weights, key=lambda word: -weights[word][1])[:STUFFED]),
        )
    )
    return 0


def print_groups(corpus: Corpus, rows: Rows, regression: Regression, papers: Indices) -> None:
    """Print shown rank and true percentile of groups: a fair forecast shows both alike, drawn to 50."""
    found = shown_in_cohorts(corpus, papers, regression.predict(corpus, rows, papers))
    true = 100 * corpus.percentile[found.papers]
    slope, intercept = np.polyfit(found.shown, true, 1)
    team = np.array([len(corpus.records[paper].authors) for paper in found.papers])
    words = rows.baselines[found.papers, 0]
    quarters = np.quantile(words, [0.25, 0.5, 0.75])
    new = rows.earlier[found.papers] == 0
    groups = {
        "newcomers": new,
        "others": ~new,
        "one author": team == 1,
        "2-3 authors": (team >= 2) & (team <= 3),
        "4-5 authors": (team >= 4) & (team <= 5),
        "6 and more": team >= 6,
        "shortest quarter of abstracts": words <= quarters[0],
        "longest quarter": words > quarters[2],
    }
    print("| group | papers | shown | true, expected from it | true | more than expected |")
    print("|---|---|---|---|---|---|")
    for name, members in groups.items():
        shown, came = found.shown[members].mean(), true[members].mean()
        expected = intercept + slope * shown
        figures = f"{shown:.1f} | {expected:.1f} | {came:.1f} | {came - expected:+.1f}"
        print(f"| {name} | {members.sum():,} | {figures} |")


def print_changes(setup: Setup) -> None:
    """Print what changed texts do to the numbers of the last year's papers."""
    corpus = setup.corpus
    candidates = np.flatnonzero(corpus.labelled & (corpus.moment == setup.last))
    sample = np.random.default_rng(0).choice(candidates, min(SAMPLE, len(candidates)), replace=False)
    changes = _changes(setup)
    chance = random.Random(0)
    changed = [
        replace(change(corpus.records[paper], chance), citations=None)
        for change in changes.values()
        for paper in sample.tolist()
    ]
    again, rows, papers = _beside(setup, changed)
    shown = _shown(setup, sample, setup.regression.predict(corpus, setup.rows, sample))
    novel = _novelty(setup, sample, setup.rows.distance[sample])
    print("\n| change | Forecast, points | up 10 or more | Novelty, points | near copies |")
    print("|---|---|---|---|---|")
    for name, part in zip(changes, np.split(papers, len(changes)), strict=True):
        moved = _shown(setup, sample, setup.regression.predict(again, rows, part)) - shown
        newer = _novelty(setup, sample, rows.distance[part]) - novel
        copies = 100 * np.mean(rows.nearest[part] >= NEAR_COPY)
        up = 100 * np.mean(moved >= 10)
        print(f"| {name} | {moved.mean():+.1f} | {up:.0f} % | {newer.mean():+.1f} | {copies:.2f} % |")
    genuine = 100 * np.mean(setup.rows.nearest[candidates] >= NEAR_COPY)
    print(f"\ngenuine papers taken for near copies: {genuine:.2f} % of {len(candidates):,}")


def _changes(setup: Setup) -> dict[str, Change]:
    cited = sorted(setup.earlier, key=lambda record: -(record.citations or 0))
    # Running text, so that each word comes as often as it does in abstracts.
    words = [word for record in setup.earlier for word in record.abstract.split()]
    ours: dict[str, Record] = {}
    for record in cited:
        ours.setdefault(record.field, record)

    def hot(record: Record) -> str:
        return ours.get(record.field, cited[0]).abstract

    def replaced(text: str, chance: random.Random) -> str:
        return " ".join(chance.choice(words) if chance.random() < CHANGED else word for word in text.split())

    def copied(record: Record, chance: random.Random) -> Record:
        source = chance.choice(setup.earlier)
        title, abstract = replaced(source.title, chance), replaced(source.abstract, chance)
        return replace(record, title=title, abstract=abstract)

    def shuffled(record: Record, chance: random.Random) -> Record:
        text = record.abstract.split()
        return replace(record, abstract=" ".join(chance.sample(text, len(text))))

    stuffing = " ".join(setup.strongest)
    return {
        "none": lambda record, _: record,
        "words of the abstract shuffled": shuffled,
        "abstract cut to its first half": lambda record, _: replace(
            record, abstract=record.abstract[: len(record.abstract) // 2]
        ),
        "the 30 words of largest weight added": lambda record, _: replace(
            record, abstract=f"{record.abstract} {stuffing}"
        ),
        "these five times over": lambda record, _: replace(
            record, abstract=f"{record.abstract} {' '.join([stuffing] * 5)}"
        ),
        "the field's most cited abstract of two years added": lambda record, _: replace(
            record, abstract=f"{record.abstract} {hot(record)}"
        ),
        "that abstract in place of the own": lambda record, _: replace(record, abstract=hot(record)),
        "an invented code link added": lambda record, _: replace(
            record, abstract=f"{record.abstract} Code: https://github.com/a/b"
        ),
        "a famous author added": lambda record, _: replace(
            record, authors=(*record.authors, *cited[0].authors[:1])
        ),
        "an earlier paper with 35 % of its words changed": copied,
    }


def _beside(setup: Setup, changed: list[Record]) -> tuple[Corpus, Rows, Indices]:
    """Put changed papers, which nobody has cited, beside the originals."""
    until = [record for record in setup.corpus.records if record.moment <= setup.last]
    corpus = build_corpus([*until, *changed])
    rows = compute_rows(corpus, setup.last, None, _ignore)
    return corpus, rows, np.arange(len(until), len(corpus.records))


def _shown(setup: Setup, papers: Indices, predicted: Array) -> Array:
    """Return where predictions stand among those of the papers' cohorts, 0-100."""
    everyone = np.flatnonzero(setup.corpus.labelled & (setup.corpus.moment == setup.last))
    known = setup.regression.predict(setup.corpus, setup.rows, everyone)
    return _standing(setup, papers, predicted, everyone, known)


def _novelty(setup: Setup, papers: Indices, distances: Array) -> Array:
    everyone = np.flatnonzero(setup.corpus.moment == setup.last)
    return _standing(setup, papers, distances, everyone, setup.rows.distance[everyone])


def _standing(setup: Setup, papers: Indices, values: Array, everyone: Indices, known: Array) -> Array:
    cohort = setup.corpus.cohort
    result = []
    for paper, value in zip(papers.tolist(), values.tolist(), strict=True):
        others = known[cohort[everyone] == cohort[paper]]
        result.append(50.0 * (np.mean(others < value) + np.mean(others <= value)))
    return np.array(result)


def _ignore(done: int) -> None:
    """Take no notice of progress."""


if __name__ == "__main__":
    sys.exit(main())
