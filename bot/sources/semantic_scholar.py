"""Asks Semantic Scholar for citations and one-sentence summaries, hundreds of papers at a time."""

from __future__ import annotations

from collections.abc import Sequence
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
from bot.sources.semantic_scholar_parser import (
    AUTHOR_FIELDS,
    FIELDS,
    SOURCE,
    AuthorJson,
    ErrorJson,
    PaperJson,
    one_person,
    to_author,
    to_paper,
)

PACE_WITHOUT_KEY = 3.0
PACE_WITH_KEY = 1.0
"""Seconds between two requests: a hundred in five minutes, shared by everybody, or one a second."""

CALLS_WITHOUT_KEY = 300
CALLS_WITH_KEY = 3_000
"""Calls a day that we plan with; the service names no number."""

_RULES = Rules(hold_seconds=30, key_setting="SEMANTIC_SCHOLAR_API_KEY")
_NONE_KNOWN = "no valid "

T = TypeVar("T", PaperJson, AuthorJson)


class SemanticScholarClient:
    """Reads what Semantic Scholar knows of papers, by arXiv id or DOI."""

    batch_size = 500

    def __init__(self, access: Access, *, url: str, api_key: str = "") -> None:
        """Take what sources ask with, the service's address, and a key that raises what it allows."""
        self._access = access
        self._url = url.rstrip("/")
        self._secret = {"x-api-key": api_key} if api_key else None
        gate = access.gate("semantic-scholar", PACE_WITH_KEY if api_key else PACE_WITHOUT_KEY)
        self._transport = Transport(SOURCE, access.client, gate, clock=access.clock, rules=_RULES)
        plan = Plan(limit=CALLS_WITH_KEY if api_key else CALLS_WITHOUT_KEY)
        self._allowance = Allowance(SOURCE, plan, access.clock, access.ledger)

    @property
    def status(self) -> SourceStatus:
        """How Semantic Scholar is doing, with what is left of the day's plan."""
        return replace(self._allowance.told_with(self._transport.status), is_optional=True)

    async def fetch_known(
        self, papers: Sequence[Paper], *, waiting: bool = False
    ) -> tuple[Paper | None, ...]:
        """Return what the service knows of up to five hundred papers, in their order, by one call."""
        names = [_name_of(paper) for paper in papers]
        asked = [name for name in names if name]
        told = iter(await self._batch("paper", FIELDS, asked, PaperJson, waiting=waiting))
        now = self._access.clock()
        raw = [next(told) if name else None for name in names]
        return tuple(to_paper(one, now) if one else None for one in raw)

    async def fetch_person(self, name: str, papers: Sequence[Paper]) -> Author | None:
        """Return the numbers of the person of this name who wrote most of these papers, by two calls."""
        asked = [asked for paper in papers if (asked := _name_of(paper))]
        author_id = one_person(name, await self._batch("paper", "authors", asked, PaperJson))
        if author_id is None:
            return None
        (told,) = await self._batch("author", AUTHOR_FIELDS, [author_id], AuthorJson)
        return to_author(told, self._access.clock()) if told else None

    async def _batch(
        self, what: str, fields: str, ids: Sequence[str], kind: type[T], *, waiting: bool = False
    ) -> list[T | None]:
        """Return what is told of each id, in their order."""
        if not ids:
            return []

        def parse(answer: Answer) -> list[T | None]:
            if answer.status == 400:
                _check_refusal(answer)
                return [None] * len(ids)
            told = decode(SOURCE, answer.body, list[kind | None])  # type: ignore[valid-type]  # mypy takes it for a value
            if len(told) != len(ids):
                raise SourceChanged(SOURCE, f"{len(told)} answers to {len(ids)} questions")
            return told

        query = Query(
            url=f"{self._url}/{what}/batch",
            params={"fields": fields},
            secret_headers=self._secret,
            body=msgspec.json.encode({"ids": ids}),
            accept=frozenset({200, 400}),
        )
        async with self._allowance.spending(1, background=not waiting):
            return await self._transport.fetch(query, parse, self._access.patience(waiting=waiting))


def _name_of(paper: Paper) -> str | None:
    if paper.arxiv_id:
        return f"ARXIV:{paper.arxiv_id.base}"
    return f"DOI:{paper.doi}" if paper.doi else None


def _check_refusal(answer: Answer) -> None:
    """Let pass that none of the ids is known, which the service says as if it were our fault."""
    said = decode(SOURCE, answer.body, ErrorJson).error or ""
    if _NONE_KNOWN not in said.lower():
        raise SourceChanged(SOURCE, f"refused the question ({said[:150]})")
