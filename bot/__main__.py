"""`hoopoe …`, the same as `python -m bot …`."""

from __future__ import annotations

import argparse
import asyncio
import gc
import importlib
import importlib.util
import io
import os
import signal
import sys
import traceback
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.arguments import build_parser
from bot.config import Settings
from bot.errors import HoopoeError, SettingError
from bot.setting_values import DATABASE_PREFIX

if TYPE_CHECKING:
    from bot.outside import Sources
    from bot.services import Services
    from bot.storage.accounts import Accounts

GOOD, FAILED, WRONG = 0, 1, 2

ON_TOKENS = (
    "DISCORD_TOKEN is not set: make an application at https://discord.com/developers/applications, copy "
    "the token from its Bot page, and put DISCORD_TOKEN=... into .env or the environment"
)
NO_PLAYGROUND = "the playground is not installed: pip install 'hoopoe[playground]' adds it"

_WITH_TOKEN = frozenset({"run", "sync-commands"})
_LONG_RUNNING = frozenset({"run", "playground"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status: 0 good, 1 failed, 2 wrong usage or setting."""
    _write_to_any_terminal()
    options = build_parser().parse_args(arguments)
    try:
        return _run(options)
    except HoopoeError as error:
        from bot.complaint import describe

        for line in describe(error).splitlines():
            _complain(line)
        return WRONG if isinstance(error, SettingError) else FAILED
    except KeyboardInterrupt:
        return GOOD if options.command in _LONG_RUNNING else FAILED
    except BrokenPipeError:
        # Whoever read along has seen enough. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    except OSError as error:
        _complain(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        return FAILED
    except Exception:  # noqa: BLE001 - a bug, which whoever meets it should be able to quote
        traceback.print_exc()
        _complain("this should not have happened; please report it with the lines above")
        return FAILED


def _run(options: argparse.Namespace) -> int:
    settings = Settings.load()
    command = options.command
    if command is None:
        command = "run" if settings.discord_token else "playground"
        if command == "playground":
            _say("No DISCORD_TOKEN is set, so this opens the playground.")
        options.command = command
    if command in _WITH_TOKEN and not settings.discord_token:
        raise SettingError(ON_TOKENS)
    if command == "playground" and importlib.util.find_spec("simcord") is None:
        raise HoopoeError(NO_PLAYGROUND)

    from bot.logs import logging_to_stderr

    # Only the bot's log is for its host; the others say themselves what went wrong, unless asked for all.
    level = {"run": settings.log_level, "playground": "ERROR"}.get(command, "CRITICAL")
    with logging_to_stderr("DEBUG" if settings.log_level == "DEBUG" else level, settings.log_format):
        return _until_stopped(_COMMANDS[command](settings, options))


def _until_stopped(work: Coroutine[Any, Any, int]) -> int:
    """Run to the end, or until SIGTERM or Ctrl-C, which let everything be closed first."""

    async def run() -> int:
        task = asyncio.current_task()
        stopped = False

        def stop() -> None:
            nonlocal stopped
            stopped = True
            if task is not None:
                task.cancel()

        with suppress(NotImplementedError, RuntimeError):
            # Windows has no such handlers; there the process just ends.
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop)
        try:
            return await work
        except asyncio.CancelledError:
            if stopped:
                return GOOD
            raise

    return asyncio.run(run())


Command = Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]]


async def _run_bot(settings: Settings, options: argparse.Namespace) -> int:  # noqa: ARG001 - a Command
    # Modules are no garbage, and looking for some while they are loaded takes a sixth of the start.
    gc.disable()
    from bot.running import run_bot

    gc.freeze()
    gc.enable()
    await run_bot(settings)
    return GOOD


async def _run_playground(settings: Settings, options: argparse.Namespace) -> int:  # noqa: ARG001 - a Command
    from playground.run import PortTaken, play

    try:
        await play(port=getattr(options, "port", None), open_browser=getattr(options, "browser", True))
    except PortTaken as taken:
        raise HoopoeError(
            f"another program listens on port {taken.port}; name another with --port"
        ) from taken
    return GOOD


class _Parts:
    """What the commands of the terminal work with, imported when it is asked for."""

    @staticmethod
    @asynccontextmanager
    async def open_services(settings: Settings) -> AsyncIterator[Services]:
        from bot.app import open_services

        async with open_services(settings) as services:
            yield services

    @staticmethod
    @asynccontextmanager
    async def open_sample(settings: Settings) -> AsyncIterator[Services]:
        from bot.app import open_services
        from bot.outside import Sources, utc_now
        from playground.feed import SampleFeed
        from playground.sample import Sample, sample_catalogue
        from playground.sources import SampleAuthors, SamplePapers, SampleRecords

        sample = Sample.of(utc_now().date())
        sources = Sources(
            arxiv=SamplePapers((*sample.papers, *sample.elsewhere), utc_now),
            feed=SampleFeed(sample.inventor, sample.mailing, utc_now),
            records=SampleRecords(utc_now),
            openalex=SampleAuthors(sample.authors, utc_now),
        )
        async with sample_catalogue(sample) as file:
            settings = replace(settings, database_url=f"{DATABASE_PREFIX}{file}")
            async with open_services(settings, sources=sources) as services:
                yield services

    @staticmethod
    @asynccontextmanager
    async def open_sources(settings: Settings, accounts: Accounts | None) -> AsyncIterator[Sources]:
        from bot.outside import open_sources

        async with open_sources(settings, ledger=accounts) as sources:
            yield sources

    @staticmethod
    async def bot_name(settings: Settings) -> str:
        from bot.running import bot_name

        return await bot_name(settings)

    @staticmethod
    async def sync_commands(settings: Settings) -> None:
        from bot.running import sync_commands

        await sync_commands(settings)


def _in_terminal(module: str, name: str) -> Command:
    async def command(settings: Settings, options: argparse.Namespace) -> int:
        from bot.terminal.session import Session, Terminal

        # Each command imports what it needs, and no other command's.
        run = getattr(importlib.import_module(f"bot.terminal.{module}"), name)
        terminal = Terminal(as_json=getattr(options, "json", False))
        session = Session(settings=settings, options=options, terminal=terminal, parts=_Parts())
        result: int = await run(session)
        sys.stdout.flush()
        return result

    return command


_COMMANDS: dict[str, Command] = {
    "run": _run_bot,
    "playground": _run_playground,
    "harvest": _in_terminal("harvest", "harvest"),
    "import": _in_terminal("importing", "import_file"),
    "search": _in_terminal("lookups", "search"),
    "author": _in_terminal("lookups", "show_author"),
    "paper": _in_terminal("lookups", "show_paper"),
    "record": _in_terminal("records", "record"),
    "unmerge": _in_terminal("records", "unmerge"),
    "train": _in_terminal("forecasting", "train"),
    "evaluate": _in_terminal("forecasting", "evaluate"),
    "check": _in_terminal("check", "check"),
    "status": _in_terminal("upkeep", "status"),
    "migrate": _in_terminal("upkeep", "migrate"),
    "backup": _in_terminal("upkeep", "backup"),
    "sync-commands": _in_terminal("upkeep", "sync_commands"),
}


def _write_to_any_terminal() -> None:
    """Let a letter that the terminal's encoding lacks become "?", and what is written to none be lost."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end
        elif name == "stdout" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _complain(text: str) -> None:
    _say(f"hoopoe: {text}")


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - this is the terminal


if __name__ == "__main__":
    sys.exit(main())
