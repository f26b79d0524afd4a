"""Reads what a person waits for, idle and while the same process ingests new papers without a pause.

A read is one of four: a paper by identifier, a page of a search, autocomplete of a title, of an author.
Idle and ingesting take turns, so that both meet the same machine. Meanwhile another process asks for
the write lock every 20 ms; its longest wait is the longest hold.
Run: python -m benchmarks.reading [--papers 50000]
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import itertools
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from benchmarks.corpus import fill, papers
from benchmarks.loading import DAY, waiting
from benchmarks.table import Row, print_table
from bot.domain.identifiers import ArxivId
from bot.domain.papers import Paper
from bot.domain.search import PaperFilter
from bot.storage import Stores, open_stores
from bot.storage.database import DRIVER, Database
from bot.text.topics import parse_topic

TURNS = 8
READS = 200


def reads_of(stores: Stores) -> Sequence[Callable[[], Awaitable[object]]]:
    """Return the reads that people wait for."""
    topic = parse_topic("graph transformer")
    return (
        lambda: stores.papers.find_paper(ArxivId("0000.00007")),
        lambda: stores.papers.search(topic, PaperFilter()),
        lambda: stores.papers.suggest_papers("deep lear"),
        lambda: stores.authors.suggest_authors("sergey le"),
    )


async def read(stores: Stores) -> list[float]:
    """Return the seconds of each read, with pauses as between people's wishes."""
    seconds = []
    for work in itertools.islice(itertools.cycle(reads_of(stores)), READS):
        await asyncio.sleep(0.005)
        start = time.perf_counter()
        await work()
        seconds.append(time.perf_counter() - start)
    return seconds


async def ingest(stores: Stores, given: Sequence[Paper]) -> None:
    """Save new papers, a few at a time as harvest does, until stopped."""
    for start in range(0, len(given), DAY):
        await stores.papers.save_papers(given[start : start + DAY])
    raise AssertionError("ingested all there was: give more")


async def run(file: Path, count: int) -> tuple[list[float], list[float], float]:
    """Return the seconds of reads, idle and while ingesting, and the longest hold."""
    idle: list[float] = []
    busy: list[float] = []
    given = papers(count + 40 * DAY)
    gc.freeze()
    async with Database.open(f"{DRIVER}:///{file}") as database:
        stores = open_stores(database)
        await fill(database, given[:count])
        with waiting(file) as waits:
            work = 0
            for _ in range(TURNS):
                idle += await read(stores)
                job = asyncio.create_task(ingest(stores, given[count + work :]))
                busy += await read(stores)
                job.cancel()
                await asyncio.gather(job, return_exceptions=True)
                work = (await stores.papers.size()).papers - count
    return idle, busy, max(waits)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=50_000)
    count = parser.parse_args().papers
    with tempfile.TemporaryDirectory() as folder:
        idle, busy, hold = asyncio.run(run(Path(folder) / "hoopoe.db", count))
    rows = []
    for name, pick, target in (("p50", statistics.median, "≤ 1.3"), ("p99", _p99, "")):
        quiet, loud = pick(idle), pick(busy)
        peer = f"idle: {quiet * 1e3:.2f} ms"
        rows.append(Row(f"read while ingesting, {name}", f"{loud * 1e3:.2f} ms", peer, loud / quiet, target))
    rows.append(
        Row("longest wait of another writer meanwhile", f"{hold * 1e3:.0f} ms", "100 ms", hold / 0.1, "≤ 1")
    )
    print_table(rows)


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98]


if __name__ == "__main__":
    main()
