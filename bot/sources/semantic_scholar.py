"""Asks Semantic Scholar for citations and one-sentence summaries, hundreds of papers at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from bot.domain.feeds import SourceStatus
from bot.domain.papers import Paper
from bot.errors import SourceChanged
from bot.sources.access import Access
from bot.sources.allowance import Allowance, Plan
from bot.sources.exchange import Answer, Query, Rules
from bot.sources.http import Transport
from bot.sources.json_values import decode
from bot.sources.semantic_scholar_parser import FIELDS, SOURCE, ErrorJson, PaperJson, to_paper

PACE_WITHOUT_KEY = 3.0
PACE_WITH_KEY = 1.0
"""Seconds between two requests: a hundred in five minutes, shared by everybody, or one a second."""

CALLS_WITHOUT_KEY = 300
CALLS_WITH_KEY = 3_000
"""Calls a day that we plan with; the service names no number."""

_RULES = Rules(hold_seconds=30, key_setting="SEMANTIC_SCHOLAR_API_KEY")
_NONE_KNOWN = "no valid paper ids"


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
        return replace(
            self._transport.status,
            left=self._allowance.left_in_words(),
            rests_until=self._allowance.rests_until(),
            is_optional=True,
        )

    async def fetch_known(
        self, papers: Sequence[Paper], *, waiting: bool = False
    ) -> tuple[Paper | None, ...]:
        """Return what the service knows of up to five hundred papers, in their order, by one call."""
        names = [_name_of(paper) for paper in papers]
        asked = [name for name in names if name]
        if not asked:
            return (None,) * len(papers)

        def parse(answer: Answer) -> list[PaperJson | None]:
            if answer.status == 400:
                return _refused(answer, len(asked))
            told = decode(SOURCE, answer.body, list[PaperJson | None])
            if len(told) != len(asked):
                raise SourceChanged(SOURCE, f"{len(told)} answers to {len(asked)} questions")
            return told

        query = Query(
            url=f"{self._url}/paper/batch",
            params={"fields": FIELDS},
            secret_headers=self._secret,
            body=msgspec.json.encode({"ids": asked}),
            accept=frozenset({200, 400}),
        )
        patience = self._access.patience(waiting=waiting)
        async with self._allowance.spending(1, background=not waiting):
            told = iter(await self._transport.fetch(query, parse, patience))
        now = self._access.clock()
        raw = [next(told) if name else None for name in names]
        return tuple(to_paper(one, now) if one else None for one in raw)


def _name_of(paper: Paper) -> str | None:
    if paper.arxiv_id:
        return f"ARXIV:{paper.arxiv_id.base}"
    return f"DOI:{paper.doi}" if paper.doi else None


def _refused(answer: Answer, count: int) -> list[PaperJson | None]:
    """Return that none of the papers is known, which the service says as if it were our fault."""
    said = decode(SOURCE, answer.body, ErrorJson).error or ""
    if _NONE_KNOWN in said.lower():
        return [None] * count
    raise SourceChanged(SOURCE, f"refused the question ({said[:150]})")
