"""Finds every sentence that people read and brings the catalogues up to date (`make words`)."""

from __future__ import annotations

import ast
import asyncio
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import discord
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from discord import app_commands

from bot.cards.commands import SAID_AS_WRITTEN
from bot.client import EXTENSIONS
from bot.words import DOMAIN, ENGLISH, FOLDER, LANGUAGES
from tests.discord.conftest import make_bot
from tests.fakes import make_fake_services

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "cogs")
KEYWORDS = {"_": (0,), "marked": (0,), "ngettext": (0, 1), "counted": (1, 2)}
"""Which functions take a sentence, and as which of their arguments."""

TRANSLATIONS = tuple(language for language in LANGUAGES if language != ENGLISH)
_LINE = 110


def main() -> int:
    """Write all catalogues anew; say what is still to be translated, and return the exit status."""
    template = sentences()
    missing = 0
    for language in TRANSLATIONS:
        catalogue = read(language)
        gone = [message.id for message in listed(catalogue) if message.id not in template]
        template.creation_date = catalogue.creation_date
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        write(language, catalogue)
        open_ones = [message.id for message in listed(catalogue) if not _is_complete(message)]
        missing += len(open_ones)
        _say(f"{language}: {len(catalogue)} sentences, {len(open_ones)} to be translated, {len(gone)} gone")
        for text in gone:
            _say(f"  gone: {text}")
    return 1 if missing else 0


def sentences() -> Catalog:
    """Return every sentence of the code and of the commands."""
    catalogue = Catalog(project="Hoopoe", charset="utf-8")
    for file in sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py")):
        for text in _texts_in(file):
            catalogue.add(text, locations=[(file.relative_to(ROOT).as_posix(), 0)])
    for text in sorted(asyncio.run(_command_texts())):
        catalogue.add(text, locations=[("cogs", 0)])
    return catalogue


def _texts_in(file: Path) -> Iterator[str | tuple[str, ...]]:
    """Yield the sentences that a module hands to the functions of `bot.words`."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            given = [node.args[place] for place in KEYWORDS[node.func.id]]
            # What is no text of its own was marked where it was written.
            texts = [str(one.value) for one in given if isinstance(one, ast.Constant) and one.value]
            if texts:
                yield texts[0] if len(texts) == 1 else tuple(texts)


def read(language: str) -> Catalog:
    """Return a language's catalogue as it is stored."""
    with path(language, "po").open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def write(language: str, catalogue: Catalog) -> None:
    """Write a catalogue, for people and for the program."""
    with path(language, "po").open("wb") as file:
        write_po(file, catalogue, width=_LINE, sort_by_file=True, include_lineno=False)
    with path(language, "mo").open("wb") as file:
        write_mo(file, catalogue)


def path(language: str, ending: str) -> Path:
    """Return where a language's catalogue is stored."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.{ending}"


def listed(catalogue: Iterable[Message]) -> Iterator[Message]:
    """Yield a catalogue's sentences without its head."""
    return (message for message in catalogue if message.id)


def forms(text: Any) -> tuple[str, ...]:
    """Return the forms of a sentence: one, or singular and plural."""
    return tuple(text) if isinstance(text, list | tuple) else (text or "",)


def _is_complete(message: Message) -> bool:
    return all(forms(message.string)) and not message.fuzzy


class _Listener(app_commands.Translator):
    """Writes down what discord.py wants translated."""

    def __init__(self) -> None:
        self.heard: set[str] = set()

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],
    ) -> None:
        """Keep the text."""
        if context.location not in SAID_AS_WRITTEN:
            self.heard.add(string.message)


async def _command_texts() -> set[str]:
    """Return descriptions of commands and options, and names of choices."""
    listener = _Listener()
    async with make_bot(make_fake_services()) as bot:
        for name in EXTENSIONS:
            await bot.load_extension(name)
        for command in bot.tree.get_commands():
            await command.get_translated_payload(bot.tree, listener)
    return listener.heard


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
