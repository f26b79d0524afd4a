"""How common words are in the catalogue, counted once a day."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.domain.search import WordCounts
from bot.services.ports import Clock, PaperStore

COUNT_AGE = timedelta(days=1)
"""How old the counts may be; they change little from day to day."""

SMALL = 5_000
SMALL_AGE = timedelta(minutes=10)
"""A catalogue that small may grow much in a day, and is counted at once."""


class Vocabulary:
    """Counts words when somebody needs it, and keeps the counts for a day."""

    def __init__(self, *, papers: PaperStore, clock: Clock) -> None:
        """Take the catalogue and the clock; nothing is counted yet."""
        self._papers = papers
        self._clock = clock
        self._counts = WordCounts()
        self._good_until: datetime | None = None
        self._turn = asyncio.Lock()

    @property
    def is_old(self) -> bool:
        """Whether words would be counted again."""
        return self._good_until is None or self._clock() >= self._good_until

    async def counts(self) -> WordCounts:
        """Return the counts of today, the same value until they are counted again."""
        async with self._turn:
            if self.is_old:
                self._counts = await self._papers.word_counts()
                age = SMALL_AGE if self._counts.papers < SMALL else COUNT_AGE
                self._good_until = self._clock() + age
            return self._counts

    async def latest(self) -> WordCounts:
        """Return the last counts at once, however old, unless counting anew is quick."""
        if self._turn.locked() or self._counts.papers >= SMALL:
            return self._counts
        return await self.counts()
