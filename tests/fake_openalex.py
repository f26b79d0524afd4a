"""A local stand-in for OpenAlex: works, who cites them, and the people who wrote them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from aiohttp import web

Json = dict[str, Any]

_HOST = "https://openalex.org/"


class FakeOpenAlex:
    """Lists works by author and by what they cite, and keeps what it was asked."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.works: dict[str, Json] = {}
        self.authors: dict[str, Json] = {}
        self.requests: list[str] = []
        self.on_step: Callable[[str, str, str], None] = lambda stage, method, path: None
        """Called with each request at three stages: "before" it is read, "after", and "answered"."""
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> FakeOpenAlex:
        """Listen on a free port of the loopback interface."""
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()

    def add_author(self, author_id: str, name: str) -> None:
        """Know a person."""
        self.authors[author_id] = {"id": _HOST + author_id, "display_name": name, "works_count": 1}

    def add_work(
        self, work_id: str, title: str, published: date, *,
        arxiv_id: str = "", author: str = "", cites: Iterable[str] = (),
    ) -> None:  # fmt: skip
        """Know a work; the last one added is the least cited."""
        person = self.authors.get(author)
        self.works[work_id] = {
            "id": _HOST + work_id,
            "title": title,
            "doi": f"https://doi.org/10.48550/arxiv.{arxiv_id}" if arxiv_id else None,
            "publication_date": published.isoformat(),
            "authorships": [{"author": person, "raw_author_name": person["display_name"]}] if person else [],
            "referenced_works": [_HOST + cited for cited in cites],
            "cited_by_count": 1_000_000 - len(self.works),
        }

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        """Answer; what is listed by is part of the path that steps are told by."""
        kind = request.query.get("filter", "").partition(":")[0]
        path = f"{request.path}?{kind}" if kind else request.path
        self.on_step("before", "GET", path)
        self.requests.append(request.path_qs)
        if request.path == "/authors":
            found: Json | None = self._called(request.query["search"])
        else:
            found = self._list(request) if kind else self._single(request.path)
        self.on_step("after", "GET", path)
        response = web.json_response(found, status=404 if found is None else 200)
        await response.prepare(request)
        await response.write_eof()
        self.on_step("answered", "GET", path)
        return response

    def _single(self, path: str) -> Json | None:
        _, kind, name = path.split("/", 2)
        if kind == "authors":
            return self.authors.get(name)
        if not name.startswith("doi:"):
            return self.works.get(name)
        wanted = name.removeprefix("doi:").lower()
        return next((one for one in self.works.values() if (one["doi"] or "").endswith(wanted)), None)

    def _called(self, name: str) -> Json:
        """Return the people of a name."""
        return {"results": [one for one in self.authors.values() if one["display_name"].lower() == name]}

    def _list(self, request: web.Request) -> Json:
        asked = dict(part.split(":", 1) for part in request.query["filter"].split(","))
        wanted = {
            kind: {_HOST + one for one in asked.get(kind, "").split("|")} for kind in ("cites", "author.id")
        }
        found = [
            work
            for work in self.works.values()
            if wanted["cites"].intersection(work["referenced_works"])
            or wanted["author.id"].intersection(one["author"]["id"] for one in work["authorships"])
        ]
        found = [work for work in found if work["publication_date"] >= asked.get("from_publication_date", "")]
        key = request.query.get("sort", "").partition(":")[0] or "id"
        found.sort(key=lambda work: work[key], reverse=True)
        size, page = int(request.query["per_page"]), int(request.query.get("page", "1"))
        return {"meta": {"count": len(found)}, "results": found[(page - 1) * size : page * size]}
