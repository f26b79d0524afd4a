"""Deliveries of the real process against a local Discord that enforces Discord's limits.

So many papers are announced in 500 channels of 25 servers, while commands are given. The floor is
Discord's 50 requests a second; the peer in CPU is a bare discord.py bot that sends one of these very
messages, its embed and its components made once, with `channel.send`, at the same pace and to as many
channels of a Discord of its own. Both send at the same time: what else the machine does, which
changes what a message costs by half, disturbs them alike. The peer is done when the commands begin.
Run: python -m benchmarks.delivering [--papers 20] [--bare 5000]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from benchmarks.table import Row, print_table
from bot.domain.watches import CategoryCriterion, Place, PlaceKind, Watch
from bot.storage import open_stores
from bot.storage.database import DRIVER, Database
from tests.discord_limits import Limits
from tests.fake_arxiv import FakeArxiv
from tests.fake_discord import PERSON_ID, FakeDiscord

CHANNELS, SERVERS = 500, 25
NOWHERE = "http://127.0.0.1:9"
ABSTRACT = "We study how $\\alpha$-divergences behave in models of language, and what they cost. " * 15

BARE = """
import asyncio, json, os, discord, yarl
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

message = json.loads(os.environ["MESSAGE"])
embed = discord.Embed.from_dict(message["embeds"][0])

def view_of(rows):
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        for one in row["components"]:
            named = {key: one[key] for key in ("custom_id", "disabled") if key in one}
            if one["type"] == discord.ComponentType.button.value:
                looks = {key: one[key] for key in ("label", "url") if key in one}
                style = discord.ButtonStyle(one["style"])
                view.add_item(discord.ui.Button(style=style, row=number, **looks, **named))
            else:
                options = [discord.SelectOption.from_dict(option) for option in one["options"]]
                given = {key: one[key] for key in ("placeholder", "min_values", "max_values") if key in one}
                view.add_item(discord.ui.Select(options=options, row=number, **given, **named))
    view.stop()
    return view

class Bare(commands.AutoShardedBot):
    async def setup_hook(self):
        _, url, _ = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)

    async def on_ready(self):
        gate = asyncio.Semaphore(49)
        loop = asyncio.get_running_loop()
        view = view_of(message["components"])

        async def lane(channel):
            for _ in range(EACH):
                await gate.acquire()
                await self.get_partial_messageable(channel).send(embed=embed, view=view)
                loop.call_later(1.0, gate.release)

        await asyncio.gather(*(lane(10_000 + n) for n in range(CHANNELS)))

