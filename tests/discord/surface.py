"""What people can touch, read from the bot itself, and which of it a test truly used with success."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import simcord
from discord import app_commands

from bot.cards.actions import DYNAMIC_ITEMS
from bot.cards.actions.base import Action
from bot.client import HoopoeBot
from bot.domain.papers import Paper
from bot.storage.database import Database
from bot.storage.stores import open_stores
from playground.sample import Sample, sample_catalogue
from tests.discord.conftest import SETTLE_SECONDS
from tests.discord.house import House, Server

TODAY = datetime(2026, 6, 1, 12, tzinfo=UTC)
GUIDE = Path(__file__).parents[2] / "docs" / "guide.md"

Command = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu


def commands_of(bot: HoopoeBot) -> tuple[Command, ...]:
    """Return everything that can be invoked: commands, sub-commands, menus of messages and people."""
    slash = [one for one in bot.tree.walk_commands() if isinstance(one, app_commands.Command)]
    menus = list(bot.tree.walk_commands(type=discord.AppCommandType.message))
    menus += bot.tree.walk_commands(type=discord.AppCommandType.user)
    return (*slash, *menus)


def options_of(command: Command) -> tuple[str, ...]:
    """Return the names of a command's options as people see them."""
    parameters = command.parameters if isinstance(command, app_commands.Command) else ()
    return tuple(parameter.display_name for parameter in parameters)


def parts_of(command: Command) -> Iterator[str]:
    """Yield a command and each of its options, as a test is to have used them."""
    yield command.qualified_name
    yield from (f"{command.qualified_name} {option}:" for option in options_of(command))


def component_of(custom_id: str) -> type[Action] | None:
    """Return what answers to a `custom_id`."""
    # discord.py keeps the pattern of a class under this name alone.
    return next((i for i in DYNAMIC_ITEMS if i.__discord_ui_compiled_template__.fullmatch(custom_id)), None)


@dataclass
class Heard:
    """What was used and answered without complaint; fills itself from the bots it listens to."""

    commands: set[str] = field(default_factory=set)
    forms: list[tuple[tuple[int, int], str]] = field(default_factory=list)
    touched: list[tuple[tuple[int, int], type[Action], str]] = field(default_factory=list)
    complained: set[tuple[int, int]] = field(default_factory=set)
    bots: int = 0

    @property
    def components(self) -> dict[type[Action], set[str]]:
        """Return each button and menu that was used without complaint, with the words it bore."""
        used: dict[type[Action], set[str]] = defaultdict(set)
        for interaction, item, words in self.touched:
            if interaction not in self.complained:
                used[item].add(words)
        return used

    def has_used(self, form: re.Pattern[str]) -> bool:
        """Say whether a form was sent without complaint."""
        return any(
            form.fullmatch(custom_id)
            for interaction, custom_id in self.forms
            if interaction not in self.complained
        )

    def listen_to(self, bot: HoopoeBot) -> None:
        """Write down what succeeds in a bot, and what it complains of."""
        report = bot.report_error
        # Each simulated Discord counts its interactions from the same number.
        self.bots += 1
        number = self.bots

        async def complain(interaction: discord.Interaction[Any], error: BaseException, /) -> None:
            self.complained.add((number, interaction.id))
            await report(interaction, error)

        async def completed(interaction: discord.Interaction[Any], command: Command) -> None:
            self.commands.add(command.qualified_name)
            if isinstance(command, app_commands.Command):
                self.commands |= {f"{command.qualified_name} {name}:" for name, _ in interaction.namespace}

        async def happened(interaction: discord.Interaction[Any]) -> None:
            data: Any = interaction.data
            if interaction.type is discord.InteractionType.modal_submit:
                self.forms.append(((number, interaction.id), data["custom_id"]))
            if interaction.type is discord.InteractionType.component:
                item = component_of(data["custom_id"])
                assert item is not None, f"nothing answers to {data['custom_id']}"
                words = _words_on(interaction.message, data["custom_id"])
                self.touched.append(((number, interaction.id), item, words))

        bot.report_error = complain  # type: ignore[method-assign]  # heard first, then done as ever
        bot.add_listener(completed, "on_app_command_completion")
        bot.add_listener(happened, "on_interaction")


