"""Fixtures for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Return the folder of recorded answers and real records, which is no part of the checkout."""
    checkout = Path(__file__).parents[1]
    folder = Path(os.environ.get("HOOPOE_DATA") or checkout.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no recorded data: set HOOPOE_DATA to its folder")
    return folder
