"""An open database for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.storage import Stores, open_stores
from bot.storage.database import Database
from tests.factories import NOW


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """That file, open."""
    async with Database.open(url) as opened:
        yield opened


@pytest.fixture
def stores(database: Database) -> Stores:
    """The stores over it."""
    return open_stores(database, clock=lambda: NOW)
