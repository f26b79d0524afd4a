"""Asks OpenAlex who wrote what, and how often it was cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from bot.domain.authors import Author
from bot.domain.feeds import SourceStatus
from bot.domain.identifiers import AuthorId, Doi, OpenAlexId, Orcid
from bot.domain.papers import Paper
from bot.errors import RateLimited, SourceChanged
from bot.sources.exchange import LOOK_UP, Answer, Patience, Query, Rules
from bot.sources.gate import Gate
from bot.sources.http import Transport
from bot.sources.openalex_parser import (
    SOURCE,
    AuthorJson,
    AuthorsJson,
    WorkJson,
    WorksJson,
    decode,
    to_author,
    to_paper,
)

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
Single = TypeVar("Single", AuthorJson, WorkJson)

LIST_USD = 0.0001
SEARCH_USD = 0.001
KEYLESS_BUDGET_USD = 0.01
"""What a day may cost without a key; with one, only the service's own word counts."""

_PER_PAGE = 100
_MOST_WORKS = 1000
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

    def __init__(
        self,
        client: httpx.AsyncClient,
        *,
        url: str,
        clock: Callable[[], datetime],
        api_key: str = "",
        gate: Gate | None = None,
        patience: Patience = LOOK_UP,
    ) -> None:
        """Take the shared client; without a gate of its own it keeps the service's pace."""
        pace = _PACE_WITH_KEY if api_key else _PACE_WITHOUT_KEY
        gate = gate or Gate(pace, slots=8, longest_hold=_LONGEST_HOLD)
        self._url = url.rstrip("/")
        self._clock = clock
        self._secret = {"api_key": api_key} if api_key else None
        self._patience = patience
        self._transport = Transport(SOURCE, client, gate, clock=clock, rules=_RULES)
        self._allowance = _Allowance(budget_usd=None if api_key else KEYLESS_BUDGET_USD)

    @property
    def status(self) -> SourceStatus:
        """How OpenAlex is doing, with what is left of the day's allowance."""
        today = self._clock().date()
        return replace(
            self._transport.status,
            left=self._allowance.left_in_words(today),
            spent_usd=self._allowance.spent_usd(today),
        )

    async def fetch_author(self, author_id: AuthorId) -> Author | None:
        """Return one profile, None where there is none. Free; merged ids are followed."""
        name = f"orcid:{author_id}" if isinstance(author_id, Orcid) else str(author_id)
        raw = await self._single(f"authors/{name}", AuthorJson)
        return to_author(raw, self._clock()) if raw else None

    async def fetch_work(self, work_id: OpenAlexId | Doi) -> Paper | None:
        """Return one work with its authors' ids, None where there is none. Free."""
        name = f"doi:{quote(work_id.value, safe='/:;()')}" if isinstance(work_id, Doi) else str(work_id)
        raw = await self._single(f"works/{name}", WorkJson)
        return to_paper(raw, self._clock()) if raw else None

    async def fetch_works(self, author_id: OpenAlexId, *, limit: int = 100) -> tuple[Paper, ...]:
        """Return an author's works, the most cited first. Costs a list call a hundred works."""
        limit = min(limit, _MOST_WORKS)
        works: list[WorkJson] = []
        params = {"filter": f"author.id:{author_id}", "sort": "cited_by_count:desc", "select": _WORK_FIELDS}
        per_page = min(limit, _PER_PAGE)
        while len(works) < limit:
            params |= {"per_page": str(per_page), "page": str(len(works) // per_page + 1)}
            page = await self._list("works", params, WorksJson, LIST_USD)
            works += page.results
            if len(page.results) < per_page:
                break
        now = self._clock()
        return tuple(paper for work in works[:limit] if (paper := to_paper(work, now)))

    async def search_authors(self, name: str, *, limit: int = 10) -> tuple[Author, ...]:
        """Return people of that name, the most cited first. Costs a search call."""
        words = " ".join(re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", name)).lower()
        if not words or limit < 1:
            return ()
        params = {"search": words, "per_page": str(min(limit, _PER_PAGE))}
        page = await self._list("authors", params, AuthorsJson, SEARCH_USD)
        now = self._clock()
        authors = [author for raw in page.results if (author := to_author(raw, now))]
        return tuple(sorted(authors, key=_citations, reverse=True))

    async def _single(self, path: str, kind: type[Single]) -> Single | None:
        def parse(answer: Answer) -> Single | None:
            self._note(answer, 0.0)
            if answer.status == 404:
                return None
            raw = decode(answer.body, kind)
            if raw.id is None:
                raise SourceChanged(SOURCE, "an answer that names no author and no work")
            return raw

        query = Query(url=f"{self._url}/{path}", secret=self._secret, accept=frozenset({200, 404}))
        return await self._transport.fetch(query, parse, self._patience)

    async def _list(self, path: str, params: Mapping[str, str], kind: type[T], cost: float) -> T:
        """Ask for a page, if the day's allowance has room for it."""
        self._allowance.check(cost, self._clock())

        def parse(answer: Answer) -> T:
            self._note(answer, cost)
            if answer.status == 400:
                raise SourceChanged(
                    SOURCE, f"refused the question ({answer.body[:150].decode(errors='replace')})"
                )
            return decode(answer.body, kind)

        query = Query(
            url=f"{self._url}/{path}", params=params, secret=self._secret, accept=frozenset({200, 400})
        )
        try:
            return await self._transport.fetch(query, parse, self._patience)
        except RateLimited as error:
            self._allowance.exhausted(error.retry_at)
            raise

    def _note(self, answer: Answer, cost: float) -> None:
        self._allowance.note(answer.headers, cost, self._clock())


class _Allowance:
    """The money that a day's calls may cost: the service's word where it gives one, else our count."""

    def __init__(self, budget_usd: float | None) -> None:
        self._budget = budget_usd
        self._day = date.min
        self._spent = 0.0
        self._limit: float | None = None
        self._remaining: float | None = None
        self._exhausted_until: datetime | None = None

    def check(self, cost: float, now: datetime) -> None:
        """Raise RateLimited where a call of that cost has no room today."""
        self._begin_day(now.date())
        if self._exhausted_until and now < self._exhausted_until:
            raise RateLimited(SOURCE, "the day's allowance is used up", self._exhausted_until)
        planned = self._budget is not None and self._spent + cost > self._budget + 1e-9
        told = self._remaining is not None and self._remaining < cost - 1e-9
        if planned or told:
            midnight = datetime.combine(now.date() + timedelta(days=1), time.min, UTC)
            raise RateLimited(SOURCE, "the day's allowance is used up", midnight)

    def note(self, headers: Mapping[str, str], cost: float, now: datetime) -> None:
        """Count a call, as the answer's headers say or as it is listed."""
        self._begin_day(now.date())
        said = _number(headers, "X-RateLimit-Cost-USD")
        self._spent += cost if said is None else said
        self._limit = _number(headers, "X-RateLimit-Limit-USD")
        self._remaining = _number(headers, "X-RateLimit-Remaining-USD")

    def exhausted(self, until: datetime | None) -> None:
        """Stop paid calls until the moment that the service named."""
        self._exhausted_until = until

    def spent_usd(self, today: date) -> float:
        """Return what today's calls cost."""
        return round(self._spent, 6) if today == self._day else 0.0

    def left_in_words(self, today: date) -> str:
        """Say what remains, empty where nobody said."""
        self._begin_day(today)
        if self._remaining is not None:
            limit = "" if self._limit is None else f" of ${self._limit:g}"
            return f"${self._remaining:g}{limit}"
        if self._budget is not None:
            return f"${max(round(self._budget - self._spent, 6), 0):g} of ${self._budget:g}"
        return ""

    def _begin_day(self, today: date) -> None:
        # OpenAlex begins its day at midnight UTC.
        if today != self._day:
            self._day, self._spent, self._limit, self._remaining = today, 0.0, None, None


def _number(headers: Mapping[str, str], name: str) -> float | None:
    try:
        return float(headers[name])
    except (KeyError, ValueError):
        return None


def _citations(author: Author) -> int:
    return author.citation_count.value if author.citation_count else 0
