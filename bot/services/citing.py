"""Follow who cites a paper: what cites it when it is followed is known, what comes later is news."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.feeds import CitedWork, CitingPaper
from bot.domain.papers import Paper
from bot.domain.watches import CitationsCriterion, Watch
from bot.errors import NotIndexed, SourceError
from bot.services.match import Matcher, WatchIndex
from bot.services.ports import CitationSource, CitationStore, Clock, PaperStore, WatchStore
from bot.services.vocabulary import Vocabulary

logger = logging.getLogger(__name__)

AGAIN = timedelta(days=1)
"""How often it is asked who cites a work."""

BEFORE = timedelta(days=90)
"""Papers published so long before a work is followed may still turn out to cite it: indexes are late."""

WITHIN = timedelta(days=180)
"""What was published longer ago is no news, whenever it is found."""

MOST_WORKS = 50
"""Works that one question names."""

MOST_READ = 500
"""Papers that are read for a question; where there are more, fewer works are named at once."""

RECENT = timedelta(minutes=5)
"""Whoever begins to follow a work need not ask again what was asked so recently."""

_ROUND = timedelta(hours=1)
_PAUSE = timedelta(minutes=10)


class Citing:
    """Asks OpenAlex once a day who cites the works that are followed, up to fifty by one question."""

    def __init__(
        self,
        *,
        source: CitationSource,
        store: CitationStore,
        watches: WatchStore,
        papers: PaperStore,
        vocabulary: Vocabulary,
        clock: Clock,
    ) -> None:
        """Take the source, the stores, how common words are, and the clock."""
        self._source = source
        self._store = store
        self._watches = watches
        self._papers = papers
        self._clock = clock
        self._index = WatchIndex(vocabulary)
        self._turn = asyncio.Lock()
        self._not_before: datetime | None = None

    async def run(self) -> int:
        """Ask about the works that are due; return how many deliveries that causes.

        A fault of the source is logged and changes nothing: what was not asked stays due.
        """
        now = self._clock()
        # A pause that ends farther away was begun before the clock was set back.
        if self._not_before and now < self._not_before <= now + AGAIN:
            return 0
        self._not_before = now + _ROUND
        watches = await self._watches.list_citation_watches()
        works = {work for watch in await self._renewed(watches) for work in _works(watch)}
        known = {cited.work: cited for cited in await self._store.list_cited()}
        if gone := sorted(known.keys() - works):
            await self._store.forget_cited(gone)
        due = [work for work in sorted(works) if work not in known or known[work].asked_at <= now - AGAIN]
        try:
            return await self._ask(due, waiting=False)
        except SourceError as error:
            self._not_before = min(max(now + _PAUSE, error.retry_at or now), now + AGAIN)
            logger.warning("citations not read source=%s reason=%s", error.source, error.reason)
            return 0

    async def read_now(self, works: Sequence[str]) -> bool:
        """Learn who cites works at this moment, the starting line of a watch; say whether that succeeded."""
        try:
            await self._ask(works, waiting=True)
        except SourceError as error:
            logger.warning("citations not read source=%s reason=%s", error.source, error.reason)
            return False
        return True

    async def works_of(self, paper: Paper) -> tuple[str, ...]:
        """Return OpenAlex's ids of a paper, asking for one where none is known.

        Raises NotIndexed where OpenAlex doesn't know the paper, SourceError where it doesn't answer.
        """
        if paper.id is None:
            raise NotIndexed(paper)
        if known := await self._store.works_of(paper.id):
            return known
        for doi in filter(None, (paper.doi, paper.arxiv_id.doi if paper.arxiv_id else None)):
            if (work := await self._source.fetch_work(doi)) is not None and work.openalex_id is not None:
                await self._papers.save_papers(
                    [replace(paper, openalex_id=work.openalex_id, citation_count=work.citation_count)]
                )
                return (work.openalex_id.value,)
        raise NotIndexed(paper)

    async def list_citing(self, works: Sequence[str], since: date) -> tuple[CitingPaper, ...]:
        """Return the known papers dated from a day on that cite one of the works, the newest first."""
        return await self._store.list_citing(works, since)

    async def _renewed(self, watches: Sequence[Watch]) -> list[Watch]:
        """Return the watches with the works that their papers have by now, and keep these."""
        found = []
        for watch in watches:
            criterion = watch.criterion
            if isinstance(criterion, CitationsCriterion):
                works = await self._store.works_of(criterion.paper_id) or criterion.works
                if works != criterion.works:
                    watch = replace(watch, criterion=replace(criterion, works=works))
                    await self._watches.change_watches([watch])
            found.append(watch)
        return found

    async def _ask(self, works: Sequence[str], *, waiting: bool) -> int:
        """Ask about works: of those not followed yet, what cites them is the starting line."""
        async with self._turn:
            known = {cited.work: cited for cited in await self._store.list_cited()}
            for work in works:
                if work not in known:
                    await self._begin(work, waiting=waiting)
            # Nobody waits for what was asked just now.
            line = self._clock() - (RECENT if waiting else timedelta())
            followed = [known[work] for work in works if work in known and known[work].asked_at <= line]
            made = 0
            for start in range(0, len(followed), MOST_WORKS):
                made += await self._follow(followed[start : start + MOST_WORKS], waiting=waiting)
            return made

    async def _begin(self, work: str, *, waiting: bool) -> None:
        """Learn what cites a work already; of an answer cut short, its oldest day is where news begins."""
        now = self._clock()
        since = (now - BEFORE).date()
        found = await self._source.fetch_citing([work], since, limit=MOST_READ, waiting=waiting)
        # An answer without papers may be a lie, and would make everything news the next day.
        found = found or await self._source.fetch_citing([work], since, limit=MOST_READ, waiting=waiting)
        days = [one.paper.dated_at.date() for one in found if one.paper.dated_at]
        if len(found) >= MOST_READ and days:
            since = min(days) + timedelta(days=1)
        await self._store.record_citing(found, [CitedWork(work=work, since=since, asked_at=now)], now)

    async def _follow(self, followed: Sequence[CitedWork], *, waiting: bool) -> int:
        """Ask what cites works by now, in halves where that is more than one answer holds."""
        now = self._clock()
        since = {one.work: max(one.since, (now - WITHIN).date()) for one in followed}
        found = await self._source.fetch_citing(
            list(since), min(since.values()), limit=MOST_READ, waiting=waiting
        )
        if len(found) >= MOST_READ and len(followed) > 1:
            middle = len(followed) // 2
            return await self._follow(followed[:middle], waiting=waiting) + await self._follow(
                followed[middle:], waiting=waiting
            )
        news = [
            CitingPaper(paper=one.paper, cites=cites)
            for one in found
            if (cites := frozenset(work for work in one.cites if _is_news(one.paper, since[work])))
        ]
        asked = [replace(one, since=since[one.work], asked_at=now) for one in followed]
        made = await self._store.record_citing(news, asked, now, Matcher(self._index, now, {}))
        logger.info("citations read works=%d papers=%d deliveries=%d", len(followed), len(news), made)
        return made


def _works(watch: Watch) -> tuple[str, ...]:
    return watch.criterion.works if isinstance(watch.criterion, CitationsCriterion) else ()


def _is_news(paper: Paper, since: date) -> bool:
    """Say whether a paper is young enough: the day of an index may be that of another version."""
    return paper.dated_at is not None and paper.dated_at.date() >= since
