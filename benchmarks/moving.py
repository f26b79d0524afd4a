"""Moves the names that an import left where they stood: two million different ones, rate and memory.

The names are invented, a given and a family name of the corpus each; no two are alike, which is the
worst case: of a real snapshot's three million papers most authors have written several.
Run: python -m benchmarks.moving [--names 2000000]
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import psutil

from benchmarks.corpus import FIELDS, papers, records
from benchmarks.table import Row, print_table
from bot.domain.imports import Bookmark
from bot.services.harvesting.importing import ALONE, NAMES_ALONE, spared_garbage
from bot.storage import open_stores
from bot.storage.catalogue.entries import Entry, next_author_id, save_entries
from bot.storage.database import DRIVER, Database
from bot.text.names import name_key

CORPUS = 20_000
STEPS = 10
STRIDE = 1_000_003
"""A prime: names follow each other in no order of theirs, as papers bring them."""


def keys(count: int) -> Iterator[str]:
    """Yield so many different folded names."""
    parts = [name_key(name).split() for record in islice(records(), CORPUS) for name in record["authors"]]
    given, family = (sorted({part[place] for part in parts if len(part) > 1}) for place in (0, -1))
    everything = len(given) * len(family)
    assert count <= everything
    assert everything % STRIDE
    for number in range(count):
        first, last = divmod(number * STRIDE % everything, len(family))
        # The number keeps them from being a real one by chance.
        yield f"{given[first]} {family[last]}9"


async def fill(database: Database, count: int) -> None:
    """Write names as an import does, which leaves them out of the index behind autocomplete."""
    # Settles the connection as for an import where nobody else writes.
    await open_stores(database).imports.import_papers(papers(1_000), "benchmark", Bookmark())
    names = keys(count)
    while some := list(islice(names, ALONE)):
        async with database.write() as connection:
            free = await next_author_id(connection)
            entries = [
                Entry(number, None, key.title(), key, 1, 1 + number % 3, FIELDS[0], is_new=True)
                for number, key in enumerate(some, free)
            ]
            await save_entries(connection, entries, in_bulk=True)


async def run(file: Path, count: int) -> tuple[list[float], list[float], list[int]]:
    """Return the seconds of each tenth of the names, the processor's too, and the memory after it."""
    process = psutil.Process()
    clock: list[float] = []
    processor: list[float] = []
    memory: list[int] = []
    async with Database.open(f"{DRIVER}:///{file}") as database:
        await fill(database, count)
        imports = open_stores(database).imports
        with spared_garbage():
            for _ in range(STEPS):
                start, used = time.perf_counter(), time.process_time()
                for _ in range(0, count // STEPS, NAMES_ALONE):
                    assert await imports.move_names(min(NAMES_ALONE, count // STEPS))
                clock.append(time.perf_counter() - start)
                processor.append(time.process_time() - used)
                memory.append(process.memory_info().rss)
    return clock, processor, memory


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=2_000_000)
    count = parser.parse_args().names
    with tempfile.TemporaryDirectory() as folder:
        clock, processor, memory = asyncio.run(run(Path(folder) / "hoopoe.db", count))
    rows = []
    for name, seconds in (("", clock), (", processor", processor)):
        rates = [count / STEPS / taken for taken in seconds]
        print(f"names/s{name}, every tenth:", ", ".join(f"{rate:,.0f}" for rate in rates), "\n")
        first, last = rates[0], rates[-1]
        rows.append(
            Row(
                f"move {count:,} names, the last tenth{name}",
                f"{last:,.0f}/s",
                f"the first: {first:,.0f}",
                last / first,
                "",
            )
        )
    most, first = max(memory) / 1e6, memory[0] / 1e6
    rows.append(
        Row("most memory", f"{most:.0f} MB", f"after a tenth: {first:.0f} MB", most / first, "constant")
    )
    print_table(rows)


if __name__ == "__main__":
    main()