def _words_on(message: discord.Message | None, custom_id: str) -> str:
    rows: list[Any] = list(message.components) if message else []
    part = next(part for row in rows for part in row.children if part.custom_id == custom_id)
    return getattr(part, "label", None) or getattr(part, "placeholder", None) or ""


def _in_one_cohort(paper: Paper) -> Paper:
    """Return a paper as one of those that are compared with each other, so that they have numbers."""
    day = TODAY - timedelta(days=20)
    return replace(
        paper, primary_category="cs.CL", categories=("cs.CL",), submitted_at=day, updated_at=day, versions=()
    )


@asynccontextmanager
async def sample_file(folder: Path) -> AsyncIterator[Path]:
    """Yield a database file with the sample's papers, people and numbers, to be copied."""
    sample = Sample.of(TODAY.date())
    async with sample_catalogue(sample) as made:
        file = Path(shutil.copy(made, folder / "sample.db"))
    async with Database.open(f"sqlite+aiosqlite:///{file}") as database:
        house = House(open_stores(database), now=TODAY)
        await house.stores.papers.save_papers([_in_one_cohort(paper) for paper in sample.elsewhere])
        while await house.services().scoring.run():
            pass
    yield file


@asynccontextmanager
async def open_server(file: Path, heard: Heard | None = None) -> AsyncIterator[Server]:
    """Yield a server with a bot over a database file, on the sample's day."""
    async with Database.open(f"sqlite+aiosqlite:///{file}") as database:
        house = House(open_stores(database), now=TODAY)
        bot = house.make_bot()
        if heard is not None:
            heard.listen_to(bot)
        house.env = simcord.Env(bot, check_errors=False, settle_timeout=SETTLE_SECONDS)
        house.env.backend.clock._epoch = TODAY  # private, but the only way to start on another day
        await house.env.start()
        try:
            server = Server(house)
            await house.env.settle()
            yield server
        finally:
            await house.env.shutdown()


@dataclass(frozen=True, slots=True)
class Guide:
    """The user's guide: its sections by their headings, and the names of buttons in bold."""

    sections: dict[str, str]
    buttons: frozenset[str]

    @classmethod
    def read(cls) -> Guide:
        """Read it."""
        text = GUIDE.read_text(encoding="utf-8")
        parts = re.split(r"^### (.+)$", text, flags=re.MULTILINE)
        table = text.partition("## Buttons and menus")[2].partition("\n## ")[0]
        first_cells = (line.split("|")[1] for line in table.splitlines() if line.startswith("| **"))
        return cls(
            sections=dict(zip(parts[1::2], parts[2::2], strict=True)),
            buttons=frozenset(name for cell in first_cells for name in re.findall(r"\*\*(.+?)\*\*", cell)),
        )

    def section_of(self, command: Command) -> str:
        """Return the section about a command, with its heading; empty where there is none."""
        name = command.qualified_name
        heading = name if isinstance(command, app_commands.ContextMenu) else f"/{name.split()[0]}"
        return f"`{heading}` {self.sections[heading]}" if heading in self.sections else ""

    def tells(self, command: Command, option: str = "") -> bool:
        """Say whether a command, or one of its options, stands in its section as code."""
        codes = re.findall(r"`([^`]+)`", self.section_of(command))
        if option:
            return any(re.search(rf"\b{option}\b", code) for code in codes)
        sign = "" if isinstance(command, app_commands.ContextMenu) else "/"
        wanted = f"{sign}{command.qualified_name}"
        return any(code == wanted or code.startswith(f"{wanted} ") for code in codes)
