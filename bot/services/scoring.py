"""Makes numbers of papers in the background: scores their texts, and places them in their cohorts."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from typing import TYPE_CHECKING

from bot.domain.likeness import EarlierCounts
from bot.domain.papers import Paper
from bot.domain.placing import Period, Scored
from bot.metrics.vectors import CANDIDATES, Weigher, count_words, telling, vector
from bot.services.ports import Clock, NumberStore, StateStore
from bot.services.vocabulary import Vocabulary

if TYPE_CHECKING:
    from bot.domain.likeness import Telling
    from bot.domain.search import WordCounts
    from bot.metrics.forecast import ForecastModel

logger = logging.getLogger(__name__)

BATCH = 16
"""Papers that are scored and written together."""

MOST_AT_ONCE = 320
"""Papers a run scores before standings are worked out, and others get their turn."""

REST_AFTER = 0.25
"""Seconds of work that are put together before it rests: timers have their price too."""

REST = 1.0
"""For each second of work so many of rest: half of one core at most."""

YEARS = 5
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000)
"""When the catalogue has grown to one of these, its papers are scored again."""

DAY_KEY = "numbers-day"
BASIS_KEY = "numbers-basis"

Load = Callable[[], Awaitable["ForecastModel | None"]]
Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What texts are compared by on a day; counted once a day."""

    words: WordCounts
    weigher: Weigher
    earlier: EarlierCounts
    model: ForecastModel | None

    @property
    def name(self) -> str:
        """Names the model and the size class: what was made on another basis is made again."""
        size = max((size for size in SIZES if size <= self.earlier.total), default=0)
        return f"{self.model.version if self.model else 'none'}|{size}"

    @property
    def most_postings(self) -> int:
        """How much of the text index may be read for one paper: a tenth more papers take no tenth longer."""
        return 70_000 + self.words.papers // 10

    def telling(self, paper: Paper) -> tuple[dict[str, float], Telling]:
        """Return the weights of a paper's words, and those by which its neighbors are found."""
        weights = dict(
            vector(count_words(paper.title, paper.abstract), self.words.papers_with, self.words.papers)
        )
        return weights, telling(weights, self.words.papers_with, self.most_postings)


class Scoring:
    """Scores what is new or changed, the newest first, and then what was scored on another basis."""

    def __init__(
        self,
        *,
        store: NumberStore,
        state: StateStore,
        vocabulary: Vocabulary,
        load_model: Load,
        clock: Clock,
        sleep: Sleep = asyncio.sleep,
        rest_after: float = REST_AFTER,
    ) -> None:
        """Take the numbers, what counts words, what loads the forecast, and the clock."""
        self._store = store
        self._state = state
        self._vocabulary = vocabulary
        self._load_model = load_model
        self._clock = clock
        self._sleep = sleep
        self._rest_after = rest_after
        self._worked = 0.0
        self._basis: Basis | None = None
        self._turn = asyncio.Lock()

    async def run(self) -> int:
        """Score up to 320 papers and place what that changes; return how many were scored.

        Each batch is written with what is still to be placed: a run that is stopped is taken up.
        """
        async with self._turn:
            return await self._run()

    def hurry(self) -> None:
        """Rest no more from now on: where time stands while the bot works, a rest would never end."""
        self._rest_after = inf

    async def _run(self) -> int:
        await self._note_new_year_olds()
        if await self._is_idle():
            return 0
        # What became of earlier papers is part of what is said about later ones.
        await self._place_all()
        scored = 0
        while scored < MOST_AT_ONCE:
            basis = await self.basis()
            papers = await self._store.list_unscored(basis.name, BATCH)
            if not papers:
                break
            results = [(paper, await self._score(basis, paper)) for paper in papers]
            await self._store.save_scored(results)
            scored += len(results)
        await self._place_all()
        await self._state.set_state(BASIS_KEY, (await self.basis()).name)
        if scored:
            logger.info("papers scored count=%d", scored)
        return scored

    async def _is_idle(self) -> bool:
        """Say whether nothing is to be done; asked before what is needed for doing it takes memory."""
        if self._basis is None:
            last = await self._state.get_state(BASIS_KEY) or ""
            due = await self._store.list_unscored(last, 1)
            return not due and await self._store.take_period() is None
        return False

    async def basis(self) -> Basis:
        """Return what texts are compared by today."""
        words = await self._vocabulary.counts()
        if self._basis is None or self._basis.words is not words:
            model = await self._load_model()
            weigher = await asyncio.to_thread(Weigher, words.papers_with, words.papers)
            self._basis = Basis(
                words=words, weigher=weigher, earlier=await self._store.earlier_counts(), model=model
            )
        return self._basis

    async def _score(self, basis: Basis, paper: Paper) -> Scored:
        from bot.services.appraisal import appraise, cohort_start, unusable

        today = self._clock().date()
        if fault := unusable(paper, basis, today):
            return fault
        started = time.perf_counter()
        weights, words = basis.telling(paper)
        before = cohort_start(paper)
        surroundings = await self._store.surroundings(
            paper, words, since=before.replace(year=before.year - YEARS), before=before, limit=CANDIDATES
        )
        result = await asyncio.to_thread(appraise, paper, weights, surroundings, basis, today)
        await self._rest(started)
        return result

    async def _rest(self, started: float) -> None:
        """Leave the other half of the time to whoever waits for an answer."""
        self._worked += time.perf_counter() - started
        if self._worked >= self._rest_after:
            rest, self._worked = REST * self._worked, 0.0
            await self._sleep(rest)

    async def _place_all(self) -> None:
        from bot.services.standings import place_period

        basis = await self.basis()
        while (period := await self._store.take_period()) is not None:
            members = await self._store.members_of(period)
            today = self._clock().date()
            placed = await asyncio.to_thread(place_period, members, basis.model, today)
            await self._store.save_placed(period, placed, today)

    async def _note_new_year_olds(self) -> None:
        """Once a day, let those be placed anew whose forecast gives way to their citations."""
        today = self._clock().date()
        if await self._state.get_state(DAY_KEY) == today.isoformat():
            return
        for day in (today - timedelta(days=365), today - timedelta(days=395)):
            for period in periods_around(day):
                await self._store.note_period(period)
        await self._state.set_state(DAY_KEY, today.isoformat())


def periods_around(day: date) -> tuple[Period, Period]:
    """Return the quarter, and the year of papers that have only a venue, a day belongs to."""
    year = 12 * day.year
    return Period(start=year + (day.month - 1) // 3 * 3, months=3), Period(start=year, months=12)
