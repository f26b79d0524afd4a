"""Follow who cites papers: what cites them when they are followed is known, what comes later is news."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.domain.feeds import CitedWork, CitingPaper
from bot.domain.papers import Paper
from bot.domain.watches import AuthorCitationsCriterion, CitationsCriterion, CitingCriterion, Watch
from bot.errors import NotIndexed, SourceError
from bot.services.harvesting.cited_authors import CitedAuthors
from bot.services.matching.filing import WatchIndex
from bot.services.matching.match import Matcher
from bot.services.ports import AuthorSource, AuthorStore, CitationStore, Clock, PaperStore, WatchStore
from bot.services.vocabulary import Vocabulary

logger = logging.getLogger(__name__)

AGAIN = timedelta(days=1)
"""How often it is asked who cites a work."""

BEFORE = timedelta(days=90)
"""Papers published so long before a work is followed may still turn out to cite it: indexes are late."""

WITHIN = timedelta(days=180)
"""What was published longer ago is no news, whenever it is found."""

MOST_WORKS = 100
"""Works that one question names."""

MOST_READ = 500
"""Papers that are read for a question; where there are more, fewer watches share it."""

RECENT = timedelta(minutes=5)
"""Whoever begins to follow a work need not ask again what was asked so recently."""

Bundle = tuple[str, ...]
"""Works that one watch follows: they are always asked about together."""

Part = TypeVar("Part")

_ROUND = timedelta(hours=1)
_PAUSE = timedelta(minutes=10)


class Citing:
    """Asks OpenAlex once a day who cites the works that are followed, up to a hundred by one question."""

    def __init__(
        self,
        *,
        source: AuthorSource,
        store: CitationStore,
        watches: WatchStore,
        papers: PaperStore,
        authors: AuthorStore,
        vocabulary: Vocabulary,
        clock: Clock,
    ) -> None:
        """Take the source, the stores, how common words are, and the clock."""
        self._source = source
        self._store = store
        self._watches = watches
        self._papers = papers
        self._authors = CitedAuthors(source=source, store=store, authors=authors, clock=clock)
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
        try:
            return await self._ask(await self._followed(), waiting=False)
        except SourceError as error:
            self._not_before = min(max(now + _PAUSE, error.retry_at or now), now + AGAIN)
            logger.warning("citations not read source=%s reason=%s", error.source, error.reason)
            return 0

    async def read_now(self, criterion: CitingCriterion) -> bool:
        """Learn who cites works at this moment, the starting line of a watch; say whether that succeeded.

        Raises NotIndexed where OpenAlex knows no works of an author.
        """
        try:
            if isinstance(criterion, AuthorCitationsCriterion):
                own = await self._authors.works_now(criterion.author_id)
                works = tuple(one.work for one in own)
            else:
                works = criterion.works
            await self._ask([works], waiting=True)
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

    async def _followed(self) -> list[Bundle]:
        """Return what the watches follow by now; forget what none does any more."""
        watches = await self._renewed(await self._watches.list_citation_watches())
        bundles = [watch.followed_works for watch in watches]
        works = {work for bundle in bundles for work in bundle}
        if gone := sorted({cited.work for cited in await self._store.list_cited()} - works):
            await self._store.forget_cited(gone)
        return bundles

    async def _renewed(self, watches: Sequence[Watch]) -> Sequence[Watch]:
        """Return the watches with the works that their papers and authors have by now, and keep these."""
        for watch in watches:
            criterion = watch.criterion
            if isinstance(criterion, CitationsCriterion):
                works = await self._store.works_of(criterion.paper_id) or criterion.works
                if works != criterion.works:
                    await self._watches.save_criterion(watch.id or 0, replace(criterion, works=works))
        try:
            await self._authors.renew(
                {
                    watch.criterion.author_id
                    for watch in watches
                    if isinstance(watch.criterion, AuthorCitationsCriterion)
                }
            )
        except SourceError as error:
            # Who cites the works that are known can be asked all the same.
            logger.warning("works not read source=%s reason=%s", error.source, error.reason)
        return await self._watches.list_citation_watches()

    async def _ask(self, bundles: Sequence[Bundle], *, waiting: bool) -> int:
        """Ask about works: of those not followed yet, what cites them is the starting line."""
        async with self._turn:
            known = {cited.work: cited for cited in await self._store.list_cited()}
            for question in _questions(_parted(bundles, lambda work: work not in known)):
                await self._begin(question, waiting=waiting)
            # Nobody waits for what was asked just now.
            line = self._clock() - (RECENT if waiting else AGAIN)
            due = _parted(bundles, lambda work: work in known and known[work].asked_at <= line)
            # Where the day's allowance ends too early, the others come first the next day.
            due.sort(key=lambda bundle: min(known[work].asked_at for work in bundle))
            made = 0
            for question in _questions(due):
                followed = [[known[work] for work in bundle] for bundle in question]
                made += await self._follow(followed, waiting=waiting)
            return made

    async def _begin(self, bundles: Sequence[Bundle], *, waiting: bool) -> None:
        """Learn what cites works already; of an answer cut short, its oldest day is where news begins."""
        now = self._clock()
        since = (now - BEFORE).date()
        works = [work for bundle in bundles for work in bundle]
        found = await self._source.fetch_citing(works, since, limit=MOST_READ, waiting=waiting)
        # An answer without papers may be a lie, and would make everything news the next day.
        found = found or await self._source.fetch_citing(works, since, limit=MOST_READ, waiting=waiting)
        if len(found) >= MOST_READ and len(bundles) > 1:
            for half in _halves(bundles):
                await self._begin(half, waiting=waiting)
            return
        days = [one.paper.dated_at.date() for one in found if one.paper.dated_at]
        if len(found) >= MOST_READ and days:
            since = min(days) + timedelta(days=1)
        begun = [CitedWork(work=work, since=since, asked_at=now) for work in works]
        await self._store.record_citing(found, begun, now)

    async def _follow(self, bundles: Sequence[Sequence[CitedWork]], *, waiting: bool) -> int:
        """Ask what cites works by now, in halves where that is more than one answer holds.

        Of what cites the works of one bundle, the newest that one answer holds is all that is read.
        """
        now = self._clock()
        followed = [one for bundle in bundles for one in bundle]
        since = {one.work: max(one.since, (now - WITHIN).date()) for one in followed}
        found = await self._source.fetch_citing(
            list(since), min(since.values()), limit=MOST_READ, waiting=waiting
        )
        if len(found) >= MOST_READ and len(bundles) > 1:
            return sum([await self._follow(half, waiting=waiting) for half in _halves(bundles)])
        news = [
            CitingPaper(paper=one.paper, cites=cites)
            for one in found
            if (cites := frozenset(work for work in one.cites if _is_news(one.paper, since[work])))
        ]
        asked = [replace(one, since=since[one.work], asked_at=now) for one in followed]
        made = await self._store.record_citing(news, asked, now, Matcher(self._index, now, {}))
        logger.info("citations read works=%d papers=%d deliveries=%d", len(followed), len(news), made)
        return made


def _parted(bundles: Iterable[Bundle], is_meant: Callable[[str], bool]) -> list[Bundle]:
    """Return those works of each bundle that are meant, each work once."""
    seen: set[str] = set()
    parted = []
    for bundle in bundles:
        meant = tuple(work for work in bundle if work not in seen and is_meant(work))
        seen.update(meant)
        if meant:
            parted.append(meant)
    return parted


def _questions(bundles: Iterable[Bundle]) -> Iterator[list[Bundle]]:
    """Yield bundles together, as many as one question may name the works of."""
    question: list[Bundle] = []
    for bundle in bundles:
        if question and sum(map(len, question)) + len(bundle) > MOST_WORKS:
            yield question
            question = []
        question.append(bundle)
    if question:
        yield question


def _halves(parts: Sequence[Part]) -> tuple[Sequence[Part], Sequence[Part]]:
    middle = len(parts) // 2
    return parts[:middle], parts[middle:]


def _is_news(paper: Paper, since: date) -> bool:
    """Say whether a paper is young enough: the day of an index may be that of another version."""
    return paper.dated_at is not None and paper.dated_at.date() >= since
