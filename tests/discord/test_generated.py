"""Whatever people type, press or say: one answer that fits, no fault in the log, nobody pinged.

`HOOPOE_EXAMPLES=2000 pytest tests/discord/test_generated.py` looks longer, and elsewhere each time.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord
from hypothesis import HealthCheck, given, settings

from bot.errors import RateLimited, SourceChanged, SourceError, SourceUnavailable
from tests.discord.house import Server
from tests.discord.odd import Step, days
from tests.discord.surface import open_server, sample_file
from tests.unit.cards.checks import texts, units

EXAMPLES = os.environ.get("HOOPOE_EXAMPLES")

FAULTS: dict[str, tuple[SourceError | None, SourceError | None]] = {
    "fine": (None, None),
    "arXiv down": (SourceUnavailable("arXiv", "no answer"), None),
    "OpenAlex down": (None, SourceUnavailable("OpenAlex", "no answer")),
    "down": (SourceUnavailable("arXiv", "no answer"), SourceUnavailable("OpenAlex", "no answer")),
    "changed": (SourceChanged("arXiv", "no feed"), SourceChanged("OpenAlex", "no JSON")),
    "slow down": (RateLimited("arXiv", "too fast", None), RateLimited("OpenAlex", "too fast", None)),
    "spent": (None, RateLimited("OpenAlex", "the day's allowance is used up", None)),
}
"""What the sources raise, by how they behave: arXiv, OpenAlex."""


class Errors(logging.Handler):
    """Keeps what was logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line, with where it came from."""
        self.lines.append(f"{record.getMessage()} {record.exc_info}")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the sample's papers, people and numbers."""

    async def make() -> Path:
        async with sample_file(tmp_path_factory.mktemp("generated")) as file:
            return file

    return asyncio.run(make())


@pytest.fixture(scope="module", autouse=True)
def _anything_arrives() -> Iterator[None]:
    """Let values through that Discord would refuse: an older menu may still send them."""
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(
            simcord.interactions, "check_options", lambda _name, _spec, provided, **_partial: provided
        )
        yield


