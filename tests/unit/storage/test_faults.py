"""Each fault of the file becomes one line that names it; bugs stay bugs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.errors import DatabaseBusy, DiskFull, StorageError
from bot.storage.faults import translated

FILE = Path("/data/hoopoe.db")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        pytest.param("database is locked", DatabaseBusy, id="locked"),
        pytest.param("database or disk is full", DiskFull, id="full"),
        pytest.param("attempt to write a readonly database", StorageError, id="read-only"),
        pytest.param("unable to open database file", StorageError, id="cannot-open"),
        pytest.param("disk I/O error", StorageError, id="input-output"),
    ],
)
@pytest.mark.parametrize("wrapped", [True, False])
def test_translated_fault_names_the_file(words: str, kind: type[StorageError], wrapped: bool):
    fault = sqlite3.OperationalError(words)

    with pytest.raises(kind) as caught, translated(FILE):
        raise OperationalError("SELECT secret", {}, fault) if wrapped else fault

    assert str(FILE) in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("words", ["file is not a database", "database disk image is malformed"])
def test_translated_damaged_file_names_the_file(words: str):
    with pytest.raises(StorageError, match="not a sound SQLite database"), translated(FILE):
        raise sqlite3.DatabaseError(words)


@pytest.mark.parametrize(
    "bug",
    [
        pytest.param(sqlite3.OperationalError("no such table: papers"), id="sql"),
        pytest.param(sqlite3.IntegrityError("UNIQUE constraint failed"), id="constraint"),
        pytest.param(IntegrityError("", {}, sqlite3.IntegrityError("UNIQUE")), id="wrapped-constraint"),
        pytest.param(ValueError("x"), id="other"),
    ],
)
def test_translated_bug_passes(bug: Exception):
    with pytest.raises(type(bug)) as caught, translated(FILE):
        raise bug

    assert caught.value is bug
