"""Requests to arXiv for one harvest, as the number of watches grows."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

import httpx

from benchmarks.table import Row, print_table
from bot.domain.categories import CATEGORIES
from bot.domain.watches import CategoryCriterion, Criterion, Place, PlaceKind, TopicCriterion, Watch
from bot.services.harvesting.catching_up import CatchUp
from bot.services.harvesting.harvest import Harvester
from bot.services.vocabulary import Vocabulary
from bot.sources.arxiv import ArxivClient
from bot.sources.arxiv_oai import ArxivRecords
from bot.sources.gate import Gate
from bot.storage.database import Database
from bot.storage.stores import Stores, open_stores
from tests.fake_arxiv import FakeArxiv


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


async def watch(stores: Stores, count: int) -> None:
    """Make so many watches, of categories and topics in turn."""
    criteria: list[Criterion] = []
    for number, category in enumerate(islice(cycle(CATEGORIES), count)):
        topic = TopicCriterion(topic=f"subject{number}")
        criteria.append(topic if number % 2 else CategoryCriterion(category=category))
    for number, criterion in enumerate(criteria):
        place = Place(kind=PlaceKind.CHANNEL, id=number, guild_id=1)
        made = Watch(owner_id=1, place=place, criterion=criterion, created_at=utc_now())
        await stores.watches.save_watch(made)


async def requests_for(count: int) -> int:
    """Return how many requests one harvest makes for so many watches."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'hoopoe.db'}"
        async with Database.open(url) as database, FakeArxiv() as arxiv, httpx.AsyncClient() as client:
            stores, gate = open_stores(database), Gate(0.001)
            await watch(stores, count)
            feeds = ArxivClient(
                client, gate, api_url=f"{arxiv.url}/api/query", rss_url=arxiv.url, clock=utc_now
            )
            records = ArxivRecords(client, gate, url=f"{arxiv.url}/oai", clock=utc_now)
            harvester = Harvester(
                source=feeds,
                store=stores.harvests,
                watches=stores.watches,
                state=stores.state,
                vocabulary=Vocabulary(papers=stores.papers, clock=utc_now),
                clock=utc_now,
                catch_up=CatchUp(
                    source=records, store=stores.harvests, clock=utc_now, reach=timedelta(days=30)
                ),
                make_numbers=stores.papers.save_papers,
            )
            await harvester.run()
            return len(arxiv.requests)


async def run(counts: Sequence[int]) -> list[Row]:
    """Measure each number of watches, and return the table's rows."""
    return [
        Row(
            work=f"requests to arXiv for one harvest, {count:,} watches",
            product=f"{(asked := await requests_for(count))}",
            peer=f"one a watch, {count:,}",
            ratio=asked / count,
            target="constant",
        )
        for count in counts
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--watches", type=int, nargs="+", default=[2, 100, 2000])
    print_table(asyncio.run(run(parser.parse_args().watches)))


if __name__ == "__main__":
    main()
