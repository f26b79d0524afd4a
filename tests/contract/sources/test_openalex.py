"""OpenAlex, against what it answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from bot.domain.figures import Figure, YearCount
from bot.domain.identifiers import ArxivId, Doi, OpenAlexId, Orcid
from bot.domain.papers import Paper
from bot.errors import KeyRefused, RateLimited, SourceChanged
from bot.sources.gate import Gate
from bot.sources.openalex import OpenAlexClient
from tests.contract.sources.conftest import Recorded
from tests.contract.sources.servers import NOW, STEADY, answering, by_target, serve

Read = Callable[[str], list[Recorded]]


def _client(client: httpx.AsyncClient, url: str, api_key: str = "") -> OpenAlexClient:
    return OpenAlexClient(
        client,
        url=f"{url}/",
        clock=lambda: NOW,
        api_key=api_key,
        gate=Gate(0),
        patience=STEADY,
        background=replace(STEADY, background=True),
    )


def _body(recorded: Read, part: str) -> bytes:
    return next(answer.body for answer in recorded("openalex") if part in answer.name)


def _figure(value: int) -> Figure:
    return Figure(value=value, source="OpenAlex", as_of=NOW.date())


async def test_author_is_complete(client: httpx.AsyncClient, recorded: Read) -> None:
    answers = {"/authors/A5023888391": (200, _body(recorded, "author_A5023888391_2026-03"))}
    async with serve(by_target(answers)) as server:
        author = await _client(client, server.url).fetch_author(OpenAlexId("A5023888391"))

    assert author is not None
    assert author.name == "Jason Priem"
    # "Hemminger, Bradley M." is a co-author whom the profile was confused with.
    assert author.aliases == ("Priem, Jason",)
    assert author.openalex_id == OpenAlexId("A5023888391")
    assert author.orcid == Orcid("0000-0001-6187-6610")
    assert author.h_index == _figure(17)
    assert author.i10_index == _figure(20)
    assert author.paper_count == _figure(60)
    assert author.citation_count == _figure(4269)
    assert author.institutions == ("OpenAlex", "WntResearch (Sweden)")
    assert author.primary_category is None
    assert [entry.year for entry in author.years] == list(range(2008, 2025))
    assert author.years[:3] == (
        YearCount(year=2008, papers=1, citations=115),
        YearCount(year=2009, papers=0, citations=0),
        YearCount(year=2010, papers=4, citations=903),
    )


async def test_current_institution_goes_before_former_ones(client: httpx.AsyncClient, recorded: Read) -> None:
    async with serve(answering(_body(recorded, "author_A5023888391_2025-06"))) as server:
        author = await _client(client, server.url).fetch_author(Orcid("0000-0001-6187-6610"))

        assert author is not None
        assert author.institutions == ("OurResearch",)
        assert server.requests[0].path == "/authors/orcid:0000-0001-6187-6610"


async def test_deleted_author_is_nobody(client: httpx.AsyncClient, recorded: Read) -> None:
    async with serve(answering(_body(recorded, "deleted_author"))) as server:
        assert await _client(client, server.url).fetch_author(OpenAlexId("A5317838346")) is None


@pytest.mark.parametrize("part", ["404_author_A0.html", "404_bad_work_id.html"])
async def test_unknown_id_is_nobody(client: httpx.AsyncClient, recorded: Read, part: str) -> None:
    async with serve(answering(_body(recorded, part), status=404, Content_Type="text/html")) as server:
        openalex = _client(client, server.url)

        assert await openalex.fetch_author(OpenAlexId("A0")) is None
        assert await openalex.fetch_work(OpenAlexId("W0")) is None
        assert openalex.status.last_error == ""


async def test_unknown_doi_with_a_json_answer_is_nothing(client: httpx.AsyncClient) -> None:
    async with serve(answering(b'{"message": "not found"}', status=404)) as server:
        assert await _client(client, server.url).fetch_work(Doi("10.1000/x")) is None


async def test_work_is_complete(client: httpx.AsyncClient, recorded: Read) -> None:
    answers = {"/works/doi:10.7717/peerj.4375": (200, _body(recorded, "work_W2741809807_2026-03"))}
    async with serve(by_target(answers)) as server:
        work = await _client(client, server.url).fetch_work(Doi("10.7717/peerj.4375"))

    assert work is not None
    assert work.openalex_id == OpenAlexId("W2741809807")
    assert work.doi == Doi("10.7717/peerj.4375")
    assert work.arxiv_id is None
    assert work.title.startswith("The state of OA: a large-scale analysis")
    assert work.abstract.startswith("Despite growing interest in Open Access")
    assert work.venue == "PeerJ"
    assert work.submitted_at == datetime(2018, 2, 13, tzinfo=UTC)
    assert work.authors[0].name == "Heather Piwowar"
    assert work.authors[0].openalex_id == OpenAlexId("A5048491430")
    assert work.authors[0].institutions == ("OpenAlex", "Impact Technology Development (United States)")
    assert work.citation_count is not None
    assert work.source == "OpenAlex"


@pytest.mark.parametrize("month", ["03", "05"])
async def test_work_without_title_is_nothing(client: httpx.AsyncClient, recorded: Read, month: str) -> None:
    async with serve(answering(_body(recorded, f"null_title_2026-{month}"))) as server:
        assert await _client(client, server.url).fetch_work(OpenAlexId("W4234567890")) is None


@pytest.mark.parametrize(
    ("doi", "path"),
    [
        ("10.1000/a b?c#d%e", "/works/doi:10.1000/a%20b%3Fc%23d%25e"),
        ("10.1002/(sici)1097-0258(19980815)17:15<1661::aid>3.0.co;2-2",
         "/works/doi:10.1002/(sici)1097-0258(19980815)17:15%3C1661::aid%3E3.0.co;2-2"),
    ],
)  # fmt: skip
async def test_odd_doi_stays_one_path(client: httpx.AsyncClient, doi: str, path: str) -> None:
    async with serve(answering(b"{}", status=404)) as server:
        await _client(client, server.url).fetch_work(Doi(doi))

        assert server.requests[0].target == path


def test_every_recorded_work_becomes_a_paper_or_has_no_title(recorded: Read) -> None:
    from bot.sources.json_values import decode
    from bot.sources.openalex_parser import WorkJson, WorksJson, to_paper

    count = 0
    for answer in recorded("openalex"):
        raw = json.loads(answer.body) if answer.name.endswith((".json", ".json.gz")) else {}
        if not isinstance(raw, dict):
            works = decode("OpenAlex", answer.body, list[WorkJson]) if "works" in answer.name else []
        elif "/work" in answer.name and isinstance(raw.get("results"), list):
            works = decode("OpenAlex", answer.body, WorksJson).results
        elif "/work_" in answer.name:
            works = [decode("OpenAlex", answer.body, WorkJson)]
        else:
            continue
        for work in works:
            paper = to_paper(work, NOW)
            count += 1
            assert (paper is None) == (not work.title)
            if paper:
                assert len(paper.authors) == len(work.authorships or ())
                assert bool(paper.abstract) == bool(work.abstract_inverted_index)
    assert count > 350


def test_preprint_and_published_paper_name_their_arxiv_id(recorded: Read) -> None:
    from bot.sources.json_values import decode
    from bot.sources.openalex_parser import WorksJson, to_paper

    def papers(part: str) -> list[tuple[ArxivId | None, Doi | None, str]]:
        works = decode("OpenAlex", _body(recorded, part), WorksJson).results
        found = [paper for work in works if (paper := to_paper(work, NOW))]
        return [(paper.arxiv_id, paper.doi, paper.venue) for paper in found if paper.arxiv_id]

    assert papers("works_by_openalex_ids_page1") == [(ArxivId("2007.14454"), None, "")]
    assert papers("some_null_abstracts") == [
        (ArxivId("2111.07624"), Doi("10.1007/s41095-022-0271-y"), "Computational Visual Media")
    ]


async def test_works_are_asked_most_cited_first(client: httpx.AsyncClient, recorded: Read) -> None:
    async with serve(answering(_body(recorded, "works_cites_filter"))) as server:
        works = await _client(client, server.url).fetch_works(OpenAlexId("A1"), limit=50)

        assert len(works) == 5
        assert server.requests[0].path == "/works"
        query = server.requests[0].query
        assert (query["filter"], query["sort"]) == ("author.id:A1", "cited_by_count:desc")
        assert (query["per_page"], query["page"]) == ("50", "1")
        assert "abstract_inverted_index" in query["select"]


async def test_newest_works_are_asked_for_in_that_order(client: httpx.AsyncClient) -> None:
    async with serve(answering(b'{"results": []}')) as server:
        await _client(client, server.url).fetch_works(OpenAlexId("A1"), limit=50, newest=True)

        assert server.requests[0].query["sort"] == "publication_date:desc"


async def test_more_works_than_a_page_are_asked_page_by_page(client: httpx.AsyncClient) -> None:
    def page(first: int, count: int) -> bytes:
        numbers = range(first, first + count)
        return json.dumps({"results": [{"id": f"W{n}", "title": f"T{n}"} for n in numbers]}).encode()

    async with serve(answering(page(1, 100)), answering(page(101, 30))) as server:
        openalex = _client(client, server.url)
        works = await openalex.fetch_works(OpenAlexId("A1"), limit=200)

        assert [paper.title for paper in works] == [f"T{n}" for n in range(1, 131)]
        assert [request.query["page"] for request in server.requests] == ["1", "2"]
        assert openalex.status.spent_usd == pytest.approx(0.0002)


async def test_people_of_a_name_come_most_cited_first(client: httpx.AsyncClient) -> None:
    people = [
        {"id": f"https://openalex.org/A{n}", "display_name": "Wei Wang", "cited_by_count": n}
        for n in (3, 9, 5)
    ]
    people.append({"id": "https://openalex.org/A7", "display_name": "Wei Wang"})
    async with serve(answering(json.dumps({"results": people}).encode())) as server:
        openalex = _client(client, server.url)
        found = await openalex.search_authors('Wang, "Wei" OR *', limit=10)

        assert [str(author.openalex_id) for author in found] == ["A9", "A5", "A3", "A7"]
        assert server.requests[0].query["search"] == "wang wei or"
        assert openalex.status.spent_usd == pytest.approx(0.001)


async def test_recorded_refusals_are_told_in_their_words(client: httpx.AsyncClient, recorded: Read) -> None:
    refusals = [answer for answer in recorded("openalex") if answer.status == 400]
    assert len(refusals) > 10

    for refusal in refusals:
        async with serve(answering(refusal.body, status=400)) as server:
            with pytest.raises(SourceChanged, match="error"):
                await _client(client, server.url).fetch_works(OpenAlexId("A1"))
            assert len(server.requests) == 1


async def test_bad_key_is_told_without_the_key(
    client: httpx.AsyncClient, recorded: Read, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    async with serve(answering(_body(recorded, "rate_limit_401"), status=401)) as server:
        openalex = _client(client, server.url, api_key="s3cret")
        with pytest.raises(KeyRefused, match="correct OPENALEX_API_KEY or leave it out") as caught:
            await openalex.fetch_author(OpenAlexId("A1"))

        assert server.requests[0].query == {"api_key": "s3cret"}
        assert len(server.requests) == 1
    told = (
        caplog.text
        + repr(caught.value)
        + repr(caught.value.__cause__)
        + repr(openalex)
        + repr(openalex.status)
    )
    assert "s3cret" not in told


async def test_bad_key_is_named_however_often_somebody_asks(client: httpx.AsyncClient) -> None:
    async with serve(answering(b"{}", status=401)) as server:
        openalex = _client(client, server.url, api_key="s3cret")
        for _ in range(5):
            with pytest.raises(KeyRefused):
                await openalex.fetch_author(OpenAlexId("A1"))


async def test_days_budget_without_a_key_is_kept(client: httpx.AsyncClient) -> None:
    moment = NOW
    async with serve(answering(b'{"id": "A1", "display_name": "x", "results": []}')) as server:
        openalex = OpenAlexClient(client, url=server.url, clock=lambda: moment, gate=Gate(0), patience=STEADY)
        for _ in range(9):
            await openalex.search_authors("x")
        for _ in range(10):
            await openalex.fetch_works(OpenAlexId("A1"))

        assert openalex.status.spent_usd == pytest.approx(0.01)
        assert openalex.status.left == "$0 of $0.01"
        with pytest.raises(RateLimited) as caught:
            await openalex.fetch_works(OpenAlexId("A1"))
        assert caught.value.retry_at == datetime(2026, 11, 25, tzinfo=UTC)
        assert len(server.requests) == 19
        # What is free stays free.
        assert await openalex.fetch_author(OpenAlexId("A1")) is not None

        moment = NOW + timedelta(days=1)
        assert openalex.status.spent_usd == 0
        assert await openalex.fetch_works(OpenAlexId("A1")) == ()


async def test_services_own_account_is_believed(client: httpx.AsyncClient) -> None:
    account = answering(
        b'{"results": []}',
        X_RateLimit_Cost_USD="0.0001",
        X_RateLimit_Limit_USD="1",
        X_RateLimit_Remaining_USD="0.0005",
    )
    async with serve(account) as server:
        openalex = _client(client, server.url, api_key="k")
        await openalex.search_authors("x")

        assert openalex.status.left == "$0.0005 of $1"
        assert openalex.status.spent_usd == pytest.approx(0.0001)
        await openalex.fetch_works(OpenAlexId("A1"))
        with pytest.raises(RateLimited):
            await openalex.search_authors("x")
        assert len(server.requests) == 2


async def test_used_up_allowance_is_not_asked_again_before_its_time(client: httpx.AsyncClient) -> None:
    body = b'{"error": "Rate limit exceeded", "retryAfter": 36000}'
    free = answering(b'{"id": "A1", "display_name": "x"}')
    async with serve(answering(body, status=429, Retry_After="36000"), free) as server:
        openalex = _client(client, server.url, api_key="k")
        for _ in range(2):
            with pytest.raises(RateLimited) as caught:
                await openalex.search_authors("x")
            assert caught.value.retry_at == NOW + timedelta(hours=10)
        assert len(server.requests) == 1


async def test_free_calls_go_on_while_the_allowance_is_used_up(client: httpx.AsyncClient) -> None:
    spent = answering(b"{}", status=429, Retry_After="36000")
    free = answering(b'{"id": "A1", "display_name": "x"}')
    async with serve(spent, free) as server:
        openalex = OpenAlexClient(
            client, url=server.url, clock=lambda: NOW, gate=Gate(0, longest_hold=0), patience=STEADY
        )
        with pytest.raises(RateLimited):
            await openalex.search_authors("x")

        assert await openalex.fetch_author(OpenAlexId("A1")) is not None


async def test_papers_are_asked_for_by_doi_in_one_list_and_come_in_the_order_asked(
    client: httpx.AsyncClient, recorded: Read
) -> None:
    body = _body(recorded, "works_by_doi_or_filter_1")
    dois = [Doi(work["doi"].removeprefix("https://doi.org/")) for work in json.loads(body)["results"]]
    asked = [Paper(doi=doi, title="?") for doi in reversed(dois)]
    odd = Paper(doi=Doi("10.1000/a,b|c"), title="?")
    preprint = Paper(arxiv_id=ArxivId("2306.05949"), title="?")
    async with serve(answering(body)) as server:
        told = await _client(client, server.url).fetch_known([odd, *asked, preprint])

        (request,) = server.requests
    assert [paper and paper.doi for paper in told] == [None, *reversed(dois), None]
    assert told[1] is not None
    assert told[1].citation_count is not None
    assert told[1].authors
    assert request.query["filter"] == "doi:" + "|".join(
        [*(doi.value for doi in reversed(dois)), "10.48550/arxiv.2306.05949"]
    )
    assert (request.path, request.query["per_page"]) == ("/works", "100")


async def test_preprint_is_found_by_its_own_doi_and_by_its_published_form(client: httpx.AsyncClient) -> None:
    works = [
        {"id": "W1", "title": "One", "doi": "https://doi.org/10.48550/arXiv.2306.00001"},
        {
            "id": "W2",
            "title": "Two",
            "doi": "https://doi.org/10.1000/two",
            "locations": [{"landing_page_url": "https://arxiv.org/abs/2306.00002"}],
        },
    ]
    asked = [Paper(arxiv_id=ArxivId(f"2306.0000{position}"), title="?") for position in (1, 2, 3)]
    async with serve(answering(json.dumps({"results": works}).encode())) as server:
        told = await _client(client, server.url).fetch_known(asked)

    assert [paper and paper.title for paper in told] == ["One", "Two", None]


async def test_papers_without_any_doi_are_not_asked_for(client: httpx.AsyncClient) -> None:
    async with serve(answering(b"{}")) as server:
        assert await _client(client, server.url).fetch_known([Paper(title="?")]) == (None,)
        assert server.requests == []


async def test_background_leaves_half_of_the_day_to_people(client: httpx.AsyncClient) -> None:
    paper = Paper(arxiv_id=ArxivId("2306.05949"), title="?")
    async with serve(answering(b'{"results": []}')) as server:
        openalex = OpenAlexClient(
            client,
            url=server.url,
            clock=lambda: NOW,
            gate=Gate(0),
            patience=STEADY,
            background=STEADY,
        )
        for _ in range(50):
            await openalex.fetch_known([paper])
        with pytest.raises(RateLimited):
            await openalex.fetch_known([paper])
        assert openalex.status.left == "$0.005 of $0.01"

        assert await openalex.fetch_works(OpenAlexId("A1")) == ()
        assert await openalex.fetch_known([paper], waiting=True) == (None,)


async def test_citing_works_name_which_of_those_asked_they_cite(
    client: httpx.AsyncClient, recorded: Read
) -> None:
    async with serve(answering(_body(recorded, "works_cites_filter"))) as server:
        found = await _client(client, server.url).fetch_citing(
            ["W3046863325", "W3045921891"], date(2022, 1, 1), limit=500
        )

        (request,) = server.requests
    assert [one.paper.openalex_id for one in found][:2] == [
        OpenAlexId("W4311043552"),
        OpenAlexId("W4293919086"),
    ]
    assert len(found) == 5
    assert {work for one in found for work in one.cites} <= {"W3046863325", "W3045921891"}
    assert all(one.cites for one in found)
    asked = request.query
    assert asked["filter"] == "cites:W3046863325|W3045921891,from_publication_date:2022-01-01"
    assert asked["sort"] == "publication_date:desc"
    assert "referenced_works" in asked["select"].split(",")


async def test_citing_works_of_others_are_left_out(client: httpx.AsyncClient, recorded: Read) -> None:
    async with serve(answering(_body(recorded, "works_cites_filter"))) as server:
        found = await _client(client, server.url).fetch_citing(["W1"], date(2022, 1, 1), limit=500)

    assert found == ()


async def test_citing_works_are_read_page_by_page_up_to_a_limit(client: httpx.AsyncClient) -> None:
    """In the documented form: no recorded list of citing works has a second page."""

    def page(first: int) -> bytes:
        works = [
            {
                "id": f"https://openalex.org/W9{number}",
                "title": f"Paper {number}",
                "publication_date": "2026-01-02",
                "referenced_works": ["https://openalex.org/W1"],
            }
            for number in range(first, min(first + 100, 250))
        ]
        return json.dumps({"meta": {"count": 250}, "results": works}).encode()

    pages = [page(0), page(100), page(200), page(0), page(100)]
    async with serve(*map(answering, pages)) as server:
        openalex = _client(client, server.url)
        assert len(await openalex.fetch_citing(["W1"], date(2026, 1, 1), limit=500)) == 250
        assert len(await openalex.fetch_citing(["W1"], date(2026, 1, 1), limit=150)) == 150
        assert len(server.requests) == 5


@pytest.mark.parametrize("body", [b'{"meta": {"count": 7}, "results": []}', b"<html>", b"{}"])
async def test_citing_works_that_do_not_come_are_a_fault(client: httpx.AsyncClient, body: bytes) -> None:
    async with serve(answering(body)) as server:
        with pytest.raises(SourceChanged):
            await _client(client, server.url).fetch_citing(["W1"], date(2026, 1, 1), limit=500)
