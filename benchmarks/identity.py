"""Who is who, measured on papers whose authors are known: `python -m benchmarks.identity`.

The method sees names, affiliations, titles and venues of all papers, never a label. A pair of
papers is decided as in the product: the papers of everybody who may bear the first one's name are
sorted into people. Pairs are split in halves by name; `--fit` shows the weights that the tuning
half asks for, the other half is for the figures of `docs/identity.md`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.corpus import data_folder
from bot.domain.papers import Authorship, Paper
from bot.metrics.evidence import Evidence, evidence_of
from bot.metrics.identity import (
    COMMON_NAME,
    CROWDED_INITIAL,
    FORMS,
    START,
    UNSURE,
    WEIGHTS,
    NameCounts,
    Outcome,
    expected_namesakes,
    form_odds,
    measures_between,
    start_of,
)
from bot.metrics.people import sort_papers
from bot.text.name_forms import Form, form_between
from bot.text.names import name_key, name_parts

FIELDS = {
    "corl": "cs.RO",
    "3dv": "cs.CV",
    "acmmm": "cs.MM",
    "www": "cs.IR",
    "aistats": "stat.ML",
    "alt": "stat.ML",
}
"""The field of a meeting; the others are about language."""

Signature = tuple[int, int]
"""A paper's number and the place of one of its authors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two authors of two papers, of whom it is known whether they are one person."""

    one: Signature
    other: Signature
    same: bool
    kind: str
    hint: str
    namesakes: int
    half: str


class Library:
    """All papers without their labels, found by the names printed on them."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        """Index the names."""
        self.papers = papers
        self._printed: defaultdict[tuple[str, ...], dict[str, list[Signature]]] = defaultdict(dict)
        self._expected: dict[str, float] = {}
        names = set()
        for number, paper in enumerate(papers):
            for place, author in enumerate(paper.authors):
                names.add(name_key(author.name))
                for block in _blocks(author.name):
                    self._printed[block].setdefault(author.name, []).append((number, place))
        parts = [name_parts(name) for name in names]
        self._names = len(names)
        self._families = Counter(one[-1] for one in parts if one)
        self._given = Counter("".join(one[:-1]) for one in parts)

    def namesakes_in(self, evidence: Sequence[Evidence]) -> dict[str, float]:
        """Return the expected number of bearers of all names that are printed on some papers."""
        names = {one.name for one in evidence}.union(*(one.coauthors for one in evidence))
        return {name: self._namesakes(name) for name in names}

    def _namesakes(self, name: str) -> float:
        if name in self._expected:
            return self._expected[name]
        parts = name_parts(name)
        family = self._families[parts[-1]] if parts else 0
        counts = NameCounts(names=self._names, family=family, given=self._given["".join(parts[:-1])])
        self._expected[name] = expected_namesakes(name, counts)
        return self._expected[name]

    def bearers(self, name: str) -> list[Signature]:
        """Return every place where a name is printed that may be the same person's."""
        found: dict[Signature, None] = {}
        for block in _blocks(name):
            for printed, signatures in self._printed[block].items():
                if form_between(name, printed) is not None:
                    found |= dict.fromkeys(signatures)
        return list(found)

    def evidence(self, signature: Signature) -> Evidence:
        """Return what a paper tells of one of its authors."""
        number, place = signature
        return evidence_of(self.papers[number], place)

    def printed(self, signature: Signature) -> str:
        """Return a name as it is printed."""
        number, place = signature
        return self.papers[number].authors[place].name


def _blocks(name: str) -> Iterator[tuple[str, ...]]:
    """Yield where a name is kept: under family name and initial, and under its words in any order."""
    parts = name_parts(name)
    if parts:
        yield parts[-1], parts[0][0]
        yield "joined", "".join(parts)
        yield tuple(sorted(parts))


