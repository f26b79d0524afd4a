"""Nothing of the surface is without a journey through the whole bot, a description, a line in the guide.

What there is to touch is read from the bot itself, so whatever is added is covered or fails here.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from discord import app_commands

from bot.cards.actions import DYNAMIC_ITEMS
from bot.cards.actions.forms import _FORMS
from bot.cards.help import render_help
from bot.client import EXTENSIONS
from bot.words import _, speaking
from tests.discord.conftest import make_bot
from tests.discord.journeys import JOURNEYS
from tests.discord.surface import (
    Command,
    Guide,
    Heard,
    commands_of,
    open_server,
    options_of,
    parts_of,
    sample_file,
)
from tests.discord.test_tree import SNAPSHOT
from tests.fakes import make_fake_services
from tests.unit.cards.checks import everything

pytestmark = pytest.mark.timeout(180)

WITHOUT_WORDS_OF_ITS_OWN = {"NearestButton": "a name or a title", "FormButton": "BibTeX"}
"""Buttons that bear what they open: the guide tells of them by these words."""


@dataclass
class Walk:
    """What all journeys used, and how each of them ended."""

    heard: Heard = field(default_factory=Heard)
    failures: dict[str, BaseException] = field(default_factory=dict)


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Go on every journey, each with a bot and a file of its own."""
    walk = Walk()
    asyncio.run(_go(walk, tmp_path_factory.mktemp("walk")))
    return walk


async def _go(walk: Walk, folder: Path) -> None:
    async with sample_file(folder) as sample:
        for journey in JOURNEYS:
            file = Path(shutil.copy(sample, folder / f"{journey.__name__}.db"))
            async with open_server(file, walk.heard) as server:
                try:
                    await journey(server)
                except Exception as failure:  # noqa: BLE001 - its own test raises it
                    walk.failures[journey.__name__] = failure


@pytest.fixture(scope="module")
def commands() -> tuple[Command, ...]:
    """Everything that can be invoked."""
    return asyncio.run(_load())


async def _load() -> tuple[Command, ...]:
    async with make_bot(make_fake_services()) as bot:
        for name in EXTENSIONS:
            await bot.load_extension(name)
        return commands_of(bot)


@pytest.mark.parametrize("name", [journey.__name__ for journey in JOURNEYS])
def test_journey_ends_well(walk: Walk, name: str) -> None:
    if name in walk.failures:
        raise walk.failures[name]


def test_every_command_and_option_is_used_by_a_journey(walk: Walk, commands: tuple[Command, ...]) -> None:
    unused = [part for one in commands for part in parts_of(one) if part not in walk.heard.commands]
    assert unused == [], "go there in tests/discord/journeys.py"


def test_every_button_menu_and_form_is_used_by_a_journey(walk: Walk) -> None:
    unused = [item.__name__ for item in DYNAMIC_ITEMS if item not in walk.heard.components]
    unused += [form.pattern for form in _FORMS if not walk.heard.has_used(form)]
    assert unused == [], "go there in tests/discord/journeys.py"


def test_every_command_and_option_stands_in_the_guide(commands: tuple[Command, ...]) -> None:
    guide = Guide.read()
    missing = [
        f"{one.qualified_name} {option}".strip()
        for one in commands
        for option in ("", *options_of(one))
        if not guide.tells(one, option)
    ]
    assert missing == [], "write of it in docs/guide.md"


def test_every_button_and_menu_stands_in_the_guide(walk: Walk) -> None:
    guide = Guide.read()
    missing = {
        item.__name__: words
        for item, words in walk.heard.components.items()
        if not {*words, WITHOUT_WORDS_OF_ITS_OWN.get(item.__name__, "")} & guide.buttons
    }
    assert missing == {}, 'write of it under "Buttons and menus" in docs/guide.md'


def test_help_names_every_command(commands: tuple[Command, ...]) -> None:
    said = everything(render_help())
    names = {one.qualified_name.split()[0] for one in commands if isinstance(one, app_commands.Command)}
    missing = [name for name in sorted(names - {"help"}) if not re.search(rf"`/{name}\b", said)]
    assert missing == [], "name it in bot/cards/help.py"


def test_every_description_is_there_in_german() -> None:
    texts = {text for command in _payload() for text in _descriptions(command)}
    with speaking("de"):
        missing = sorted(text for text in texts if _(text) == text)
    assert missing == [], "make words, then translate what it says"


def _payload() -> list[dict[str, Any]]:
    """Return what Discord is sent of all commands, as the snapshot holds it."""
    commands: list[dict[str, Any]] = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    return commands


def _descriptions(part: dict[str, Any]) -> Iterator[str]:
    if part.get("description"):
        yield part["description"]
    for option in part.get("options", ()):
        yield from _descriptions(option)
