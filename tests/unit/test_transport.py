"""Which requests wait for a turn, and which answers count as invalid, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.pacing import INVALID_LIMIT, Pacing
from bot.transport import transport_trace, watched_request

API = "/api/v10"


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """A server that answers with the status and the scope that are asked for."""

    async def answer(request: web.Request) -> web.Response:
        headers = {"X-RateLimit-Scope": request.query.get("scope", "user")}
        return web.Response(status=int(request.query.get("status", 200)), headers=headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.mark.parametrize(
    ("path", "waits"),
    [
        (f"{API}/channels/1/messages", True),
        (f"{API}/interactions/1/token/callback", False),
        (f"{API}/webhooks/1/token/messages/@original", False),
    ],
)
async def test_answers_to_commands_do_not_wait_for_a_turn(url: str, path: str, waits: bool) -> None:
    pacing = Pacing(share=0.01)
    await pacing.take()

    async with aiohttp.ClientSession(trace_configs=[transport_trace(pacing)]) as session:
        request = asyncio.create_task(session.post(f"{url}{path}"))
        done, _ = await asyncio.wait({request}, timeout=0.3)
        request.cancel()
        await asyncio.gather(request, return_exceptions=True)

    assert bool(done) is not waits


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ("status=401", True),
        ("status=403", True),
        ("status=429", True),
        ("status=429&scope=shared", False),
        ("status=404", False),
        ("status=200", False),
    ],
)
async def test_answers_that_discord_counts_as_invalid_are_counted(url: str, asked: str, counts: bool) -> None:
    pacing = Pacing(share=2 / INVALID_LIMIT)

    async with aiohttp.ClientSession(trace_configs=[transport_trace(pacing)]) as session:
        await session.get(f"{url}{API}/channels/1?{asked}")

    assert bool(pacing.pause()) is counts


@pytest.mark.parametrize(("status", "in_doubt"), [(200, False), (403, False), (503, True)])
async def test_only_a_fault_of_the_server_leaves_a_request_in_doubt(
    url: str, status: int, in_doubt: bool
) -> None:
    async with aiohttp.ClientSession(trace_configs=[transport_trace(Pacing())]) as session:
        with watched_request() as doubt:
            await session.post(f"{url}{API}/channels/1/messages?status={status}")

    assert bool(doubt) is in_doubt
