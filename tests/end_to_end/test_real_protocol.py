"""The real bot process against a small Discord that speaks the real protocol."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.fake_discord import BOT_ID, EVERYTHING, PERSON_ID, FakeDiscord, Json, Visit

EPHEMERAL = 1 << 6
EMBED_LINKS = 1 << 14
NOWHERE = "http://127.0.0.1:9"
"""A port nobody listens on: every source is down."""


def _environment(discord: FakeDiscord, folder: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
    return kept | {
        "HOME": str(folder),
        "DISCORD_TOKEN": "x",
        "DISCORD_API_URL": discord.url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'hoopoe.sqlite3'}",
        "ARXIV_API_URL": f"{NOWHERE}/api/query",
        "ARXIV_OAI_URL": f"{NOWHERE}/oai",
        "ARXIV_RSS_URL": NOWHERE,
        "OPENALEX_URL": NOWHERE,
        "SEMANTIC_SCHOLAR_URL": NOWHERE,
        "SCHOLAR_FEED_URL": NOWHERE,
        "ARXIV_MIN_INTERVAL_SECONDS": "0.01",
        "ANNOUNCE_INTERVAL_SECONDS": "1",
        **more,
    }


@asynccontextmanager
async def _running(
    discord: FakeDiscord, folder: Path, **more: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the bot as whoever hosts it does; what it logged is shown where a test fails."""
    log = folder / "log.txt"
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run",
            env=_environment(discord, folder, **more), stdout=output, stderr=output,
        )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), 15)
        print(log.read_text(encoding="utf-8", errors="replace")[-6000:])  # noqa: T201 - pytest shows it on failure


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    """A small Discord."""
    async with FakeDiscord() as server:
        yield server


async def _ready(discord: FakeDiscord, process: asyncio.subprocess.Process) -> None:
    """Wait until the bot is connected; a process that ended never will be."""
    connected = asyncio.create_task(
        discord.wait_for(lambda: any(c.ready for c in discord.connections), "the gateway", seconds=40)
    )
    ended = asyncio.create_task(process.wait())
    await asyncio.wait({connected, ended}, return_when=asyncio.FIRST_COMPLETED)
    assert process.returncode is None
    ended.cancel()
    await connected


@pytest.mark.timeout(120)
async def test_process_logs_in_syncs_and_answers(discord: FakeDiscord, tmp_path: Path) -> None:
    async with _running(discord, tmp_path) as process:
        await _ready(discord, process)
        identify = discord.identifies[0]
        # Guilds, guild messages, direct messages; neither members, presences nor message content.
        assert identify["intents"] == 1 << 0 | 1 << 9 | 1 << 12
        assert {"author", "paper", "watch"} <= {command["name"] for command in discord.commands["global"]}

        helped = await discord.answer_to(await discord.command("help"))
        assert helped["embeds"]

        token = await discord.command("author", name="Nobody Whatsoever")
        (unknown,) = await discord.wait_for(
            lambda: [message for message in discord.answers.get(token, ()) if message["embeds"]],
            "an answer",
            seconds=40,
        )
        assert re.search(r"Nothing found|does not answer", str(unknown["embeds"]))

        assert unknown["flags"] == EPHEMERAL
        assert discord.callbacks[token][0] == {"type": 5}, "it took longer, so it was promised to everybody"
        assert discord.answers[token] == [unknown], "the promise was taken back"

        await _check_autocomplete(discord)
        await _check_button(discord)

        await discord.say("help")
        await discord.wait_for(discord.direct_messages, "an answer to a direct message")
        assert discord.direct_messages()[0]["embeds"]

        await _check_forwarded(discord)

        await discord.say(f"<@{BOT_ID}> help", channel_id=600)
        await discord.wait_for(lambda: discord.from_bot(600), "an answer to a mention")


async def _check_autocomplete(discord: FakeDiscord) -> None:
    typed = {"name": "category", "type": 3, "value": "cs.cy", "focused": True}
    options = [{"name": "query", "type": 3, "value": "x"}, typed]
    command = next(one for one in discord.commands["global"] if one["name"] == "search")
    data = {"id": command["id"], "name": "search", "type": 1, "options": options}
    token = await discord.interact(data, kind=4)
    offered = (await discord.wait_for(lambda: discord.callbacks.get(token), "choices"))[0]
    assert offered["type"] == 8
    assert offered["data"]["choices"][0]["value"] == "cs.CY"


async def _check_forwarded(discord: FakeDiscord) -> None:
    """What somebody forwards stands below the message, not in it, and what other bots post in embeds."""
    embed = {"type": "rich", "fields": [{"name": "Paper", "value": "https://arxiv.org/abs/2401.00002"}]}
    forwarded = {
        "type": 0, "content": "look: arXiv:2401.00001", "embeds": [embed], "attachments": [], "mentions": [],
        "mention_roles": [], "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "flags": 0,
    }  # fmt: skip
    earlier = len(discord.direct_messages())
    await discord.say("", message_snapshots=[{"message": forwarded}])
    await discord.wait_for(
        lambda: len(discord.direct_messages()) > earlier, "an answer to what was forwarded"
    )
    # It was understood as what arXiv, which is out of reach, would have to be asked.
    assert "arXiv" in discord.direct_messages()[-1]["embeds"][0]["title"]

    message = {**await discord.say("", channel_id=600), "message_snapshots": [{"message": forwarded}]}
    menu = next(one for one in discord.commands["global"] if one["name"] == "Find papers")
    data = {
        "id": menu["id"], "name": "Find papers", "type": 3, "target_id": message["id"],
        "resolved": {"messages": {message["id"]: message}},
    }  # fmt: skip
    found = await discord.answer_to(await discord.interact(data))
    assert "names no paper" not in str(found)


