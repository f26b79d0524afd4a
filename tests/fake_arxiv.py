"""A local stand-in for arXiv: feeds and OAI-PMH records made of given ones, and recorded answers."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from aiohttp import web

from tests.fake_oai import NO_RECORDS, FakeRecords

Record = Mapping[str, Any]

_HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <id>http://rss.arxiv.org/atom/{name}</id>
  <title>{name} updates on arXiv.org</title>
  <updated>{updated}</updated>
  <link href="http://rss.arxiv.org/atom/{name}" rel="self" type="application/atom+xml"/>
  <subtitle>{name} updates on the arXiv.org e-print archive.</subtitle>
"""

_ENTRY = """  <entry>
    <id>oai:arXiv.org:{id}v{version}</id>
    <title>{title}</title>
    <updated>{updated}</updated>
    <link href="https://arxiv.org/abs/{id}" rel="alternate" type="text/html"/>
    <summary>arXiv:{id}v{version} Announce Type: {kind} \nAbstract: {abstract}</summary>
{categories}
    <published>{updated}</published>
    <arxiv:announce_type>{kind}</arxiv:announce_type>
    <dc:creator>{creator}</dc:creator>
  </entry>
"""


def read_days(path: Path, count: int) -> list[list[Record]]:
    """Return the first `count` announcement days of a file of `data/arxiv_daily`."""
    days: dict[str, list[Record]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            day = days.setdefault(record["announced"], [])
            if len(days) > count:
                break
            day.append(record)
    return list(days.values())[:count]


def render_feed(name: str, records: Iterable[Record], updated: datetime) -> bytes:
    """Return an Atom feed in the layout of arXiv's own."""
    stamp = updated.isoformat()
    entries = (
        _ENTRY.format(
            id=record["arxiv_id"],
            version=record.get("version", 1),
            title=escape(record["title"]),
            updated=stamp,
            kind=record.get("announce_type", "new"),
            abstract=escape(record["abstract"]),
            categories="\n".join(f'    <category term="{code}"/>' for code in record["categories"]),
            creator=escape(", ".join(record["authors"])),
        )
        for record in records
    )
    return (_HEAD.format(name=name, updated=stamp) + "".join(entries) + "</feed>\n").encode()


class FakeArxiv:
    """Serves today's records as feeds with validators, and recorded answers to look-ups."""

    def __init__(self, *, recorded: Path | None = None) -> None:
        """Start with an empty feed; `recorded` is the folder of recorded query answers."""
        self.today: Sequence[Record] = ()
        self.updated = datetime.now().astimezone()
        self.requests: list[tuple[float, str, int]] = []
        self.recorded_feeds: dict[str, bytes] = {}
        self.records = FakeRecords()
        self.next_fault: Callable[[], str] = lambda: ""
        self._recorded = recorded
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> FakeArxiv:
        """Listen on a free port of the loopback interface."""
        app = web.Application()
        app.router.add_get("/atom/{names}", self._feed)
        app.router.add_get("/oai", self._list_records)
        app.router.add_get("/api/query", self._query)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()

    def announce(self, records: Sequence[Record], updated: datetime) -> None:
        """Let the feeds list these records from now on."""
        self.today = records
        self.updated = updated

    async def _feed(self, request: web.Request) -> web.Response:
        names = request.match_info["names"]
        if fault := self.next_fault():
            empty = render_feed(names, (), self.updated)
            return self._answer(request, self._faulty(request, fault, empty, self._body(names)))
        if (recorded := self.recorded_feeds.get(names)) is not None:
            return self._answer(request, web.Response(body=recorded, content_type="application/atom+xml"))
        etag = f'"{self.updated.timestamp()}-{len(self.today)}"'
        if request.headers.get("If-None-Match") == etag:
            return self._answer(request, web.Response(status=304, headers={"ETag": etag}))
        headers = {"ETag": etag, "Content-Type": "application/atom+xml"}
        return self._answer(request, web.Response(body=self._body(names), headers=headers))

    def _body(self, names: str) -> bytes:
        asked = set(names.split("+"))
        listed = [
            record
            for record in self.today
            if any(code in asked or code.split(".")[0] in asked for code in record["categories"])
        ]
        return render_feed(names, listed, self.updated)

    async def _list_records(self, request: web.Request) -> web.Response:
        body = self.records.answer(request.query)
        if fault := self.next_fault():
            return self._answer(request, self._faulty(request, fault, NO_RECORDS, body))
        return self._answer(request, web.Response(body=body, content_type="text/xml"))

    def _faulty(self, request: web.Request, fault: str, empty: bytes, good: bytes) -> web.Response:
        """Return an answer that is none, or that lies; `reset` breaks off in the middle of it."""
        if fault == "reset":
            if request.transport:
                request.transport.abort()
            return web.Response(status=500)
        answers = {
            "500": web.Response(status=500),
            "503": web.Response(status=503, text="busy", headers={"Retry-After": "1"}),
            "429": web.Response(status=429, text="Rate exceeded."),
            "html": web.Response(text="<!DOCTYPE html><html>Down</html>", content_type="text/html"),
            "empty": web.Response(body=empty, content_type="application/xml"),
            "cut": web.Response(body=good[: len(good) // 2], content_type="application/xml"),
            "charset": web.Response(body=good.replace(b"e", b"\xe9", 40), content_type="application/xml"),
            "doctype": web.Response(
                body=good.replace(b"?>", b"?><!DOCTYPE x>", 1), content_type="application/xml"
            ),
        }
        return answers[fault]

    async def _query(self, request: web.Request) -> web.Response:
        wanted = request.query.get("id_list", "").replace("/", "_")
        found = sorted(self._recorded.glob(f"id_{wanted}_*.xml")) if self._recorded and wanted else []
        if not found:
            empty = (
                '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
                'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
                "<id>http://arxiv.org/api/empty</id><title>ArXiv Query</title>"
                "<opensearch:totalResults>0</opensearch:totalResults></feed>"
            )
            return self._answer(request, web.Response(text=empty, content_type="application/atom+xml"))
        body = found[0].read_bytes()
        return self._answer(request, web.Response(body=body, content_type="application/atom+xml"))

    def _answer(self, request: web.Request, response: web.Response) -> web.Response:
        self.requests.append((time.monotonic(), request.path_qs, response.status))
        return response
