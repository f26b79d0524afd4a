"""Whatever a source does, completing papers leaves what is stored as it is, and goes on afterwards.

The real clients against a server that misbehaves, under the real service, over a real database.
"""

from __future__ import annotations

import gzip
import json
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import httpx
import pytest

from bot.domain.identifiers import ArxivId
from bot.domain.papers import Paper
from bot.services.enriching import Enriching
from bot.services.facts import Facts
from bot.services.ports import Enricher
from bot.sources.access import Access
from bot.sources.gate import Gate
from bot.sources.openalex import OpenAlexClient
from bot.sources.scholar_feed import ScholarFeedClient
from bot.sources.semantic_scholar import SemanticScholarClient
from bot.storage import open_stores
from bot.storage.database import DRIVER, Database
from tests.contract.sources.servers import (
    HASTY,
    NOW,
    STEADY,
    Behavior,
    Exchange,
    answering,
    cut,
    dripping,
    resetting,
    serve,
    silent,
)

BASE = "2611.00001"
TITLE = "On the energy of inference"
HTML = b"<!DOCTYPE html><html><body>Down for maintenance</body></html>"
GOOD = {
    "openalex": {
        "results": [
            {"id": "W1", "title": TITLE, "doi": f"https://doi.org/10.48550/arxiv.{BASE}", "cited_by_count": 7}
        ]
    },
    "semantic-scholar": [{"title": TITLE, "externalIds": {"ArXiv": BASE}, "citationCount": 7}],
    "scholar-feed": {"papers": [{"arxiv_id": BASE, "title": TITLE, "citation_count": 7}]},
}
PAPER = Paper(
    arxiv_id=ArxivId(BASE),
    title=TITLE,
    abstract="We measure.",
    categories=("cs.CY",),
    primary_category="cs.CY",
    announced_at=NOW - timedelta(hours=1),
    source="arXiv",
    fetched_at=NOW - timedelta(hours=1),
)


def make_enricher(name: str, client: httpx.AsyncClient, url: str, clock: Callable[[], datetime]) -> Enricher:
    """Return a client that waits for nothing but the service's word."""
    access = Access(client=client, clock=clock, pace=0, waiting=STEADY, background=HASTY)
    match name:
        case "openalex":
            return OpenAlexClient(client, url=url, clock=clock, gate=Gate(0), background=HASTY)
        case "semantic-scholar":
            return SemanticScholarClient(access, url=url)
        case _:
            return ScholarFeedClient(access, url=url)


def changed(name: str, change: Callable[[str], str]) -> bytes:
    """Return the good answer with a change in its text."""
    text = json.dumps(GOOD[name])
    assert change(text) != text
    return change(text).encode()


@cache
def bomb() -> bytes:
    """Return 60 MB as 60 kB."""
    return gzip.compress(b" " * 60_000_000)


async def bombing(exchange: Exchange) -> None:
    """Send what is small until it is unpacked."""
    await exchange.answer(bomb(), Content_Encoding="gzip")


async def flooding(exchange: Exchange) -> None:
    """Send 50 MB as they are."""
    piece = b" " * 1_000_000
    await exchange.send(b"HTTP/1.1 200 Told\r\nContent-Length: 50000000\r\nConnection: close\r\n\r\n")
    await exchange.send(*[piece] * 50)


def always(behavior: Behavior) -> Callable[[str], Behavior]:
    """Return a fault that is the same for every source."""
    return lambda _: behavior


def spoiled(change: Callable[[str], str]) -> Callable[[str], Behavior]:
    """Return a fault that is the source's good answer with a change in its text."""
    return lambda name: answering(changed(name, change))


FAULTS: dict[str, Callable[[str], Behavior]] = {
    "reset-in-the-body": always(resetting),
    "silence": always(silent),
    "a-byte-now-and-then": always(dripping),
    "web-page": always(answering(HTML)),
    "empty-body": always(answering(b"")),
    "null": always(answering(b"null")),
    "cut-short": lambda name: cut(json.dumps(GOOD[name]).encode()[:-9]),
    "wrong-charset": lambda name: answering(json.dumps(GOOD[name]).encode().replace(b"energy", b"\xe9nergy")),
    "bomb": always(bombing),
    "flood": always(flooding),
    "elsewhere": always(answering(status=302, Location="http://localhost:9/")),
    "429": always(answering(status=429)),
    "429-seconds": always(answering(status=429, Retry_After="40")),
    "429-date": always(answering(status=429, Retry_After="Tue, 24 Nov 2026 12:01:00 GMT")),
    "429-absurd": always(answering(status=429, Retry_After="99999999999")),
    "429-nonsense": always(answering(status=429, Retry_After="soon")),
    "500": always(answering(status=500)),
    "502": always(answering(HTML, status=502)),
    "503": always(answering(status=503, Retry_After="5")),
    "418": always(answering(status=418)),
    "401": always(answering(b"{}", status=401)),
    "number-as-text": spoiled(lambda text: text.replace(": 7", ': "7"')),
    "title-as-number": spoiled(lambda text: text.replace(f'"{TITLE}"', "5")),
    "list-as-text": spoiled(lambda text: f'"{len(text)}"'),
}
QUIET = {
    "another-paper": spoiled(lambda text: text.replace(BASE, "2611.99999")),
    "without-title": spoiled(lambda text: text.replace(f'"{TITLE}"', "null")),
    "without-identifier": spoiled(
        lambda text: text.replace(BASE, "").replace("10.48550/arxiv.", "").replace(TITLE, "Another")
    ),
}
ENRICHERS = ("openalex", "semantic-scholar", "scholar-feed")
REFUSALS = ("429", "503")


