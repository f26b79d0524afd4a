"""Local stand-ins for the services: one that answers as told, one that misbehaves on the wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from bot.sources.exchange import Patience

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

STEADY = Patience(
    attempts=2,
    read_seconds=10,
    attempt_seconds=10,
    total_seconds=20,
    hold_seconds=0.1,
    first_wait=0.001,
    longest_wait=0.002,
)
"""Tries twice without waiting between, on a machine however busy."""

HASTY = replace(STEADY, read_seconds=0.1, attempt_seconds=0.2)
"""Gives up on silence at once."""


@dataclass(slots=True)
class Request:
    """One request as it came in."""

    target: str
    headers: dict[str, str]
    method: str = "GET"
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path without the query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters."""
        found = parse_qs(urlsplit(self.target).query, keep_blank_values=True)
        return {name: values[-1] for name, values in found.items()}


Behavior = Callable[["Exchange"], Awaitable[None]]


@dataclass(slots=True)
class Exchange:
    """A connection of the server with the request that was read from it."""

    request: Request
    writer: asyncio.StreamWriter
    number: int

    async def send(self, *pieces: bytes, pause: float = 0) -> None:
        """Write bytes as they are."""
        for piece in pieces:
            self.writer.write(piece)
            await self.writer.drain()
            if pause:
                await asyncio.sleep(pause)

    async def answer(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """Write a whole answer; underscores in header names become hyphens."""
        await self.send(head(status, {"Content-Length": str(len(body)), **headers}) + body)


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """Return a status line and headers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()} | {"Connection": "close"}
    lines = [f"HTTP/1.1 {status} Told", *(f"{name}: {value}" for name, value in named.items())]
    return "\r\n".join([*lines, "", ""]).encode()


@dataclass(slots=True)
class Server:
    """Where the server listens and what it was asked."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)


@asynccontextmanager
async def serve(*behaviors: Behavior) -> AsyncIterator[Server]:
    """Listen on loopback; the first request meets the first behavior, the last one repeats."""
    served = Server()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, target, _ = lines[0].split(" ")
            headers = dict(line.split(": ", 1) for line in lines[1:] if line)
            number = len(served.requests)
            named = {name.lower(): value for name, value in headers.items()}
            body = await reader.readexactly(int(named.get("content-length", 0)))
            request = Request(target, named, method, body)
            served.requests.append(request)
            await behaviors[min(number, len(behaviors) - 1)](Exchange(request, writer, number))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    served.url = f"http://127.0.0.1:{port}"
    try:
        yield served
    finally:
        server.close()
        await server.wait_closed()


def answering(body: bytes = b"", /, *, status: int = 200, **headers: str) -> Behavior:
    """Return a behavior that gives one whole answer."""

    async def behave(exchange: Exchange) -> None:
        await exchange.answer(body, status, **headers)

    return behave


def by_target(answers: Mapping[str, tuple[int, bytes]], **headers: str) -> Behavior:
    """Return a behavior that answers each path and query with what was recorded for it."""

    async def behave(exchange: Exchange) -> None:
        status, body = answers.get(exchange.request.target, (404, b"not recorded"))
        await exchange.answer(body, status, **headers)

    return behave


async def silent(exchange: Exchange) -> None:
    """Accept the request and say nothing."""
    await asyncio.sleep(5)


async def dripping(exchange: Exchange) -> None:
    """Send a byte now and then, often enough for every timeout between two bytes."""
    await exchange.send(head(200, {"Content-Length": "100000"}))
    await exchange.send(*[b" "] * 100, pause=0.05)


async def resetting(exchange: Exchange) -> None:
    """Break off in the middle of the body, as a crashed server does."""
    await exchange.send(head(200, {"Content-Length": "5000"}) + b"<?xml version='1.0'?><feed>")
    transport = exchange.writer.transport
    transport.abort()


def cut(body: bytes) -> Behavior:
    """Return a behavior that ends a body without length before its end, which HTTP can't notice."""

    async def behave(exchange: Exchange) -> None:
        await exchange.send(head(200, {"Content-Type": "application/atom+xml"}) + body)

    return behave


def redirecting(*targets: str) -> Sequence[Behavior]:
    """Return behaviors that send the client from place to place."""
    return [answering(status=302, Location=target) for target in targets]
