"""Searches the catalogue: Hoopoe against bare queries of the index.

Each word is asked in turn of Hoopoe, which returns whole papers and counts them, and of `sqlite3` in
one thread hop: ranked by bm25, with the five papers' rows. Words come from the corpus itself.
Run: python -m benchmarks.searching [--papers 100000]
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.corpus import fill, papers
from benchmarks.table import Row, print_table
from bot.domain.search import PaperFilter
from bot.domain.topics import Term
from bot.storage import open_stores
from bot.storage.catalogue import search
from bot.storage.catalogue.papers import Papers
from bot.storage.catalogue.queries import compile_topic
from bot.storage.database import DRIVER, Database

WORDS = 30
"""Words of each kind."""

ROUNDS = 7

MATCHES = "SELECT rowid FROM papers_index WHERE papers_index MATCH ?"
RANKED = f"{MATCHES} ORDER BY bm25(papers_index, {search.WEIGHTS}), rowid DESC LIMIT"
WITH_PAPERS = f"SELECT p.* FROM ({RANKED} 5) AS found CROSS JOIN papers AS p ON p.id = found.rowid"
VOCABULARY = "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, papers_index, row)"
FREQUENCIES = (
    "SELECT term FROM vocabulary WHERE doc BETWEEN ? AND ? AND term GLOB '[a-z][a-z][a-z]*' ORDER BY term"
)


def kinds(connection: sqlite3.Connection, count: int) -> dict[str, list[str]]:
    """Return words by how many papers have them."""
    connection.execute(VOCABULARY)
    ranked = search.RANKED
    bands = {
        "rare (5 to 50 papers)": (5, 50),
        "middling (1 to 3 %)": (0.01 * count, 0.03 * count),
        f"frequent (up to {ranked:,} papers)": (0.03 * count, ranked),
        "common (30 % and more)": (max(0.3 * count, ranked + 1), count),
    }
    found = {
        name: [row[0] for row in connection.execute(FREQUENCIES, (low, high)) if not row[0].startswith("inx")]
        for name, (low, high) in bands.items()
    }
    return {name: words[:: max(1, len(words) // WORDS)][:WORDS] for name, words in found.items() if words}


async def best(work: Callable[[], Awaitable[object]], rounds: int = ROUNDS) -> float:
    """Return the seconds of the fastest of some calls."""
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        await work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


async def measure(
    store: Papers, connection: sqlite3.Connection, words: Sequence[str]
) -> tuple[list[float], list[float], int]:
    """Return the seconds of Hoopoe and of the bare query for each word, and equal top tens."""
    ours, bare, equal = [], [], 0
    for word in words:
        match = compile_topic(Term((word,)))

        async def ask(word: str = word) -> None:
            await store.search(Term((word,)), PaperFilter())

        async def ask_bare(match: str = match) -> None:
            await asyncio.to_thread(lambda: connection.execute(WITH_PAPERS, (match,)).fetchall())

        ours.append(await best(ask))
        bare.append(await best(ask_bare, 3))
        page = await store.search(Term((word,)), PaperFilter(), limit=10)
        top = [row[0] for row in connection.execute(f"{RANKED} 10", (match,))]
        equal += [paper.id for paper in page.papers] == top
    return ours, bare, equal


async def run(file: Path, count: int) -> list[Row]:
    """Fill a catalogue and return the table's rows."""
    rows = []
    async with Database.open(f"{DRIVER}:///{file}") as database:
        store = open_stores(database).papers
        if not (await store.size()).papers:
            await fill(database, papers(count))
        with closing(sqlite3.connect(file, check_same_thread=False)) as connection:
            for name, words in kinds(connection, count).items():
                ours, bare, equal = await measure(store, connection, words)
                ratio = statistics.median(ours) / statistics.median(bare)
                common = name.startswith("common")
                rows.append(
                    Row(
                        f"search a {name}, {count:,} papers",
                        f"{_milliseconds(ours)}; same top ten {equal} of {len(words)}",
                        f"bm25 over all, with the papers: {_milliseconds(bare)}",
                        1 / ratio if common else ratio,
                        "≥ 20" if common else "≤ 1.3",
                    )
                )
    return rows


def _milliseconds(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds) * 1e3:.2f} ms (worst {max(seconds) * 1e3:.2f})"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--file", type=Path, help="a database to use, filled where it is empty")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = arguments.file or Path(folder) / "hoopoe.db"
        print_table(asyncio.run(run(file, arguments.papers)))


if __name__ == "__main__":
    main()
