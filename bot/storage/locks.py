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


@contextmanager
def hold_shards(url: str, shard_ids: Iterable[int] = ()) -> Iterator[None]:
    """Hold the shards of a database while the bot runs; raise DatabaseBusy where one is held.

    A process without shards has them all: it holds the lock `shards` alone, which processes with
    shards of their own share.
    """
    file = file_of(url)
    shards = sorted(set(shard_ids))
    with ExitStack() as held:
        everything = held.enter_context(_open(_beside(file, "shards")))
        if not _take(everything, shared=bool(shards)):
            raise DatabaseBusy(
                f"{file} is used by another process{_owner(everything)}, and one of the two has no "
                "SHARD_IDS; stop it, or give both disjoint SHARD_IDS"
            )
        if not shards:
            _sign(everything)
        for shard in shards:
            lock = held.enter_context(_open(_beside(file, f"shard-{shard}")))
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
        raise StorageError(
            f"the lock {file} cannot be made ({error.strerror}); give this user the right to write its "
            "folder, or name a file elsewhere in DATABASE_URL"
        ) from error


def _take(lock: IO[str], *, shared: bool = False) -> bool:
    try:
        fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
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
