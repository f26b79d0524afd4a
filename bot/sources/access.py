"""What a source is given to ask its service with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.sources.allowance import Ledger, MemoryLedger
from bot.sources.exchange import BACKGROUND, LOOK_UP, Patience
from bot.sources.gate import Gate

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The shared client, the clock, the accounts, and how long is waited, for people and behind them.

    With `beside`, the pace of each service is kept in a file next to that one, so that it holds over
    restarts and for all processes on a database. `pace` makes all of them slower or faster.
    """

    client: httpx.AsyncClient
    clock: Callable[[], datetime]
    ledger: Ledger = field(default_factory=MemoryLedger)
    beside: Path | None = None
    pace: float = 1.0
    waiting: Patience = LOOK_UP
    background: Patience = BACKGROUND

    def gate(self, name: str, seconds: float) -> Gate:
        """Return the gate of a service that wants so many seconds between two requests."""
        path = self.beside.with_name(f"{self.beside.name}.{name}-pace") if self.beside else None
        return Gate(seconds * self.pace, path=path)

    def patience(self, *, waiting: bool) -> Patience:
        """Return how long is waited for an answer."""
        return self.waiting if waiting else self.background
