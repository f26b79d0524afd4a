"""Asks a local server 1,000 times, one after the other: Hoopoe's way against a bare shared httpx client.

Hoopoe's requests pass the gate (with an interval too short to matter), time limits, the bound on the
body and the check of the status. The answers are 2 kB of JSON, as of a single work: what an answer
costs besides its size shows best in small ones.
Run: python -m benchmarks.http_client [--requests 1000]
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx

from benchmarks.table import Row, print_table
from bot.sources.exchange import BACKGROUND, Query
from bot.sources.gate import Gate
from bot.sources.http import Transport
from bot.sources.wire import open_client

ROUND = 50
BODY = b'{"results": "' + b"x" * 2_000 + b'"}'

SERVER = f"""
import asyncio
BODY = {BODY!r}
HEAD = b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\n\\r\\n"
ANSWER = HEAD % len(BODY) + BODY
async def serve(reader, writer):
    try:
        while await reader.readuntil(b"\\r\\n\\r\\n"):
            writer.write(ANSWER)
    except asyncio.IncompleteReadError:
        writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


@asynccontextmanager
async def local_server() -> AsyncIterator[str]:
    """Run the server as a process of its own; yield its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVER, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(await process.stdout.readline())}/works"
    finally:
        process.kill()
        await process.wait()


async def run(count: int) -> tuple[float, float]:
    """Return the seconds a request takes with Hoopoe and with a bare client, the median of turns."""
    ours: list[float] = []
    bare: list[float] = []
    async with (
        local_server() as url,
        open_client("", version="0") as client,
        httpx.AsyncClient() as shared,
    ):
        transport = Transport("server", client, Gate(1e-9), clock=lambda: datetime.now(UTC))
        for _ in range(count // ROUND):
            start = time.perf_counter()
            for _ in range(ROUND):
                body = await transport.fetch(
                    Query(url=url, params={"id": "W1"}), lambda answer: answer.body, BACKGROUND
                )
                assert body == BODY
            middle = time.perf_counter()
            for _ in range(ROUND):
                response = await shared.get(url, params={"id": "W1"})
                assert response.content == BODY
            ours.append((middle - start) / ROUND)
            bare.append((time.perf_counter() - middle) / ROUND)
    return statistics.median(ours), statistics.median(bare)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=1000)
    ours, bare = asyncio.run(run(parser.parse_args().requests))
    peer = f"a shared httpx client: {bare * 1e6:.0f} µs"
    print_table([Row("one request, one answer", f"{ours * 1e6:.0f} µs", peer, ours / bare, "≤ 1.1")])


if __name__ == "__main__":
    main()
