"""What passes between the bot and Discord's interface: at which pace, and whether it may have arrived."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import SimpleNamespace

import aiohttp
import yarl

from bot.pacing import Pacing

_watched: ContextVar[Doubt | None] = ContextVar("watched_request", default=None)

_FREE = ("/interactions/", "/webhooks/")
"""Answers to interactions are not bound by the limit on all requests."""


@dataclass(slots=True)
class Doubt:
    """Counts attempts that went out and got no answer that rules out their effect."""

    open_attempts: int = 0

    def __bool__(self) -> bool:
        return self.open_attempts > 0


@contextmanager
def watched_request() -> Iterator[Doubt]:
    """Count the attempts that discord.py makes for the request inside: it retries without telling."""
    doubt = Doubt()
    token = _watched.set(doubt)
    try:
        yield doubt
    finally:
        _watched.reset(token)


def transport_trace(pacing: Pacing) -> aiohttp.TraceConfig:
    """Return the trace that paces each attempt and fills `watched_request`; the client is built with it."""
    trace = aiohttp.TraceConfig()
    hooks = _Hooks(pacing)
    trace.on_request_start.append(hooks.start)
    trace.on_request_headers_sent.append(hooks.went_out)
    trace.on_request_end.append(hooks.answered)
    trace.on_request_exception.append(hooks.failed)
    return trace


class _Hooks:
    """What happens at each step of a request; the signatures are aiohttp's."""

    def __init__(self, pacing: Pacing) -> None:
        self._pacing = pacing

    async def start(
        self,
        session: aiohttp.ClientSession,  # noqa: ARG002 - aiohttp's form
        context: SimpleNamespace,
        params: aiohttp.TraceRequestStartParams,
    ) -> None:
        context.slot = await self._pacing.take() if _is_bound(params.url, params.headers) else None

    async def went_out(
        self,
        session: aiohttp.ClientSession,  # noqa: ARG002 - aiohttp's form
        context: SimpleNamespace,
        params: aiohttp.TraceRequestHeadersSentParams,  # noqa: ARG002 - aiohttp's form
    ) -> None:
        if context.slot is not None:
            self._pacing.went_out(context.slot)
        if (doubt := _watched.get()) is not None:
            doubt.open_attempts += 1

    async def answered(
        self,
        session: aiohttp.ClientSession,  # noqa: ARG002 - aiohttp's form
        context: SimpleNamespace,
        params: aiohttp.TraceRequestEndParams,
    ) -> None:
        response = params.response
        if context.slot is not None:
            self._pacing.answered(context.slot)
        if response.status in (401, 403) or (
            response.status == 429 and response.headers.get("X-RateLimit-Scope") != "shared"
        ):
            self._pacing.count_invalid()
        # A refusal (4xx) had no effect. After a fault of the server nobody knows.
        if (doubt := _watched.get()) is not None and response.status < 500:
            doubt.open_attempts -= 1

    async def failed(
        self,
        session: aiohttp.ClientSession,  # noqa: ARG002 - aiohttp's form
        context: SimpleNamespace,
        params: aiohttp.TraceRequestExceptionParams,  # noqa: ARG002 - aiohttp's form
    ) -> None:
        # Canceled while it waited for its turn, a request has no slot to give back.
        if (slot := getattr(context, "slot", None)) is not None:
            self._pacing.answered(slot)


def _is_bound(url: yarl.URL, headers: aiohttp.typedefs.LooseHeaders) -> bool:
    """Say whether a request counts against the limit on all: the gateway and interactions do not."""
    return "Upgrade" not in headers and not any(part in url.path for part in _FREE)
