"""`hoopoe run` as whoever hosts it meets it: starting, being refused, being stopped, being watched."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fake_discord import FakeDiscord

NOWHERE = "http://127.0.0.1:9"
"""A port nobody listens on."""

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    """A small Discord."""
    async with FakeDiscord() as server:
        yield server


@pytest.fixture(autouse=True)
def interrupts() -> Iterator[None]:
    """Let processes hear Ctrl-C: a shell has jobs in the background ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class Hoopoe:
    """Starts commands in a folder, with no source in reach."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
        self.environ = kept | {
            "HOME": str(folder),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "DISCORD_TOKEN": "very-secret",
            "DISCORD_API_URL": url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'hoopoe.db'}",
            "ARXIV_API_URL": f"{NOWHERE}/api/query",
            "ARXIV_RSS_URL": NOWHERE,
            "ARXIV_OAI_URL": NOWHERE,
            "OPENALEX_URL": NOWHERE,
            "SEMANTIC_SCHOLAR_URL": NOWHERE,
            "SCHOLAR_FEED_URL": NOWHERE,
            "ARXIV_MIN_INTERVAL_SECONDS": "0.01",
        }

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments, cwd=self.folder, env=self.environ,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip

    async def run(self, *arguments: str) -> tuple[int, str, str]:
        """Run a command to its end; return its exit status and what it wrote."""
        return await ended(await self.start(*arguments))


async def ended(process: asyncio.subprocess.Process) -> tuple[int, str, str]:
    try:
        output, errors = await asyncio.wait_for(process.communicate(), 60)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode or 0, output.decode(), errors.decode()


def complaints(errors: str) -> list[str]:
    return [line for line in errors.splitlines() if line.startswith("hoopoe: ")]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_running_bot_writes_its_status_and_ends_cleanly(
    discord: FakeDiscord, tmp_path: Path, number: signal.Signals
) -> None:
    hoopoe = Hoopoe(tmp_path, discord.url)
    bot = await hoopoe.start()
    await discord.wait_for(lambda: any(one.ready for one in discord.connections), "the gateway", seconds=40)

    status, output, _ = await hoopoe.run("status", "--json")
    second = await hoopoe.run("run")
    bot.send_signal(number)
    code, _, log = await ended(bot)

    assert status == 0
    assert {"bot", "catalogue", "harvest", "arXiv", "OpenAlex"} <= json.loads(output).keys()
    assert second[0] == 1
    assert "SHARD_IDS" in complaints(second[2])[0]
    assert code == 0
    assert complaints(log) == []
    assert "Traceback" not in log
    assert "very-secret" not in log


async def test_token_that_discord_refuses_is_a_wrong_setting(discord: FakeDiscord, tmp_path: Path) -> None:
    hoopoe = Hoopoe(tmp_path, discord.url)
    for command in ("run", "sync-commands"):
        discord.fail("GET", "/users/@me", status=401)

        code, _, log = await hoopoe.run(command)

        assert code == 2
        [line] = complaints(log)
        assert line.startswith("hoopoe: DISCORD_TOKEN is refused by Discord")
        assert "very-secret" not in log


async def test_check_names_the_bot_and_the_sources_out_of_reach(discord: FakeDiscord, tmp_path: Path) -> None:
    hoopoe = Hoopoe(tmp_path, discord.url)
    # Something else answers there: unlike silence, that is not worth a second try.
    hoopoe.environ["ARXIV_RSS_URL"] = discord.url

    status, output, _ = await hoopoe.run("check", "--json")

    values = json.loads(output)
    assert status == 1
    assert values["Discord"]["ok"] is True
    assert {name for name, value in values.items() if value["ok"] is False} == {
        "arXiv",
        "arXiv feeds",
        "arXiv OAI-PMH",
        "OpenAlex",
        "Semantic Scholar",
        "Scholar Feed",
    }


async def test_check_says_that_a_source_does_not_know_what_it_should(
    discord: FakeDiscord, tmp_path: Path
) -> None:
    """Another service behind the address knows none of the paths."""
    hoopoe = Hoopoe(tmp_path, discord.url)
    hoopoe.environ["OPENALEX_URL"] = discord.url

    _, output, _ = await hoopoe.run("check", "--json")

    assert ("GET", "/works/doi:10.48550/arxiv.1706.03762") in discord.requests
    assert json.loads(output)["OpenAlex"]["detail"] == "answers, but does not know arXiv:1706.03762"


@pytest.mark.parametrize("command", ["check", "sync-commands"])
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        pytest.param({"status": 200, "page": "<html>Maintenance</html>"}, "not understood", id="page"),
        pytest.param({"status": 404, "page": "<html>No such page</html>"}, "404 Not Found", id="elsewhere"),
        pytest.param({"status": 403, "code": 40333}, "403 Forbidden", id="refused"),
        pytest.param({}, "cannot be reached", id="cut"),
    ],
)
async def test_what_is_no_answer_of_discords_is_told_in_a_line(
    discord: FakeDiscord, tmp_path: Path, command: str, fault: dict[str, Any], said: str
) -> None:
    discord.fail("GET", "/users/@me", times=9, **fault)
    hoopoe = Hoopoe(tmp_path, discord.url)

    status, output, errors = await hoopoe.run(command)

    assert status == 1
    assert said in output + errors
    assert "Traceback" not in errors


async def test_sync_commands_sends_them_each_time(discord: FakeDiscord, tmp_path: Path) -> None:
    hoopoe = Hoopoe(tmp_path, discord.url)

    statuses = [(await hoopoe.run("sync-commands"))[0] for _ in range(2)]

    assert statuses == [0, 0]
    assert discord.syncs >= 2
    assert {"author", "paper"} <= {command["name"] for command in discord.commands["global"]}


async def test_bot_tries_again_while_discord_is_out_of_reach(tmp_path: Path) -> None:
    hoopoe = Hoopoe(tmp_path, f"{NOWHERE}/api/v10")
    bot = await hoopoe.start("run")
    assert bot.stderr is not None
    log = b""
    while b"discord not reached" not in log:
        line = await asyncio.wait_for(bot.stderr.readline(), 60)
        assert line, log.decode()
        log += line

    status = await hoopoe.run("status")
    bot.send_signal(signal.SIGTERM)
    code, _, rest = await ended(bot)

    assert status[0] == 0
    assert code == 0
    assert "Traceback" not in log.decode() + rest
