"""What was asked of an outside service on one day, over restarts and all processes on a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One source on one day (UTC).

    Costs are whole numbers in the source's own unit: calls, or millionths of a dollar. `limit` and
    `left` are the service's own words, where it gives any; `rests_until` is the moment before which
    it wants to be left alone. `gained` counts the papers that it added or made more complete.
    """

    source: str
    day: date
    spent: int = 0
    limit: int | None = None
    left: int | None = None
    rests_until: datetime | None = None
    gained: int = 0
