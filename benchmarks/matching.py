"""Matching a mailing with many watches, against asking every watch and against emitting alone."""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from benchmarks.corpus import papers as corpus_papers
from benchmarks.table import Row, print_table
from bot.domain.feeds import Listing
from bot.domain.papers import AnnounceType, Paper
from bot.domain.search import WordCounts
from bot.domain.watches import (
    AuthorCriterion,
    CategoryCriterion,
    Criterion,
    Filters,
    Place,
    PlaceKind,
    SimilarCriterion,
    TopicCriterion,
    Watch,
)
from bot.services.matching.filing import WatchIndex
from bot.services.matching.listed import Listed
from bot.services.matching.match import Matcher
from bot.services.matching.wants import checks_of
from bot.storage.outgoing.wanted import wanted_of
from bot.text.folding import words
from bot.text.names import name_key

MAILING = 1_000
TURNS = 5
NAIVE = 20
"""Papers that every watch is asked about: each takes the naive loop a tenth of a second or more."""

CREATED = datetime(2026, 1, 1, tzinfo=UTC)
DATED = datetime(2026, 6, 1, tzinfo=UTC)
FIELDS = ("cs.RO", "cs.LG", "cs.CL", "cs.CV", "cs.AI", "stat.ML", "cs.CY", "cs.HC", "math.CO", "hep-th")


class Counted:
    """Word counts of the papers at hand."""

    is_old = False

    def __init__(self, papers: Sequence[Paper]) -> None:
        """Count in how many papers each word stands."""
        found: defaultdict[str, int] = defaultdict(int)
        for paper in papers:
            for word in {*words(paper.title), *words(paper.abstract)}:
                found[word] += 1
        known = {word: count for word, count in found.items() if count >= 3}
        self.words = WordCounts(papers=len(papers), papers_with=known)

    async def counts(self) -> WordCounts:
        """Return them."""
        return self.words


