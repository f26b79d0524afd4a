"""Five real announcement days through the real process, which is killed again and again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import re
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.watches import CategoryCriterion, Criterion, Place, PlaceKind, TopicCriterion, Watch
from bot.storage import open_stores
from bot.storage.database import Database
from bot.text.topic_matching import matches
from bot.text.topics import parse_topic
from tests.fake_arxiv import FakeArxiv, read_days
from tests.fake_discord import GUILD_ID, PERSON_ID, FakeDiscord

KILLS = 10
DAYS = 5
LINK = r"arxiv\.org/abs/([\d.]+)"

WATCHES: dict[int, list[Criterion]] = {
    601: [CategoryCriterion(category="cs.GR")],
    602: [TopicCriterion(topic="energy OR carbon"), CategoryCriterion(category="cs.CE")],
    603: [TopicCriterion(topic='"gaussian splatting"')],
}


@pytest.fixture
def days(data_folder: Path) -> list[list[dict[str, Any]]]:
    """Return five days of real records, without the categories nobody watches here."""
    found = read_days(next((data_folder / "arxiv_daily").glob("cs-new_*.jsonl.gz")), DAYS)
    return [[dict(record) for record in day] for day in found]


def wanted(days: Sequence[Sequence[dict[str, Any]]]) -> Counter[tuple[int, str]]:
    """Return every (channel, paper) that the watches want, worked out without the bot."""
    pairs: Counter[tuple[int, str]] = Counter()
    for record in [record for day in days for record in day]:
        for channel, criteria in WATCHES.items():
            if any(_wants(criterion, record) for criterion in criteria):
                pairs[channel, record["arxiv_id"]] = 1
    return pairs


def _wants(criterion: Criterion, record: dict[str, Any]) -> bool:
    if isinstance(criterion, CategoryCriterion):
        return criterion.category in record["categories"]
    assert isinstance(criterion, TopicCriterion)
    text = record["title"], record["abstract"], ", ".join(record["authors"])
    return matches(parse_topic(criterion.topic), *text)


def announced(discord: FakeDiscord) -> Counter[tuple[int, str]]:
    """Return every (channel, paper) that a message announced, read from its links.

    On a slow machine a process may be killed before it has read every feed of a day: what the next
    one finds follows a gap then, and comes together.
    """
    return Counter(
        (channel, paper)
        for channel in WATCHES
        for message in discord.from_bot(channel)
        for embed in message["embeds"]
        for paper in re.findall(LINK, embed.get("url") or embed["description"])
    )


async def announced_at_least(discord: FakeDiscord, count: int) -> None:
    """Wait until so many announcements have arrived."""
    await discord.wait_for(lambda: announced(discord).total() >= count, f"{count} announcements", seconds=60)


@contextlib.asynccontextmanager
async def running(environment: dict[str, str], log: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the bot as a host does; it is killed at the end."""
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=environment, stdout=output, stderr=output
        )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
            await process.wait()


def environment_of(discord: FakeDiscord, arxiv: FakeArxiv, database: str) -> dict[str, str]:
    """Return the settings of a bot that knows only local servers."""
    nowhere = "http://127.0.0.1:9"
    return os.environ | {
        "DISCORD_TOKEN": "a.b.c",
        "DISCORD_API_URL": discord.url,
        "DATABASE_URL": database,
        "ARXIV_API_URL": f"{arxiv.url}/api/query",
        "ARXIV_RSS_URL": arxiv.url,
        "ARXIV_OAI_URL": f"{arxiv.url}/oai",
        "OPENALEX_URL": nowhere,
        "SEMANTIC_SCHOLAR_URL": nowhere,
        "SCHOLAR_FEED_URL": nowhere,
        "ARXIV_MIN_INTERVAL_SECONDS": "0.01",
        "HARVEST_INTERVAL_SECONDS": "1",
        "ANNOUNCE_INTERVAL_SECONDS": "1",
        "HARVEST_CATEGORIES": "cs.CV,cs.CL,cs.AI,cs.IT,cs.CE,cs.GT,cs.GR",
    }


async def create_watches(database_url: str) -> None:
    """Write the watches down as if they had been made before the first day."""
    async with Database.open(database_url) as database:
        stores = open_stores(database)
        for channel, criteria in WATCHES.items():
            place = Place(kind=PlaceKind.CHANNEL, id=channel, guild_id=GUILD_ID)
            for criterion in criteria:
                await stores.watches.save_watch(
                    Watch(
                        owner_id=PERSON_ID,
                        place=place,
                        criterion=criterion,
                        created_at=datetime.now(UTC) - timedelta(days=DAYS + 2),
                    )
                )


@pytest.mark.timeout(240)
async def test_five_real_days_with_ten_kills_announce_every_paper_exactly_once(
    days: list[list[dict[str, Any]]], tmp_path: Path
) -> None:
    """Whatever moment the process dies at, each wanted paper reaches its channel exactly once."""
    chance = random.Random(20260406)
    database = f"sqlite+aiosqlite:///{tmp_path / 'hoopoe.db'}"
    await create_watches(database)
    today = datetime.now(UTC).replace(hour=5, minute=0, second=3, microsecond=0)
    async with FakeDiscord() as discord, FakeArxiv() as arxiv:
        for channel in WATCHES:
            discord.add_channel(channel, f"papers-{channel}")
        environment = environment_of(discord, arxiv, database)
        for number, records in enumerate(days):
            arxiv.announce(records, today - timedelta(days=DAYS - 1 - number))
            for _ in range(KILLS // DAYS):
                async with running(environment, tmp_path / "log"):
                    await asyncio.sleep(chance.uniform(1.0, 3.0))
            due = wanted(days[: number + 1]).total()
            async with running(environment, tmp_path / "log"):
                await announced_at_least(discord, due)

        assert announced(discord) == wanted(days)
