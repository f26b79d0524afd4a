"""The reading group's picks: the most voted papers of a server's reading list, once a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class PickTime:
    """Where and when a server's picks are posted: weekday 0 is Monday, the hour is the server's own.

    `next_at` is None after the channel could not be written to any more.
    """

    guild_id: int
    channel_id: int
    weekday: int
    hour: int
    next_at: datetime | None
