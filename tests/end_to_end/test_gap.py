"""After days without harvest, through the real process, while Discord and arXiv are watched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.domain.watches import CategoryCriterion, Place, PlaceKind, Watch
from bot.storage import open_stores
from bot.storage.database import Database
from tests.end_to_end.test_replay import environment_of, running
from tests.fake_arxiv import FakeArxiv
from tests.fake_discord import GUILD_ID, PERSON_ID, FakeDiscord

PAPERS = 95
PACE = 0.3


async def remember_a_harvest(database_url: str, moment: datetime) -> None:
    """Write down what a bot leaves that watched a category, and harvested then for the last time."""
    async with Database.open(database_url) as database:
        stores = open_stores(database)
        await stores.watches.save_watch(
            Watch(
                owner_id=PERSON_ID,
                place=Place(kind=PlaceKind.CHANNEL, id=600, guild_id=GUILD_ID),
                criterion=CategoryCriterion(category="cs.CY"),
                created_at=moment - timedelta(days=1),
            )
        )
        await stores.state.set_state("last_harvest", moment.isoformat())


def announced(discord: FakeDiscord) -> list[list[str]]:
    """Return for each message the papers whose links it holds."""
    descriptions = [
        "\n".join(embed.get("description", "") for embed in message["embeds"])
        for message in discord.from_bot(600)
    ]
    return [
        [part.partition(")")[0] for part in text.split("https://arxiv.org/abs/")[1:]] for text in descriptions
    ]


@pytest.mark.timeout(120)
async def test_feeds_are_read_while_discord_cannot_be_reached(tmp_path: Path) -> None:
    """What is announced meanwhile is stored and delivered once Discord answers again."""
    async with FakeDiscord() as discord, FakeArxiv() as arxiv:
        discord.fail("GET", "/users/@me", status=503, times=100)
        environment = environment_of(discord, arxiv, f"sqlite+aiosqlite:///{tmp_path / 'hoopoe.db'}")
        async with running(environment, tmp_path / "log"):
            await discord.wait_for(lambda: arxiv.requests, "a feed that is read", seconds=60)

    assert not discord.syncs


@pytest.mark.timeout(240)
async def test_papers_after_a_gap_come_together_though_discord_fails_and_the_process_is_restarted(
    tmp_path: Path,
) -> None:
    database = f"sqlite+aiosqlite:///{tmp_path / 'hoopoe.db'}"
    now = datetime.now(UTC)
    await remember_a_harvest(database, now - timedelta(days=3))
    async with FakeDiscord() as discord, FakeArxiv() as arxiv:
        arxiv.announce(
            [
                {"arxiv_id": f"2611.{n:05}", "title": f"Paper {n}", "abstract": "Something.",
                 "categories": ["cs.CY"], "authors": ["Emma Strubell"]}
                for n in range(PAPERS)
            ],
            now,
        )  # fmt: skip
        discord.fail("POST", "/channels/600/messages", status=503, times=6)
        environment = environment_of(discord, arxiv, database) | {
            "ARXIV_OAI_URL": f"{arxiv.url}/oai",
            "HARVEST_CATEGORIES": "cs.CY",
            "ARXIV_MIN_INTERVAL_SECONDS": str(PACE),
        }
        async with running(environment, tmp_path / "log"):
            # Where all six failures are one message's, its pauses of 5, 10, 20 and 40 s come before it.
            await discord.wait_for(lambda: announced(discord), "a first batch", seconds=120)
        async with running(environment, tmp_path / "log"):
            await discord.wait_for(
                lambda: sum(map(len, announced(discord))) >= PAPERS, "the rest", seconds=60
            )

    messages = announced(discord)
    assert sorted(paper for papers in messages for paper in papers) == [f"2611.{n:05}" for n in range(PAPERS)]
    assert len(messages) == 3
    asked = [moment for moment, _, _ in arxiv.requests]
    # What this process's own loop adds to the moments it notes is allowed for.
    assert all(later - earlier > PACE - 0.02 for earlier, later in pairwise(asked))
