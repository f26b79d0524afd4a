"""Locks between processes that share a database file; the operating system lets go of them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from bot.errors import DatabaseBusy, StorageError
from bot.storage.database import file_of

UNSHARDED = 0
"""A process without shards does what shard 0 would."""


@contextmanager
def hold_shards(url: str, shard_ids: Iterable[int] = ()) -> Iterator[None]:
    """Hold the shards of a database while the bot runs; raise DatabaseBusy where one is held."""
    file = file_of(url)
    with ExitStack() as held:
        for shard in sorted(set(shard_ids)) or [UNSHARDED]:
            lock = _open(_beside(file, f"shard-{shard}"))
            held.callback(lock.close)
            if not _take(lock):
                raise DatabaseBusy(
                    f"shard {shard} of {file} is run by another process{_owner(lock)}; "
                    "stop that one, or give this one other SHARD_IDS"
                )
            _sign(lock)
        yield


class HarvestLock:
    """Lets one process harvest; when it ends, another takes over at its next try."""

    def __init__(self, url: str) -> None:
        """Take the database's URL; nothing is locked before `take`."""
        self._file = _beside(file_of(url), "harvest")
        self._lock: IO[str] | None = None

    def take(self) -> bool:
        """Say whether this process is the one that harvests, without waiting."""
        if self._lock is not None:
            return True
        lock = _open(self._file)
        if not _take(lock):
            lock.close()
            return False
        _sign(lock)
        self._lock = lock
        return True

    def release(self) -> None:
        """Let another process harvest."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def _beside(file: Path, purpose: str) -> Path:
    return file.with_name(f"{file.name}.{purpose}.lock")


def _open(file: Path) -> IO[str]:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Kept after the process ends: to delete a lock's file would let two processes hold it.
        return file.open("a+")
    except OSError as error:
        raise StorageError(f"the lock {file} cannot be made: {error.strerror}") from error


def _take(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(lock: IO[str]) -> None:
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()


def _owner(lock: IO[str]) -> str:
    lock.seek(0)
    pid = lock.read().strip()
    return f" (process {pid})" if pid.isdecimal() else ""
