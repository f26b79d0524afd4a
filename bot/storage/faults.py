"""What SQLite says, as one line that names the file and says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.errors import DatabaseBusy, DiskFull, StorageError

ADVICE: tuple[tuple[tuple[str, ...], type[StorageError], str], ...] = (
    (
        ("locked", "busy"),
        DatabaseBusy,
        "the database {file} is in use by another process; stop it, or try again when it is done",
    ),
    (("full",), DiskFull, "no space is left for the database {file}; make room on its disk and start again"),
    (
        ("not a database", "malformed", "file is encrypted"),
        StorageError,
        "{file} is not a sound SQLite database; move it away, or put a backup in its place",
    ),
    (
        ("readonly", "read-only"),
        StorageError,
        "the database {file} may not be written; give this user the right to write it and its folder",
    ),
    (
        ("unable to open",),
        StorageError,
        "the database {file} cannot be opened; check that its folder exists and may be written",
    ),
    (
        ("disk i/o",),
        StorageError,
        "reading or writing the database {file} failed; check its disk",
    ),
)


def describe(error: BaseException, file: Path) -> StorageError:
    """Return our error for one of SQLite's."""
    text = str(error).casefold()
    for signs, kind, advice in ADVICE:
        if any(sign in text for sign in signs):
            return kind(advice.format(file=file))
    return StorageError(f"the database {file} refused: {error}")


@contextmanager
def translated(file: Path) -> Iterator[None]:
    """Turn faults of the file into StorageError; broken constraints and wrong SQL stay bugs."""
    try:
        yield
    except DBAPIError as error:
        original = error.orig
        if isinstance(original, sqlite3.DatabaseError) and _is_fault(original):
            raise describe(original, file) from error
        raise
    except sqlite3.DatabaseError as error:
        if _is_fault(error):
            raise describe(error, file) from error
        raise


def _is_fault(error: sqlite3.DatabaseError) -> bool:
    if isinstance(error, sqlite3.OperationalError):
        text = str(error).casefold()
        return any(sign in text for signs, _, _ in ADVICE for sign in signs)
    # Errors of SQL and of constraints are subclasses; a damaged file is the plain class.
    return type(error) is sqlite3.DatabaseError
