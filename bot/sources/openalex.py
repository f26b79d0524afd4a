"""Asks OpenAlex who wrote what, and how often it was cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from bot.domain.authors import Author
from bot.domain.feeds import CitingPaper, SourceStatus
from bot.domain.identifiers import AuthorId, Doi, OpenAlexId, Orcid
from bot.domain.papers import Paper
from bot.errors import SourceChanged
from bot.sources.allowance import Allowance, Ledger, MemoryLedger, Plan
from bot.sources.exchange import BACKGROUND, LOOK_UP, Answer, Patience, Query, Rules
from bot.sources.gate import Gate
from bot.sources.http import Transport
from bot.sources.json_values import decode
from bot.sources.openalex_parser import (
    SOURCE,
    AuthorJson,
    AuthorsJson,
    CitingJson,
    CitingWorksJson,
    WorkJson,
    WorksJson,
    cited_in,
    to_author,
    to_paper,
)

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
Single = TypeVar("Single", AuthorJson, WorkJson)

LIST_COST = 100
SEARCH_COST = 1_000
"""What a call costs, in millionths of a dollar."""

DAY_WITHOUT_KEY = 10_000
DAY_WITH_KEY = 1_000_000
"""What a day is planned with, until the service names its own limit."""

_MILLION = 1_000_000
_BILLED = ("Cost", "Limit", "Remaining")
_DIVIDERS = frozenset(",|")
_PER_PAGE = 100
_MOST_WORKS = 1000
_CITING_FIELDS = ",".join(CitingJson.__struct_fields__)
_WORK_FIELDS = ",".join(WorkJson.__struct_fields__)
_RULES = Rules(
    too_fast=frozenset({403, 429}), hold_seconds=2, longest_wait=86_400, key_setting="OPENALEX_API_KEY"
)
# The day's allowance is gone: free calls go on, so the gate stays open.
_LONGEST_HOLD = 10.0
_PACE_WITHOUT_KEY = 1 / 10
_PACE_WITH_KEY = 1 / 30


class OpenAlexClient:
    """Reads single authors and works for free, and keeps account of what lists and searches cost."""

    batch_size = _PER_PAGE

    def __init__(
        self,
        client: httpx.AsyncClient,
        *,
        url: str,
        clock: Callable[[], datetime],
        api_key: str = "",
        gate: Gate | None = None,
        pace_file: Path | None = None,
        patience: Patience = LOOK_UP,
        background: Patience = BACKGROUND,
        ledger: Ledger | None = None,
    ) -> None:
        """Take the shared client; without a gate of its own it keeps the service's pace.

        All processes with the same `pace_file` keep it together.
        """
        pace = _PACE_WITH_KEY if api_key else _PACE_WITHOUT_KEY
        gate = gate or Gate(pace, slots=8, path=pace_file, longest_hold=_LONGEST_HOLD)
        self._url = url.rstrip("/")
        self._clock = clock
        self._secret = {"api_key": api_key} if api_key else None
        self._patience = patience
        self._background = background
        self._transport = Transport(SOURCE, client, gate, clock=clock, rules=_RULES)
        plan = Plan(limit=DAY_WITH_KEY if api_key else DAY_WITHOUT_KEY, unit="", words=_dollars)
        self._allowance = Allowance(SOURCE, plan, clock, ledger or MemoryLedger())

    @property
    def status(self) -> SourceStatus:
        """How OpenAlex is doing, with what is left of the day's allowance."""
        status = self._allowance.told_with(self._transport.status)
        return replace(status, spent_usd=self._allowance.account.spent / _MILLION)

    async def fetch_author(self, author_id: AuthorId) -> Author | None:
        """Return one profile, None where there is none. Free; merged ids are followed."""
        name = f"orcid:{author_id}" if isinstance(author_id, Orcid) else str(author_id)
        raw = await self._single(f"authors/{name}", AuthorJson)
        profile = to_author(raw, self._clock()) if raw else None
        if profile is None or isinstance(author_id, Orcid) or profile.openalex_id == author_id:
            return profile
        return replace(profile, former_ids=(author_id,))

    async def fetch_work(self, work_id: OpenAlexId | Doi) -> Paper | None:
        """Return one work with its authors' ids, None where there is none. Free."""
        name = f"doi:{quote(work_id.value, safe='/:;()')}" if isinstance(work_id, Doi) else str(work_id)
        raw = await self._single(f"works/{name}", WorkJson)
        return to_paper(raw, self._clock()) if raw else None

    async def fetch_works(
        self, author_id: OpenAlexId, *, limit: int = 100, newest: bool = False, waiting: bool = True
    ) -> tuple[Paper, ...]:
        """Return an author's works, the most cited or the `newest` first. Costs a list call a hundred."""
        limit = min(limit, _MOST_WORKS)
        works: list[WorkJson] = []
        order = "publication_date:desc" if newest else "cited_by_count:desc"
        params = {"filter": f"author.id:{author_id}", "sort": order, "select": _WORK_FIELDS}
        per_page = min(limit, _PER_PAGE)
        while len(works) < limit:
            params |= {"per_page": str(per_page), "page": str(len(works) // per_page + 1)}
            page = await self._list("works", params, WorksJson, LIST_COST, background=not waiting)
            works += page.results
            if len(page.results) < per_page:
                break
        now = self._clock()
        return tuple(paper for work in works[:limit] if (paper := to_paper(work, now)))

    async def fetch_citing(
        self, works: Sequence[str], since: date, *, limit: int, waiting: bool = False
    ) -> tuple[CitingPaper, ...]:
        """Return what cites up to a hundred works and was published from a day on, the newest first.

        Costs a list call a hundred; as many as the `limit` means that there may be more.
        """
        asked = frozenset(works)
        params = {
            "filter": f"cites:{'|'.join(works)},from_publication_date:{since}",
            "sort": "publication_date:desc",
            "select": _CITING_FIELDS,
            "per_page": str(_PER_PAGE),
        }
        read: list[CitingJson] = []
        while len(read) < limit:
            params["page"] = str(len(read) // _PER_PAGE + 1)
            page = await self._list("works", params, CitingWorksJson, LIST_COST, background=not waiting)
            told = page.meta.count if page.meta else None
            read += page.results
            if len(page.results) < _PER_PAGE:
                if told is not None and len(read) < told:
                    raise SourceChanged(SOURCE, f"{len(read)} works of {told} that cite others")
                break
        now = self._clock()
        return tuple(
            CitingPaper(paper=paper, cites=cites)
            for work in read[:limit]
            if (cites := asked.intersection(cited_in(work))) and (paper := to_paper(work, now))
        )

    async def fetch_known(
        self, papers: Sequence[Paper], *, waiting: bool = False
    ) -> tuple[Paper | None, ...]:
        """Return what OpenAlex knows of up to a hundred papers, in their order, by one list call."""
        asked = [_doi_of(paper) for paper in papers]
        if not any(asked):
            return (None,) * len(papers)
        params = {
            "filter": f"doi:{'|'.join(filter(None, asked))}",
            "select": _WORK_FIELDS,
            "per_page": str(self.batch_size),
        }
        page = await self._list("works", params, WorksJson, LIST_COST, background=not waiting)
        now = self._clock()
        told = [paper for work in page.results if (paper := to_paper(work, now))]
        by_doi = {
            doi.value: paper for paper in reversed(told) for doi in (paper.doi, _arxiv_doi(paper)) if doi
        }
        return tuple(by_doi.get(doi) if doi else None for doi in asked)

    async def search_authors(self, name: str, *, limit: int = 10) -> tuple[Author, ...]:
        """Return people of that name, the most cited first. Costs a search call."""
        words = " ".join(re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", name)).lower()
        if not words or limit < 1:
            return ()
        params = {"search": words, "per_page": str(min(limit, _PER_PAGE))}
        page = await self._list("authors", params, AuthorsJson, SEARCH_COST)
        now = self._clock()
        authors = [author for raw in page.results if (author := to_author(raw, now))]
        return tuple(sorted(authors, key=_citations, reverse=True))

    async def _single(self, path: str, kind: type[Single]) -> Single | None:
        def parse(answer: Answer) -> Single | None:
            if answer.status == 404:
                return None
            raw = decode(SOURCE, answer.body, kind)
            if raw.id is None:
                raise SourceChanged(SOURCE, "an answer that names no author and no work")
            return raw

        query = Query(url=f"{self._url}/{path}", secret=self._secret, accept=frozenset({200, 404}))
        return await self._transport.fetch(query, parse, self._patience)

    async def _list(
        self, path: str, params: Mapping[str, str], kind: type[T], cost: int, *, background: bool = False
    ) -> T:
        """Ask for a page, if the day's allowance has room for it."""

        def parse(answer: Answer) -> T:
            bill.cost, bill.limit, bill.left = (_told(answer.headers, part) for part in _BILLED)
            if answer.status == 400:
                raise SourceChanged(
                    SOURCE, f"refused the question ({answer.body[:150].decode(errors='replace')})"
                )
            return decode(SOURCE, answer.body, kind)

        query = Query(
            url=f"{self._url}/{path}", params=params, secret=self._secret, accept=frozenset({200, 400})
        )
        patience = self._background if background else self._patience
        async with self._allowance.spending(cost, background=background) as bill:
            return await self._transport.fetch(query, parse, patience)


def _doi_of(paper: Paper) -> str | None:
    """Return the DOI by which a list can be asked for a paper; signs that divide lists can't be in it."""
    doi = paper.doi or _arxiv_doi(paper)
    return doi.value if doi and not _DIVIDERS.intersection(doi.value) else None


def _arxiv_doi(paper: Paper) -> Doi | None:
    return paper.arxiv_id.doi if paper.arxiv_id else None


def _told(headers: Mapping[str, str], part: str) -> int | None:
    """Return an amount that the service names, in millionths of a dollar."""
    try:
        return round(float(headers[f"X-RateLimit-{part}-USD"]) * _MILLION)
    except (KeyError, ValueError, OverflowError):
        return None


def _dollars(amount: int) -> str:
    return f"${amount / _MILLION:g}"


def _citations(author: Author) -> int:
    return author.citation_count.value if author.citation_count else 0
