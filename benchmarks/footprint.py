"""Memory and start of the real process, against a bare discord.py bot with the same libraries imported.

Run: python -m benchmarks.footprint [--repeats 5] [--servers 0]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.table import Row, print_table
from tests.fake_discord import FakeDiscord

LIBRARIES = (
    "aiosqlite",
    "discord.ext.commands",
    "dotenv",
    "httpx",
    "lark",
    "msgspec",
    "numpy",
    "pylatexenc.latex2text",
    "rapidfuzz",
    "sqlalchemy.ext.asyncio",
    "stamina",
)
"""What the bot itself has imported when it is connected, and no more."""

IMPORTS = f"import {', '.join(LIBRARIES)}"

BARE = f"""
{IMPORTS}
import asyncio, os
from discord.ext import commands
from discord.http import Route
import yarl
from discord.gateway import DiscordWebSocket

class Bare(commands.AutoShardedBot):
    async def setup_hook(self):
        _, url, _ = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)

Route.BASE = os.environ["DISCORD_API_URL"]
intents = discord.Intents.none()
intents.guilds = intents.dm_messages = intents.guild_messages = True
Bare("!", intents=intents, max_messages=None).run("a.b.c", log_handler=None)
"""

SETTLE_SECONDS = 3.0

CHANNELS = 50
"""How many channels a server has."""


async def measure(arguments: list[str], environment: dict[str, str], servers: int) -> tuple[float, float]:
    """Start a process against a fresh local Discord; return seconds until connected, and its MB then."""
    async with FakeDiscord() as discord:
        for number in range(servers * CHANNELS):
            discord.add_channel(10_000 + number, f"papers-{number}", guild_id=(1 + number // CHANNELS) << 22)
        environment = environment | {"DISCORD_API_URL": discord.url}
        started = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, env=environment, stderr=asyncio.subprocess.DEVNULL
        )
        await discord.wait_for(lambda: any(c.ready for c in discord.connections), "a connection", seconds=120)
        seconds = time.perf_counter() - started
        await asyncio.sleep(SETTLE_SECONDS * (1 + servers / 1000))
        megabytes = psutil.Process(process.pid).memory_info().rss / 2**20
        process.terminate()
        await process.wait()
    return seconds, megabytes


async def import_seconds() -> float:
    """Return how long a process takes that only imports the same libraries."""
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", IMPORTS)
    await process.wait()
    return time.perf_counter() - started


async def run(repeats: int, servers: int) -> list[Row]:
    """Measure both in turn, and return the table's rows."""
    product: list[tuple[float, float]] = []
    bare: list[tuple[float, float]] = []
    imports: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        nowhere = "http://127.0.0.1:9"
        environment = os.environ | {
            "DISCORD_TOKEN": "a.b.c",
            "DATABASE_URL": f"sqlite+aiosqlite:///{Path(folder) / 'hoopoe.db'}",
            "ARXIV_RSS_URL": nowhere,
            "ARXIV_OAI_URL": nowhere,
            "ARXIV_API_URL": nowhere,
            "OPENALEX_URL": nowhere,
            "SEMANTIC_SCHOLAR_URL": nowhere,
            "SCHOLAR_FEED_URL": nowhere,
        }
        await measure(["-m", "bot", "run"], environment, servers)  # makes the database
        for _ in range(repeats):
            imports.append(await import_seconds())
            bare.append(await measure(["-c", BARE], environment, servers))
            product.append(await measure(["-m", "bot", "run"], environment, servers))
    start, memory = (statistics.median(one[i] for one in product) for i in (0, 1))
    bare_start, bare_memory = (statistics.median(one[i] for one in bare) for i in (0, 1))
    imported = statistics.median(imports)
    return [
        Row(
            "start to connected",
            f"{start:.2f} s",
            f"imports alone {imported:.2f} s",
            start / imported,
            "≤ 1.5",
        ),
        Row("start to connected", f"{start:.2f} s", f"bare bot {bare_start:.2f} s", start / bare_start, ""),
        Row("memory", f"{memory:.0f} MB", f"bare bot {bare_memory:.0f} MB", memory / bare_memory, "≤ 1.25"),
    ]


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--servers", type=int, default=0)
    arguments = parser.parse_args()
    print_table(asyncio.run(run(arguments.repeats, arguments.servers)))


if __name__ == "__main__":
    main()
