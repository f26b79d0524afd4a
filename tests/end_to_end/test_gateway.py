"""The gateway refuses the process, is away for a day, or sends what nobody expects."""

from __future__ import annotations

import asyncio
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.services.harvesting.calendar import feed_moment
from bot.storage.database import DRIVER
from tests.end_to_end.test_completeness import FAKETIME, Clock
from tests.end_to_end.test_digest import FRIDAY, INSTANT, eventually, mailing, papers_in, prepare
from tests.end_to_end.test_replay import environment_of, running
from tests.fake_arxiv import FakeArxiv
from tests.fake_discord import GUILD_ID, FakeDiscord

INTENTS_REFUSED = (4013, 4014)
GUILD_MEMBERS, PRESENCES, MESSAGE_CONTENT = 1 << 1, 1 << 8, 1 << 15
"""https://docs.discord.com/developers/events/gateway#privileged-intents"""


@pytest.mark.parametrize("code", INTENTS_REFUSED)
@pytest.mark.timeout(60)
async def test_refused_intents_end_with_a_line_and_none_asked_for_is_privileged(
    tmp_path: Path, code: int
) -> None:
    async with FakeDiscord(identify_refusal=code) as discord, FakeArxiv() as arxiv:
        environment = environment_of(discord, arxiv, f"{DRIVER}:///{tmp_path / 'hoopoe.db'}")
        async with running(environment, tmp_path / "log") as process:
            status = await asyncio.wait_for(process.wait(), 40)

    assert status == 2
    last = (tmp_path / "log").read_text(encoding="utf-8").splitlines()[-1]
    assert "Discord refuses the intents" in last
    assert not discord.identifies[0]["intents"] & (GUILD_MEMBERS | PRESENCES | MESSAGE_CONTENT)


@pytest.mark.skipif(FAKETIME is None, reason="needs libfaketime, which moves the clock of a process")
@pytest.mark.timeout(240)
async def test_papers_are_announced_while_the_gateway_is_away_and_commands_answered_after(
    tmp_path: Path,
) -> None:
    """Sending needs no gateway; after a day without one the process connects by itself."""
    url, clock = f"{DRIVER}:///{tmp_path / 'hoopoe.db'}", Clock(tmp_path)
    clock.set(feed_moment(FRIDAY) - timedelta(hours=1))
    await prepare(url)
    async with FakeDiscord() as discord, FakeArxiv() as arxiv:
        discord.add_channel(INSTANT, "papers")
        environment = environment_of(discord, arxiv, url) | clock.environment | {"HARVEST_CATEGORIES": ""}
        async with running(environment, tmp_path / "log"):
            await discord.wait_for(lambda: any(c.ready for c in discord.connections), "a connection")
            discord.gateway_away = True
            await discord.drop_connections()
            arxiv.announce(mailing(range(3)), feed_moment(FRIDAY))
            clock.set(datetime(2026, 3, 28, 3, tzinfo=UTC))
            await discord.wait_for(
                lambda: sum(map(len, papers_in(discord.from_bot(INSTANT)))) >= 3, "papers", seconds=40
            )
            assert not discord.connections
            discord.gateway_away = False
            await discord.wait_for(lambda: any(c.ready for c in discord.connections), "a return", seconds=120)
            assert (await discord.answer_to(await discord.command("help")))["embeds"]

    found = sorted(paper for papers in papers_in(discord.from_bot(INSTANT)) for paper in papers)
    assert found == [f"2603.{number:05}" for number in range(3)]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/users/@me"),
        ("GET", "/oauth2/applications/@me"),
        ("GET", "/gateway/bot"),
        ("PUT", "/applications/*/commands"),
    ],
)
@pytest.mark.timeout(60)
async def test_login_that_is_answered_with_a_web_page_is_tried_again(
    tmp_path: Path, method: str, path: str
) -> None:
    """Where something stands before Discord, its page may come with status 200."""
    async with FakeDiscord() as discord, FakeArxiv() as arxiv:
        discord.fail(method, path, status=200, page="<html>Maintenance</html>")
        environment = environment_of(discord, arxiv, f"{DRIVER}:///{tmp_path / 'hoopoe.db'}")
        log = tmp_path / "log"
        async with running(environment, log):
            await discord.wait_for(lambda: any(c.ready for c in discord.connections), "a connection")
            answer = await discord.answer_to(await discord.command("help"))

    assert answer["embeds"]
    told = log.read_text(encoding="utf-8")
    assert told.count("discord not understood") == 1
    assert "Traceback" not in told


@pytest.mark.timeout(60)
async def test_event_of_an_unknown_form_costs_that_event_alone(tmp_path: Path) -> None:
    """discord.py takes some fields for granted, and would end the connection for good without them."""
    async with FakeDiscord() as discord, FakeArxiv() as arxiv:
        environment = environment_of(discord, arxiv, f"{DRIVER}:///{tmp_path / 'hoopoe.db'}")
        log = tmp_path / "log"
        async with running(environment, log):
            await discord.wait_for(lambda: any(c.ready for c in discord.connections), "a connection")
            await discord.push("CHANNEL_CREATE", {"id": "699", "type": 2, "guild_id": str(GUILD_ID)})
            answer = await discord.answer_to(await discord.command("help"))
            # A thread of its own writes the log, and the process is killed at the end.
            line = "event not understood event=CHANNEL_CREATE"
            await eventually(lambda: line in log.read_text(encoding="utf-8"), "the log's line")

    assert answer["embeds"]


@pytest.mark.timeout(90)
async def test_connection_that_sends_no_json_is_given_up_for_another(tmp_path: Path) -> None:
    async with FakeDiscord() as discord, FakeArxiv() as arxiv:
        url = f"{DRIVER}:///{tmp_path / 'hoopoe.db'}"
        await prepare(url)
        discord.add_channel(INSTANT, "papers")
        async with running(environment_of(discord, arxiv, url), tmp_path / "log") as process:
            await discord.wait_for(lambda: any(c.ready for c in discord.connections), "a connection")
            await discord.connections[0].socket.send_str("<html>Bad gateway</html>")
            await discord.wait_for(lambda: len(discord.identifies) == 2, "a second connection", seconds=40)
            arxiv.announce(mailing(range(3)), datetime.now(UTC))
            await discord.wait_for(lambda: len(discord.from_bot(INSTANT)) == 3, "papers", seconds=30)
            answer = await discord.answer_to(await discord.command("help"))
            assert process.returncode is None

    assert answer["embeds"]


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.timeout(60)
async def test_process_that_is_stopped_while_it_connects_again_ends_cleanly(
    tmp_path: Path, stop: signal.Signals
) -> None:
    """discord.py keeps a cancellation that comes in this moment to itself."""
    async with FakeDiscord() as discord, FakeArxiv() as arxiv:
        environment = environment_of(discord, arxiv, f"{DRIVER}:///{tmp_path / 'hoopoe.db'}")
        async with running(environment, tmp_path / "log") as process:
            await discord.wait_for(lambda: any(c.ready for c in discord.connections), "a connection")
            discord.gateway_mute = True
            (before,) = discord.connections
            await discord.drop_connections()
            await discord.wait_for(
                lambda: discord.connections and before not in discord.connections, "another connection"
            )
            process.send_signal(stop)
            status = await asyncio.wait_for(process.wait(), 15)

    assert status == 0
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
