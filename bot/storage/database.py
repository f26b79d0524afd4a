"""The embedded database: one writer, readers that never wait for it.

Writing goes through SQLAlchemy's async engine over aiosqlite with a pool of one connection, each
transaction begun with BEGIN IMMEDIATE. Reading that a person waits for is one hop into a thread,
where a function runs on a synchronous connection: awaiting statement by statement costs three
times as much (docs/performance.md).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StorageError
from bot.storage import migrate
from bot.storage.faults import translated
from bot.storage.threads import Threads

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

DRIVER = "sqlite+aiosqlite"
BUSY_TIMEOUT_MS = 10_000
READERS = 3


def file_of(url: str) -> Path:
    """Return the file that a `DATABASE_URL` names; raise StorageError for what can't be used."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StorageError(
            f"DATABASE_URL {url!r} is not a URL; write {DRIVER}:///path/to/hoopoe.db"
        ) from error
    if parsed.drivername != DRIVER:
        shown = parsed.render_as_string(hide_password=True)
        raise StorageError(f"DATABASE_URL {shown} is not supported; write {DRIVER}:///path/to/hoopoe.db")
    if not parsed.database or parsed.database == ":memory:":
        raise StorageError(f"DATABASE_URL {url} names no file; write {DRIVER}:///path/to/hoopoe.db")
    return Path(parsed.database).expanduser().absolute()


class Database:
    """An open database; made by `Database.open`."""

    def __init__(self, file: Path, writer: AsyncEngine, reader: Engine, threads: Threads) -> None:
        """Take what `open` has prepared."""
        self.file = file
        self._writer = writer
        self._reader = reader
        self._threads = threads

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator[Database]:
        """Open the file that the URL names, made or migrated where needed; close it at the end."""
        file = file_of(url)
        await asyncio.to_thread(_prepare, file)
        writer = create_async_engine(
            URL.create(DRIVER, database=str(file)),
            pool_size=1,
            max_overflow=0,
            pool_timeout=60,
            hide_parameters=True,
        )
        reader = create_engine(
            URL.create("sqlite", database=str(file)),
            pool_size=READERS,
            max_overflow=0,
            # Each read ends its own transaction: there is nothing left to undo.
            pool_reset_on_return=None,
            hide_parameters=True,
            connect_args={"check_same_thread": False},
        )
        _configure(writer.sync_engine, begin="BEGIN IMMEDIATE")
        _configure(reader, begin="BEGIN", only_read=True)
        threads = Threads(READERS, "hoopoe-read")
        try:
            yield cls(file, writer, reader, threads)
        finally:
            await writer.dispose()
            threads.close()
            reader.dispose()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection inside the one writing transaction; an exception undoes it whole."""
        with translated(self.file):
            async with self._writer.begin() as connection:
                yield connection

    async def read(self, function: Callable[[Connection], Result]) -> Result:
        """Run a function on a reading connection, in one thread hop and on one state of the file."""
        return await self._threads.run(lambda: self._call(function))

    def _call(self, function: Callable[[Connection], Result]) -> Result:
        with translated(self.file), self._reader.begin() as connection:
            return function(connection)


def _prepare(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with translated(file):
            migrate.upgrade(file)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(f"the database {file} cannot be made or opened: {reason}") from error


def _configure(engine: Engine, *, begin: str, only_read: bool = False) -> None:
    """Set each connection up, and let SQLAlchemy begin transactions instead of the driver."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = NORMAL")
        if only_read:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    @event.listens_for(engine, "invalidate")
    def undo(connection: Any, _record: object, _fault: BaseException | None) -> None:
        # What is cancelled in the middle of a statement closes its connection. A cursor that is still held
        # somewhere would keep it half open, its transaction too, and nobody could write any more.
        with suppress(Exception):
            connection.rollback()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        cursor = connection.connection.cursor()
        cursor.execute(begin)
        cursor.close()
