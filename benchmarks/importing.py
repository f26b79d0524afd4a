"""Imports a snapshot of a million records with `hoopoe import`: rate of the whole and the beginning, memory.

The records are the real papers of `arxiv_daily`, repeated under new ids in the snapshot's form, with
versions and dates filled in: the words and names are real, but no new ones come after the first 13,025.
Run: python -m benchmarks.importing [--records 1000000]
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import psutil

from benchmarks.corpus import data_folder
from benchmarks.table import Row, print_table

STEPS = 10
A_MONTH = 90_000


def snapshot_lines(count: int) -> Iterator[str]:
    """Yield so many records in the snapshot's form."""
    path = data_folder() / "arxiv_daily" / "cs-new_2026-04-06_2026-05-29.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    for number, record in enumerate(islice(cycle(records), count)):
        months, place = divmod(number, A_MONTH)
        yield json.dumps(_snapshot(f"{10 + months // 12:02}{months % 12 + 1:02}.{place:05}", record))


def _snapshot(identifier: str, record: dict[str, Any]) -> dict[str, Any]:
    names = [name.split() for name in record["authors"]]
    return {
        "id": identifier,
        "submitter": record["authors"][0],
        "authors": ", ".join(record["authors"]),
        "title": record["title"],
        "comments": record.get("comment"),
        "journal-ref": None,
        "doi": None,
        "report-no": None,
        "categories": " ".join(record["categories"]),
        "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        "abstract": f"  {record['abstract']}\n",
        "versions": [{"version": "v1", "created": "Tue, 2 Jan 2024 18:00:01 GMT"}],
        "update_date": record["announced"],
        "authors_parsed": [[words[-1], " ".join(words[:-1]), ""] for words in names],
    }


def run(folder: Path, count: int) -> tuple[list[float], list[float], list[int]]:
    """Import the file; return the seconds of every tenth of it, the processor's too, and the memory.

    The last tenth includes what is done when all records are stored.
    """
    file = folder / "snapshot.json"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in snapshot_lines(count))
    database = folder / "hoopoe.db"
    environ = os.environ | {"DATABASE_URL": f"sqlite+aiosqlite:///{database}"}
    seconds: list[float] = []
    processor: list[float] = []
    memory: list[int] = []
    start, used, size = time.perf_counter(), 0.0, 0
    command = [sys.executable, "-m", "bot", "import", "--json", str(file)]
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            time.sleep(0.1)
            with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                # At its very end a process has no memory any more, but still its times.
                size, times = watched.memory_info().rss or size, watched.cpu_times()
            is_last = len(seconds) == STEPS - 1
            if not is_last and stored(database) >= count * (len(seconds) + 1) // STEPS:
                seconds.append(time.perf_counter() - start)
                processor.append(times.user + times.system - used)
                memory.append(size)
                start, used = time.perf_counter(), times.user + times.system
        seconds.append(time.perf_counter() - start)
        processor.append(times.user + times.system - used)
        memory.append(size)
    assert process.returncode == 0
    assert stored(database) == count
    return seconds, processor, memory


def stored(database: Path) -> int:
    """Return the papers stored so far."""
    if not database.exists():
        return 0
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute("SELECT coalesce(max(id), 0) FROM papers").fetchone()[0]
        except sqlite3.OperationalError:  # the tables are being made
            return 0


def row(work: str, rate: float, first: float, target: str) -> Row:
    """Return a row of the table that compares a rate with that of the first tenth."""
    return Row(work, f"{rate:,.0f} papers/s", f"the first tenth: {first:,.0f}", rate / first, target)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    count = parser.parse_args().records
    with tempfile.TemporaryDirectory() as folder:
        seconds, processor, memory = run(Path(folder), count)
    tenth = count // STEPS
    rates = [tenth / taken for taken in seconds]
    own = [tenth / taken for taken in processor]
    megabytes = [size / 1e6 for size in memory]
    for name, values in (
        ("papers/s", rates),
        ("papers a second of the processor", own),
        ("MB", megabytes),
    ):
        print(f"{name}, every tenth:", ", ".join(f"{value:,.0f}" for value in values), "\n")
    print_table(
        [
            row(f"import {count:,} records", count / sum(seconds), rates[0], "≥ 0.8"),
            row("the same, by the processor's time", count / sum(processor), own[0], "≥ 0.8"),
            row("the last tenth before what is done at the end", rates[-2], rates[0], ""),
            row("the same, by the processor's time", own[-2], own[0], ""),
            Row(
                "most memory of the process",
                f"{max(megabytes):.0f} MB",
                f"after the first tenth: {megabytes[0]:.0f} MB",
                max(megabytes) / megabytes[0],
                "constant",
            ),
        ]
    )


if __name__ == "__main__":
    main()
