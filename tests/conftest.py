"""Fixtures and settings for all tests."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.storage import migrate
from bot.storage.database import DRIVER

# How fast the machine is says nothing about the code; speed is shown by the benchmarks.
settings.register_profile("hoopoe", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hoopoe")

SLOW = tuple(Path(__file__).with_name(name) for name in ("page", "end_to_end", "discord"))
"""The folders of tests that wait for browsers and processes."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that nobody waits for a last long file in the end."""
    items.sort(key=lambda item: not any(item.path.is_relative_to(folder) for folder in SLOW))


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Return the folder of recorded answers and real records, which is no part of the checkout."""
    checkout = Path(__file__).parents[1]
    folder = Path(os.environ.get("HOOPOE_DATA") or checkout.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no recorded data: set HOOPOE_DATA to its folder")
    return folder


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with tables and nothing in them, made once: that takes longer than most tests."""
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
