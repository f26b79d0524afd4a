"""Asks arXiv's OAI-PMH service which records changed since a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from bot.domain.feeds import RecordPage, SourceStatus
from bot.sources.arxiv_parser import Refused
from bot.sources.arxiv_records import parse_identity, parse_page
from bot.sources.exchange import BACKGROUND, LOOK_UP, USUAL_RULES, Answer, Patience, Query, Rules
from bot.sources.gate import Gate
from bot.sources.http import Transport

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

# The first has all versions with their dates, and so tells when a paper first appeared.
_FORMATS = ("arXivRaw", "arXiv")
_FEW = 3


class ArxivRecords:
    """Lists changed records page by page, through the gate for all arXiv traffic."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        gate: Gate,
        *,
        url: str,
        clock: Callable[[], datetime],
        patience: Patience = BACKGROUND,
        check_patience: Patience = LOOK_UP,
        rules: Rules = USUAL_RULES,
    ) -> None:
        """Take the shared client, arXiv's gate and the service's address."""
        self._url = url
        self._clock = clock
        self._patience = patience
        self._check_patience = check_patience
        self._format = _FORMATS[0]
        self._transport = Transport("arXiv OAI-PMH", client, gate, clock=clock, rules=rules, part="oai")

    @property
    def status(self) -> SourceStatus:
        """How the service is doing."""
        return self._transport.status

    async def fetch_changes(self, since: date, record_set: str = "", token: str = "") -> RecordPage:
        """Return a page of the records changed since a day (UTC), of all arXiv or of one set.

        With a `token` it is the page that the token stands for. Raises TokenExpired where it is
        no longer taken: tokens end at midnight UTC.
        """
        if token:
            # Nothing may stand beside a token: it holds all the rest.
            return await self._list({"resumptionToken": token})
        wanted = {"from": since.isoformat()} | ({"set": record_set} if record_set else {})
        try:
            return await self._list({"metadataPrefix": self._format, **wanted})
        except Refused as error:
            if not error.reason.startswith("cannotDisseminateFormat") or self._format == _FORMATS[-1]:
                raise
        self._format = _FORMATS[-1]
        return await self._list({"metadataPrefix": self._format, **wanted})

    def sets_of(self, categories: Sequence[str]) -> tuple[str, ...]:
        """Return the sets that hold the categories: their own, else their groups', else the one of all.

        One long list is asked for in fewer requests than many short ones.
        """
        for naming in (set_of, group_of):
            sets = tuple(sorted(set(map(naming, categories))))
            if len(sets) <= _FEW:
                return sets
        return ("",)

    async def identify(self) -> str:
        """Return the name under which the repository presents itself, to see that it answers."""
        return await self._ask(
            {"verb": "Identify"}, lambda answer: parse_identity(answer.body), self._check_patience
        )

    async def _list(self, params: Mapping[str, str]) -> RecordPage:
        def parse(answer: Answer) -> RecordPage:
            return parse_page(answer.body, self._clock())

        return await self._ask({"verb": "ListRecords", **params}, parse, self._patience)

    async def _ask(self, params: Mapping[str, str], parse: Callable[[Answer], T], patience: Patience) -> T:
        return await self._transport.fetch(Query(url=self._url, params=params), parse, patience)


def set_of(category: str) -> str:
    """Return the set that holds a category: `cs:cs:CL`, `physics:hep-th`, `math:math:NT`.

    Sets hold cross-lists as well.
    """
    archive, _, subject = category.partition(".")
    parts = (group_of(category), archive, subject)
    return ":".join(filter(None, parts))


def group_of(category: str) -> str:
    """Return the set that holds a category's whole group of archives: `cs`, `physics`, `math`."""
    archive = category.partition(".")[0]
    return archive if archive in _GROUPS else "physics"


_GROUPS = frozenset({"cs", "econ", "eess", "math", "q-bio", "q-fin", "stat"})
