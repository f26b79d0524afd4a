"""An open database for each test; the tables are made once."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage import Stores, migrate, open_stores
from bot.storage.database import DRIVER, Database
from tests.factories import NOW


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with tables and nothing in them."""
    file = tmp_path_factory.mktemp("storage") / "empty.db"
    migrate.upgrade(file)
    return file


@pytest.fixture
def file(migrated: Path, tmp_path: Path) -> Path:
    """A database file of this test's own."""
    return Path(shutil.copy(migrated, tmp_path / "hoopoe.db"))


@pytest.fixture
def url(file: Path) -> str:
    """The URL of that file."""
    return f"{DRIVER}:///{file}"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """That file, open."""
    async with Database.open(url) as opened:
        yield opened


@pytest.fixture
def stores(database: Database) -> Stores:
    """The stores over it."""
    return open_stores(database, clock=lambda: NOW)
