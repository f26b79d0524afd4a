"""Scholar Feed: no answer is recorded, only which fields its answers had."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from bot.domain.figures import Figure, SourceScore
from bot.domain.identifiers import ArxivId, Doi
from bot.domain.papers import Paper
from bot.errors import KeyRefused, SourceChanged
from bot.sources.access import Access
from bot.sources.scholar_feed import ScholarFeedClient
from tests.contract.sources.servers import NOW, STEADY, answering, serve

ASKED = Paper(arxiv_id=ArxivId("2306.05949"), title="Evaluating")
ROW = {
    "arxiv_id": "2306.05949v3",
    "title": "Evaluating",
    "authors": ["A B"],
    "n_authors": 1,
    "year": 2023,
    "published_date": "2023-06-09",
    "categories": ["cs.CY"],
    "primary_category": "cs.CY",
    "arxiv_url": "https://arxiv.org/abs/2306.05949",
    "venue_name": "FAccT",
    "has_code": True,
    "github_url": "https://github.com/a/b",
    "github_stars": 12,
    "citation_count": 120,
    "rank_score": 0.734,
    "llm_summary": "A guide  to social impact.",
    "llm_significance": "Great.",
    "llm_novelty_score": 0.41,
    "impact_pct": 95.5,
    "impact_tier": "high",
    "similarity": 0.9,
    "is_read": False,
    "is_saved": False,
    "collections": [],
}


def make_client(client: httpx.AsyncClient, url: str, api_key: str = "") -> ScholarFeedClient:
    """Return a client that does not wait between its tries."""
    access = Access(client=client, clock=lambda: NOW, pace=0, waiting=STEADY, background=STEADY)
    return ScholarFeedClient(access, url=f"{url}/api/v1", api_key=api_key)


def answer(*rows: object) -> bytes:
    """Return an answer with these papers."""
    return json.dumps({"papers": rows, "total": None, "not_found": ["2401.00001"]}).encode()


def score(label: str, value: float, unit: str = "") -> SourceScore:
    """Return one of the service's scores as of today."""
    return SourceScore(source="Scholar Feed", label=label, value=value, unit=unit, as_of=NOW.date())


async def test_paper_is_complete(client: httpx.AsyncClient) -> None:
    async with serve(answering(answer(ROW))) as server:
        (paper,) = await make_client(client, server.url, "sf_key").fetch_known([ASKED])

        (request,) = server.requests
    assert paper == Paper(
        arxiv_id=ASKED.arxiv_id,
        title="Evaluating",
        venue="FAccT",
        code_url="https://github.com/a/b",
        citation_count=Figure(value=120, source="Scholar Feed", as_of=NOW.date()),
        summary="A guide to social impact.",
        summary_source="Scholar Feed",
        scores=(score("Rank", 73.4), score("Novelty", 41, "%"), score("Impact percentile", 95.5)),
        source="Scholar Feed",
        fetched_at=NOW,
    )
    assert (request.method, request.path) == ("POST", "/api/v1/public/papers/batch")
    assert json.loads(request.body) == {"arxiv_ids": ["2306.05949"]}
    assert request.headers["authorization"] == "Bearer sf_key"


async def test_every_shape_that_was_seen_is_read(client: httpx.AsyncClient, data_folder: Path) -> None:
    observed = json.loads((data_folder / "scholar_feed" / "observed-fields.json").read_text())["observed"]
    assert len(observed) == 4
    for shape in observed:
        row = {name: ROW[name] for name in shape["fields"]}
        async with serve(answering(answer(row))) as server:
            (paper,) = await make_client(client, server.url).fetch_known([ASKED])

        assert paper is not None
        assert paper.summary == "A guide to social impact."
        assert score("Novelty", 41, "%") in paper.scores
        assert (score("Rank", 73.4) in paper.scores) == ("rank_score" in row)


async def test_papers_are_told_apart_by_their_id_in_whatever_order(client: httpx.AsyncClient) -> None:
    other = Paper(arxiv_id=ArxivId("math/0309136"), title="Older")
    rows = (
        {"arxiv_id": "math/0309136", "title": "Older", "citation_count": 1},
        {"arxiv_id": "2401.00009", "title": "Unasked"},
        {"arxiv_id": "2306.05949", "title": "First"},
        {"arxiv_id": "2306.05949", "title": "Second"},
        {"title": "Nameless"},
        {"arxiv_id": "2306.05950"},
    )
    asked = [ASKED, Paper(doi=Doi("10.1/x"), title="No preprint"), other]
    async with serve(answering(answer(*rows))) as server:
        told = await make_client(client, server.url).fetch_known(asked)

    assert [paper and paper.title for paper in told] == ["First", None, "Older"]