Route.BASE = os.environ["DISCORD_API_URL"]
intents = discord.Intents.none()
intents.guilds = intents.dm_messages = intents.guild_messages = True
Bare("!", intents=intents, max_messages=None).run("a.b.c", log_handler=None)
"""


def prepared_discord() -> FakeDiscord:
    """Return a Discord with its limits and the channels."""
    discord = FakeDiscord(limits=Limits())
    for number in range(CHANNELS):
        discord.add_channel(10_000 + number, f"papers-{number}", guild_id=(1 + number % SERVERS) << 22)
    return discord


def messages(discord: FakeDiscord) -> int:
    """Return how many messages have arrived."""
    return sum(len(discord.messages.get(10_000 + number, ())) for number in range(CHANNELS))


async def prepare(url: str) -> None:
    """Watch a category in every channel."""
    async with Database.open(url) as database:
        watches = open_stores(database).watches
        for number in range(CHANNELS):
            place = Place(kind=PlaceKind.CHANNEL, id=10_000 + number, guild_id=(1 + number % SERVERS) << 22)
            criterion = CategoryCriterion(category="cs.CY")
            created = datetime.now(UTC) - timedelta(days=1)
            await watches.save_watch(
                Watch(owner_id=PERSON_ID, place=place, criterion=criterion, created_at=created)
            )


def mailing(papers: int) -> list[dict[str, Any]]:
    """Return so many new papers."""
    return [
        {
            "arxiv_id": f"2611.{number:05}",
            "title": f"On the Cost of Model {number}",
            "abstract": ABSTRACT,
            "authors": ["Ada Example", "Ben Example", "Cy Example", "Di Example"],
            "categories": ["cs.CY", "cs.LG"],
        }
        for number in range(papers)
    ]


async def ask(discord: FakeDiscord, times: list[float]) -> None:
    """Give a command twice a second; note the seconds until its first response."""
    while True:
        started = time.perf_counter()
        token = await discord.command("search", query="divergences", channel_id=10_000)
        await discord.wait_for(partial(discord.callbacks.get, token), "a response")
        times.append(time.perf_counter() - started)
        await discord.answer_to(token)
        await asyncio.sleep(0.5)


async def measure(
    discord: FakeDiscord, arguments: list[str], environment: Mapping[str, str], count: int, times: list[float]
) -> tuple[float, float]:
    """Run a process until so many messages arrived; return the seconds, and its CPU seconds a message.

    The CPU is that of the first half; commands are given during the second.
    """
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, env=environment)
    usage = psutil.Process(process.pid).cpu_times
    await discord.wait_for(lambda: messages(discord), "a message", seconds=120)
    started, before = time.perf_counter(), usage()
    await discord.wait_for(lambda: messages(discord) >= count // 2, "half of the messages", seconds=600)
    after, sent = usage(), messages(discord)
    asking = asyncio.create_task(ask(discord, times)) if "run" in arguments else None
    await discord.wait_for(lambda: messages(discord) >= count, "all messages", seconds=600)
    seconds = time.perf_counter() - started
    if asking:
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    process.terminate()
    await process.wait()
    return seconds, (after.user + after.system - before.user - before.system) / sent


async def measure_bare(discord: FakeDiscord, message: dict[str, Any], count: int) -> float:
    """Let the peer send a message so many times; return its CPU seconds for each."""
    each = max(1, count // CHANNELS)
    program = BARE.replace("CHANNELS", str(CHANNELS)).replace("EACH", str(each))
    environment = os.environ | {"DISCORD_API_URL": discord.url, "MESSAGE": json.dumps(message)}
    _, cpu = await measure(discord, ["-c", program], environment, CHANNELS * each, [])
    sent = discord.messages[10_000][0]
    assert all(sent[part] == message[part] for part in ("embeds", "components")), "the same card"
    return cpu


async def run(papers: int, bare: int) -> list[Row]:
    """Measure both, and return the table's rows."""
    times: list[float] = []
    count = papers * CHANNELS
    with tempfile.TemporaryDirectory() as folder:
        url = f"{DRIVER}:///{Path(folder) / 'hoopoe.db'}"
        await prepare(url)
        async with prepared_discord() as discord, prepared_discord() as other, FakeArxiv() as arxiv:
            arxiv.announce(mailing(papers), datetime.now(UTC))
            environment = os.environ | {
                "DISCORD_TOKEN": "a.b.c",
                "DISCORD_API_URL": discord.url,
                "DATABASE_URL": url,
                "ARXIV_RSS_URL": arxiv.url,
                "ARXIV_API_URL": f"{arxiv.url}/api/query",
                "ARXIV_OAI_URL": f"{arxiv.url}/oai",
                "OPENALEX_URL": NOWHERE,
                "SEMANTIC_SCHOLAR_URL": NOWHERE,
                "SCHOLAR_FEED_URL": NOWHERE,
                "ARXIV_MIN_INTERVAL_SECONDS": "0.01",
                "ANNOUNCE_INTERVAL_SECONDS": "1",
                "LOG_LEVEL": "ERROR",
            }
            ours = asyncio.create_task(measure(discord, ["-m", "bot", "run"], environment, count, times))
            await discord.wait_for(lambda: discord.messages.get(10_000), "a message to copy", seconds=120)
            sent_there = discord.messages[10_000]
            bare_cpu = await measure_bare(other, sent_there[0], bare)
            seconds, cpu = await ours
            refused = discord.limits.refused if discord.limits else []
            titles = {message["embeds"][0]["title"] for message in sent_there}
            assert len(titles) == papers, "each paper once"
    each, bare_each = 1e6 * cpu, 1e6 * bare_cpu
    floor = count / 50
    p99 = 1000 * statistics.quantiles(times, n=100)[98]
    print(f"{count} deliveries to {CHANNELS} channels of {SERVERS} servers, {len(times)} commands meanwhile.")
    return [
        Row("deliveries, time", f"{seconds:.1f} s", f"50 a second: {floor:.0f} s", seconds / floor, "≤ 1.05"),
        Row("deliveries, answers 429", str(len(refused)), "0", float(len(refused)), "0"),
        Row(
            "CPU a delivery", f"{each:.0f} µs", f"channel.send {bare_each:.0f} µs", each / bare_each, "≤ 1.3"
        ),
        Row("a command's first response meanwhile, p99", f"{p99:.1f} ms", "100 ms", p99 / 100, "≤ 1"),
    ]


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=20)
    parser.add_argument("--bare", type=int, default=5000)
    options = parser.parse_args()
    print_table(asyncio.run(run(options.papers, options.bare)))


if __name__ == "__main__":
    main()
