"""Which forecast the bot uses."""

from __future__ import annotations

import json
import logging
from dataclasses import replace

import pytest

from bot.metrics.weights import shipped_model, write_model
from bot.services.models import MODEL_KEY, current_model
from tests.unit.metrics.models import make_model
from tests.unit.services.conftest import House


async def test_a_forecast_trained_here_goes_before_the_shipped_one(house: House) -> None:
    state = house.stores.state
    assert await current_model(state) is shipped_model()
    trained = replace(make_model(topic=0.3), version="catalogue-2026-11-27")

    await state.set_state(MODEL_KEY, write_model(trained))

    assert (await current_model(state)).version == "catalogue-2026-11-27"


async def test_a_forecast_of_an_earlier_version_gives_way_to_the_shipped_one(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    earlier = {
        "format": 1,
        "version": "catalogue-2026-11-01",
        "summary": "700 papers of 2019 to 2024 in 9 cohorts",
        "spearman": [0.4, 0.35, 0.45],
        "features": {"topic": [0.57, 0.59]},
        "bands": {name: [50.0] * 20 for name in ("low", "high", "expected", "top_tenth")},
        "words": None,
    }

    await house.stores.state.set_state(MODEL_KEY, json.dumps(earlier))

    with caplog.at_level(logging.ERROR):
        found = await current_model(house.stores.state)

    assert found is shipped_model()
    assert "format 1, not 2; hoopoe train makes a new one" in caplog.text