@pytest.mark.timeout(0 if EXAMPLES else 300)
@settings(
    max_examples=int(EXAMPLES or 50),
    derandomize=EXAMPLES is None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(steps=days)
def test_anything_gets_one_answer_that_fits_and_pings_nobody(sample: Path, steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_live(Path(shutil.copy(sample, folder)), steps))


async def _live(file: Path, steps: list[Step]) -> None:
    errors = Errors()
    logging.getLogger().addHandler(errors)
    try:
        async with open_server(file) as server:
            visitor = Visitor(server)
            for step in steps:
                sent = len(server.house.env.http_requests)
                await visitor.do(step)
                for request in server.house.env.http_requests[sent:]:
                    check_request(request.method, request.path, request.json)
                assert errors.lines == [], step
    finally:
        logging.getLogger().removeHandler(errors)


class Visitor:
    """Does one step after another, as anybody who is there, and looks at the answer."""

    def __init__(self, server: Server) -> None:
        """Furnish the server with more places and people."""
        env = server.house.env
        self.server = server
        self.member = server.guild.add_member(env.create_user("member"))
        self.other = env.create_guild("Other")
        me = env.bot.user
        assert me is not None
        closed: dict[Any, discord.PermissionOverwrite] = {me: discord.PermissionOverwrite(view_channel=False)}
        self.channels = [
            server.channel,
            server.guild.create_text_channel("open"),
            server.guild.create_text_channel("closed", overwrites=closed),
        ]
        self.roles = [server.guild.default_role, server.guild.create_role("readers")]
        self.seen: list[tuple[Any, int, list[dict[str, Any]]]] = []

    async def do(self, step: Step) -> None:
        """Do it; fail where the answer isn't one, or isn't right."""
        await getattr(self, f"_{step.kind}")(step)

    async def _weather(self, step: Step) -> None:
        house = self.server.house
        house.arxiv.fault, house.openalex.fault = FAULTS[step.name]

    async def _slash(self, step: Step) -> None:
        options = dict(step.options)
        if "channel" in options:
            options["channel"] = self.channels[options["channel"] % len(self.channels)]
        if "watch_role" in options:
            options["watch_role"] = self.roles[options["watch_role"] % len(self.roles)]
        who = step.places[0] % 4
        if who == 3 and not {"channel", "watch_role"} & set(options):
            result = await self.server.stranger.slash(step.name, **options)
        else:
            person = (
                self.member if who == 1 and not step.name.startswith("settings") else self.server.organizer
            )
            result = await person.slash(self.server.channel, step.name, **options)
        answers = [result.response, *result.followups]
        shown = [answer for answer in answers if answer is not None]
        assert len(shown) == 1, step
        self._look_at(shown[0], step)

    async def _type(self, step: Step) -> None:
        choices = await self.server.organizer.autocomplete(
            self.server.channel, step.name, step.options[""], step.text
        )
        assert len(choices) <= 25
        for choice in choices:
            assert 1 <= units(choice["name"]) <= 100, choice
            assert 1 <= units(str(choice["value"])) <= 100, choice

    async def _say(self, step: Step) -> None:
        if not step.text.strip():
            return
        channel = self.server.stranger.dm_channel
        before = len(channel.history()) if channel else 0
        await self.server.stranger.send_dm(step.text)
        new = self.server.stranger.dm_channel.history()[before:]
        answers = [message for message in new if message.author.bot]
        assert len(answers) == 1, step
        # Ten messages in half a minute are answered; nobody here types that fast.
        await self.server.house.env.advance_time(4)
        self._look_at(answers[0], step)

    async def _touch(self, step: Step) -> None:
        if not self.seen:
            return
        which, part, choice = step.places
        message, where, components = self.seen[which % len(self.seen)]
        if not components:
            return
        component = components[part % len(components)]
        person = self.member if choice % 3 == 1 else self.server.organizer
        if where != self.server.channel.id:
            person = self.server.stranger  # type: ignore[assignment]  # acts alike
        try:
            if component["type"] == 2:
                result = await person.click(message, custom_id=component["custom_id"])
            else:
                values = [option["value"] for option in component["options"]]
                picked = [values[choice % len(values)]]
                result = await person.select(message, picked, custom_id=component["custom_id"])
        except simcord.SetupError:
            return  # the message has changed or is somebody else's: nobody could press it
        assert result.acknowledged, component
        if result.modal is not None:
            field = _field_of(result.modal)
            result = await person.submit_modal(result, {field: step.text[:200]})
        assert len(result.followups) <= 1, component
        for answer in (result.response, *result.followups):
            if answer is not None:
                self._look_at(answer, step)

    def _look_at(self, message: Any, step: Step) -> None:
        titles = [embed.title or "" for embed in message.embeds]
        assert "Something went wrong" not in titles, step
        rows = message.components
        parts: list[dict[str, Any]] = []
        for row in rows:
            children = row["components"] if isinstance(row, dict) else row.to_dict()["components"]
            parts += [part for part in children if part.get("custom_id") and not part.get("disabled")]
        where = message.channel.id if isinstance(message, discord.Message) else message.channel_id
        self.seen.append((message, where, parts))


def _field_of(modal: dict[str, Any]) -> str:
    row = modal["components"][0]
    inner = row.get("component") or row["components"][0]
    return str(inner["custom_id"])


def check_request(method: str, path: str, body: Any) -> None:
    """Fail where Discord would refuse a message, or somebody would be pinged."""
    if not isinstance(body, dict) or method not in ("POST", "PATCH") or "/commands" in path:
        return
    message = body.get("data") if path.endswith("/callback") else body
    if not isinstance(message, dict) or not {"content", "embeds", "components"} & set(message):
        return
    if "title" in message and "custom_id" in message:
        assert units(message["title"]) <= 45
        return
    if message.get("content"):
        assert units(message["content"]) <= 2000
        assert message["allowed_mentions"]["parse"] == []
    assert not {"users", "roles"} & set(message.get("allowed_mentions") or ())
    total = 0
    for raw in message.get("embeds") or ():
        embed = discord.Embed.from_dict(raw)
        assert len(embed.fields) <= 25
        for text, limit, name in texts(embed):
            assert text.strip(), f"empty {name}"
            assert units(text) <= limit, f"long {name}"
            total += units(text)
    assert total <= 6000
    json.dumps(message).encode("utf-8")