async def test_list_that_is_no_longer_posted_is_asked_for_in_the_newer_form_and_so_from_then_on(
    client: httpx.AsyncClient,
) -> None:
    async with serve(answering(status=404), answering(answer(ROW))) as server:
        feed = make_client(client, server.url)
        for _ in range(2):
            assert (await feed.fetch_known([ASKED]))[0] is not None

        assert [request.method for request in server.requests] == ["POST", "GET", "GET"]
        assert server.requests[1].target == "/api/v1/public/papers?arxiv_ids%5B%5D=2306.05949"


async def test_list_that_is_taken_in_no_form_is_a_fault(client: httpx.AsyncClient) -> None:
    async with serve(answering(status=404)) as server:
        with pytest.raises(SourceChanged, match="no form"):
            await make_client(client, server.url).fetch_known([ASKED])

        assert len(server.requests) == 2


async def test_numbers_beyond_their_scale_are_none(client: httpx.AsyncClient) -> None:
    row = ROW | {"rank_score": 7, "llm_novelty_score": -0.1, "impact_pct": 250, "citation_count": -5}
    async with serve(answering(answer(row | {"github_url": "javascript:alert(1)"}))) as server:
        (paper,) = await make_client(client, server.url).fetch_known([ASKED])

    assert paper is not None
    assert (paper.scores, paper.citation_count, paper.code_url) == ((), None, None)


async def test_key_that_is_refused_is_told_by_its_setting(client: httpx.AsyncClient) -> None:
    async with serve(answering(b"{}", status=401)) as server:
        with pytest.raises(KeyRefused, match="SCHOLAR_FEED_API_KEY"):
            await make_client(client, server.url, "sf_bad").fetch_known([ASKED])


@pytest.mark.parametrize(
    "body",
    [
        pytest.param([], id="list-for-object"),
        pytest.param({"results": []}, id="no-papers"),
        pytest.param({"papers": None}, id="null-papers"),
        pytest.param({"papers": [{"title": 5}]}, id="number-for-title"),
        pytest.param({"papers": [ROW | {"citation_count": "many"}]}, id="text-for-number"),
        pytest.param({"papers": [None]}, id="null-for-paper"),
    ],
)
async def test_wrong_json_is_never_a_result(client: httpx.AsyncClient, body: object) -> None:
    async with serve(answering(json.dumps(body).encode())) as server:
        with pytest.raises(SourceChanged):
            await make_client(client, server.url).fetch_known([ASKED])


PERSON = {
    "id": 42,
    "name": "Ines Moreau",
    "h_index": 12,
    "total_papers": 40,
    "total_citations": 900,
    "primary_field": "cs.CY",
    "author_rank_score": 0.5,
    "top_papers": [ROW],
}


def people(*found: object) -> bytes:
    """Return an answer with these people."""
    return json.dumps({"query": "x", "search_type": "name", "authors": found, "total": 1}).encode()


async def test_person_with_one_of_the_papers_is_known_by_it(client: httpx.AsyncClient) -> None:
    other = {"id": 43, "name": "Ines Moreau-Blanc"}
    answers = (answering(people(other, PERSON)), answering(json.dumps(PERSON).encode()))
    async with serve(*answers) as server:
        found = await make_client(client, server.url).fetch_person("Ines Moreau", [ASKED])

        first, second = server.requests
    assert found is not None
    assert found.h_index == Figure(value=12, source="Scholar Feed", as_of=NOW.date())
    assert found.citation_count == Figure(value=900, source="Scholar Feed", as_of=NOW.date())
    assert (first.path, first.query["q"]) == ("/api/v1/public/authors/discover", "Ines Moreau")
    assert second.path == "/api/v1/public/authors/42"


@pytest.mark.parametrize(
    ("listed", "profile"),
    [
        pytest.param([], None, id="unknown"),
        pytest.param([PERSON, PERSON | {"id": 44}], None, id="two-namesakes"),
        pytest.param([PERSON], PERSON | {"top_papers": None}, id="no-papers"),
        pytest.param(
            [PERSON], PERSON | {"top_papers": [ROW | {"arxiv_id": "2401.00001"}]}, id="other-papers"
        ),
    ],
)
async def test_name_alone_is_nobody(
    client: httpx.AsyncClient, listed: list[object], profile: dict[str, object] | None
) -> None:
    answers = (answering(people(*listed)), answering(json.dumps(profile).encode()))
    async with serve(*answers) as server:
        assert await make_client(client, server.url).fetch_person("Ines Moreau", [ASKED]) is None
        assert len(server.requests) == (1 if profile is None else 2)