@dataclass
class World:
    """A catalogue with one new paper, and a clock that a test moves."""

    file: Path
    database: Database
    client: httpx.AsyncClient
    now: datetime = NOW

    def clock(self) -> datetime:
        """Return the moment."""
        return self.now

    def enriching(self, name: str, url: str) -> tuple[Enriching, Enricher]:
        """Return the service over one source, as after a start."""
        stores = open_stores(self.database, clock=self.clock)
        enricher = make_enricher(name, self.client, url, self.clock)
        facts = Facts((), stores.authors, stores.state, self.clock)
        return Enriching([enricher], stores.papers, stores.enrichments, self.clock, facts), enricher

    def stored(self) -> list[tuple[object, ...]]:
        """Return every row of the catalogue."""
        with closing(sqlite3.connect(self.file)) as connection:
            tables = ("papers", "authors", "authorships", "listings", "papers_index_data")
            return [row for table in tables for row in connection.execute(f"SELECT * FROM {table}")]


@pytest.fixture
async def world(file: Path, client: httpx.AsyncClient) -> AsyncIterator[World]:
    """Return a world of this test's own."""
    async with Database.open(f"{DRIVER}:///{file}") as database:
        await open_stores(database).papers.save_papers([PAPER])
        yield World(file, database, client)


@pytest.mark.parametrize("name", ENRICHERS)
@pytest.mark.parametrize("fault", FAULTS)
async def test_fault_changes_nothing_and_the_next_good_answer_is_taken(
    name: str, fault: str, world: World
) -> None:
    behaviors = [FAULTS[fault](name)]

    async def behave(exchange: Exchange) -> None:
        await behaviors[0](exchange)

    async with serve(behave) as server:
        enriching, enricher = world.enriching(name, server.url)
        before = world.stored()

        assert await enriching.run() == 0
        asked = len(server.requests)
        assert asked >= 1
        # At once again: nobody is asked before the pause is over.
        assert await enriching.run() == 0
        assert len(server.requests) == asked
        assert world.stored() == before
        said = enricher.status.last_error
        assert said
        assert "\n" not in said
        assert len(said) < 250

        behaviors[0] = answering(json.dumps(GOOD[name]).encode())
        world.now += timedelta(days=1)
        if fault[:3] in REFUSALS:
            # What the gate holds back is held back in real time.
            enriching, enricher = world.enriching(name, server.url)
        assert await enriching.run() == 1
        assert world.stored() != before


@pytest.mark.parametrize("name", ENRICHERS)
@pytest.mark.parametrize("answer", QUIET)
async def test_answer_about_no_such_paper_changes_nothing(name: str, answer: str, world: World) -> None:
    async with serve(QUIET[answer](name)) as server:
        enriching, enricher = world.enriching(name, server.url)
        before = world.stored()

        assert await enriching.run() == 0
        assert world.stored() == before
        assert enricher.status.last_error == ""


@pytest.mark.parametrize("name", ENRICHERS)
async def test_nobody_listening_changes_nothing(name: str, world: World) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    enriching, enricher = world.enriching(name, f"http://127.0.0.1:{port}")
    before = world.stored()

    assert await enriching.run() == 0
    assert world.stored() == before
    assert enricher.status.last_error == "cannot be reached"


@pytest.mark.parametrize("name", ENRICHERS)
async def test_duplicates_and_records_out_of_order_are_taken_once(name: str, world: World) -> None:
    good = GOOD[name]
    if isinstance(good, dict):
        key = next(iter(good))
        rows = good[key]
        good = {key: [*rows, *rows], "more": {"unheard": ["of"]}}

    async with serve(answering(json.dumps(good).encode())) as server:
        enriching, _ = world.enriching(name, server.url)

        assert await enriching.run() == 1
        with closing(sqlite3.connect(world.file)) as connection:
            assert connection.execute("SELECT citation_count FROM papers").fetchall() == [(7,)]
