"""Reads one row where somebody waits: Hoopoe's one hop against async SQLAlchemy and aiosqlite.

All read the same paper by its arXiv id from the same file, in turns; a read of Hoopoe is also a
transaction of its own, so that several statements see one state.
Run: python -m benchmarks.database_hop [--papers 20000] [--reads 2000]
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import aiosqlite
from sqlalchemy import Connection, select
from sqlalchemy import Row as SqlRow
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.corpus import fill, papers
from benchmarks.table import Row, print_table
from bot.storage.database import DRIVER, Database
from bot.storage.schema import papers as table

SQL = "SELECT id, title FROM papers WHERE arxiv_id = ?"
ID = "0000.00042"


async def measure(ways: Mapping[str, Callable[[], Awaitable[object]]], reads: int) -> dict[str, float]:
    """Return the median microseconds of each way; they take turns, so that noise hits all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(reads):
        for name, way in ways.items():
            start = time.perf_counter()
            await way()
            seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) * 1e6 for name, values in seconds.items()}


async def run(file: Path, count: int, reads: int) -> dict[str, float]:
    """Fill a catalogue and return the microseconds of each way."""
    query = select(table.c.id, table.c.title).where(table.c.arxiv_id == ID)
    async with Database.open(f"{DRIVER}:///{file}") as database:
        await fill(database, papers(count))
        engine = create_async_engine(f"{DRIVER}:///{file}")
        plain = sqlite3.connect(file, check_same_thread=False)
        async with aiosqlite.connect(file) as other:

            def core(connection: Connection) -> SqlRow[int, str] | None:
                return connection.execute(query).first()

            async def hoopoe() -> None:
                assert await database.read(core)

            async def sqlalchemy() -> None:
                async with engine.connect() as connection:
                    assert (await connection.execute(query)).first()

            async def three_calls() -> None:
                async with other.execute(SQL, (ID,)) as cursor:
                    assert await cursor.fetchone()

            async def one_call() -> None:
                assert await other.execute_fetchall(SQL, (ID,))

            async def blocking() -> None:
                assert plain.execute(SQL, (ID,)).fetchone()

            ways = {
                "Hoopoe": hoopoe,
                "SQLAlchemy async": sqlalchemy,
                "aiosqlite, execute + fetch + close": three_calls,
                "aiosqlite, execute_fetchall": one_call,
                "sqlite3, blocking the loop": blocking,
            }
            await measure(ways, 50)
            found = await measure(ways, reads)
        plain.close()
        await engine.dispose()
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=20_000)
    parser.add_argument("--reads", type=int, default=2_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(run(Path(folder) / "hoopoe.db", arguments.papers, arguments.reads))
    ours = found.pop("Hoopoe")
    targets = {"SQLAlchemy async": "≤ 0.4"}
    print_table(
        Row("read one row", f"{ours:.0f} µs", f"{name}: {other:.0f} µs", ours / other, targets.get(name, "–"))
        for name, other in found.items()
    )


if __name__ == "__main__":
    main()
