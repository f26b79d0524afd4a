"""What every command of the terminal gets: settings, options, the parts it opens, a place for results."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NoReturn, Protocol

from rich.console import Console
from rich.text import Text

from bot.config import Settings
from bot.report import Line

if TYPE_CHECKING:
    from bot.services import Services
    from bot.services.ports import AuthorSource, Enricher, FeedSource, PaperSource, RecordSource
    from bot.storage.accounts import Accounts

_STYLES = {"title": "bold", "strong": "bold", "quiet": "dim"}


class _Pipe(Console):
    """A console that lets a closed pipe be handled like any other file's."""

    def on_broken_pipe(self) -> NoReturn:
        raise BrokenPipeError


class Terminal:
    """Where results and notes go."""

    def __init__(self, *, as_json: bool = False) -> None:
        """Take whether a program reads along."""
        self.as_json = as_json
        self._console = _Pipe(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=True)

    def show(self, values: Callable[[], object], lines: Callable[[], Iterable[Line]]) -> None:
        """Write a result as JSON or as text."""
        if self.as_json:
            is_unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
            sys.stdout.write(json.dumps(values(), ensure_ascii=not is_unicode, indent=2) + "\n")
            return
        for line in lines():
            self._console.print(Text(line.text, style=_STYLES.get(line.style, "")))

    def say(self, text: str) -> None:
        """Write a result that is one sentence."""
        self.show(lambda: {"message": text}, lambda: [Line(text)])

    @staticmethod
    def note(text: str) -> None:
        """Write what is no result: progress, or where an answer comes from."""
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is the terminal


class Sources(Protocol):
    """The outside services, as the composition root opens them."""

    @property
    def arxiv(self) -> PaperSource: ...
    @property
    def feed(self) -> FeedSource: ...
    @property
    def records(self) -> RecordSource: ...
    @property
    def openalex(self) -> AuthorSource: ...
    @property
    def enrichers(self) -> Sequence[Enricher]: ...
    @property
    def all(self) -> Sequence[PaperSource | RecordSource | AuthorSource | Enricher]: ...


class Parts(Protocol):
    """What the composition root opens for a command."""

    def open_services(self, settings: Settings) -> AbstractAsyncContextManager[Services]:
        """Open the catalogue and the sources."""

    def open_sample(self, settings: Settings) -> AbstractAsyncContextManager[Services]:
        """Open the bundled sample in their place."""

    def open_sources(
        self, settings: Settings, accounts: Accounts | None
    ) -> AbstractAsyncContextManager[Sources]:
        """Open the sources alone, with the accounts of a database where there is one."""

    async def bot_name(self, settings: Settings) -> str:
        """Return under which name Discord knows the token."""

    async def sync_commands(self, settings: Settings) -> None:
        """Send the commands to Discord."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One command with everything it needs."""

    settings: Settings
    options: Namespace
    terminal: Terminal
    parts: Parts


def now() -> datetime:
    """Return the present moment, aware, UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the present day, UTC."""
    return now().date()