async def _check_button(discord: FakeDiscord) -> None:
    """Create a watch, where Discord says that the bot may write, and remove it by the button on its card."""
    discord.permissions = str(int(EVERYTHING) & ~EMBED_LINKS)
    lacking = await discord.answer_to(await discord.command("watch topic", topic='"green ai"'))
    assert "Embed Links" in lacking["embeds"][0]["description"]
    discord.permissions = EVERYTHING
    created = await discord.answer_to(await discord.command("watch topic", topic='"green ai"'))
    buttons = [part for row in created["components"] for part in row["components"]]
    remove = next(part["custom_id"] for part in buttons if part.get("label") == "Remove")
    data = {"custom_id": remove, "component_type": 2}
    bare = {**created, "components": []}
    refused = await discord.answer_to(await discord.interact(data, kind=3, message=bare))
    assert "earlier version" in refused["embeds"][0]["title"]
    removed = await discord.answer_to(await discord.interact(data, kind=3, message=created))
    assert "No longer watching" in removed["embeds"][0]["title"]


@pytest.mark.timeout(120)
async def test_process_resumes_and_does_not_sync_again(discord: FakeDiscord, tmp_path: Path) -> None:
    async with _running(discord, tmp_path) as process:
        await _ready(discord, process)
        await discord.drop_connections()
        await discord.wait_for(lambda: discord.resumes, "a resume", seconds=30)
    async with _running(discord, tmp_path) as process:
        await discord.wait_for(lambda: len(discord.identifies) == 2, "a second start", seconds=40)
        await discord.say("help", person=PERSON_ID + 1)
        await discord.wait_for(lambda: discord.direct_messages(PERSON_ID + 1), "an answer")
        assert process.returncode is None
    assert discord.syncs == 1


@pytest.mark.timeout(120)
async def test_process_with_its_share_of_shards_identifies_those(
    discord: FakeDiscord, tmp_path: Path
) -> None:
    async with _running(discord, tmp_path, SHARD_IDS="1", SHARD_COUNT="2") as process:
        await _ready(discord, process)
        assert [identify["shard"] for identify in discord.identifies] == [[1, 2]]


EPHEMERAL = 1 << 6
USE_EXTERNAL_APPS = 1 << 50
ABROAD = Visit(permissions=int(EVERYTHING) | USE_EXTERNAL_APPS)
HUSHED = Visit(permissions=int(EVERYTHING) & ~USE_EXTERNAL_APPS)
AMONG_PEOPLE = Visit(guild_id=None, channel_id=611)


@pytest.mark.timeout(120)
async def test_process_answers_on_somebodys_account_where_it_is_no_member(
    discord: FakeDiscord, tmp_path: Path
) -> None:
    async with _running(discord, tmp_path) as process:
        await _ready(discord, process)

        async def ask(visit: Visit, name: str, **options: Any) -> tuple[bool, Json]:
            """Return whether only the person sees the answer, and the answer."""
            token = await discord.command(name, visit=visit, **options)
            answer = await discord.answer_to(token)
            flags = discord.callbacks[token][0].get("data", {}).get("flags", 0)
            return bool(flags & EPHEMERAL), answer

        await _check_who_sees(ask)
        await _check_own_watch(discord, ask)
        _, settings = await ask(ABROAD, "settings", digest_hour=9)
        assert "9:00" in str(settings["embeds"])
        _, refused = await ask(ABROAD, "settings", picks="monday")
        assert "a server" in str(refused["embeds"])


Asked = Callable[..., Awaitable[tuple[bool, Json]]]


async def _check_who_sees(ask: Asked) -> None:
    """Look-ups are for all where that is allowed; what is the person's own is for them."""
    for visit, seen_by_one in ((ABROAD, False), (HUSHED, True), (AMONG_PEOPLE, False)):
        hidden, found = await ask(visit, "search", query="green")
        assert hidden is seen_by_one
        assert found["embeds"]
        hidden, listed = await ask(visit, "library list")
        assert hidden
        assert "Your reading list" in str(listed["embeds"])


async def _check_own_watch(discord: FakeDiscord, ask: Asked) -> None:
    """A watch made abroad is the person's own, and so are its buttons."""
    _, created = await ask(ABROAD, "watch topic", topic='"green ai"')
    assert "direct messages" in str(created["embeds"])
    _, listed = await ask(AMONG_PEOPLE, "watch list")
    assert "green ai" in str(listed["embeds"])
    buttons = [part for row in created["components"] for part in row["components"]]
    remove = next(part["custom_id"] for part in buttons if part.get("label") == "Remove")
    data = {"custom_id": remove, "component_type": 2}
    token = await discord.interact(data, kind=3, message=created, visit=ABROAD)
    removed = await discord.answer_to(token)
    assert "No longer watching" in removed["embeds"][0]["title"]
