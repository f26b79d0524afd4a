"""When a message is tried again, and until when."""

from __future__ import annotations

from datetime import timedelta

NONCE_MEMORY = timedelta(seconds=60)
"""How long Discord certainly knows a nonce: it says "a few minutes"."""

RETRY_CEILING = timedelta(minutes=15)

LAST_ATTEMPT = 1350
"""After so many, a quarter hour apart, two weeks are over."""


def retry_pause(attempts: int) -> timedelta:
    """Return the pause after so many tries: 5 s, doubled each time, at most a quarter hour."""
    return min(timedelta(seconds=5 * 2 ** min(attempts, 10)), RETRY_CEILING)