def make_watches(count: int, papers: Sequence[Paper], chance: random.Random) -> list[Watch]:
    """Return watches of all kinds over a third as many places, made from papers of other days."""
    rare = sorted({word for paper in papers for word in words(paper.title) if len(word) > 5})
    return [
        Watch(
            id=number + 1,
            owner_id=1,
            place=_place(1 + number % (count // 3)),
            criterion=_criterion(chance, papers, rare),
            filters=Filters(has_code=chance.random() < 0.1, exclude=_excluded(chance, rare)),
            created_at=CREATED,
        )
        for number in range(count)
    ]


def _place(number: int) -> Place:
    return Place(kind=PlaceKind.CHANNEL, id=number, guild_id=1 + number % 500)


def _excluded(chance: random.Random, rare: Sequence[str]) -> tuple[str, ...]:
    return (chance.choice(rare),) if chance.random() < 0.1 else ()


def _criterion(chance: random.Random, papers: Sequence[Paper], rare: Sequence[str]) -> Criterion:
    kind, paper = chance.random(), chance.choice(papers)
    if kind < 0.40:
        names = [name_key(author.name) for author in paper.authors] or ["nobody"]
        name = chance.choice(names)
        return AuthorCriterion(author_id=1, name=name, names=(name,), coauthors=tuple(names))
    if kind < 0.42:
        return CategoryCriterion(category=chance.choice(FIELDS), primary=chance.random() < 0.5)
    if kind < 0.97:
        one, two, three = (chance.choice(rare) for _ in range(3))
        form = chance.choice(("{0} {1}", "{0} OR {1}", '"{0} {1}"', "{0} -{1}", "({0} OR {1}) {2}", "{0}"))
        return TopicCriterion(topic=form.format(one, two, three))
    return SimilarCriterion(title=paper.title, abstract=paper.abstract, threshold=0.25)


def as_listed(paper: Paper, number: int) -> Listing:
    """Return a paper as its first mailing lists it."""
    categories = frozenset(paper.categories)
    stored = replace(paper, id=number)
    return Listing(paper=stored, announce_type=AnnounceType.NEW, new_categories=categories, first=True)


def emit(found: Sequence[Sequence[Watch]]) -> dict[tuple[Place, int], list[Watch]]:
    """Group what was found by place and paper, as deliveries are written: what any matcher has to do."""
    by_place: defaultdict[tuple[Place, int], list[Watch]] = defaultdict(list)
    for number, watches in enumerate(found):
        for watch in watches:
            by_place[watch.place, number].append(watch)
    return by_place


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of a call, and what it returned."""
    # What was made before is no garbage, in the bot neither; looking through it is not what is measured.
    gc.collect()
    gc.freeze()
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def ask_all(listings: Sequence[Listing], rules: Sequence[Any], counts: WordCounts) -> int:
    """Ask every watch about every paper, the rules made ready beforehand; return the matches."""
    matches = 0
    for listing in listings:
        reading = Listed(listing, counts)
        matches += sum(all(check(reading) for check in checks) for checks in rules)
    return matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one mailing took, in seconds of the processor: Hoopoe, asking each watch, grouping alone."""

    whole: float
    naive: float
    emitting: float
    matches: int


def take_turn(
    listings: Sequence[Listing], matcher: Matcher, rules: Sequence[Any], counts: WordCounts
) -> Turn:
    """Match one mailing in each way, and see that all find the same."""
    whole, wanted = timed(lambda: wanted_of(listings, matcher))
    naive, expected = timed(lambda: ask_all(listings[:NAIVE], rules, counts))
    found = [[watch for _, ((watch, _),) in matcher(listing)] for listing in listings]
    if expected != sum(map(len, found[:NAIVE])):
        raise AssertionError(f"{expected} matches by asking all, {sum(map(len, found[:NAIVE]))} by the index")
    emitting, grouped = timed(lambda: emit(found))
    # Papers are numbered by their places in the mailing.
    first = listings[0].paper.id or 0
    as_grouped = {
        (by[0][0].place, one.paper_id - first): [watch for watch, _ in by]
        for one in wanted
        for by in one.places.values()
    }
    if grouped != as_grouped:
        raise AssertionError("grouping gives something else")
    return Turn(whole=whole, naive=naive * MAILING / NAIVE, emitting=emitting, matches=sum(map(len, found)))


def measure(count: int) -> tuple[list[Row], float]:
    """Return the table's rows for so many watches, and the microseconds a match.

    The mailings take turns, as other work on the machine slows one way down in one moment and the
    other in the next; the middle one by its ratio is shown.
    """
    everything = corpus_papers(12_000)
    counted = Counted(everything)
    watches = make_watches(count, everything[TURNS * MAILING :], random.Random(count))
    rules = [checks_of(watch, counted.words) for watch in watches]
    index = WatchIndex(counted)
    filing, _ = timed(lambda: asyncio.run(index.learn(watches, 1)))
    matcher = Matcher(index, DATED, {})
    listings = [as_listed(paper, number) for number, paper in enumerate(everything[: TURNS * MAILING])]
    mailings = [listings[start : start + MAILING] for start in range(0, len(listings), MAILING)]
    turns = [take_turn(mailing, matcher, rules, counted.words) for mailing in mailings]
    turns.sort(key=lambda turn: turn.naive / turn.whole)
    middle = turns[len(turns) // 2]
    each = middle.whole / middle.matches * 1e6
    said = f"{middle.whole:.2f} s, {middle.matches:,} matches, {each:.1f} µs each"
    ratios = ", ".join(f"{turn.naive / turn.whole:.0f}" for turn in turns)
    name = f"match {MAILING:,} papers with {count:,} watches, by place and with reasons"
    rows = [
        Row(
            f"{name}, {TURNS} mailings: {ratios}",
            said,
            f"asking every watch {middle.naive:.0f} s",
            middle.naive / middle.whole,
            "≥ 100" if count >= 10**5 else "",
        ),
        Row(
            f"{name}, filing apart ({filing:.2f} s)",
            said,
            f"emitting alone {middle.emitting:.2f} s",
            middle.whole / middle.emitting,
            "≤ 2.5",
        ),
    ]
    return rows, each


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--watches", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    arguments = parser.parse_args()
    rows: list[Row] = []
    costs: dict[int, float] = {}
    for count in arguments.watches:
        found, costs[count] = measure(count)
        rows += found
    rows += [
        Row(
            f"a match with {many:,} watches",
            f"{costs[many]:.1f} µs",
            f"with {few:,} {costs[few]:.1f} µs",
            costs[many] / costs[few],
            "≤ 1",
        )
        for few, many in pairwise(sorted(costs))
    ]
    print_table(rows)


if __name__ == "__main__":
    main()
