"""Fixtures and settings for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How fast the machine is says nothing about the code; speed is shown by the benchmarks.
settings.register_profile("hoopoe", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hoopoe")


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Return the folder of recorded answers and real records, which is no part of the checkout."""
    checkout = Path(__file__).parents[1]
    folder = Path(os.environ.get("HOOPOE_DATA") or checkout.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no recorded data: set HOOPOE_DATA to its folder")
    return folder
