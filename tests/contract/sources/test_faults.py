"""Every way in which a service can fail ends in the right error, and in nothing else."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest

from bot.domain.feeds import Validators
from bot.domain.identifiers import ArxivId, OpenAlexId
from bot.domain.papers import Paper
from bot.errors import RateLimited, SourceChanged, SourceError, SourceUnavailable
from bot.sources.access import Access
from bot.sources.arxiv import ArxivClient
from bot.sources.arxiv_oai import ArxivRecords
from bot.sources.exchange import Patience, Rules
from bot.sources.gate import Gate
from bot.sources.openalex import OpenAlexClient
from bot.sources.scholar_feed import ScholarFeedClient
from bot.sources.semantic_scholar import SemanticScholarClient
from tests.contract.sources.servers import (
    HASTY,
    NOW,
    STEADY,
    Behavior,
    answering,
    cut,
    dripping,
    redirecting,
    resetting,
    serve,
    silent,
)

RECORDS = b"""<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header>
<identifier>oai:arXiv.org:2401.00001</identifier><datestamp>2026-11-20</datestamp></header><metadata>
<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2401.00001</id><title>T</title></arXivRaw>
</metadata></record></ListRecords></OAI-PMH>"""

Call = Callable[..., Awaitable[object]]

PREPRINT = Paper(arxiv_id=ArxivId("2401.00001"), title="T")

HTML = b"<!DOCTYPE html>\n<html><body>Down for maintenance</body></html>"
BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><feed xmlns="http://www.w3.org/2005/Atom"><title>&c;</title></feed>"""
HEAD = b"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom">
<id>x</id><title>cs.CL updates on arXiv.org</title><opensearch:totalResults>1</opensearch:totalResults>"""
ENTRY = b"""<entry><id>http://arxiv.org/abs/2401.00001v1</id><title>T</title><summary>arXiv:2401.00001v1
 Announce Type: new Abstract: A</summary><arxiv:announce_type>new</arxiv:announce_type></entry>"""


def _arxiv(client: httpx.AsyncClient, url: str, patience: Patience = STEADY) -> ArxivClient:
    return ArxivClient(
        client,
        Gate(0.001),
        api_url=f"{url}/api/query",
        rss_url=url,
        clock=lambda: NOW,
        patience=patience,
        feed_patience=patience,
    )


def _openalex(client: httpx.AsyncClient, url: str, patience: Patience = STEADY) -> OpenAlexClient:
    return OpenAlexClient(client, url=url, clock=lambda: NOW, gate=Gate(0.001), patience=patience)


async def _look_up(client: httpx.AsyncClient, url: str, patience: Patience = STEADY) -> object:
    return await _arxiv(client, url, patience).fetch_papers([ArxivId("2401.00001")])


async def _feed(client: httpx.AsyncClient, url: str, patience: Patience = STEADY) -> object:
    return await _arxiv(client, url, patience).fetch_feed(["cs.CL"], Validators())


async def _author(client: httpx.AsyncClient, url: str, patience: Patience = STEADY) -> object:
    return await _openalex(client, url, patience).fetch_author(OpenAlexId("A1"))


async def _records(client: httpx.AsyncClient, url: str, patience: Patience = STEADY) -> object:
    records = ArxivRecords(client, Gate(0.001), url=f"{url}/oai", clock=lambda: NOW, patience=patience)
    return await records.fetch_changes(date(2026, 11, 20))


async def _works(client: httpx.AsyncClient, url: str, patience: Patience = STEADY) -> object:
    return await _openalex(client, url, patience).fetch_works(OpenAlexId("A1"))


def _access(client: httpx.AsyncClient, patience: Patience) -> Access:
    return Access(client=client, clock=lambda: NOW, pace=0, waiting=patience, background=patience)


async def _summaries(client: httpx.AsyncClient, url: str, patience: Patience = STEADY) -> object:
    scholar = SemanticScholarClient(_access(client, patience), url=url, api_key="k")
    return await scholar.fetch_known([PREPRINT], waiting=True)


async def _scores(client: httpx.AsyncClient, url: str, patience: Patience = STEADY) -> object:
    return await ScholarFeedClient(_access(client, patience), url=url).fetch_known([PREPRINT], waiting=True)


calls = pytest.mark.parametrize(
    "call",
    [
        pytest.param(_look_up, id="arxiv-look-up"),
        pytest.param(_feed, id="arxiv-feed"),
        pytest.param(_records, id="arxiv-records"),
        pytest.param(_author, id="openalex-single"),
        pytest.param(_works, id="openalex-list"),
        pytest.param(_summaries, id="semantic-scholar"),
        pytest.param(_scores, id="scholar-feed"),
    ],
)
xml_calls = pytest.mark.parametrize(
    "call", [pytest.param(_look_up, id="arxiv-look-up"), pytest.param(_feed, id="arxiv-feed")]
)


async def _failure(call: Call, client: httpx.AsyncClient, *behaviors: Behavior) -> tuple[SourceError, int]:
    async with serve(*behaviors) as server:
        with pytest.raises(SourceError) as caught:
            await call(client, server.url)
        return caught.value, len(server.requests)


@calls
@pytest.mark.parametrize(
    ("behavior", "expected"),
    [
        pytest.param(resetting, SourceUnavailable, id="reset-in-the-body"),
        pytest.param(answering(status=500), SourceUnavailable, id="500"),
        pytest.param(answering(b"busy", status=503), SourceUnavailable, id="503"),
        pytest.param(answering(status=418), SourceChanged, id="unheard-of-status"),
        pytest.param(answering(b""), SourceChanged, id="empty-body"),
        pytest.param(answering(b"\xff\xfe\x00nonsense"), SourceChanged, id="nonsense"),
        pytest.param(answering(b"abc", Content_Encoding="br"), SourceChanged, id="unknown-encoding"),
        pytest.param(answering(b"abc", Content_Encoding="gzip"), SourceChanged, id="broken-gzip"),
        pytest.param(
            answering(gzip.compress(b"x" * 5000)[:-20], Content_Encoding="gzip"), SourceChanged, id="cut-gzip"
        ),
        pytest.param(answering(status=302), SourceChanged, id="redirect-to-nowhere"),
        pytest.param(
            answering(status=302, Location="http://localhost:9/"),
            SourceChanged,
            id="redirect-to-another-host",
        ),
        pytest.param(answering(status=302, Location="/again"), SourceChanged, id="redirect-in-a-circle"),
        pytest.param(
            answering(status=302, Location="file:///etc/passwd"), SourceChanged, id="redirect-to-a-file"
        ),
    ],
)
async def test_answer_of_a_broken_service_becomes_its_error(
    call: Call, behavior: Behavior, expected: type[SourceError], client: httpx.AsyncClient
) -> None:
    error, _ = await _failure(call, client, behavior)

    assert isinstance(error, expected)
    assert (
        error.__cause__ is None or not isinstance(error.__cause__, SourceError) or expected is SourceChanged
    )


@calls
@pytest.mark.parametrize(
    "behavior", [pytest.param(silent, id="silence"), pytest.param(dripping, id="dripping")]
)
async def test_answer_that_takes_too_long_is_unavailable(
    call: Call, behavior: Behavior, client: httpx.AsyncClient
) -> None:
    async with serve(behavior) as server:
        with pytest.raises(SourceUnavailable):
            await call(client, server.url, HASTY)

        assert len(server.requests) == 2


@calls
@pytest.mark.parametrize(
    "behavior",
    [
        pytest.param(answering(HTML), id="without-a-type"),
        pytest.param(answering(b"\xef\xbb\xbf\n" + HTML.upper()), id="after-a-mark"),
        pytest.param(answering(b"{}", Content_Type="text/html; charset=utf-8"), id="by-its-type"),
    ],
)
async def test_web_page_instead_of_data_is_told_as_such(
    call: Call, behavior: Behavior, client: httpx.AsyncClient
) -> None:
    error, asked = await _failure(call, client, behavior)

    assert isinstance(error, SourceChanged)
    assert error.reason == "a web page instead of data"
    assert asked == 1


@calls
async def test_connection_refused_is_unavailable(call: Call, client: httpx.AsyncClient) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(SourceUnavailable, match="cannot be reached"):
        await call(client, f"http://127.0.0.1:{port}")


@calls
@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        pytest.param("7", 7, id="seconds"),
        pytest.param("7.5", 7.5, id="part-of-a-second"),
        pytest.param("Tue, 24 Nov 2026 12:02:00 GMT", 120, id="date"),
        pytest.param("99999999999999999999999", None, id="absurd-seconds"),
        pytest.param("Fri, 31 Dec 9999 23:59:59 GMT", None, id="absurd-date"),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_request_to_slow_down_names_when_to_come_back(
    call: Call, status: int, retry_after: str, seconds: float | None, client: httpx.AsyncClient
) -> None:
    error, asked = await _failure(call, client, answering(status=status, Retry_After=retry_after))

    assert isinstance(error, RateLimited)
    assert asked == 1
    assert error.retry_at is not None
    # OpenAlex and Scholar Feed have an allowance a day.
    longest = timedelta(days=1) if error.source in ("OpenAlex", "Scholar Feed") else timedelta(hours=1)
    assert error.retry_at == NOW + (longest if seconds is None else timedelta(seconds=seconds))


@calls
@pytest.mark.parametrize("retry_after", [None, "soon", "-5", "nan"])
async def test_request_to_slow_down_without_a_usable_time_gets_ours(
    call: Call, retry_after: str | None, client: httpx.AsyncClient
) -> None:
    told = answering(status=429, Retry_After=retry_after) if retry_after else answering(status=429)
    error, asked = await _failure(call, client, told)

    assert isinstance(error, RateLimited)
    assert asked == 1
    assert error.retry_at is not None
    # Scholar Feed's limits are those of a minute.
    longest = timedelta(seconds=60 if error.source == "Scholar Feed" else 30)
    assert NOW < error.retry_at <= NOW + longest


async def test_request_to_slow_down_holds_feeds_and_look_ups_alike(client: httpx.AsyncClient) -> None:
    async with serve(answering(status=429, Retry_After="60")) as server:
        arxiv = _arxiv(client, server.url)
        with pytest.raises(RateLimited):
            await arxiv.fetch_feed(["cs.CL"], Validators())
        with pytest.raises(RateLimited) as caught:
            await arxiv.fetch_papers([ArxivId("2401.00001")])

        assert len(server.requests) == 1
    assert caught.value.retry_at is not None
    assert NOW + timedelta(seconds=55) < caught.value.retry_at <= NOW + timedelta(seconds=60)


@xml_calls
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(BOMB, id="entity-bomb"),
        pytest.param(b'<!DOCTYPE feed SYSTEM "http://127.0.0.1/x.dtd">' + b"<feed/>", id="outside-dtd"),
        pytest.param(HEAD.replace(b"<feed", b"<!DOCTYPE f><feed") + ENTRY + b"</feed>", id="doctype-alone"),
        pytest.param((HEAD + ENTRY + b"</feed>").replace(b"feed", b"food"), id="other-root"),
        pytest.param((HEAD + ENTRY + b"</feed>").replace(b"2005/Atom", b"2005/Mota"), id="other-namespace"),
        pytest.param(HEAD + ENTRY, id="cut-after-an-entry"),
        pytest.param(HEAD + ENTRY[:80], id="cut-inside"),
        pytest.param((HEAD + ENTRY + b"</feed>").replace(b">T<", b">\xe9\xe8<"), id="wrong-charset"),
        pytest.param((HEAD + ENTRY + b"</feed>").replace(b"<title>T</title>", b""), id="no-title"),
        pytest.param((HEAD + ENTRY + b"</feed>").replace(b"2401.00001v1", b"?"), id="no-identifier"),
        pytest.param(
            HEAD.replace(b"<title>cs.CL updates on arXiv.org</title>", b"") + b"</feed>", id="no-feed"
        ),
        pytest.param(b"Rate exceeded.", id="plain-text"),
    ],
)
async def test_wrong_xml_is_never_a_result(call: Call, body: bytes, client: httpx.AsyncClient) -> None:
    error, _ = await _failure(call, client, cut(body))

    assert isinstance(error, SourceChanged)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<!DOCTYPE x>" + RECORDS, id="doctype"),
        pytest.param(BOMB, id="entity-bomb"),
        pytest.param(RECORDS[:-30], id="cut"),
        pytest.param(RECORDS.replace(b">T<", b">\xe9\xe8<"), id="wrong-charset"),
        pytest.param(HEAD + ENTRY + b"</feed>", id="a-feed"),
        pytest.param(b"Retry after 5 seconds", id="plain-text"),
        pytest.param(b'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"/>', id="nothing-in-it"),
    ],
)
async def test_wrong_records_are_never_a_result(body: bytes, client: httpx.AsyncClient) -> None:
    error, _ = await _failure(_records, client, cut(body))

    assert isinstance(error, SourceChanged)


async def test_background_request_is_repeated_after_a_web_page(client: httpx.AsyncClient) -> None:
    """Where nobody waits, such a page is given time to go away; a person is told of it at once."""
    patience = replace(STEADY, background=True)
    async with serve(answering(HTML), answering(RECORDS)) as server:
        assert await _records(client, server.url, patience) is not None

        assert len(server.requests) == 2


async def test_request_declined_by_the_service_is_not_repeated(client: httpx.AsyncClient) -> None:
    declined = RECORDS[: RECORDS.index(b"<ListRecords>")] + b"<error code='badArgument'/></OAI-PMH>"
    async with serve(answering(declined)) as server:
        with pytest.raises(SourceChanged):
            await _records(client, server.url, replace(STEADY, background=True))

        assert len(server.requests) == 1


async def test_failing_service_is_left_alone_over_a_restart_and_says_until_when(
    client: httpx.AsyncClient, tmp_path: Path
) -> None:
    rules = Rules(hold_seconds=None, first_rest_seconds=40, longest_rest_seconds=1800)

    def records(url: str) -> ArxivRecords:
        gate = Gate(0.001, path=tmp_path / "pace")
        return ArxivRecords(client, gate, url=url, clock=lambda: NOW, patience=STEADY, rules=rules)

    async with serve(answering(status=500)) as server:
        first = records(server.url)
        for _ in range(2):
            with pytest.raises(SourceUnavailable):
                await first.fetch_changes(date(2026, 11, 20))
        asked = len(server.requests)
        second = records(server.url)
        with pytest.raises(SourceUnavailable, match="lately") as caught:
            await second.fetch_changes(date(2026, 11, 20))

        assert (asked, len(server.requests)) == (3, 3)
    until = second.status.rests_until
    assert until is not None
    assert NOW + timedelta(seconds=40) <= until == caught.value.retry_at


async def test_request_to_slow_down_without_a_time_waits_as_after_a_failure(
    client: httpx.AsyncClient,
) -> None:
    rules = Rules(hold_seconds=None, first_rest_seconds=4000, longest_rest_seconds=10_000)
    waits = []
    async with serve(answering(status=429)) as server:
        for _ in range(2):
            records = ArxivRecords(
                client, Gate(0), url=server.url, clock=lambda: NOW, patience=STEADY, rules=rules
            )
            with pytest.raises(RateLimited) as caught:
                await records.fetch_changes(date(2026, 11, 20))
            assert caught.value.retry_at is not None
            waits.append((caught.value.retry_at - NOW).total_seconds())

        assert len(server.requests) == 2
    assert all(1000 <= wait <= 1250 for wait in waits)


@xml_calls
async def test_declared_charset_is_not_believed(call: Call, client: httpx.AsyncClient) -> None:
    body = (HEAD + ENTRY + b"</feed>").replace(b"UTF-8", b"KLINGON").replace(b">T<", "> Ø<".encode())
    async with serve(answering(body)) as server:
        result = await call(client, server.url)

    assert "title='Ø'" in repr(result)


@pytest.mark.parametrize(
    ("call", "body"),
    [
        pytest.param(
            _author, {"id": "https://openalex.org/A1", "cited_by_count": "many"}, id="text-for-number"
        ),
        pytest.param(_author, {"id": 5}, id="number-for-text"),
        pytest.param(_author, {"error": "x", "message": "y"}, id="error-with-status-200"),
        pytest.param(_author, [], id="list-for-object"),
        pytest.param(_works, {"results": None}, id="null-results"),
        pytest.param(_works, {"meta": {}}, id="no-results"),
        pytest.param(
            _works, {"results": [{"id": "https://openalex.org/W1", "title": {}}]}, id="object-for-title"
        ),
    ],
)
async def test_wrong_json_is_never_a_result(call: Call, body: object, client: httpx.AsyncClient) -> None:
    error, asked = await _failure(call, client, answering(json.dumps(body).encode()))

    assert isinstance(error, SourceChanged)
    assert asked == 1


@calls
async def test_answer_after_a_failure_is_taken(call: Call, client: httpx.AsyncClient) -> None:
    """A second request is made by itself, and the person never hears of the first."""
    json_answer = b'{"id": "https://openalex.org/A1", "display_name": "A B", "results": [], "papers": []}'
    xml_answer = HEAD + ENTRY + b"</feed>"
    others: dict[Call, bytes] = {
        _look_up: xml_answer,
        _feed: xml_answer,
        _records: RECORDS,
        _summaries: b"[null]",
    }
    good = others.get(call, json_answer)
    async with serve(resetting, answering(good)) as server:
        assert await call(client, server.url) is not None
        assert len(server.requests) == 2


async def test_redirect_within_the_host_is_followed(client: httpx.AsyncClient) -> None:
    body = b'{"id": "https://openalex.org/A2", "display_name": "A B"}'
    async with serve(*redirecting("/authors/A2"), answering(body)) as server:
        author = await _openalex(client, server.url).fetch_author(OpenAlexId("A1"))

        assert author is not None
        assert author.openalex_id == OpenAlexId("A2")
        assert author.former_ids == (OpenAlexId("A1"),)
        assert [request.path for request in server.requests] == ["/authors/A1", "/authors/A2"]


async def test_service_that_fails_again_and_again_is_left_alone(client: httpx.AsyncClient) -> None:
    moment = NOW
    async with serve(answering(status=500)) as server:
        openalex = OpenAlexClient(client, url=server.url, clock=lambda: moment, gate=Gate(0), patience=STEADY)
        for _ in range(3):
            with pytest.raises(SourceUnavailable):
                await openalex.fetch_author(OpenAlexId("A1"))
        asked = len(server.requests)
        with pytest.raises(SourceUnavailable, match="lately"):
            await openalex.fetch_author(OpenAlexId("A1"))

        assert len(server.requests) == asked

        moment = NOW + timedelta(minutes=5, seconds=1)
        with pytest.raises(SourceUnavailable):
            await openalex.fetch_author(OpenAlexId("A1"))

        assert len(server.requests) > asked


async def test_status_tells_the_last_success_and_the_last_error(client: httpx.AsyncClient) -> None:
    async with serve(answering(HEAD + ENTRY + b"</feed>"), answering(status=418)) as server:
        arxiv = _arxiv(client, server.url)
        await arxiv.fetch_papers([ArxivId("2401.00001")])
        with pytest.raises(SourceChanged):
            await arxiv.fetch_feed(["cs.CL"], Validators())

        assert arxiv.status.name == "arXiv"
        assert arxiv.status.last_success == NOW
        assert arxiv.status.last_error_at == NOW
        assert "418" in arxiv.status.last_error
        assert arxiv.status.requests_today == 2


async def test_secret_header_goes_to_no_sister_host(client: httpx.AsyncClient) -> None:
    """Redirects within the service's domain are followed, but the key stays with the host it is for."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.url.host == "api.example.org":
            return httpx.Response(308, headers={"Location": "https://www.example.org/batch"})
        return httpx.Response(200, stream=httpx.ByteStream(b"[null]"))

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as opened:
        await _summaries(opened, "https://api.example.org")

    assert [request.headers.get("x-api-key") for request in seen] == ["k", None]
    assert [request.method for request in seen] == ["POST", "POST"]
