"""`hoopoe import`: fill the catalogue from a file."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bot.domain.imports import BadLine, Narrowing
from bot.errors import SettingError
from bot.report import Line
from bot.report_json import Json
from bot.terminal.session import Session, now
from bot.terminal.upkeep import OLDEST_HEARTBEAT

if TYPE_CHECKING:
    from bot.services.harvesting.importing import ImportReport
    from bot.storage.state import State

_BAD_LINES_NAMED = 1000
"""A file may have millions; the rest is only counted."""


async def import_file(session: Session) -> int:
    """Import a snapshot, going on where an earlier import of it ended; fail where it is not whole."""
    from bot.services.harvesting.importing import Importer, spared_garbage
    from bot.sources.snapshot_file import SnapshotFile
    from bot.storage import open_stores
    from bot.storage.database import Database

    narrowing = _narrowing(session)
    # One thread after the other would keep what its largest batch took.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    with spared_garbage(), SnapshotFile.open(session.options.file) as file:
        async with Database.open(session.settings.database_url) as database:
            stores = open_stores(database)
            importer = Importer(stores.imports, lambda: _bot_runs(stores.state))
            with Display.shown(file.size) as display:
                report = await importer.run(file, narrowing, display.tell)
    if report.fault:
        session.terminal.note(f"hoopoe: {report.fault}")
    session.terminal.show(lambda: _json(report, display.bad), lambda: [Line(_in_words(report))])
    return 1 if report.fault else 0


class Display:
    """Shows on stderr how an import goes; `bad` are the lines that it named."""

    def __init__(self, progress: Progress, size: int) -> None:
        """Take the bar, and how many bytes the file has."""
        self.bad: list[BadLine] = []
        self._progress = progress
        self._task = progress.add_task("", total=size, imported=0, rate=0)
        self._began = time.monotonic()

    @classmethod
    @contextmanager
    def shown(cls, size: int) -> Iterator[Display]:
        """Show the bar until the import ends."""
        columns = (
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[imported]:,} papers"),
            TextColumn("{task.fields[rate]:,} lines/s"),
            TimeRemainingColumn(elapsed_when_finished=True),
        )
        console = Console(stderr=True, highlight=False, emoji=False, markup=False, soft_wrap=True)
        with Progress(*columns, console=console) as progress:
            yield cls(progress, size)

    def tell(self, report: ImportReport) -> None:
        """Take in how far the import is, and name the bad lines."""
        seconds = max(time.monotonic() - self._began, 1e-3)
        self._progress.update(
            self._task,
            completed=report.bytes_read,
            imported=report.bookmark.imported,
            rate=round((report.bookmark.lines - report.resumed) / seconds),
        )
        for line in report.bad[: _BAD_LINES_NAMED - len(self.bad)]:
            self.bad.append(line)
            self._progress.console.print(f"line {line.number:,} is skipped: {line.reason}")


def _narrowing(session: Session) -> Narrowing:
    options = session.options
    if options.since and options.until and options.since > options.until:
        raise SettingError(f"--since {options.since} is after --until {options.until}; exchange the two")
    return Narrowing(categories=tuple(options.category), since=options.since, until=options.until)


async def _bot_runs(state: State) -> bool:
    written = [json.loads(text)["bot"]["written_at"] for text in await state.list_states("heartbeat")]
    return any(now() - datetime.fromisoformat(moment) < OLDEST_HEARTBEAT for moment in written)


def _json(report: ImportReport, bad: list[BadLine]) -> Json:
    done = report.bookmark
    return {
        "complete": not report.fault,
        "error": report.fault or None,
        "lines": done.lines,
        "resumed_after_line": report.resumed,
        "imported": done.imported,
        "new": done.new,
        "skipped": done.bad,
        "skipped_lines": [{"line": line.number, "reason": line.reason} for line in bad],
    }


def _in_words(report: ImportReport) -> str:
    done = report.bookmark
    parts = [
        f"Lines read: {done.lines:,}",
        f"papers stored: {done.imported:,}, not known before: {done.new:,}",
        f"bad lines skipped: {done.bad:,}",
    ]
    if report.resumed:
        parts.append(f"lines read by an earlier import: {report.resumed:,}")
    return "; ".join(parts) + "."
