"""First response and whole answer of commands of the real process, idle, and while it harvests and announces.

The catalogue holds real papers (benchmarks/corpus.py). While busy, a local arXiv lists a new mailing
every second, and each of its papers is announced in a channel. Times are seen from a local Discord.
All the while it makes numbers of the papers. `--database` takes a catalogue that there is, such as one
of a million papers that `python -m benchmarks.scoring --papers 1000000 --keep FILE` left; it is copied.
Run: python -m benchmarks.responding [--papers 100000 | --database FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.corpus import papers
from benchmarks.table import Row, print_table
from bot.domain.watches import Place, PlaceKind, TopicCriterion, Watch
from bot.storage import open_stores
from bot.storage.database import DRIVER, Database
from tests.fake_arxiv import FakeArxiv
from tests.fake_discord import GUILD_ID, PERSON_ID, FakeDiscord

COMMANDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("author", {"name": "Sergey Levine"}),
    ("paper", {"paper": "0000.00007"}),
    ("search", {"query": "learning"}),
    ("search", {"query": "graph transformer"}),
    ("papers", {"author": "Sergey Levine"}),
    ("coauthors", {"author": "Sergey Levine"}),
    ("compare", {"first": "Sergey Levine", "second": "Yoshua Bengio"}),
    ("similar", {"paper": "0000.00007"}),
    ("trending", {}),
    ("cite", {"paper": "0000.00007"}),
    ("library save", {"paper": "0000.00007"}),
    ("library list", {}),
    ("library vote", {"paper": "0000.00007"}),
    ("library export", {}),
    ("watch topic", {"topic": "robot", "preview": True}),
    ("watch list", {}),
    ("settings", {}),
    ("privacy export", {}),
    ("status", {}),
    ("help", {}),
)
MAILING = 100


async def prepare(url: str, count: int) -> int:
    """Add so many papers to the catalogue, and watch a word that every mailing holds.

    Returns how many papers there are.
    """
    async with Database.open(url) as database:
        stores = open_stores(database)
        await stores.papers.save_papers(papers(count))
        place = Place(kind=PlaceKind.CHANNEL, id=600, guild_id=GUILD_ID)
        topic = TopicCriterion(topic="benchmark")
        created = datetime(2020, 1, 1, tzinfo=UTC)
        await stores.watches.save_watch(
            Watch(owner_id=PERSON_ID, place=place, criterion=topic, created_at=created)
        )
        return (await stores.papers.size()).papers


def mailing(number: int) -> list[dict[str, Any]]:
    """Return a mailing of new papers."""
    return [
        {
            "arxiv_id": f"2611.{number * MAILING + i:05}",
            "title": f"Benchmark paper {number}-{i}",
            "abstract": "We study a benchmark at length. " * 40,
            "authors": ["Ada Example", f"Ben Example{i}"],
            "categories": ["cs.RO", "cs.LG"],
        }
        for i in range(MAILING)
    ]


Times = dict[str, list[float]]
"""Seconds by command."""


async def ask(discord: FakeDiscord, rounds: int) -> tuple[Times, Times]:
    """Give the commands in turn; return the seconds to the first response and to the answer."""
    first: Times = defaultdict(list)
    whole: Times = defaultdict(list)
    for number in range(rounds):
        name, options = COMMANDS[number % len(COMMANDS)]
        started = time.perf_counter()
        token = await discord.command(name, **options)
        await discord.wait_for(partial(discord.callbacks.get, token), "a response")
        first[name].append(time.perf_counter() - started)
        await discord.answer_to(token)
        whole[name].append(time.perf_counter() - started)
    return first, whole


async def harvest_busily(arxiv: FakeArxiv) -> None:
    """List something new every second, for as long as it may."""
    for number in range(900):
        arxiv.announce(mailing(number), datetime.now(UTC))
        await asyncio.sleep(1)


async def run(count: int, rounds: int, database: Path | None) -> list[Row]:
    """Measure the process idle and busy, and return the table's rows."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "hoopoe.db"
        url = f"{DRIVER}:///{file}"
        if database is not None:
            shutil.copyfile(database, file)
        count = await prepare(url, 0 if database else count)
        async with FakeDiscord() as discord, FakeArxiv() as arxiv:
            environment = os.environ | {
                "DISCORD_TOKEN": "a.b.c",
                "DISCORD_API_URL": discord.url,
                "DATABASE_URL": url,
                "ARXIV_RSS_URL": arxiv.url,
                "ARXIV_OAI_URL": f"{arxiv.url}/oai",
                "ARXIV_API_URL": f"{arxiv.url}/api/query",
                "OPENALEX_URL": "http://127.0.0.1:9",
                "SEMANTIC_SCHOLAR_URL": "http://127.0.0.1:9",
                "SCHOLAR_FEED_URL": "http://127.0.0.1:9",
                "ARXIV_MIN_INTERVAL_SECONDS": "0.001",
                "HARVEST_INTERVAL_SECONDS": "1",
                "ANNOUNCE_INTERVAL_SECONDS": "1",
                "HARVEST_CATEGORIES": "cs.RO",
                "LOG_LEVEL": "ERROR",
            }
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=environment
            )
            await discord.wait_for(lambda: discord.syncs, "the commands", seconds=60)
            await ask(discord, 2 * len(COMMANDS))
            idle = await ask(discord, rounds)
            load = asyncio.create_task(harvest_busily(arxiv))
            await discord.wait_for(lambda: discord.from_bot(600), "an announcement", seconds=60)
            sent = len(discord.from_bot(600))
            busy = await ask(discord, rounds)
            sent = len(discord.from_bot(600)) - sent
            load.cancel()
            process.terminate()
            await process.wait()
    print(f"{count} papers, {rounds} commands each; {sent} announcements went out meanwhile.")
    return [
        *_rows("first response", idle[0], busy[0], "p99 ≤ 100 ms"),
        *_rows("whole answer", idle[1], busy[1], ""),
        *_slowest(idle[1], busy[1]),
    ]


def _slowest(idle: Times, busy: Times) -> list[Row]:
    """Return the commands whose whole answers take longest, pictures included, by their median."""
    medians = {name: 1000 * statistics.median(times) for name, times in busy.items()}
    slowest = sorted(medians, key=lambda name: -medians[name])[:5]
    return [
        Row(
            f"whole answer of /{name}, p50, busy",
            f"{medians[name]:.0f} ms",
            f"idle {(quiet := 1000 * statistics.median(idle[name])):.0f} ms",
            medians[name] / quiet,
            "",
        )
        for name in slowest
    ]


def _rows(work: str, by_command: Times, by_command_busy: Times, target: str) -> list[Row]:
    idle, busy = ([time for times in by.values() for time in times] for by in (by_command, by_command_busy))
    rows = []
    for name, quantile in (("p50", 50), ("p99", 99)):
        quiet, loaded = (1000 * statistics.quantiles(times, n=100)[quantile - 1] for times in (idle, busy))
        shown = target if name == "p99" else ""
        rows.append(
            Row(f"{work}, {name}, busy", f"{loaded:.1f} ms", f"idle {quiet:.1f} ms", loaded / quiet, shown)
        )
    return rows


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=600)
    parser.add_argument("--database", type=Path)
    options = parser.parse_args()
    print_table(asyncio.run(run(options.papers, options.rounds, options.database)))


if __name__ == "__main__":
    main()
