"""Asks arXiv: the query API for look-ups, the feeds for what is new."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from bot.domain.feeds import Feed, SourceStatus, Validators
from bot.domain.identifiers import ArxivId
from bot.domain.papers import Paper
from bot.errors import SourceChanged
from bot.sources.arxiv_feed import parse_feed
from bot.sources.arxiv_parser import Refused, parse_papers
from bot.sources.arxiv_xml import SOURCE
from bot.sources.exchange import BACKGROUND, LOOK_UP, USUAL_RULES, Answer, Patience, Query, Rules
from bot.sources.gate import Gate
from bot.sources.http import Transport

if TYPE_CHECKING:
    import httpx

_BATCH = 100
_MAX_RESULTS = 2000
_MAX_WORDS = 30
# The API answers 400 with a feed that says why.
_ANSWERS = frozenset({200, 400})
_BAD_ID = re.compile(r"incorrect id format for (\S+)")
_PHRASES = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORDS = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
# Lucene leaves them out of its index, so that a condition on them matches nothing.
_STOP_WORDS = frozenset(
    """a an and andnot are as at be but by for if in into is it no not of on or such that the their then there
    these they this to was will with""".split()  # noqa: SIM905 - a list of forty words is read easier so
)


class ArxivClient:
    """Looks papers up and reads announcements, all through one gate."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        gate: Gate,
        *,
        api_url: str,
        rss_url: str,
        clock: Callable[[], datetime],
        patience: Patience = LOOK_UP,
        feed_patience: Patience = BACKGROUND,
        rules: Rules = USUAL_RULES,
    ) -> None:
        """Take the shared client and the gate for all arXiv traffic; URLs come from the settings."""
        self._api_url = api_url
        self._rss_url = rss_url.rstrip("/")
        self._clock = clock
        self._patience = patience
        self._feed_patience = feed_patience
        # Two servers: one may be down while the other answers.
        self._api = Transport(SOURCE, client, gate, clock=clock, rules=rules, part="api")
        self._rss = Transport(SOURCE, client, gate, clock=clock, rules=rules, part="feeds")

    @property
    def status(self) -> SourceStatus:
        """How arXiv is doing, query API and feeds together."""
        both = (self._api.status, self._rss.status)
        never = datetime.min.replace(tzinfo=UTC)
        latest_error = max(both, key=lambda status: status.last_error_at or never)
        return replace(
            latest_error,
            last_success=max((status.last_success for status in both if status.last_success), default=None),
            requests_today=sum(status.requests_today for status in both),
            rests_until=max(filter(None, (status.rests_until for status in both)), default=None),
        )

    async def fetch_papers(self, ids: Sequence[ArxivId]) -> tuple[Paper, ...]:
        """Return the papers that exist, in the order asked; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        found: dict[ArxivId, Paper] = {}
        for start in range(0, len(wanted), _BATCH):
            for paper in await self._fetch_batch(wanted[start : start + _BATCH]):
                if paper.arxiv_id:
                    found[ArxivId(paper.arxiv_id.base, paper.version)] = paper
                    found.setdefault(paper.arxiv_id, paper)
        return tuple(found[wish] for wish in wanted if wish in found)

    async def search_papers(
        self,
        *,
        text: str = "",
        title: str = "",
        author: str = "",
        category: str | None = None,
        limit: int = 25,
    ) -> tuple[Paper, ...]:
        """Return papers by words anywhere, words of the title or a printed name.

        The newest come first; where a title is asked for, the nearest.
        """
        query = build_query(text=text, title=title, author=author, category=category)
        limit = min(limit, _MAX_RESULTS)
        if not query or limit < 1:
            return ()
        params = {
            "search_query": query,
            "start": "0",
            "max_results": str(limit),
            "sortBy": "relevance" if title else "submittedDate",
            "sortOrder": "descending",
        }
        return await self._query(params)

    async def fetch_feed(
        self, categories: Sequence[str], validators: Validators, *, waiting: bool = False
    ) -> Feed | None:
        """Return today's mailing of the categories together, None where it is unchanged.

        `waiting` says that a person waits for it, and goes before the harvest.
        """
        headers = {}
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        query = Query(
            url=f"{self._rss_url}/atom/{'+'.join(categories)}",
            headers=headers,
            accept=_ANSWERS | {304} if headers else _ANSWERS,
        )

        def parse(answer: Answer) -> Feed | None:
            if answer.status == 304:
                return None
            return self._parse_feed(answer, categories)

        return await self._rss.fetch(query, parse, self._patience if waiting else self._feed_patience)

    def _parse_feed(self, answer: Answer, categories: Sequence[str]) -> Feed:
        validators = Validators(
            etag=answer.headers.get("ETag"), last_modified=answer.headers.get("Last-Modified")
        )
        feed = parse_feed(answer.body, categories, validators=validators, fetched_at=self._clock())
        _demand_ok(answer)
        return feed

    async def _fetch_batch(self, ids: Sequence[ArxivId]) -> tuple[Paper, ...]:
        """Ask for some ids; one that arXiv calls malformed must not spoil the others."""
        left = [str(wish) for wish in ids]
        while left:
            params = {"id_list": ",".join(left), "start": "0", "max_results": str(len(left))}
            try:
                return await self._query(params)
            except Refused as error:
                bad = _BAD_ID.search(error.reason)
                if bad is None or bad[1] not in left:
                    raise
                left.remove(bad[1])
        return ()

    async def _query(self, params: dict[str, str]) -> tuple[Paper, ...]:
        def parse(answer: Answer) -> tuple[Paper, ...]:
            papers = parse_papers(answer.body, self._clock())
            _demand_ok(answer)
            return papers

        query = Query(url=self._api_url, params=params, accept=_ANSWERS)
        return await self._api.fetch(query, parse, self._patience)


def _demand_ok(answer: Answer) -> None:
    """Raise for a status that says error where the body names none."""
    if answer.status != 200:
        raise SourceChanged(SOURCE, f"unexpected status {answer.status}")


def build_query(*, text: str = "", title: str = "", author: str = "", category: str | None = None) -> str:
    """Return a query in the API's language; nothing that a person wrote can act as an operator."""
    conditions = [*_word_conditions("all", text), *_title_condition(title)]
    name = _spoken_order(author)
    if name:
        conditions.append(f'au:"{name}"')
    if category and (code := re.sub(r"[^A-Za-z.-]", "", category)):
        conditions.append(f"cat:{code}" if "." in code else f"(cat:{code} OR cat:{code}.*)")
    return " AND ".join(conditions)


def _word_conditions(field: str, text: str) -> list[str]:
    """Return a condition for every word, and one for every "phrase"."""
    conditions = []
    for match in islice(_PHRASES.finditer(text), _MAX_WORDS):
        quoted, plain = match.groups()
        words = _WORDS.findall(quoted if plain is None else plain)
        if quoted is not None and len(words) > 1:
            conditions.append(f'{field}:"{" ".join(words)}"')
        else:
            conditions.extend(f"{field}:{word}" for word in words if word.casefold() not in _STOP_WORDS)
    return conditions


def _title_condition(title: str) -> list[str]:
    """Return one condition: the title's words as a phrase, or at least all of them."""
    words = _WORDS.findall(title)[:_MAX_WORDS]
    each = [f"ti:{word}" for word in words if word.casefold() not in _STOP_WORDS]
    if len(words) < 2 or not each:
        return each
    return [f'(ti:"{" ".join(words)}" OR ({" AND ".join(each)}))']


def _spoken_order(name: str) -> str:
    """Return "Sasha Luccioni" for "Luccioni, Sasha", without anything but words."""
    last, comma, first = name.partition(",")
    return " ".join(_WORDS.findall(f"{first} {last}" if comma else name)[:_MAX_WORDS])
