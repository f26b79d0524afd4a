"""Numbers of one paper against the real catalogue, of a day's papers, and the memory they take.

`--papers` above 54,000 adds papers mixed from sentences of the real ones, as a larger catalogue has;
`--keep FILE` keeps that catalogue, and takes it from there the next time. Times are of the processor, so that
a busy machine measures the same. Peer: one full text query with any of the twenty heaviest words, and reading
its hundred papers, which is what finding neighbors takes without a bound.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

import psutil
from sqlalchemy import Connection

from benchmarks.corpus import fill, mixed_papers, papers
from benchmarks.table import Row, print_table
from bot.domain.identifiers import ArxivId
from bot.domain.papers import Authorship, Paper
from bot.metrics.track_record import track_record
from bot.metrics.vectors import CANDIDATES, count_words, heaviest, vector
from bot.services.models import current_model
from bot.services.scoring import MOST_AT_ONCE, Scoring
from bot.services.vocabulary import Vocabulary
from bot.storage.columns import fetch
from bot.storage.database import DRIVER, Database
from bot.storage.numbers.neighbors import read_compared
from bot.storage.stores import Stores, open_stores

NOW = datetime(2022, 1, 1, tzinfo=UTC)
"""The newest papers of the corpus are a few days old then."""

DAY = 1_150
"""Papers of a day in all of arXiv's computer science and neighbors."""

COMPARED = 60

PEER_WORDS = 20
PEER = (
    "SELECT rowid FROM papers_index WHERE papers_index MATCH :match"
    f" ORDER BY bm25(papers_index, 2.0, 1.0, 0.0, 0.0) LIMIT {CANDIDATES}"
)

PROLIFIC = "Ada Prolific"
EARLIER = 9_000
"""So many papers has one author, and five new ones."""

NEW = 5


def now() -> datetime:
    """Return the moment."""
    return NOW


async def measure(stores: Stores) -> tuple[list[float], float, float]:
    """Score the newest papers; return milliseconds for each, seconds for all, megabytes added."""
    before = memory()
    moments = await score(stores)
    steps = [1_000 * (later - earlier) for earlier, later in pairwise(moments)]
    return steps, moments[-1] - moments[0], memory() - before


async def score(stores: Stores) -> list[float]:
    """Score the newest papers; return the processor's time after each."""
    moments: list[float] = []

    async def note(_seconds: float) -> None:
        moments.append(time.process_time())

    scoring = Scoring(
        store=stores.numbers,
        state=stores.state,
        vocabulary=Vocabulary(papers=stores.papers, clock=now),
        load_model=partial(current_model, stores.state),
        clock=now,
        sleep=note,
        rest_after=0.0,
    )
    await scoring.run()
    return moments


async def measure_prolific(stores: Stores) -> tuple[float, float]:
    """Return milliseconds for a new paper of the author with 9,000, and for that author's own numbers."""
    pattern, *others = papers(8)
    # A piece of each, so that none of them is copied.
    mixed = " ".join(paper.abstract[:150] for paper in others)
    await stores.papers.save_papers(
        [
            replace(
                pattern,
                arxiv_id=ArxivId(f"2112.{number:05}"),
                title=f"Mixed {number}",
                abstract=mixed,
                authors=(Authorship(name=PROLIFIC),),
                submitted_at=NOW,
            )
            for number in range(NEW)
        ]
    )
    moments = (await score(stores))[:NEW]
    steps = [1_000 * (later - earlier) for earlier, later in pairwise(moments)]
    (author,) = await stores.authors.find_authors(PROLIFIC)
    started = time.process_time()
    known = await stores.numbers.standings_of(author)
    track_record([(float(impact), 1.0) for _, impact, _ in known if impact is not None])
    if len(known) != EARLIER + NEW:
        raise RuntimeError(f"{len(known):,} papers of the author are known, not {EARLIER + NEW:,}")
    return statistics.median(steps), 1_000 * (time.process_time() - started)


def with_prolific(given: Iterable[Paper]) -> Iterator[Paper]:
    """Add one author to papers."""
    for paper in given:
        yield replace(paper, authors=(*paper.authors, Authorship(name=PROLIFIC)))


async def measure_bare(stores: Stores, database: Database) -> list[float]:
    """Find the papers that share all heaviest words; return milliseconds for each."""
    counts = await stores.papers.word_counts()
    times = []
    for paper in await stores.papers.find_papers([*range(1, COMPARED + 1)]):
        weights = vector(count_words(paper.title, paper.abstract), counts.papers_with, counts.papers)
        started = time.process_time()
        await database.read(partial(rank_by_bm25, words=heaviest(weights, PEER_WORDS)))
        times.append(1_000 * (time.process_time() - started))
    return times


def rank_by_bm25(connection: Connection, words: Sequence[str]) -> int:
    """Read the papers that FTS5 ranks first by some words; return how many there are."""
    match = " OR ".join(f'"{word}"' for word in words)
    return len(read_compared(connection, [row[0] for row in fetch(connection, PEER, {"match": match})]))


def memory() -> float:
    """Return what this process holds, in megabytes."""
    return psutil.Process().memory_info().rss / 2**20


async def build(count: int, file: Path) -> None:
    """Make a catalogue of so many papers."""
    async with Database.open(f"{DRIVER}:///{file}") as database:
        await fill(database, mixed_papers(count))


async def run(count: int, kept: Path | None) -> list[Row]:
    """Fill a catalogue, score, and return the table's rows."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "hoopoe.db"
        if kept is not None and kept.exists():
            shutil.copy(kept, file)
        else:
            await build(count, file)
        if kept is not None and not kept.exists():
            shutil.copy(file, kept)
        async with Database.open(f"{DRIVER}:///{file}") as database:
            await fill(database, with_prolific(papers(EARLIER)))
            stores = open_stores(database, clock=now)
            steps, seconds, added = await measure(stores)
            bare = await measure_bare(stores, database)
            prolific, record = await measure_prolific(stores)
    typical, slow = statistics.median(steps), statistics.quantiles(steps, n=20)[-1]
    peer, slow_peer = statistics.median(bare), statistics.quantiles(bare, n=20)[-1]
    day = seconds / MOST_AT_ONCE * DAY
    return [
        Row(
            f"numbers of one paper, {count:,}",
            f"{typical:.0f} ms",
            f"{peer:.0f} ms",
            typical / peer,
            "≤ 35 ms",
        ),
        Row("the same, p95", f"{slow:.0f} ms", f"{slow_peer:.0f} ms", slow / slow_peer, "≤ 60 ms"),
        Row(f"a day of {DAY:,} papers", f"{day:.0f} s of CPU", "90 s", day / 90, "≤ 1"),
        Row(
            f"a paper whose author has {EARLIER:,} others",
            f"{prolific:.0f} ms",
            f"any paper, {typical:.0f} ms",
            prolific / typical,
            "",
        ),
        Row(f"numbers of the author of {EARLIER:,}", f"{record:.0f} ms", "100 ms", record / 100, "≤ 1"),
        Row("memory for it", f"{added:.0f} MB", "40 MB", added / 40, "≤ 1"),
    ]


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=53_999)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    print_table(asyncio.run(run(options.papers, options.keep)))


if __name__ == "__main__":
    main()
