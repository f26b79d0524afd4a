"""The catalogue, watches and deliveries in one SQLite file."""

from __future__ import annotations

from bot.storage.stores import Stores, open_stores

__all__ = ["Stores", "open_stores"]
