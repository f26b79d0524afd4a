"""Whether a request to Discord may have arrived: what decides if a message can be sent again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import SimpleNamespace

import aiohttp

_watched: ContextVar[Doubt | None] = ContextVar("watched_request", default=None)


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


def transport_trace() -> aiohttp.TraceConfig:
    """Return the trace that fills `watched_request`; the client is built with it."""
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_went_out)
    trace.on_request_end.append(_answered)
    return trace


async def _went_out(
    session: aiohttp.ClientSession,  # noqa: ARG001 - aiohttp's form
    context: SimpleNamespace,  # noqa: ARG001 - aiohttp's form
    params: aiohttp.TraceRequestHeadersSentParams,  # noqa: ARG001 - aiohttp's form
) -> None:
    if (doubt := _watched.get()) is not None:
        doubt.open_attempts += 1


async def _answered(
    session: aiohttp.ClientSession,  # noqa: ARG001 - aiohttp's form
    context: SimpleNamespace,  # noqa: ARG001 - aiohttp's form
    params: aiohttp.TraceRequestEndParams,
) -> None:
    # A refusal (4xx) had no effect. After a fault of the server nobody knows.
    if (doubt := _watched.get()) is not None and params.response.status < 500:
        doubt.open_attempts -= 1
