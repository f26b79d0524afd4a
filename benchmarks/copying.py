"""Near copies as the bot finds them: among the hundred papers that it compares, not among all.

Copies are of papers of up to five years before, dated after all of them, with 35 % of the words of title and
abstract changed for words of running text; the genuine papers are those of the last year.
"""

from __future__ import annotations

import argparse
import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from benchmarks.catalogue import LAST_YEAR, TODAY, basis_of, real_catalogue, usable_by_year
from benchmarks.table import Row, print_table
from bot.domain.papers import Authorship, Paper
from bot.metrics.copies import NEAR_COPY
from bot.metrics.vectors import CANDIDATES
from bot.services.appraisal import appraise, cohort_start
from bot.services.scoring import YEARS, Basis
from bot.storage.stores import Stores

COPIED_ON = datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
CHANGED = 0.35

Change = Callable[[Sequence[str], Sequence[str], random.Random], list[str]]


def change_exactly(text: Sequence[str], others: Sequence[str], chance: random.Random) -> list[str]:
    """Change 35 of 100 words."""
    changed = set(chance.sample(range(len(text)), round(CHANGED * len(text))))
    return [chance.choice(others) if at in changed else word for at, word in enumerate(text)]


def change_by_chance(text: Sequence[str], others: Sequence[str], chance: random.Random) -> list[str]:
    """Change each word with a chance of 35 %."""
    return [chance.choice(others) if chance.random() < CHANGED else word for word in text]


def copy_of(paper: Paper, change: Change, others: Sequence[str], chance: random.Random) -> Paper:
    """Return a copy by somebody else."""
    title, abstract = (
        " ".join(change(text.split(), others, chance)) for text in (paper.title, paper.abstract)
    )
    return replace(
        paper,
        id=None,
        title=title,
        abstract=abstract,
        authors=(Authorship(name="N N"),),
        submitted_at=COPIED_ON,
    )


async def is_flagged(stores: Stores, basis: Basis, paper: Paper) -> bool:
    """Say whether the bot takes a paper for a copy of an earlier one."""
    weights, words = basis.telling(paper)
    before = cohort_start(paper)
    around = await stores.numbers.surroundings(
        paper, words, since=before.replace(year=before.year - YEARS), before=before, limit=CANDIDATES
    )
    return (appraise(paper, weights, around, basis, TODAY).nearest or 0.0) >= NEAR_COPY


async def share_flagged(stores: Stores, basis: Basis, given: Sequence[Paper]) -> float:
    """Return how many percent of some papers are taken for copies."""
    return 100 * sum([await is_flagged(stores, basis, paper) for paper in given]) / len(given)


async def run(count: int) -> list[Row]:
    """Fill a catalogue with the real papers, look at so many of each kind, and return the table's rows."""
    chance = random.Random(0)
    async with real_catalogue() as stores:
        basis = await basis_of(stores)
        _, years = await usable_by_year(stores, basis)
        last = [paper for paper, year in years if year == LAST_YEAR]
        sources = [paper for paper, year in years if LAST_YEAR - YEARS < year <= LAST_YEAR]
        others = [word for paper in last for word in paper.abstract.split()]
        copied = chance.sample(sources, count)
        rows = []
        for name, change in (("exactly 35 %", change_exactly), ("by chance 35 %", change_by_chance)):
            copies = [copy_of(paper, change, others, chance) for paper in copied]
            found = await share_flagged(stores, basis, copies)
            rows.append(Row(f"copies found, {name} changed", f"{found:.2f} %", "99.8 %", found / 99.8, "≥ 1"))
        genuine = await share_flagged(stores, basis, chance.sample(last, min(2 * count, len(last))))
        rows.append(Row("genuine papers flagged", f"{genuine:.2f} %", "0.36 %", genuine / 0.36, "≤ 1"))
    return rows


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000)
    print_table(asyncio.run(run(parser.parse_args().count)))


if __name__ == "__main__":
    main()
