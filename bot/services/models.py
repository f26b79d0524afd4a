"""Which forecast is used: the one trained on this catalogue, else the one that comes with Hoopoe."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.services.ports import StateStore

if TYPE_CHECKING:
    from bot.metrics.forecast import ForecastModel

logger = logging.getLogger(__name__)

MODEL_KEY = "forecast-model"
"""Where `hoopoe train` keeps its model."""


async def current_model(state: StateStore) -> ForecastModel:
    """Return the forecast; where the trained one can't be read, the one that comes along."""
    return await asyncio.to_thread(_read, await state.get_state(MODEL_KEY))


def _read(text: str | None) -> ForecastModel:
    # NumPy takes 20 MB, and whoever asks for no number needs none of it.
    from bot.metrics.weights import InvalidWeights, read_model, shipped_model

    if text is not None:
        try:
            return read_model(text)
        except InvalidWeights as error:
            logger.error("trained forecast not used reason=%s", error)
    return shipped_model()
