"""The bot's introduction to a server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """An introduction that is still to be made; `claimed_at` says that it may be on its way."""

    guild_id: int
    met_at: datetime
    claimed_at: datetime | None = None
