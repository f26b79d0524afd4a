"""What the bot sends to Discord, against Discord's own description of its HTTP API."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.errors import NotFound
from tests.discord.conftest import World, shown
from tests.fakes import AUTHOR

Json = dict[str, Any]


@pytest.fixture(scope="session")
def description(data_folder: Path) -> Json:
    """Discord's description of its HTTP API, version 10."""
    path = data_folder / "discord" / "openapi.json"
    if not path.is_file():
        pytest.skip("no description of Discord's API among the recorded data")
    found: Json = json.loads(path.read_text(encoding="utf-8"))
    return found


def _schema(description: Json, method: str, path: str) -> Json:
    """Return the schema of a request's body; fail where Discord knows no such request."""
    for template, operations in description["paths"].items():
        pattern = re.sub(r"\{[^}]+\}", "[^/]+", template)
        if re.fullmatch(pattern, path) and method.lower() in operations:
            content = operations[method.lower()].get("requestBody", {}).get("content", {})
            schema: Json = content.get("application/json", {}).get("schema", {})
            return schema | {"components": description["components"]}
    raise AssertionError(f"Discord has no {method} {path}")


async def test_everything_sent_is_what_discord_describes(world: World, description: Json) -> None:
    options: dict[str, Json] = {
        "author": {"name": "Sasha Luccioni"},
        "papers": {"author": "Sasha Luccioni"},
        "paper": {"paper": "2306.05949"},
        "search": {"query": "x"},
        "similar": {"paper": "2306.05949"},
        "trending": {},
        "library save": {"paper": "2306.05949"},
        "library list": {},
        "watch category": {"category": "cs.CY"},
        "watch list": {},
        "status": {},
        "help": {},
    }
    for command, given in options.items():
        await world.organizer.slash(world.channel, command, **given)
    await world.organizer.autocomplete(world.channel, "search", "category", "cs")
    world.fakes.lookup.answers["author"] = NotFound("X", authors=[AUTHOR])
    result = await world.organizer.slash(world.channel, "author", name="X")
    await world.organizer.click(shown(result), label="Sasha Luccioni")
    await world.stranger.send_dm("help")
    checked = 0
    for request in world.env.http_requests:
        if request.json is None:
            continue
        schema = _schema(description, request.method, request.path.split("?")[0])
        jsonschema.validate(json.loads(json.dumps(request.json)), schema, jsonschema.Draft202012Validator)
        checked += 1
    assert checked > 20
