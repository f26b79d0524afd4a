"""Real days through the real process and a server that fails: the catalogue becomes the truth.

The short form runs with the others. `HOOPOE_REPLAY=40 pytest tests/end_to_end/test_completeness.py`
replays that many days with every paper of the file.
"""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.services.harvesting.calendar import feed_moment, mailing_day
from bot.sources.arxiv_feed import parse_creators
from bot.sources.arxiv_parser import tidy
from bot.storage import codec
from tests.end_to_end.test_replay import environment_of, running
from tests.fake_arxiv import FakeArxiv, read_days
from tests.fake_discord import FakeDiscord
from tests.fake_oai import Changed, announced

FAULTS = ("reset", "500", "503", "429", "html", "empty", "cut", "charset", "doctype")
PACE = 0.05
WHOLE = int(os.environ.get("HOOPOE_REPLAY", "0"))
DAYS = WHOLE or 8
KILLS = 10 if WHOLE else 3
SMALL = frozenset({"cs.GR", "cs.GT", "cs.CE"})
OLD_DAY = timedelta(days=400)
FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)

Record = dict[str, Any]


@pytest.fixture
def days(data_folder: Path) -> dict[date, list[Record]]:
    """Return real days of records, in the short form without the largest categories.

    What the file carries on weekends was announced the Friday before.
    """
    days: dict[date, list[Record]] = {}
    seen: set[str] = set()
    for listed in read_days(next((data_folder / "arxiv_daily").glob("cs-new_*.jsonl.gz")), 60):
        day = date.fromisoformat(listed[0]["announced"])
        day -= timedelta(days=max(day.weekday() - 4, 0))
        for record in listed:
            if record["arxiv_id"] not in seen and (WHOLE or SMALL & set(record["categories"])):
                seen.add(record["arxiv_id"])
                days.setdefault(day, []).append(dict(record))
    return dict(list(days.items())[:DAYS])


def truth_of(days: Mapping[date, Sequence[Record]]) -> dict[str, tuple[object, ...]]:
    """Return what the catalogue must hold, worked out from the file alone."""
    return {
        record["arxiv_id"]: (
            tidy(record["title"]),
            tidy(record["abstract"]),
            tuple(one.name for one in parse_creators(", ".join(record["authors"]))),
            tuple(record["categories"]),
            day,
        )
        for day, records in days.items()
        for record in records
    }


def catalogue_in(file: Path) -> dict[str, tuple[object, ...]]:
    """Return what the catalogue holds of every announced paper."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT arxiv_id, title, abstract, authors, categories, announced_at FROM papers"
            " WHERE announced_at IS NOT NULL"
        ).fetchall()
    return {
        arxiv_id: (
            title,
            abstract,
            tuple(one.name for one in codec.decode_authorships(authors)),
            tuple(categories.split()),
            mailing_day(datetime.fromtimestamp(announced_at / 1e6, UTC)),
        )
        for arxiv_id, title, abstract, authors, categories, announced_at in rows
    }


def count_in(file: Path) -> int:
    """Return how many announced papers the catalogue holds."""
    if not file.exists():
        return 0
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        try:
            (found,) = connection.execute(
                "SELECT count(*) FROM papers WHERE announced_at IS NOT NULL"
            ).fetchone()
        except sqlite3.OperationalError:
            return 0  # not migrated yet
    return int(found)


class Clock:
    """The clock of the process under test, moved by the day."""

    def __init__(self, folder: Path) -> None:
        """Keep the moment in a file that the library reads every second.

        Reading it at each look at the clock or at a file, a process takes five times as long.
        """
        self._file = folder / "clock"

    def set(self, moment: datetime) -> None:
        """Let it be this moment, and time go on from there."""
        ahead = moment - datetime.now(UTC)
        self._file.write_text(f"{ahead.total_seconds():+.0f}")

    @property
    def environment(self) -> dict[str, str]:
        """What makes a process look at it; without the library the real time is as good."""
        if FAKETIME is None:
            return {}
        return {
            "LD_PRELOAD": str(FAKETIME),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }


def old_papers(day: date) -> list[Changed]:
    """Return papers of long ago that were replaced this day: known to nobody, and no news."""
    first = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return [
        Changed(
            day,
            {
                "arxiv_id": f"2403.{day.month:02}{day.day:02}{number}",
                "title": "Replaced",
                "abstract": "Something old.",
                "authors": ["Emma Strubell"],
                "categories": ["cs.GR"],
            },
            (first - 2 * OLD_DAY, first),
        )
        for number in range(3)
    ]


async def enough(file: Path, wanted: int, what: str) -> None:
    """Wait until the catalogue holds so many announced papers."""
    for _ in range(3000 if WHOLE else 900):
        if await asyncio.to_thread(count_in, file) >= wanted:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{what}: {count_in(file)} of {wanted} papers")


@pytest.mark.timeout(3600 if WHOLE else 200)
async def test_days_with_faults_gaps_and_kills_become_the_truth(
    days: dict[date, list[Record]], tmp_path: Path
) -> None:
    """Every third request fails in a random way, and on a third of the days nobody reads the feed."""
    chance = random.Random(20260406)
    file, clock = tmp_path / "hoopoe.db", Clock(tmp_path)
    dates = list(days)
    # The first day begins the catalogue, and on the last one everything has to be there.
    missed = set(chance.sample(dates[1:-1], len(dates) // 3)) | set(dates[3:5])
    killed = set(chance.sample([day for day in dates if day not in missed], min(KILLS, len(dates) // 2)))
    async with FakeDiscord() as discord, FakeArxiv() as arxiv:
        arxiv.records.page = 500 if WHOLE else 20
        requests = iter(range(1_000_000))
        arxiv.next_fault = lambda: chance.choice(FAULTS) if next(requests) % 3 == 2 else ""
        environment = environment_of(discord, arxiv, f"sqlite+aiosqlite:///{file}") | clock.environment
        environment |= {
            "ARXIV_MIN_INTERVAL_SECONDS": str(PACE),
            "HARVEST_CATEGORIES": "cs.CV,cs.CL,cs.AI,cs.IT,cs.CE,cs.GT,cs.GR",
        }
        due = kills = 0
        for day, records in days.items():
            arxiv.announce(records, feed_moment(day))
            clock.set(feed_moment(day) + timedelta(hours=2))
            arxiv.records.records += [*(announced(day, one) for one in records), *old_papers(day)]
            chance.shuffle(arxiv.records.records)
            due += len(records)
            if day in missed:
                continue
            for _ in range(KILLS // len(killed) + 1 if day in killed and kills < KILLS else 0):
                async with running(environment, tmp_path / "log"):
                    await asyncio.sleep(chance.uniform(0.8, 2.5))
                kills += 1
            async with running(environment, tmp_path / "log"):
                await enough(file, due, str(day))

    assert catalogue_in(file) == truth_of(days)
    assert kills >= KILLS
    moments = [moment for moment, _, _ in arxiv.requests]
    assert any("resumptionToken" in target for _, target, _ in arxiv.requests)
    # What this process's own loop adds to the moments it notes is allowed for.
    assert min(later - earlier for earlier, later in pairwise(moments)) > PACE - 0.02
