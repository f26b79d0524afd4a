"""How old each kind of data may be, and who asks for it again, how often."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from bot.domain.authors import Author
from bot.domain.papers import Paper
from bot.errors import Missing
from bot.services.flight import SingleFlight
from bot.services.ports import Clock

PROFILE_AGE = timedelta(days=7)
"""An author's profile and list of works."""

PAPER_AGE = timedelta(days=7)
"""What the paper's own source says of it: versions, title, withdrawal."""

CITATIONS_AGE = timedelta(days=7)
"""A count of citations; one that nobody gave yet is as old as the record."""

NOTHING_NEW = timedelta(days=1)
"""How long sources that answered, but not with newer data, are not asked the same again."""

NOT_FOUND = timedelta(hours=1)
"""How long what no source knew is not asked for again: an id may be announced any evening."""

FAILED = timedelta(minutes=5)
"""How long a source that failed is not asked the same again, where there is older data to show."""

REMEMBERED = 10_000
"""Outcomes kept in memory; the oldest are forgotten first."""


def is_old_profile(author: Author, now: datetime) -> bool:
    """Say whether a profile is to be read again; a bare name has none."""
    if author.openalex_id is None or author.invented:
        return False
    return author.fetched_at is None or now - author.fetched_at > PROFILE_AGE


def is_old_record(paper: Paper, now: datetime) -> bool:
    """Say whether the paper's own source is to be asked again."""
    return not paper.invented and (paper.fetched_at is None or now - paper.fetched_at > PAPER_AGE)


def are_old_citations(paper: Paper, now: datetime) -> bool:
    """Say whether an index of citations is to be asked again."""
    cited = paper.citation_count
    if paper.invented or cited is None:
        return is_old_record(paper, now)
    return now.date() - cited.as_of >= CITATIONS_AGE


class Outcome(NamedTuple):
    """Which sources did not answer, and until when they are not asked the same again."""

    missing: tuple[Missing, ...]
    until: datetime


Refresh = Callable[[], Coroutine[Any, Any, tuple[Missing, ...]]]
"""Asks the sources and stores what they say; returns those that did not answer."""


class Refreshes:
    """Asks for the same thing once at a time, and not again too soon: no storm of requests."""

    def __init__(self, clock: Clock) -> None:
        """Begin with nothing asked."""
        self._clock = clock
        self._flights: SingleFlight[tuple[Missing, ...]] = SingleFlight()
        self._outcomes: OrderedDict[str, Outcome] = OrderedDict()

    async def run(self, key: str, refresh: Refresh, *, known: bool = True) -> tuple[Missing, ...]:
        """Ask, or join who is asking, or keep to what was said a while ago; return who is missing.

        Where nothing is `known` to show instead, a source that failed is asked again at once.
        """
        outcome = self._recent(key)
        if outcome is not None:
            return outcome.missing

        async def ask() -> tuple[Missing, ...]:
            missing = await refresh()
            pause = (FAILED if missing else NOTHING_NEW) if known else NOT_FOUND
            if known or not missing:
                self._remember(key, Outcome(missing, self._clock() + pause))
            return missing

        return await self._flights.run(key, ask)

    def missing(self, key: str) -> tuple[Missing, ...]:
        """Return the sources that failed a while ago, while they are not asked again."""
        outcome = self._recent(key)
        return () if outcome is None else outcome.missing

    def _recent(self, key: str) -> Outcome | None:
        outcome = self._outcomes.get(key)
        return outcome if outcome is not None and self._clock() < outcome.until else None

    def _remember(self, key: str, outcome: Outcome) -> None:
        self._outcomes[key] = outcome
        self._outcomes.move_to_end(key)
        if len(self._outcomes) > REMEMBERED:
            self._outcomes.popitem(last=False)
