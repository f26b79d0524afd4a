"""Answers as arXiv gave them, through the real process."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.watches import CategoryCriterion, Place, PlaceKind, Watch
from bot.storage import open_stores
from bot.storage.database import DRIVER, Database
from tests.end_to_end.test_replay import environment_of, running
from tests.fake_arxiv import FakeArxiv
from tests.fake_discord import GUILD_ID, PERSON_ID, FakeDiscord

CHANNEL = 601


async def test_recorded_feed_is_announced_paper_by_paper(data_folder: Path, tmp_path: Path) -> None:
    """Every new paper and cross-list of the feed arrives, and none of its replacements."""
    feed = gzip.decompress((data_folder / "arxiv_rss" / "server_cs.CV_2026-04-22.atom.xml.gz").read_bytes())
    entries = re.findall(rb"<entry>.*?</entry>", feed, re.DOTALL)
    new = {
        re.search(rb"arXiv\.org:([\d.]+)v", entry)[1].decode()  # type: ignore[index]
        for entry in entries
        if re.search(rb"<arxiv:announce_type>(?:new|cross)<", entry)
    }
    url = f"{DRIVER}:///{tmp_path / 'hoopoe.db'}"
    async with Database.open(url) as database:
        place = Place(kind=PlaceKind.CHANNEL, id=CHANNEL, guild_id=GUILD_ID)
        criterion = CategoryCriterion(category="cs.CV")
        created = datetime(2026, 4, 1, tzinfo=UTC)
        await open_stores(database).watches.save_watch(
            Watch(owner_id=PERSON_ID, place=place, criterion=criterion, created_at=created)
        )
    async with FakeDiscord() as discord, FakeArxiv() as arxiv:
        discord.add_channel(CHANNEL, "papers")
        arxiv.recorded_feeds["cs.CV"] = feed
        environment = environment_of(discord, arxiv, url) | {"HARVEST_CATEGORIES": ""}
        async with running(environment, tmp_path / "log"):
            await discord.wait_for(
                lambda: len(discord.from_bot(CHANNEL)) >= len(new), "the papers", seconds=40
            )

    links = [message["embeds"][0]["url"] for message in discord.from_bot(CHANNEL)]
    assert 0 < len(new) < len(entries)
    assert sorted(link.rsplit("/", 1)[-1] for link in links) == sorted(new)


async def test_recorded_answer_becomes_a_card(data_folder: Path, tmp_path: Path) -> None:
    url = f"{DRIVER}:///{tmp_path / 'hoopoe.db'}"
    async with FakeDiscord() as discord, FakeArxiv(recorded=data_folder / "arxiv") as arxiv:
        environment = environment_of(discord, arxiv, url)
        async with running(environment, tmp_path / "log"):
            await discord.wait_for(lambda: discord.syncs, "the commands")
            token = await discord.command("paper", paper="arXiv:1605.08386v1")
            card = (await discord.answer_to(token))["embeds"][0]
            token = await discord.command("paper", paper="0808.05394")
            never_given = (await discord.answer_to(token))["embeds"][0]

    assert card["title"] == "Heat-bath random walks with Markov bases"
    assert card["url"] == "https://arxiv.org/abs/1605.08386"
    assert "Caprice Stanley, Tobias Windisch" in card["description"]
    assert "no paper" in never_given["title"]
