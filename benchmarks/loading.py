"""Loads papers with their text index: Hoopoe against sqlite-utils.

Hoopoe also folds the text, links every author and keeps the index behind autocomplete;
sqlite-utils stores the same columns and the same three indexed texts, and no more.
Run: python -m benchmarks.loading [--papers 100000]
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlite_utils import Database as Peer

from benchmarks.corpus import fill, papers
from benchmarks.table import Row, print_table
from bot.domain.papers import Paper
from bot.domain.records import Record
from bot.storage import open_stores, schema
from bot.storage.catalogue.paper_rows import row_of
from bot.storage.database import DRIVER, Database

DAY = 1_150
AFTERWARDS = "sqlite-utils, index afterwards"
BY_TRIGGERS = "sqlite-utils, index by triggers"


class Spent(NamedTuple):
    """Seconds that some work took: by the clock, and of the processor."""

    clock: float
    processor: float

    @classmethod
    def since(cls, start: Spent) -> Spent:
        """Return what was spent since a reading."""
        now = cls.now()
        return cls(now.clock - start.clock, now.processor - start.processor)

    @classmethod
    def now(cls) -> Spent:
        """Read both."""
        return cls(time.perf_counter(), time.process_time())


async def hoopoe(file: Path, given: Sequence[Paper]) -> Spent:
    """Return the seconds of Hoopoe."""
    async with Database.open(f"{DRIVER}:///{file}") as database:
        stores = open_stores(database)
        start = Spent.now()
        await fill(database, given)
        spent = Spent.since(start)
        assert (await stores.papers.size()).papers == len(given)
        return spent


async def a_day(file: Path, given: Sequence[Paper]) -> tuple[float, float, float]:
    """Return the seconds of a day's papers on top of the rest, and of each alone, and the longest hold.

    The hold is how long another process, that asks all the time, once had to wait to write.
    """
    async with Database.open(f"{DRIVER}:///{file}") as database:
        papers = open_stores(database).papers
        with waiting(file) as waits:
            start = time.perf_counter()
            await papers.save_papers(given[:DAY])
            together = time.perf_counter() - start
        start = time.perf_counter()
        for paper in given[DAY : DAY + DAY // 5]:
            await papers.save_papers([paper])
        return together, 5 * (time.perf_counter() - start), max(waits)


@contextmanager
def waiting(file: Path) -> Iterator[list[float]]:
    """Let another process write every 20 ms; the list holds its waits afterwards."""
    waits: list[float] = []
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield waits
        output, _ = process.communicate("")
        waits += [float(line) for line in output.split()]


OTHER = """
import sqlite3, sys, threading, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
connection.execute("PRAGMA synchronous = NORMAL")
stopped = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stopped.set()), daemon=True).start()
print("ready", flush=True)
waits = []
while not stopped.wait(0.02):
    start = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    waits.append(time.perf_counter() - start)
    connection.execute("COMMIT")
print(*waits, sep="\\n")
"""


def peer(file: Path, given: Sequence[Paper], *, triggers: bool) -> Spent:
    """Return the seconds of sqlite-utils, its index filled afterwards or kept by triggers."""
    start = Spent.now()
    table = Peer(sqlite3.connect(file)).table("papers")
    rows = [_flat(number, paper) for number, paper in enumerate(given)]
    if triggers:
        table.insert_all(rows[:1], pk="id")
        table.enable_fts(["title", "abstract", "authors"], create_triggers=True)
        table.insert_all(rows[1:], pk="id", batch_size=300)
    else:
        table.insert_all(rows, pk="id", batch_size=300)
        table.enable_fts(["title", "abstract", "authors"])
    assert table.count == len(given)
    return Spent.since(start)


def _flat(number: int, paper: Paper) -> dict[str, Any]:
    row = dict(zip(schema.papers.c.keys(), (number, *row_of(Record(paper=paper))), strict=True))
    return row | {"authors": ", ".join(author.name for author in paper.authors)}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=100_000)
    count = max(parser.parse_args().papers, 2 * DAY)
    given = papers(count)
    # The corpus in memory is no part of the work: without this each collection of garbage walks it.
    gc.freeze()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = folder / "hoopoe.db"
        ours = asyncio.run(hoopoe(whole, given))
        after = peer(folder / "after.db", given, triggers=False)
        triggers = peer(folder / "triggers.db", given, triggers=True)
        together, single, hold = asyncio.run(a_day(whole, papers(count + 2 * DAY)[count:]))
        size, other = (file.stat().st_size / 1e6 for file in (whole, folder / "after.db"))
    print(f"{count:,} papers: {size:.0f} MB; with sqlite-utils, without links to authors, {other:.0f} MB.\n")

    def row(work: str, size: int, seconds: float, name: str, other: float, target: str) -> Row:
        mine = f"{size / seconds:,.0f} papers/s"
        return Row(work, mine, f"{name}: {size / other:,.0f}", other / seconds, target)

    print_table(
        [
            row(f"load {count:,}", count, ours.clock, AFTERWARDS, after.clock, "≥ 1.2"),
            row(f"load {count:,}, processor", count, ours.processor, AFTERWARDS, after.processor, "≥ 1.2"),
            row(f"load {count:,}", count, ours.clock, BY_TRIGGERS, triggers.clock, "≥ 1.2"),
            row(
                f"load {count:,}, processor", count, ours.processor, BY_TRIGGERS, triggers.processor, "≥ 1.2"
            ),
            row(f"a day's {DAY:,} on top", DAY, together, "Hoopoe, a transaction a paper", single, "≥ 4"),
            Row(
                "longest wait of another writer meanwhile",
                f"{hold * 1e3:.0f} ms",
                "100 ms",
                hold / 0.1,
                "≤ 1",
            ),
        ]
    )


if __name__ == "__main__":
    main()
