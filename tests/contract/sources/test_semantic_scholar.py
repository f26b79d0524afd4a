"""Semantic Scholar, against what it answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from bot.domain.figures import Figure, SourceScore
from bot.domain.identifiers import ArxivId, Doi
from bot.domain.papers import Paper
from bot.errors import KeyRefused, SourceChanged
from bot.sources.access import Access
from bot.sources.json_values import decode
from bot.sources.semantic_scholar import SemanticScholarClient
from bot.sources.semantic_scholar_parser import FIELDS, PaperJson, to_paper
from tests.contract.sources.conftest import Recorded
from tests.contract.sources.servers import NOW, STEADY, answering, serve

Read = Callable[[str], list[Recorded]]

KNOWN = ("10.2139/ssrn.288970", "10.2139/ssrn.2250500", "10.1257/rct.1355")
PREPRINT = Paper(arxiv_id=ArxivId("2306.05949"), title="Evaluating the Social Impact")


def make_client(client: httpx.AsyncClient, url: str, api_key: str = "") -> SemanticScholarClient:
    """Return a client that does not wait between its tries."""
    access = Access(client=client, clock=lambda: NOW, pace=0, waiting=STEADY, background=STEADY)
    return SemanticScholarClient(access, url=f"{url}/graph/v1/", api_key=api_key)


def _body(recorded: Read, part: str) -> bytes:
    return next(answer.body for answer in recorded("semantic_scholar") if part in answer.name)


async def test_papers_come_in_the_order_asked_with_none_for_an_unknown_one(
    client: httpx.AsyncClient, recorded: Read
) -> None:
    asked = [Paper(doi=Doi(doi), title="?") for doi in ("10.1/unknown", *KNOWN)]
    async with serve(answering(_body(recorded, "get_papers_return_not_found"))) as server:
        told = await make_client(client, server.url, "s3cret").fetch_known([PREPRINT, *asked][1:])

    assert told[0] is None
    assert [paper and paper.doi for paper in told[1:]] == [Doi(doi) for doi in KNOWN]
    microfinance = told[2]
    assert microfinance is not None
    assert microfinance.title == "The Miracle of Microfinance? Evidence from a Randomized Evaluation"
    assert microfinance.citation_count == Figure(value=2185, source="Semantic Scholar", as_of=NOW.date())
    assert microfinance.scores == (
        SourceScore(source="Semantic Scholar", label="Influential citations", value=245, as_of=NOW.date()),
    )
    assert (microfinance.source, microfinance.fetched_at) == ("Semantic Scholar", NOW)
    assert server.requests[0].headers["x-api-key"] == "s3cret"


async def test_batch_is_one_post_of_the_names_that_the_service_knows(client: httpx.AsyncClient) -> None:
    asked = [PREPRINT, Paper(title="nameless"), Paper(doi=Doi("10.1/x"), title="published")]
    async with serve(answering(b"[null, null]")) as server:
        assert await make_client(client, server.url).fetch_known(asked) == (None, None, None)

        (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/graph/v1/paper/batch")
    assert request.query == {"fields": FIELDS}
    assert json.loads(request.body) == {"ids": ["ARXIV:2306.05949", "DOI:10.1/x"]}
    assert "x-api-key" not in request.headers


async def test_summary_and_published_form_are_told(
    client: httpx.AsyncClient,
) -> None:
    told = {
        "externalIds": {"DOI": "10.1000/ABC", "CorpusId": 5},
        "title": "Evaluating",
        "tldr": {"model": "tldr@v2", "text": " Says  it. "},
        "citationCount": 3,
    }
    async with serve(answering(json.dumps([told]).encode())) as server:
        (paper,) = await make_client(client, server.url).fetch_known([PREPRINT])

    assert paper is not None
    assert (paper.arxiv_id, paper.doi) == (None, Doi("10.1000/abc"))
    assert (paper.summary, paper.summary_source) == ("Says it.", "Semantic Scholar")


async def test_batch_without_any_known_paper_is_refused_by_the_service_and_no_fault(
    client: httpx.AsyncClient,
) -> None:
    async with serve(answering(b'{"error":"No valid paper ids given"}', status=400)) as server:
        scholar = make_client(client, server.url)

        assert await scholar.fetch_known([PREPRINT]) == (None,)
        assert scholar.status.last_error == ""


async def test_refused_question_says_why(client: httpx.AsyncClient, recorded: Read) -> None:
    async with serve(answering(_body(recorded, "bad_query_parameters"), status=400)) as server:
        with pytest.raises(SourceChanged, match="Unrecognized or unsupported fields"):
            await make_client(client, server.url).fetch_known([PREPRINT])


async def test_key_that_is_refused_is_told_by_its_setting_and_never_shown(
    client: httpx.AsyncClient, recorded: Read, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    async with serve(answering(_body(recorded, "debug_0"), status=403)) as server:
        scholar = make_client(client, server.url, "s3cret")
        with pytest.raises(KeyRefused, match="SEMANTIC_SCHOLAR_API_KEY") as caught:
            await scholar.fetch_known([PREPRINT])

        assert len(server.requests) == 1
    assert "s3cret" not in caplog.text + repr(caught.value) + repr(scholar.status)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param([], id="too-few"),
        pytest.param([None, None], id="too-many"),
        pytest.param({"data": []}, id="object-for-list"),
        pytest.param([{"title": 5}], id="number-for-title"),
        pytest.param([{"title": "T", "citationCount": "many"}], id="text-for-number"),
        pytest.param([{"title": "T", "tldr": "short"}], id="text-for-object"),
        pytest.param(["T"], id="text-for-paper"),
    ],
)
async def test_wrong_json_is_never_a_result(client: httpx.AsyncClient, body: object) -> None:
    async with serve(answering(json.dumps(body).encode())) as server:
        with pytest.raises(SourceChanged):
            await make_client(client, server.url).fetch_known([PREPRINT])


def test_every_recorded_paper_is_read(recorded: Read) -> None:
    count = 0
    for answer in recorded("semantic_scholar"):
        raw = json.loads(answer.body)
        rows = raw if isinstance(raw, list) else raw.get("data") or raw.get("recommendedPapers") or [raw]
        for row in rows:
            if not isinstance(row, dict) or "paperId" not in row:
                continue
            paper = to_paper(decode("Semantic Scholar", json.dumps(row).encode(), PaperJson), NOW)
            assert (paper is None) == (not row.get("title"))
            count += 1
    assert count > 2000


def test_nothing_but_a_title_is_a_paper_without_anything_else() -> None:
    paper = to_paper(PaperJson(title="T", influential_citation_count=0), NOW)

    assert paper == replace(Paper(title="T"), source="Semantic Scholar", fetched_at=NOW)


def _paper_by(*people: tuple[str, str]) -> dict[str, object]:
    return {"paperId": "x", "authors": [{"authorId": number, "name": name} for number, name in people]}


async def test_person_on_most_of_the_papers_is_read_in_full(client: httpx.AsyncClient) -> None:
    papers = [
        _paper_by(("7", "I. Moreau"), ("8", "A. B")),
        _paper_by(("7", "Ines Moreau")),
        _paper_by(("9", "Ines Moreau")),
        None,
    ]
    person = {"authorId": "7", "name": "I. Moreau", "affiliations": ["X"], "hIndex": 12, "paperCount": 40}
    asked = [Paper(arxiv_id=ArxivId(f"2611.0000{n}"), title="?") for n in range(1, 5)]
    answers = (answering(json.dumps(papers).encode()), answering(json.dumps([person]).encode()))
    async with serve(*answers) as server:
        found = await make_client(client, server.url).fetch_person("Ines Moreau", asked)

        first, second = server.requests
    assert found is not None
    assert found.h_index == Figure(value=12, source="Semantic Scholar", as_of=NOW.date())
    assert (found.institutions, found.citation_count) == (("X",), None)
    assert (first.path, first.query) == ("/graph/v1/paper/batch", {"fields": "authors"})
    assert (second.path, json.loads(second.body)) == ("/graph/v1/author/batch", {"ids": ["7"]})


@pytest.mark.parametrize(
    "papers",
    [
        pytest.param([_paper_by(("7", "Ines Moreau")), _paper_by(("9", "Ines Moreau"))], id="two-namesakes"),
        pytest.param([_paper_by(("7", "Jean Moreau"))], id="another-given-name"),
        pytest.param([None], id="unknown-paper"),
        pytest.param([{"paperId": "x", "authors": None}], id="no-authors"),
    ],
)
async def test_person_that_the_papers_do_not_tell_is_nobody(
    client: httpx.AsyncClient, papers: list[object]
) -> None:
    asked = [Paper(arxiv_id=ArxivId(f"2611.0000{n}"), title="?") for n in range(len(papers))]
    async with serve(answering(json.dumps(papers).encode())) as server:
        assert await make_client(client, server.url).fetch_person("Ines Moreau", asked) is None
        assert len(server.requests) == 1


async def test_recorded_people_are_read(client: httpx.AsyncClient, recorded: Read) -> None:
    people = json.loads(_body(recorded, "get_paper_authors"))["data"]
    asked = [Paper(doi=Doi("10.2139/ssrn.2250500"), title="?")]
    papers = json.loads(_body(recorded, "get_papers_return_not_found"))[2:3]
    answers = (answering(json.dumps(papers).encode()), answering(json.dumps(people[:1]).encode()))
    async with serve(*answers) as server:
        found = await make_client(client, server.url).fetch_person("Esther Duflo", asked)

        assert json.loads(server.requests[1].body) == {"ids": ["2259683"]}
    assert found is not None
    assert found.h_index == Figure(value=91, source="Semantic Scholar", as_of=NOW.date())
    assert found.citation_count == Figure(value=58740, source="Semantic Scholar", as_of=NOW.date())
