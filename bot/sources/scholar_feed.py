"""Asks Scholar Feed for summaries, code and its own scores, fifty papers at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import msgspec

from bot.domain.authors import Author
from bot.domain.feeds import SourceStatus
from bot.domain.papers import Paper
from bot.errors import SourceChanged
from bot.sources.access import Access
from bot.sources.allowance import Allowance, Plan
from bot.sources.exchange import Answer, Query, Rules
from bot.sources.http import Transport
from bot.sources.json_values import decode
from bot.sources.scholar_feed_parser import (
    SOURCE,
    AuthorJson,
    AuthorsJson,
    PapersJson,
    to_author,
    to_paper,
)
from bot.text.names import name_key

PACE = 3.0
"""Seconds between two requests: twenty a minute, the least that any part of the service allows."""

CALLS_WITHOUT_KEY = 100
CALLS_WITH_KEY = 500
"""Calls a day. With a key the service's pages say 500 or 1,000; the smaller is planned with."""

_RULES = Rules(hold_seconds=60, longest_wait=86_400, key_setting="SCHOLAR_FEED_API_KEY")
_NAMESAKES = 10

T = TypeVar("T", AuthorJson, AuthorsJson)
_TAKEN_OR_NOT = frozenset({200, 404, 405, 410})


class ScholarFeedClient:
    """Reads what Scholar Feed knows of arXiv papers."""

    batch_size = 50

    def __init__(self, access: Access, *, url: str, api_key: str = "") -> None:
        """Take what sources ask with, the service's address, and a key that raises what it allows."""
        self._access = access
        self._url = url.rstrip("/")
        self._secret = {"Authorization": f"Bearer {api_key}"} if api_key else None
        gate = access.gate("scholar-feed", PACE)
        self._transport = Transport(SOURCE, access.client, gate, clock=access.clock, rules=_RULES)
        plan = Plan(limit=CALLS_WITH_KEY if api_key else CALLS_WITHOUT_KEY)
        self._allowance = Allowance(SOURCE, plan, access.clock, access.ledger)
        self._is_posted = True

    @property
    def status(self) -> SourceStatus:
        """How Scholar Feed is doing, with what is left of the day's calls."""
        return replace(self._allowance.told_with(self._transport.status), is_optional=True)

    async def fetch_known(
        self, papers: Sequence[Paper], *, waiting: bool = False
    ) -> tuple[Paper | None, ...]:
        """Return what the service knows of up to fifty papers, in their order, by one call."""
        asked = [paper.arxiv_id.base for paper in papers if paper.arxiv_id]
        if not asked:
            return (None,) * len(papers)
        answer = await self._ask(asked, waiting=waiting)
        if answer is None:
            # The service's own client stopped posting batches, while its documents still do.
            self._is_posted = not self._is_posted
            answer = await self._ask(asked, waiting=waiting)
        if answer is None:
            raise SourceChanged(SOURCE, "takes lists of papers in no form that is known")
        now = self._access.clock()
        told = [paper for raw in answer.papers if (paper := to_paper(raw, now))]
        by_id = {paper.arxiv_id.base: paper for paper in reversed(told) if paper.arxiv_id}
        return tuple(by_id.get(paper.arxiv_id.base) if paper.arxiv_id else None for paper in papers)

    async def fetch_person(self, name: str, papers: Sequence[Paper]) -> Author | None:
        """Return the numbers of the one person of this name with a paper among these, by two calls."""
        params = {"q": name, "limit": str(_NAMESAKES)}
        listed = await self._get("public/authors/discover", params, AuthorsJson)
        key = name_key(name)
        ids = {raw.id for raw in listed.authors if raw.id is not None and name_key(raw.name or "") == key}
        if len(ids) != 1:
            return None
        raw = await self._get(f"public/authors/{ids.pop()}", {}, AuthorJson)
        now = self._access.clock()
        theirs = {paper.arxiv_id for one in raw.top_papers or () if (paper := to_paper(one, now))}
        is_same = any(paper.arxiv_id in theirs for paper in papers if paper.arxiv_id)
        return to_author(raw, now) if is_same else None

    async def _get(self, path: str, params: Mapping[str, str], kind: type[T]) -> T:
        query = Query(url=f"{self._url}/{path}", params=params, secret_headers=self._secret)

        def parse(answer: Answer) -> T:
            return decode(SOURCE, answer.body, kind)

        async with self._allowance.spending(1, background=True):
            return await self._transport.fetch(query, parse, self._access.patience(waiting=False))

    async def _ask(self, ids: Sequence[str], *, waiting: bool) -> PapersJson | None:
        """Return the answer, None where this form of the question is not taken."""

        def parse(answer: Answer) -> PapersJson | None:
            return decode(SOURCE, answer.body, PapersJson) if answer.status == 200 else None

        patience = self._access.patience(waiting=waiting)
        async with self._allowance.spending(1, background=not waiting):
            return await self._transport.fetch(self._query(ids), parse, patience)

    def _query(self, ids: Sequence[str]) -> Query:
        if self._is_posted:
            return Query(
                url=f"{self._url}/public/papers/batch",
                secret_headers=self._secret,
                body=msgspec.json.encode({"arxiv_ids": list(ids)}),
                accept=_TAKEN_OR_NOT,
            )
        return Query(
            url=f"{self._url}/public/papers",
            params={"arxiv_ids[]": ids},
            secret_headers=self._secret,
            accept=_TAKEN_OR_NOT,
        )
