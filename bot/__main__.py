"""`hoopoe …`, the same as `python -m bot …`."""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot import __version__
from bot.config import Settings
from bot.errors import HoopoeError, SettingError

logger = logging.getLogger(__name__)

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
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except HoopoeError as error:
        from bot.console import describe

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
            print("No DISCORD_TOKEN is set, so this opens the playground.", file=sys.stderr)  # noqa: T201
        options.command = command
    if command in _WITH_TOKEN and not settings.discord_token:
        raise SettingError(ON_TOKENS)
    if command == "playground" and importlib.util.find_spec("simcord") is None:
        raise HoopoeError(NO_PLAYGROUND)

    from bot.logs import logging_to_stderr

    # A look-up says itself what went wrong; whoever wants the log too asks for all of it.
    level = settings.log_level if command in _LONG_RUNNING or settings.log_level == "DEBUG" else "CRITICAL"
    with logging_to_stderr(level, settings.log_format):
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
    from bot.app import run_bot

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


def _in_console(name: str) -> Command:
    async def command(settings: Settings, options: argparse.Namespace) -> int:
        from bot import console

        terminal = console.Terminal(as_json=getattr(options, "json", False))
        result: int = await getattr(console, name)(settings, options, terminal)
        sys.stdout.flush()
        return result

    return command


_COMMANDS: dict[str, Command] = {
    "run": _run_bot,
    "playground": _run_playground,
    "harvest": _in_console("harvest"),
    "search": _in_console("search"),
    "author": _in_console("show_author"),
    "paper": _in_console("show_paper"),
    "check": _in_console("check"),
    "status": _in_console("status"),
    "migrate": _in_console("migrate"),
    "backup": _in_console("backup"),
    "sync-commands": _in_console("sync_commands"),
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hoopoe",
        description="A Discord bot for research groups. Without a command: the bot with a token, "
        "else the playground.",
    )
    parser.add_argument("--version", action="version", version=f"hoopoe {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, text: str, *, as_json: bool = False) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        if as_json:
            command.add_argument("--json", action="store_true", help="print JSON for a program")
        return command

    add("run", "run the bot")
    playground = add("playground", "try the bot in the browser, without a token, an account or a network")
    playground.add_argument(
        "--port", type=_port, metavar="N", help="where the front page is, on this machine only"
    )
    playground.add_argument(
        "--no-browser", dest="browser", action="store_false", help="only say where the page is"
    )
    harvest = add("harvest", "read arXiv's announcements once and list them", as_json=True)
    harvest.add_argument(
        "--category", type=_category, action="append", metavar="C", help="such as cs.CY; may be repeated"
    )
    _add_search(add("search", "search papers", as_json=True))
    author = add("author", "show an author by name, ORCID iD or OpenAlex id", as_json=True)
    author.add_argument("name", nargs="+", metavar="NAME")
    paper = add("paper", "show a paper by identifier, link or title", as_json=True)
    paper.add_argument("paper", nargs="+", metavar="ID")
    add("check", "try settings, database, sources and Discord", as_json=True)
    add("status", "show what the running bot last wrote down", as_json=True)
    add("migrate", "bring the database to the newest schema")
    backup = add("backup", "copy the database into a new file, also while the bot runs")
    backup.add_argument("file", type=Path, metavar="FILE")
    add("sync-commands", "send the commands to Discord, changed or not")
    return parser


def _add_search(search: argparse.ArgumentParser) -> None:
    search.add_argument(
        "query", nargs="+", metavar="QUERY", help='words, "phrases", AND OR NOT, ti: abs: au:'
    )
    search.add_argument("--category", type=_category, metavar="C", help="such as cs.CY")
    search.add_argument("--author", metavar="NAME", help="as printed on the papers")
    search.add_argument("--since", type=_date, metavar="DATE", help='such as 2024 or "May 2025"')
    search.add_argument("--until", type=_date, metavar="DATE", help="the last day")
    search.add_argument("--code", action="store_true", help="only papers with code")
    search.add_argument("--sort", choices=["relevance", "newest", "citations"], default="relevance")
    search.add_argument(
        "--limit", type=_limit, default=10, metavar="N", help="how many (default: %(default)s)"
    )


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: a number from 1 to 65535")
    return int(text)


def _limit(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 1000")
    return int(text)


def _category(text: str) -> str:
    from bot.domain.categories import parse_category

    code = parse_category(text)
    if code is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no category of arXiv, such as cs.CY")
    return code


def _date(text: str) -> date:
    from bot.text.dates import parse_since

    found = parse_since(text, datetime.now(UTC).date())
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no date, such as 2024, 2024-05 or 2024-05-31")
    return found


def _complain(text: str) -> None:
    print(f"hoopoe: {text}", file=sys.stderr)  # noqa: T201 - this is the terminal


if __name__ == "__main__":
    sys.exit(main())
