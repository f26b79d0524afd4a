"""The records of OAI-PMH, against what arXiv's own program answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import httpx
import pytest

from bot.domain.categories import CATEGORIES
from bot.domain.feeds import RecordPage
from bot.domain.identifiers import ArxivId, Doi
from bot.domain.papers import Authorship, Paper, Version
from bot.errors import SourceChanged, TokenExpired
from bot.sources.arxiv_oai import ArxivRecords, group_of, set_of
from bot.sources.arxiv_parser import Refused
from bot.sources.arxiv_records import parse_identity, parse_page
from bot.sources.gate import Gate
from tests.contract.sources.conftest import Recorded
from tests.contract.sources.servers import NOW, STEADY, answering, by_target, serve

Read = Callable[[str], list[Recorded]]

SINCE = date(2011, 1, 1)


def _client(client: httpx.AsyncClient, url: str) -> ArxivRecords:
    return ArxivRecords(client, Gate(0), url=f"{url}/oai", clock=lambda: NOW, patience=STEADY)


def _named(answers: list[Recorded], part: str) -> Recorded:
    return next(answer for answer in answers if part in answer.name)


def _papers(page: RecordPage) -> list[Paper]:
    return [changed.paper for changed in page.papers]


def _as_served(answers: list[Recorded]) -> dict[str, tuple[int, bytes]]:
    """Return the recorded answers by path and query as they were asked for."""
    targets = {}
    for answer in answers:
        verb, _, url = answer.request.partition(" ")
        if verb == "GET":
            parts = urlsplit(url)
            targets[f"{parts.path}?{parts.query}"] = (answer.status, answer.body)
    return targets


def test_every_recorded_list_is_read_whole(recorded: Read) -> None:
    answers = [
        answer
        for answer in recorded("arxiv_oai")
        if not re.search("oai_dc|arXivOld", answer.name)
        and ("list_records" in answer.name or "get_record" in answer.name)
    ]
    assert len(answers) == 27

    for answer in answers:
        papers = _papers(parse_page(answer.body))

        assert len(papers) == answer.body.count(b"<record>"), answer.name
        assert all(paper.title and paper.authors and paper.abstract for paper in papers)
        assert all(paper.categories and paper.primary_category == paper.categories[0] for paper in papers)
        assert sum(bool(paper.doi) for paper in papers) == answer.body.count(b"<doi>")
        assert sum(bool(paper.comment) for paper in papers) == answer.body.count(b"<comments>")
        assert sum(len(paper.versions) for paper in papers) >= answer.body.count(b"<version ")


def test_raw_record_has_all_versions_with_their_dates(recorded: Read) -> None:
    (changed,) = parse_page(_named(recorded("arxiv_oai"), "get_record_arXivRaw_1011.5740").body, NOW).papers
    paper = changed.paper

    assert paper.arxiv_id == ArxivId("1011.5740")
    assert paper.versions[0] == Version(number=1, submitted_at=paper.submitted_at or NOW)
    assert paper.submitted_at is not None
    assert (paper.submitted_at.year, paper.submitted_at.month) == (2010, 11)
    assert paper.version == len(paper.versions) == paper.versions[-1].number
    assert paper.updated_at == paper.versions[-1].submitted_at
    assert (paper.source, paper.fetched_at, paper.announced_at) == ("arXiv", NOW, None)


def test_record_of_a_single_day_without_versions_is_dated_only_near_its_identifier(recorded: Read) -> None:
    """The program gives the newest version's day there, which the documentation calls the first's."""
    page = parse_page(_named(recorded("arxiv_oai"), "recorded_list_records_arXiv_2026-01-05").body)
    first = page.papers[0]

    assert first.changed_on == date(2026, 1, 5)
    assert first.paper.arxiv_id == ArxivId("2504.11237")
    assert first.paper.submitted_at == datetime(2025, 4, 15, tzinfo=UTC)
    assert first.paper.doi == Doi("10.1103/bppp-53g1")
    assert first.paper.authors[0] == Authorship(name="Chunhai Lyu")
    old = parse_page(_named(recorded("arxiv_oai"), "list_records_arXiv_pages_1").body).papers[0].paper
    assert (old.arxiv_id, old.submitted_at, old.versions) == (ArxivId("0811.2813"), None, ())


def test_withdrawn_record_is_marked(recorded: Read) -> None:
    (changed,) = parse_page(_named(recorded("arxiv_oai"), "arXivRaw_0903.0442_withdrawn").body).papers

    assert changed.paper.withdrawn


@pytest.mark.parametrize("name", ["arXiv", "arXivRaw"])
async def test_pages_are_followed_to_the_last(name: str, recorded: Read, client: httpx.AsyncClient) -> None:
    """The token comes quoted, and is quoted once more: the server knows the recorded addresses alone."""
    served = _as_served(recorded("arxiv_oai"))
    refused = _named(recorded("arxiv_oai"), "error_bad_format").body
    if name == "arXiv":
        served["/oai?verb=ListRecords&metadataPrefix=arXivRaw&from=2011-01-01"] = (200, refused)
    papers: list[Paper] = []
    async with serve(by_target(served)) as server:
        source = _client(client, server.url)
        page = await source.fetch_changes(SINCE)
        papers += _papers(page)
        while page.token:
            page = await source.fetch_changes(SINCE, token=page.token)
            papers += _papers(page)

    assert len({paper.arxiv_id for paper in papers}) == len(papers)
    pages = [answer for answer in recorded("arxiv_oai") if f"list_records_{name}_pages_" in answer.name]
    assert len(papers) == sum(page.body.count(b"<record>") for page in pages) > 450


@pytest.mark.parametrize("record_set", ["cs", "physics:hep-th", "physics"])
async def test_set_is_asked_for_by_name(record_set: str, recorded: Read, client: httpx.AsyncClient) -> None:
    body = _named(recorded("arxiv_oai"), "list_records_arXiv_set_cs").body
    async with serve(answering(body)) as server:
        page = await _client(client, server.url).fetch_changes(SINCE, record_set)

        assert server.requests[0].query["set"] == record_set
    assert page.token == ""
    # Cross-lists belong to a set as well.
    assert [paper.primary_category for paper in _papers(page)] == ["quant-ph", "cs.SY", "math.NA"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("error_bad_token", TokenExpired),
        ("error_bad_set", Refused),
        ("error_bad_date", Refused),
        ("error_no_prefix", Refused),
        ("error_unknown_id", Refused),
    ],
)
async def test_error_with_status_200_is_an_error(
    name: str, expected: type[SourceChanged], recorded: Read, client: httpx.AsyncClient
) -> None:
    async with serve(answering(_named(recorded("arxiv_oai"), name).body)) as server:
        with pytest.raises(expected) as caught:
            await _client(client, server.url).fetch_changes(SINCE)

        assert len(server.requests) == 1
    assert len(caught.value.reason) > 20


async def test_nothing_found_is_a_page_without_papers(recorded: Read, client: httpx.AsyncClient) -> None:
    async with serve(answering(_named(recorded("arxiv_oai"), "error_no_records.xml").body)) as server:
        assert await _client(client, server.url).fetch_changes(SINCE) == RecordPage()


async def test_identify_returns_the_repository(recorded: Read, client: httpx.AsyncClient) -> None:
    async with serve(answering(_named(recorded("arxiv_oai"), "/identify.xml").body)) as server:
        assert await _client(client, server.url).identify() == "arXiv"


def test_identity_of_another_document_is_refused(recorded: Read) -> None:
    with pytest.raises(SourceChanged):
        parse_identity(_named(recorded("arxiv_oai"), "list_sets").body)


def test_every_category_has_its_set(recorded: Read) -> None:
    sets = _named(recorded("arxiv_oai"), "list_sets").body.decode()

    assert [code for code in CATEGORIES if f"<setSpec>{set_of(code)}</setSpec>" not in sets] == []
    assert all(f"<setSpec>{group_of(code)}</setSpec>" in sets for code in CATEGORIES)
