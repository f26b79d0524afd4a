"""What cards and a day in the background cost in requests: the table of docs/sources.md."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.app import open_services
from bot.config import Settings
from bot.domain.identifiers import ArxivId, OpenAlexId
from bot.domain.papers import Authorship, Paper
from bot.services import Services
from bot.services.enriching import WANTED, Enriching, next_ask
from bot.services.facts import Facts
from bot.sources.access import Access
from bot.sources.gate import Gate
from bot.sources.openalex import OpenAlexClient
from bot.sources.scholar_feed import ScholarFeedClient
from bot.sources.semantic_scholar import SemanticScholarClient
from bot.storage import open_stores
from bot.storage.database import DRIVER, Database
from tests.contract.sources.servers import NOW, STEADY, Exchange, Server, serve

NEW_PAPERS = 1_150
"""Papers of an announcement day, over all of arXiv."""

ENTRY = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
<id>x</id><title>ArXiv Query</title><opensearch:totalResults>1</opensearch:totalResults>
<entry><id>http://arxiv.org/abs/2306.05949v1</id><title>Evaluating</title><summary>We evaluate.</summary>
<author><name>Irene Solaiman</name></author><published>2023-06-09T00:00:00Z</published>
<updated>2023-06-09T00:00:00Z</updated><category term="cs.CY"/></entry></feed>"""
WORK = {
    "id": "https://openalex.org/W1",
    "title": "Evaluating",
    "doi": "https://doi.org/10.48550/arxiv.2306.05949",
    "authorships": [
        {"raw_author_name": "Irene Solaiman", "author": {"id": "https://openalex.org/A5000000001"}}
    ],
}
AUTHOR = {"id": "https://openalex.org/A5000000001", "display_name": "Irene Solaiman", "works_count": 1}


async def all_services(exchange: Exchange) -> None:
    """Answer as arXiv, OpenAlex, Semantic Scholar and Scholar Feed do."""
    request = exchange.request
    body: object
    match request.path.split("/")[1:]:
        case ["arxiv", *_]:
            await exchange.answer(ENTRY.encode())
            return
        case ["openalex", "works"]:
            body = {"results": [WORK]}
        case ["openalex", "authors"]:
            body = {"results": [AUTHOR | {"display_name": request.query["search"].title()}]}
        case ["openalex", "works", *_]:
            body = WORK
        case ["openalex", *_]:
            body = AUTHOR
        case ["scholar", *_]:
            body = [None] * len(json.loads(request.body)["ids"])
        case _:
            body = {"papers": []}
    await exchange.answer(json.dumps(body).encode())


def counted(server: Server) -> dict[str, int]:
    """Return how many requests there were of each kind since the last look, and forget them."""
    kinds: Counter[str] = Counter()
    for request in server.requests:
        host, _, *rest = request.path.split("/")[1:]
        if host == "openalex" and not rest:
            host = "search" if "search" in request.query else "list"
        elif host == "openalex":
            host = "free"
        kinds[host] += 1
    server.requests.clear()
    return dict(kinds)


@asynccontextmanager
async def running(folder: Path, url: str, key: str) -> AsyncIterator[Services]:
    """Open the services as the bot does, with or without keys."""
    settings = Settings(
        database_url=f"{DRIVER}:///{folder / 'hoopoe.db'}",
        arxiv_api_url=f"{url}/arxiv/query",
        openalex_url=f"{url}/openalex",
        semantic_scholar_url=f"{url}/scholar",
        scholar_feed_url=f"{url}/feed",
        openalex_api_key=key,
        semantic_scholar_api_key=key,
        scholar_feed_api_key=key,
        arxiv_min_interval_seconds=0.001,
    )
    async with open_services(settings) as services:
        yield services


