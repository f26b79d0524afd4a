"""Copies the database while the bot runs."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import StorageError
from bot.storage.database import file_of
from bot.storage.faults import translated

PAGES = 2_000
"""Pages a step; between steps the bot may write."""


async def backup(url: str, target: Path) -> None:
    """Copy the database of a URL into a new file, as one sound state of it."""
    await asyncio.to_thread(_backup, file_of(url), target)


def _backup(file: Path, target: Path) -> None:
    if not file.exists():
        raise StorageError(f"there is no database {file} to copy")
    if target.exists():
        raise StorageError(f"{target} exists; name a new file")
    # Written under another name: a file that bears the asked name is whole.
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with translated(file), closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as source:
            # A fault of the source shows here, before it could be taken for one of the copy.
            source.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
            with translated(target), closing(sqlite3.connect(part)) as copy:
                source.backup(copy, pages=PAGES)
                # The copy stands alone: without this it would want a -wal file beside it.
                copy.execute("PRAGMA journal_mode = DELETE")
                sound = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if sound != "ok":
            raise StorageError(f"the database {file} is damaged: {sound}")
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
