"""Suggests authors while somebody types: every beginning of a name, at 600,000 names.

Names are the corpus's own and, beyond these, given and family names of the corpus put together; how many
papers each has follows Zipf's law, as in the corpus. The floor is a range of one covering index, which
knows nothing of popularity and only the beginning of the whole name, in the same thread hop.
Run: python -m benchmarks.autocomplete [--names 600000]
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from benchmarks.corpus import FIELDS, records
from benchmarks.table import Row, print_table
from bot.storage import open_stores
from bot.storage.catalogue.entries import Entry, save_entries
from bot.storage.database import DRIVER, Database
from bot.storage.names import LAST
from bot.storage.people.people import suggest
from bot.text.folding import words
from bot.text.names import name_key

SEED = 20261125
CORPUS = 53_999
CHUNK = 20_000
CHOICES = 25
"""What Discord takes."""
RANGE = "SELECT key FROM names WHERE key >= ? AND key < ? LIMIT 25"


def names(count: int) -> dict[str, tuple[str, int]]:
    """Return so many people by folded name: the printed name and the number of papers."""
    printed = Counter(name for record in islice(records(), CORPUS) for name in record["authors"])
    found = {name_key(name): (name, papers) for name, papers in printed.most_common(count)}
    parts = [name.split() for name in printed]
    given = [part[0] for part in parts if len(part) > 1]
    family = [part[-1] for part in parts if len(part) > 1]
    dice = random.Random(SEED)
    counts = [papers for _, papers in found.values()]
    while len(found) < count:
        name = f"{dice.choice(given)} {dice.choice(family)}"
        found.setdefault(name_key(name), (name, dice.choice(counts)))
    return found


def inputs(keys: Iterable[str]) -> dict[str, list[str]]:
    """Return what may be typed: all short beginnings of words, and samples of longer input."""
    dice = random.Random(SEED)
    people = list(keys)
    every = {word for key in people for word in key.split()}
    sample = dice.sample(people, 1_000)
    return {
        **{f"every {n}-letter beginning": sorted({word[:n] for word in every}) for n in (1, 2, 3)},
        "a whole word": [dice.choice(key.split()) for key in sample],
        "a word and a letter": [" ".join(words(key)[:2])[: len(key.split()[0]) + 2] for key in sample],
        "family name first": [f"{key.split()[-1]} {key.split()[0][:2]}" for key in sample],
        "two words that don't follow": [f"{key.split()[-1][:3]} {key.split()[0][:3]}" for key in sample],
    }


async def fill(database: Database, people: dict[str, tuple[str, int]]) -> None:
    """Write the people into an empty catalogue, as their papers would have done."""
    entries = [
        Entry(number, None, name, key, papers, papers, FIELDS[number % len(FIELDS)], {key}, is_new=True)
        for number, (key, (name, papers)) in enumerate(people.items(), start=1)
        if key
    ]
    for start in range(0, len(entries), CHUNK):
        async with database.write() as connection:
            await save_entries(connection, entries[start : start + CHUNK])


async def times(work: Callable[[str], Awaitable[object]], typed: Sequence[str]) -> list[float]:
    """Return the milliseconds of each input, the better of two tries, shortest first."""
    found = []
    for text in typed:
        tries = []
        for _ in range(2):
            start = time.perf_counter()
            await work(text)
            tries.append(time.perf_counter() - start)
        found.append(min(tries) * 1e3)
    return sorted(found)


def own_times(connection: Connection, typed: Sequence[str]) -> list[float]:
    """Return the milliseconds of each input inside the reading thread, likewise."""
    found = []
    for text in typed:
        tries = []
        for _ in range(2):
            start = time.perf_counter()
            suggest(connection, text, CHOICES)
            tries.append(time.perf_counter() - start)
        found.append(min(tries) * 1e3)
    return sorted(found)


async def run(file: Path, count: int) -> list[Row]:
    """Fill a catalogue and return the table's rows."""
    people = names(count)
    rows = []
    async with Database.open(f"{DRIVER}:///{file}") as database:
        await fill(database, people)
        gc.freeze()
        authors = open_stores(database).authors
        with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection:
            connection.execute("CREATE TABLE names (key PRIMARY KEY) WITHOUT ROWID")
            connection.executemany("INSERT INTO names VALUES (?)", [(key,) for key in people])

            async def floor(text: str) -> None:
                await asyncio.to_thread(lambda: connection.execute(RANGE, (text, text + LAST)).fetchall())

            for name, typed in inputs(people).items():
                own = await database.read(partial(own_times, typed=typed))
                ours = await times(authors.suggest_authors, typed)
                bare = await times(floor, typed)
                rows.append(
                    Row(
                        f"{name} ({len(typed):,})",
                        f"p50 {_at(own, 0.5):.2f}, p99 {_at(own, 0.99):.2f} ms;"
                        f" with the hop {_at(ours, 0.5):.2f}, {_at(ours, 0.99):.2f}",
                        f"one range and the hop: p50 {_at(bare, 0.5):.2f}, p99 {_at(bare, 0.99):.2f}",
                        _at(own, 0.99) / 1.0,
                        "p99 ≤ 1 ms",
                    )
                )
    return rows


def _at(values: Sequence[float], share: float) -> float:
    return values[min(int(len(values) * share), len(values) - 1)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=600_000)
    count = parser.parse_args().names
    with tempfile.TemporaryDirectory() as folder:
        rows = asyncio.run(run(Path(folder) / "hoopoe.db", count))
    print(f"{count:,} names; own time, and with the hop into a thread and back.\n")
    print_table(rows)


if __name__ == "__main__":
    main()
