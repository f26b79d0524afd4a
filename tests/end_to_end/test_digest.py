"""Digests over a change of summer time, through the real process under a moved clock."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.schedule import Hours, hours_key
from bot.domain.watches import CategoryCriterion, Every, Manner, Place, PlaceKind, Watch
from bot.services.harvesting.calendar import feed_moment
from bot.storage import codec, open_stores
from bot.storage.database import DRIVER, Database
from tests.end_to_end.test_completeness import FAKETIME, Clock
from tests.end_to_end.test_replay import environment_of, running
from tests.fake_arxiv import FakeArxiv
from tests.fake_discord import GUILD_ID, PERSON_ID, FakeDiscord

pytestmark = [
    pytest.mark.skipif(FAKETIME is None, reason="needs libfaketime, which moves the clock of a process"),
    pytest.mark.timeout(200),
]

DAILY, WEEKLY, INSTANT = 601, 602, 603
FRIDAY, MONDAY = date(2026, 3, 27), date(2026, 3, 30)
"""Between them, on the 29th at one o'clock UTC, Berlin puts its clocks forward."""

WINTER_DIGEST = datetime(2026, 3, 28, 7, tzinfo=UTC)
SUMMER_DIGEST = datetime(2026, 3, 30, 6, tzinfo=UTC)
"""Eight o'clock in Berlin, on the Saturday before and on the Monday after."""

WORDS = (
    "carbon", "energy", "language", "vision", "privacy",
    "fairness", "protein", "climate", "optics", "graphs",
)  # fmt: skip


def mailing(numbers: range) -> list[dict[str, Any]]:
    """Return new papers that differ in their words, and so in their numbers."""
    return [
        {
            "arxiv_id": f"2603.{number:05}",
            "title": f"On {WORDS[number]} and {WORDS[number - 1]}",
            "abstract": f"We measure what {WORDS[number]} costs people who work with {WORDS[number - 1]}. "
            * (number + 2),
            "authors": ["Emma Strubell", "Ada Example"][: 1 + number % 2],
            "categories": ["cs.CY"],
        }
        for number in numbers
    ]


async def prepare(url: str) -> None:
    """Watch a category in three channels of a server in Berlin: daily, weekly, and at once."""
    async with Database.open(url) as database:
        stores = open_stores(database)
        for channel, every in ((DAILY, Every.DAILY), (WEEKLY, Every.WEEKLY), (INSTANT, Every.INSTANT)):
            place = Place(kind=PlaceKind.CHANNEL, id=channel, guild_id=GUILD_ID)
            await stores.watches.save_watch(
                Watch(
                    owner_id=PERSON_ID,
                    place=place,
                    criterion=CategoryCriterion(category="cs.CY"),
                    manner=Manner(every=every),
                    created_at=datetime(2026, 3, 20, tzinfo=UTC),
                )
            )
        await stores.state.set_state(hours_key(place), codec.encode(Hours(time_zone="Europe/Berlin")))


def rows(file: Path, query: str) -> list[tuple[Any, ...]]:
    """Return what the bot's file answers to a query."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


async def eventually(condition: Callable[[], bool], what: str) -> None:
    """Wait for something that Discord does not see."""
    for _ in range(600):
        if condition():
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{what} did not come")


def harvests_since(log: Path, moment: datetime) -> int:
    """Return how many harvests have ended in or after this moment by the clock of the process."""
    ended = re.findall(
        r"^([-\d]+ [:\d]+) INFO +bot\.services\.harvesting\.harvest: harvested", log.read_text(), re.MULTILINE
    )
    return sum(datetime.fromisoformat(f"{stamp}+00:00") >= moment for stamp in ended)


def papers_in(messages: Sequence[dict[str, Any]]) -> list[list[str]]:
    """Return for each message the papers that it links, in their order."""
    return [
        re.findall(r"arxiv\.org/abs/([\d.]+)", f"{embed.get('url')} {embed['description']}")
        for message in messages
        for embed in message["embeds"]
    ]


def by_rank(file: Path) -> list[str]:
    """Return every paper, the highest ranked first."""
    query = (
        "SELECT arxiv_id FROM papers JOIN paper_numbers ON paper_numbers.paper_id = papers.id"
        " WHERE trend IS NOT NULL ORDER BY trend DESC, papers.id"
    )
    return [arxiv_id for (arxiv_id,) in rows(file, query)]


async def test_digests_come_at_the_hour_of_the_server_across_summer_time_and_restarts(tmp_path: Path) -> None:
    """Each paper comes once a place, the highest ranked first, and never before the hour."""
    file, clock = tmp_path / "hoopoe.db", Clock(tmp_path)
    url = f"{DRIVER}:///{file}"
    await prepare(url)
    first, second = range(6), range(6, 10)
    async with FakeDiscord() as discord, FakeArxiv() as arxiv:
        for channel in (DAILY, WEEKLY, INSTANT):
            discord.add_channel(channel, f"papers-{channel}")
        environment = environment_of(discord, arxiv, url) | clock.environment | {"HARVEST_CATEGORIES": ""}

        async def harvested(moment: datetime) -> None:
            """Let it be this moment, until the bot has seen that and harvested in it."""
            clock.set(moment)
            await eventually(lambda: harvests_since(tmp_path / "log", moment) >= 2, "harvests")

        async def found(day: date, numbers: range, *, after: timedelta) -> None:
            """Let a mailing come, and the bot announce it where that is wanted at once."""
            await harvested(feed_moment(day) + after)
            arxiv.announce(mailing(numbers), feed_moment(day))
            await discord.wait_for(
                lambda: len(discord.from_bot(INSTANT)) >= numbers.stop, "announcements", seconds=40
            )
            await eventually(lambda: len(by_rank(file)) == numbers.stop, "numbers")

        async def digests(moment: datetime, **counts: int) -> None:
            """Let the hour come, and wait for what it brings."""
            clock.set(moment)
            wanted = {DAILY: counts["daily"], WEEKLY: counts["weekly"]}
            await discord.wait_for(
                lambda: {channel: len(discord.from_bot(channel)) for channel in wanted} == wanted,
                "digests",
                seconds=40,
            )

        async with running(environment, tmp_path / "log"):
            # After Friday's hour, so that Saturday's digest is the next.
            await found(FRIDAY, first, after=timedelta(hours=9))
        async with running(environment, tmp_path / "log"):
            await harvested(WINTER_DIGEST - timedelta(minutes=5))
            await digests(WINTER_DIGEST, daily=1, weekly=0)
            await harvested(WINTER_DIGEST + timedelta(hours=22))
            await found(MONDAY, second, after=timedelta(minutes=30))
        async with running(environment, tmp_path / "log"):
            await harvested(SUMMER_DIGEST - timedelta(minutes=5))
            await digests(SUMMER_DIGEST, daily=2, weekly=1)

    ranked = by_rank(file)
    assert ranked != sorted(ranked)
    friday = {f"2603.{number:05}" for number in first}
    assert papers_in(discord.from_bot(DAILY)) == [
        [paper for paper in ranked if paper in friday],
        [paper for paper in ranked if paper not in friday],
    ]
    assert papers_in(discord.from_bot(WEEKLY)) == [ranked]
    claimed = rows(file, "SELECT place_id, claimed_at FROM announcements WHERE digest > 0 ORDER BY id")
    for channel, at in claimed:
        hour = WINTER_DIGEST if (channel, at) == claimed[0] else SUMMER_DIGEST
        assert hour <= datetime.fromtimestamp(at / 1e6, UTC) < hour + timedelta(minutes=5)
