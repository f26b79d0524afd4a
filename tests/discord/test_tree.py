"""The whole command tree: what people read, and what Discord accepts."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from discord.app_commands import CommandTree

from bot.cards.commands import CommandWords
from bot.client import EXTENSIONS
from tests.discord.conftest import make_bot
from tests.fakes import make_fake_services

SNAPSHOT = Path(__file__).with_name("commands.json")

WATCH = ("watch author", "watch category", "watch topic", "watch list", "watch remove", "watch resume")
PRIVACY = ("privacy export", "privacy forget")
LIBRARY = ("library save", "library list", "library remove", "library vote", "library export")
SLASH = {
    "author",
    "papers",
    "paper",
    "cite",
    "coauthors",
    "compare",
    "search",
    "similar",
    "trending",
    "status",
    "settings",
    "help",
    *WATCH,
    *LIBRARY,
}


@pytest.fixture
async def tree() -> AsyncIterator[CommandTree[Any]]:
    """The commands of a bot without a connection."""
    async with make_bot(make_fake_services(), harvest_interval=3600) as bot:
        for name in EXTENSIONS:
            await bot.load_extension(name)
        yield bot.tree


@pytest.fixture
async def payload(tree: CommandTree[Any]) -> list[dict[str, Any]]:
    """What is sent to Discord, in English alone."""
    return sorted((command.to_dict(tree) for command in tree.get_commands()), key=lambda one: one["name"])


@pytest.fixture
async def translated(tree: CommandTree[Any]) -> list[dict[str, Any]]:
    """What is sent to Discord, with its translations."""
    return [await command.get_translated_payload(tree, CommandWords()) for command in tree.get_commands()]


def _walk(command: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every command, sub-command and option with its path."""
    here = f"{path} {command['name']}".strip()
    yield here, command
    for option in command.get("options", ()):
        yield from _walk(option, here)


async def test_every_promised_command_is_there(payload: list[dict[str, Any]]) -> None:
    paths = {path for command in payload for path, _ in _walk(command)}
    assert paths >= {*SLASH, "Find papers"}


async def test_everything_is_described_for_people_within_limits(payload: list[dict[str, Any]]) -> None:
    for command in payload:
        for path, part in _walk(command):
            if part.get("type") == 3 and "options" not in part and part["name"] == "Find papers":
                continue
            assert 10 <= len(part["description"]) <= 100, path
            assert part["description"] != "…", path
            assert part["name"] == part["name"].lower(), path
            assert len(part.get("options", ())) <= 25, path


async def test_sub_commands_have_at_most_eight_options(payload: list[dict[str, Any]]) -> None:
    watch = next(command for command in payload if command["name"] == "watch")
    assert all(len(sub.get("options", ())) <= 8 for sub in watch["options"])


async def test_each_command_has_at_most_8000_characters(translated: list[dict[str, Any]]) -> None:
    for command in translated:
        choices = [choice for _, part in _walk(command) for choice in part.get("choices", ())]
        texts = sum(_longest(part, "name") + _longest(part, "description") for _, part in _walk(command))
        values = sum(_longest(choice, "name") + len(str(choice["value"])) for choice in choices)
        assert texts + values < 8000, command["name"]


async def test_everything_shown_of_commands_is_there_in_german_within_limits(
    translated: list[dict[str, Any]],
) -> None:
    """Names are written about everywhere, so they stay; each description and choice is translated."""
    for command in translated:
        for path, part in _walk(command):
            assert not part.get("name_localizations"), path
            if part.get("description"):
                assert 10 <= len(part["description_localizations"].get("de", "")) <= 100, path
                assert set(part["description_localizations"]) == {"de"}, path
            for choice in part.get("choices", ()):
                assert len((choice.get("name_localizations") or {}).get("de", "")) <= 100, path


def _longest(part: dict[str, Any], field: str) -> int:
    """Return what Discord counts of a text: its longest translation."""
    texts = [part.get(field, ""), *(part.get(f"{field}_localizations") or {}).values()]
    return max(map(len, texts))


async def test_names_are_unique_by_kind(payload: list[dict[str, Any]]) -> None:
    names = [(command["type"], command["name"]) for command in payload]
    assert len(names) == len(set(names))


async def test_installs_and_contexts_are_declared_for_every_command(payload: list[dict[str, Any]]) -> None:
    for command in payload:
        assert sorted(command["integration_types"]) == [0, 1], command["name"]
        assert sorted(command["contexts"]) == [0, 1, 2], command["name"]


async def test_only_settings_need_a_permission(payload: list[dict[str, Any]]) -> None:
    needed = {command["name"]: command["default_member_permissions"] for command in payload}
    # Discord can't know the role that may manage watches, so /watch is shown to everybody.
    assert {name for name, value in needed.items() if value} == {"settings"}
    assert int(needed["settings"]) == 1 << 5


async def test_name_options_complete_while_typing(payload: list[dict[str, Any]]) -> None:
    named = {"name", "author", "first", "second", "third", "fourth", "paper", "category", "watch"}
    for command in payload:
        for path, part in _walk(command):
            if part.get("type") == 3 and part["name"] in named and path != part["name"]:
                assert part.get("autocomplete"), path


async def test_tree_equals_the_stored_snapshot(payload: list[dict[str, Any]]) -> None:
    """A change of the commands is seen in review; `HOOPOE_WRITE_SNAPSHOT=1` stores the new ones."""
    text = json.dumps(payload, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if os.environ.get("HOOPOE_WRITE_SNAPSHOT"):
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert json.loads(SNAPSHOT.read_text(encoding="utf-8")) == json.loads(text)
