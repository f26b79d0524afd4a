"""The transport's bounds, headers and secrets."""

from __future__ import annotations

import gzip
import logging
import zlib
from dataclasses import replace

import httpx
import pytest

from bot.errors import SourceChanged, SourceUnavailable
from bot.sources.exchange import USUAL_RULES, Answer, Query, Rules, is_same_site
from bot.sources.gate import Gate
from bot.sources.http import Transport
from bot.sources.wire import Wire, open_client
from tests.contract.sources.servers import NOW, STEADY, Behavior, Exchange, answering, cut, head, serve


def _body(answer: Answer) -> bytes:
    return answer.body


def _transport(client: httpx.AsyncClient, max_bytes: int = 1000) -> Transport:
    return Transport("X", client, Gate(0), clock=lambda: NOW, rules=Rules(max_bytes=max_bytes))


@pytest.mark.parametrize(
    "behavior",
    [
        pytest.param(answering(b"x" * 1001), id="one-byte-too-much"),
        pytest.param(cut(b"x" * 100_000), id="without-a-length"),
        pytest.param(answering(gzip.compress(b"x" * 10_000_000), Content_Encoding="gzip"), id="packed-bomb"),
    ],
)
async def test_body_over_the_limit_is_refused(behavior: Behavior) -> None:
    async with open_client("", version="1") as client, serve(behavior) as server:
        with pytest.raises(SourceChanged, match="larger than 1000 bytes"):
            await _transport(client).fetch(Query(url=server.url), _body, STEADY)

        assert len(server.requests) == 1


@pytest.mark.parametrize(
    "behavior",
    [
        pytest.param(answering(b"x" * 1000), id="plain"),
        pytest.param(answering(gzip.compress(b"x" * 1000), Content_Encoding="gzip"), id="packed"),
    ],
)
async def test_body_at_the_limit_is_taken(behavior: Behavior) -> None:
    async with open_client("", version="1") as client, serve(behavior) as server:
        assert await _transport(client).fetch(Query(url=server.url), _body, STEADY) == b"x" * 1000


async def test_packed_bomb_is_never_unpacked_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """No step of unpacking may bring more than the limit."""
    steps: list[int] = []
    make = zlib.decompressobj

    class Watched:
        eof = False

        def __init__(self, wbits: int) -> None:
            self._real = make(wbits=wbits)

        def decompress(self, data: bytes, max_length: int) -> bytes:
            piece = self._real.decompress(data, max_length)
            steps.append(len(piece))
            return piece

    monkeypatch.setattr("bot.sources.wire.zlib.decompressobj", Watched)
    bomb = answering(gzip.compress(b"x" * 10_000_000), Content_Encoding="gzip")
    async with open_client("", version="1") as client, serve(bomb) as server:
        with pytest.raises(SourceChanged):
            await _transport(client).fetch(Query(url=server.url), _body, STEADY)

    assert steps
    assert max(steps) <= 1001


async def test_packed_answer_without_its_end_is_asked_again() -> None:
    """Everything is there but the checksum: only the packing tells that the connection broke."""
    packed = gzip.compress(b"whole")

    async def without_end(exchange: Exchange) -> None:
        await exchange.send(head(200, {"Content-Encoding": "gzip"}) + packed[:-8])

    whole = answering(packed, Content_Encoding="gzip")
    async with open_client("", version="1") as client, serve(without_end, whole) as server:
        assert await _transport(client).fetch(Query(url=server.url), _body, STEADY) == b"whole"

        assert len(server.requests) == 2


async def test_everything_together_is_bounded() -> None:
    """Waiting at the gate counts too."""
    gate = Gate(60)
    async with gate.turn():
        pass
    async with open_client("", version="1") as client:
        transport = Transport("X", client, gate, clock=lambda: NOW)
        with pytest.raises(SourceUnavailable, match=r"no answer in 0\.05 s"):
            await transport.fetch(Query(url="http://127.0.0.1:9"), _body, replace(STEADY, total_seconds=0.05))

    assert transport.status.requests_today == 0
    assert transport.status.last_error_at == NOW


def test_usual_limit_holds_a_full_feed() -> None:
    assert 10_000_000 < USUAL_RULES.max_bytes <= 50_000_000


async def test_request_names_the_program_and_the_contact() -> None:
    async with open_client("somebody@example.org", version="1.2") as client, serve(answering(b"x")) as server:
        await _transport(client).fetch(Query(url=server.url), _body, STEADY)

        assert server.requests[0].headers["user-agent"] == "Hoopoe/1.2 (mailto:somebody@example.org)"
        assert server.requests[0].headers["accept-encoding"] == "gzip"


async def test_secret_is_sent_but_stands_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    query = Query(url="", params={"page": "2"}, secret={"api_key": "s3cret"})
    async with open_client("", version="1") as client, serve(answering(status=500)) as server:
        query = Query(url=f"{server.url}/works", params={"page": "2"}, secret={"api_key": "s3cret"})
        with pytest.raises(SourceUnavailable) as caught:
            await _transport(client).fetch(query, _body, STEADY)

        assert server.requests[0].query == {"page": "2", "api_key": "s3cret"}
    assert "page=2" in caplog.text
    assert "s3cret" not in caplog.text
    causes = [caught.value, caught.value.__cause__, caught.value.__context__]
    assert not any("s3cret" in repr(error) + str(error) for error in causes)


async def test_secret_does_not_follow_a_redirect_to_a_sister_host() -> None:
    async with open_client("", version="1") as client:
        wire = Wire("OpenAlex", client, max_bytes=1, arrived=lambda: None)
        query = Query(url="https://api.openalex.org/works", secret={"api_key": "s3cret"})
        request = wire.request_for(query, httpx.URL("https://other.openalex.org/works"), STEADY)

    assert "target" not in request.extensions


@pytest.mark.parametrize(
    ("asked", "target", "same"),
    [
        ("https://export.arxiv.org/a", "https://export.arxiv.org/b", True),
        ("https://export.arxiv.org/a", "https://arxiv.org/a", True),
        ("http://export.arxiv.org/a", "https://export.arxiv.org/a", True),
        ("https://export.arxiv.org/a", "http://export.arxiv.org/a", False),
        ("https://export.arxiv.org/a", "https://arxiv.org.example.com/a", False),
        ("https://export.arxiv.org/a", "https://example.org/a", False),
        ("https://export.arxiv.org/a", "https://export.arxiv.org:8080/a", False),
        ("http://127.0.0.1:5000/a", "http://127.0.0.1:5000/b", True),
        ("http://127.0.0.1:5000/a", "http://127.0.0.1:22/b", False),
        ("http://127.0.0.1/a", "http://10.1.0.1/b", False),
        ("http://[::1]/a", "http://[::2]/b", False),
        ("https://export.arxiv.org/a", "file:///etc/passwd", False),
        ("https://export.arxiv.org/a", "https:///", False),
    ],
)
def test_redirect_stays_with_the_service(asked: str, target: str, *, same: bool) -> None:
    assert is_same_site(httpx.URL(asked), httpx.URL(target)) is same
