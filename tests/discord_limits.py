"""Discord's limits as Discord holds them: so many requests a second in all, and a bucket a channel."""

from __future__ import annotations

import json
import re
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from aiohttp import web

_MESSAGES = re.compile(r"/channels/(\d+)/messages$")
_UNBOUND = ("/interactions/", "/webhooks/")


@dataclass(slots=True)
class Limits:
    """Refuses what is too fast, and says in headers how far a channel's bucket is used up.

    The limit on all holds for any second, wherever it begins, which is stricter than any fixed
    second. A bucket is filled again a while after the first message that was taken from it.
    """

    a_second: int = 50
    bucket: int = 5
    bucket_seconds: float = 5.0
    refused: list[tuple[str, str]] = field(default_factory=list)
    _all: deque[float] = field(default_factory=deque)
    _buckets: dict[str, tuple[float, int]] = field(default_factory=lambda: defaultdict(lambda: (-1e9, 0)))

    def refusal(self, method: str, path: str) -> web.Response | None:
        """Count a request; return the answer 429 where it came too early."""
        now = time.monotonic()
        if not any(part in path for part in _UNBOUND):
            while self._all and self._all[0] <= now - 1:
                self._all.popleft()
            if len(self._all) >= self.a_second:
                return self._refuse(method, path, self._all[0] + 1 - now, "global")
            self._all.append(now)
        if channel := self._channel(method, path):
            began, used = self._buckets[channel]
            if now >= began + self.bucket_seconds:
                began, used = now, 0
            if used >= self.bucket:
                return self._refuse(method, path, began + self.bucket_seconds - now, "user")
            self._buckets[channel] = began, used + 1
        return None

    def headers(self, method: str, path: str) -> dict[str, str]:
        """Return what the answer to a message says of its channel's bucket."""
        channel = self._channel(method, path)
        if channel is None:
            return {}
        began, used = self._buckets[channel]
        left = began + self.bucket_seconds - time.monotonic()
        return {
            "X-RateLimit-Bucket": "messages",
            "X-RateLimit-Limit": str(self.bucket),
            "X-RateLimit-Remaining": str(self.bucket - used),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{max(0.0, left):.3f}",
        }

    def _channel(self, method: str, path: str) -> str | None:
        found = _MESSAGES.search(path)
        return found[1] if method == "POST" and found else None

    def _refuse(self, method: str, path: str, seconds: float, scope: str) -> web.Response:
        self.refused.append((method, path))
        body = {"message": "You are being rate limited.", "retry_after": seconds, "global": scope == "global"}
        headers = {
            "Content-Type": "application/json",
            "Via": "1.1 google",
            "Retry-After": f"{seconds:.0f}",
            "X-RateLimit-Scope": scope,
        }
        return web.Response(status=429, body=json.dumps(body).encode(), headers=headers)