@pytest.mark.parametrize("key", [pytest.param("", id="without-keys"), pytest.param("k", id="with-keys")])
async def test_paper_costs_two_requests_when_new_and_none_when_known(tmp_path: Path, key: str) -> None:
    async with serve(all_services) as server, running(tmp_path, server.url, key) as services:
        await services.lookup.paper("2306.05949")
        assert counted(server) == {"arxiv": 1, "free": 1}
        await services.enriching.run()
        assert counted(server) == {"list": 1, "scholar": 1, "feed": 1}

        await services.lookup.paper("2306.05949")
        await services.enriching.run()
        assert counted(server) == {}


@pytest.mark.parametrize("key", [pytest.param("", id="without-keys"), pytest.param("k", id="with-keys")])
@pytest.mark.parametrize(
    ("asked", "first"),
    [
        pytest.param("A5000000001", {"free": 2, "list": 1}, id="by-identifier"),
        pytest.param("Irene Solaiman", {"arxiv": 1, "free": 3, "list": 1}, id="by-name-on-arxiv"),
        pytest.param("Ada Else", {"arxiv": 1, "search": 1, "free": 1, "list": 1}, id="by-search-alone"),
    ],
)
async def test_author_costs_a_list_when_new_and_nothing_when_known(
    tmp_path: Path, key: str, asked: str, first: dict[str, int]
) -> None:
    async with serve(all_services) as server, running(tmp_path, server.url, key) as services:
        await services.lookup.author(asked)
        assert counted(server) == first

        await services.lookup.author(asked)
        assert counted(server) == {}


async def test_keystroke_costs_nothing(tmp_path: Path) -> None:
    async with serve(all_services) as server, running(tmp_path, server.url, "") as services:
        for typed in ("i", "irene sol", "evaluating the soc", "2306.05949", "nobody knows this"):
            await services.search.suggest_authors(typed)
            await services.search.suggest_papers(typed)

        assert counted(server) == {}


async def test_day_in_the_background_costs_a_request_a_batch(
    tmp_path: Path, client: httpx.AsyncClient
) -> None:
    papers = [
        Paper(
            arxiv_id=ArxivId(f"2611.{position:05}"),
            title=f"Paper {position}",
            announced_at=NOW - timedelta(hours=1),
            authors=(Authorship(name="A", openalex_id=OpenAlexId("A5000000001")),),
            source="arXiv",
            fetched_at=NOW,
        )
        for position in range(NEW_PAPERS)
    ]
    async with (
        serve(all_services) as server,
        Database.open(f"{DRIVER}:///{tmp_path / 'hoopoe.db'}") as database,
    ):
        stores = open_stores(database)
        await stores.papers.save_papers(papers)
        access = Access(client=client, clock=lambda: NOW, ledger=stores.accounts, pace=0, background=STEADY)
        openalex = OpenAlexClient(
            client,
            url=f"{server.url}/openalex",
            clock=lambda: NOW,
            gate=Gate(0),
            background=STEADY,
            ledger=stores.accounts,
        )
        enrichers = (
            openalex,
            SemanticScholarClient(access, url=f"{server.url}/scholar"),
            ScholarFeedClient(access, url=f"{server.url}/feed"),
        )
        facts = Facts((), stores.authors, stores.state, lambda: NOW)
        enriching = Enriching(enrichers, stores.papers, stores.enrichments, lambda: NOW, facts)
        for _ in range(NEW_PAPERS // 50 + 2):
            await enriching.run()

        assert counted(server) == {"list": 12, "scholar": 3, "feed": 23}
        assert [enricher.status.left for enricher in enrichers] == [
            "$0.0088 of $0.01",
            "297 of 300 calls",
            "77 of 100 calls",
        ]


@pytest.mark.parametrize(
    ("known_after_days", "asks"),
    [pytest.param(1, 6, id="known-the-next-day"), pytest.param(99, 14, id="never")],
)
def test_paper_is_asked_about_so_often_in_its_first_month(known_after_days: int, asks: int) -> None:
    paper = Paper(title="T", announced_at=NOW)
    moment, count = NOW, 0
    while moment < NOW + WANTED:
        count += 1
        moment = next_ask(paper, moment, told=moment >= NOW + timedelta(days=known_after_days))

    assert count == asks