def read_papers() -> tuple[Library, dict[str, int]]:
    """Return the labelled papers without their labels, and their numbers by the name pairs use."""
    papers: list[Paper] = []
    numbers: dict[str, int] = {}
    for name in ("acl-anthology", "openreview"):
        with gzip.open(data_folder() / "identity" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                numbers[record["id"]] = len(papers)
                papers.append(_paper(record, len(papers) + 1))
    return Library(papers), numbers


def _paper(record: dict[str, Any], number: int) -> Paper:
    authors = (
        Authorship(name=one["name"], institutions=(one["affiliation"],) if one["affiliation"] else ())
        for one in record["authors"]
    )
    field = FIELDS.get(record["venue"], "cs.CL")
    return Paper(id=number, title=record["title"], authors=tuple(authors), categories=(field,))


def read_pairs(library: Library, numbers: dict[str, int]) -> list[Pair]:
    """Return the pairs without doubt."""
    with gzip.open(data_folder() / "identity" / "pairs.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if not row["doubt"]]
    pairs = []
    for row in rows:
        one = numbers[row["paper_a"]], int(row["position_a"])
        other = numbers[row["paper_b"]], int(row["position_b"])
        block = min(next(_blocks(library.printed(place))) for place in (one, other))
        digest = hashlib.sha256(" ".join(block).encode()).digest()
        pairs.append(
            Pair(
                one=one,
                other=other,
                same=row["same"] == "1",
                kind=row["kind"],
                hint=row["hint"],
                namesakes=int(row["namesakes"]),
                half="test" if digest[-1] % 2 else "tune",
            )
        )
    return pairs


def decide(library: Library, pairs: Sequence[Pair]) -> list[Outcome]:
    """Return what the method says of each pair, as somebody would see it who looks up the first name."""
    asked: defaultdict[str, list[int]] = defaultdict(list)
    for index, pair in enumerate(pairs):
        asked[library.printed(pair.one)].append(index)
    outcomes = [Outcome.DIFFERENT] * len(pairs)
    for name, indices in asked.items():
        bearers = library.bearers(name)
        evidence = [library.evidence(one) for one in bearers]
        groups, odds = sort_papers(evidence, library.namesakes_in(evidence))
        group_of = {bearers[member]: number for number, group in enumerate(groups) for member in group}
        for index in indices:
            one, other = group_of[pairs[index].one], group_of.get(pairs[index].other)
            if other == one:
                outcomes[index] = Outcome.SAME
            elif other is not None and odds[one, other] >= UNSURE:
                outcomes[index] = Outcome.OPEN
    return outcomes


def fit(library: Library, pairs: Iterable[Pair]) -> list[tuple[str, float, float]]:
    """Return the weights that a logistic regression finds on pairs, beside those in use."""
    forms = [form for form in Form if form is not Form.SAME]
    features, same = [], []
    for pair in pairs:
        one, other = library.evidence(pair.one), library.evidence(pair.other)
        form = form_between(one.name, other.name)
        if form is not None:
            namesakes = library.namesakes_in([one, other])
            start = start_of(one.name, other.name, namesakes)
            rarity = (start - START - form_odds(form, one.name)) / COMMON_NAME
            crowded = float(form_odds(form, one.name) != FORMS[form])
            measures = measures_between(one, other, namesakes)
            kinds = (float(form is kind) for kind in forms)
            features.append([1.0, rarity, *kinds, crowded, *measures])
            same.append(float(pair.same))
    weights = _logistic(np.array(features), np.array(same))
    used = (START, COMMON_NAME, *(FORMS[form] for form in forms), CROWDED_INITIAL, *WEIGHTS)
    measured = ("co-authors", "words", "institutions", "other institution", "other field")
    names = ("start", "common name", *forms, "an initial in a crowd", *measured)
    return list(zip(names, weights, used, strict=True))


def _logistic(features: Any, truth: Any) -> list[float]:
    weights = np.zeros(features.shape[1])
    for _ in range(30):
        odds = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (odds - truth) + weights
        bend = (features.T * (odds * (1 - odds))) @ features + np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return [float(weight) for weight in weights]


def shares_coauthor(library: Library, pair: Pair) -> bool:
    """Say whether two papers have the same printed name and another author in common."""
    one, other = library.evidence(pair.one), library.evidence(pair.other)
    return one.name == other.name and not one.coauthors.isdisjoint(other.coauthors)


SLICES: dict[str, Callable[[Pair], bool]] = {
    "all pairs": lambda _: True,
    "East Asian names": lambda pair: pair.hint.startswith("east-asian"),
    "South Asian names": lambda pair: pair.hint == "south-asian",
    "other names": lambda pair: pair.hint == "other",
    "names with known namesakes": lambda pair: pair.namesakes > 1,
    "the same printed name": lambda pair: pair.kind.startswith("same-name"),
    "initials and names left out": lambda pair: pair.kind.startswith("compatible-initials"),
    "accents, hyphens, spaces": lambda pair: pair.kind.startswith("folded"),
    "order, nicknames, new names": lambda pair: pair.kind.startswith(("order", "other-variant")),
}


def print_figures(pairs: Sequence[Pair], outcomes: Sequence[Outcome]) -> None:
    """Print the confusion counts, precision and recall of every kind of pair."""
    print("| pairs | same: said same | open | different | different: said same | open | different |", end="")
    print(" precision | recall | open |\n" + "|---" * 10 + "|")
    for label, belongs in SLICES.items():
        counts = Counter(
            (pair.same, outcome) for pair, outcome in zip(pairs, outcomes, strict=True) if belongs(pair)
        )
        cells = [counts[same, outcome] for same in (True, False) for outcome in _ORDER]
        said, true, total = cells[0] + cells[3], sum(cells[:3]), sum(cells)
        if not true or not said:
            continue
        shares = f"{cells[0] / said:.3f} | {cells[0] / true:.3f} | {(cells[1] + cells[4]) / total:.3f}"
        print(f"| {label} | {' | '.join(f'{cell:,}' for cell in cells)} | {shares} |")


_ORDER = (Outcome.SAME, Outcome.OPEN, Outcome.DIFFERENT)


def main() -> None:
    """Measure one half, against the two usual rules."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tune", "test"), default="test")
    parser.add_argument("--fit", action="store_true", help="show the weights that the tuning half asks for")
    options = parser.parse_args()
    begun = time.perf_counter()
    library, numbers = read_papers()
    every = read_pairs(library, numbers)
    if options.fit:
        for name, weight, used in fit(library, [pair for pair in every if pair.half == "tune"]):
            print(f"{name}: {weight:+.2f} (in use {used:+.2f})")
        return
    pairs = [pair for pair in every if pair.half == options.half]
    equal = [library.printed(pair.one) == library.printed(pair.other) for pair in pairs]
    shared = [shares_coauthor(library, pair) for pair in pairs]
    for label, said in (("equal printed name", equal), ("and a shared co-author", shared)):
        true = sum(yes and pair.same for yes, pair in zip(said, pairs, strict=True))
        recall = true / sum(pair.same for pair in pairs)
        print(f"{label}: precision {true / sum(said):.3f}, recall {recall:.3f}")
    print()
    print_figures(pairs, decide(library, pairs))
    print(f"\n{options.half} half, {len(pairs):,} pairs, {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
