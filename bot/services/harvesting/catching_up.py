"""Fill what no feed could bring: days on which none was read, and feeds that were too long."""

from __future__ import annotations

import logging
from calendar import monthrange
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.feeds import CatchUpState, ChangedPaper, FeedItem, Listing, Mailing, RecordPage
from bot.domain.papers import AnnounceType, Paper
from bot.domain.watches import PlaceWanting, Watch
from bot.errors import SourceError, TokenExpired
from bot.services.answers import HarvestReport
from bot.services.harvesting.calendar import expected_day, feed_moment, mailing_day, weekdays
from bot.services.harvesting.coverage import Gap, find_gap
from bot.services.matching.filing import WatchIndex
from bot.services.matching.match import Matcher
from bot.services.ports import Clock, HarvestStore, RecordSource

logger = logging.getLogger(__name__)

FIRST_VERSION_MARGIN = timedelta(days=7)
"""How much older than a gap a paper's first version may be: moderators hold some back for days."""

Prepare = Callable[[Sequence[FeedItem], datetime], Awaitable[object]]
"""Takes what is about to be stored, and when it is announced where it doesn't say so itself."""

_BELIEVED = 3
"""Answers without records in a row, each at another harvest: one alone may be a fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be complete: categories, up to the mailing of `today`.

    `cut` names categories whose feed of a day was too long; `since` is a day from which on
    somebody wants everything read again.
    """

    categories: tuple[str, ...]
    today: date
    cut: Mapping[str, date]
    since: date | None = None


class CatchUp:
    """Reads changed records page by page; each page is stored with how far it has come."""

    def __init__(self, *, source: RecordSource, store: HarvestStore, clock: Clock, reach: timedelta) -> None:
        """Take the source, the store, and how old a gap may be that is filled by itself."""
        self._source = source
        self._store = store
        self._clock = clock
        self._reach = reach

    async def is_needed(self, wanted: Wanted) -> bool:
        """Say whether anything is missing, or is to be read again."""
        if wanted.since is not None or await self._store.find_catch_up() is not None:
            return True
        return await self._find_gap(wanted) is not None

    async def run(
        self, wanted: Wanted, index: WatchIndex, prepare: Prepare, *, deadline: datetime | None = None
    ) -> HarvestReport:
        """Fill what is missing; what is not done by the deadline goes on at the next harvest.

        `prepare` is called with each page's papers before the watches are asked about them.
        """
        report = HarvestReport()
        renewed = False
        state = await self._begin(wanted)
        while state is not None:
            if not state.sets:
                await self._finish(state)
                state = await self._begin(replace(wanted, since=None))
                continue
            try:
                page = await self._source.fetch_changes(state.since, state.sets[0], state.token)
            except TokenExpired as error:
                if renewed:
                    return report + await self._failed(state, error)
                # The list begins again; what was stored of it is stored once more, and changes nothing.
                renewed, state = True, replace(state, token="")
                continue
            except SourceError as error:
                return report + await self._failed(state, error)
            items = tuple(_items(page.papers, state, latest=mailing_day(self._clock()) + timedelta(days=1)))
            await prepare(items, self._clock())
            state = _after(page, state)
            papers, deliveries = await self._store.record_changes(
                items, state, _PastMatcher(index), self._clock()
            )
            report += HarvestReport(new_papers=papers, deliveries=deliveries)
            if deadline and (state.empties or self._clock() >= deadline):
                break
        return report

    async def _begin(self, wanted: Wanted) -> CatchUpState | None:
        """Return what was begun and not finished, else what is missing, None where nothing is."""
        if wanted.since is not None:
            return self._state_of(Gap(since=wanted.since, until=wanted.today, categories=wanted.categories))
        if (begun := await self._store.find_catch_up()) is not None:
            return begun
        gap = await self._find_gap(wanted)
        return self._state_of(gap) if gap else None

    async def _find_gap(self, wanted: Wanted) -> Gap | None:
        mailings = await self._store.list_mailings()
        earliest = wanted.today - self._reach
        return find_gap(mailings, wanted.categories, earliest=earliest, today=wanted.today, cut=wanted.cut)

    def _state_of(self, gap: Gap) -> CatchUpState:
        logger.info("catching up since=%s categories=%s", gap.since, len(gap.categories))
        return CatchUpState(
            since=gap.since,
            until=gap.until,
            categories=gap.categories,
            sets=tuple(self._source.sets_of(gap.categories)),
        )

    async def _finish(self, state: CatchUpState) -> None:
        days = weekdays(state.since, state.until)
        filled = [Mailing(day=day, categories=state.categories, item_count=0, filled=True) for day in days]
        await self._store.save_catch_up(None, filled)
        logger.info("caught up since=%s records=%s", state.since, state.records)

    async def _failed(self, state: CatchUpState, error: SourceError) -> HarvestReport:
        await self._store.save_catch_up(replace(state, error=error.reason))
        logger.warning("catching up stopped since=%s reason=%s", state.since, error.reason)
        return HarvestReport(errors=(str(error),), again_at=error.retry_at)


def _after(page: RecordPage, state: CatchUpState) -> CatchUpState:
    """Return what is left to be asked for once this page is stored."""
    if not page.record_count and state.empties + 1 < _BELIEVED:
        return replace(state, empties=state.empties + 1, error="")
    return replace(
        state,
        token=page.token,
        sets=state.sets if page.token else state.sets[1:],
        empties=0,
        records=state.records + page.record_count,
        error="",
    )


def _items(changed: Sequence[ChangedPaper], state: CatchUpState, *, latest: date) -> Iterator[FeedItem]:
    """Yield what the page holds of the wanted categories, as feeds would have listed it until a day."""
    wanted = frozenset(state.categories)
    began = feed_moment(state.since)
    for one in changed:
        if wanted.isdisjoint(one.paper.categories):
            continue
        if latest_first_version(one.paper) < began - FIRST_VERSION_MARGIN:
            yield FeedItem(paper=one.paper, announce_type=AnnounceType.REPLACE, gap_began=began)
            continue
        estimated = feed_moment(min(max(_estimated_day(one), state.since), latest))
        paper = replace(one.paper, announced_at=estimated, announced_estimated=True)
        yield FeedItem(paper=paper, announce_type=AnnounceType.NEW, gap_began=began)


def latest_first_version(paper: Paper) -> datetime:
    """Return when the first version was submitted; where that is unknown, the end of the
    identifier's month, which is the latest possible."""
    if paper.submitted_at or paper.arxiv_id is None:
        return paper.submitted_at or datetime.min.replace(tzinfo=UTC)
    year, month = paper.arxiv_id.year_month
    if not 1 <= month <= 12:
        return datetime.min.replace(tzinfo=UTC)
    return datetime(year, month, monthrange(year, month)[1], 23, 59, tzinfo=UTC)


def _estimated_day(changed: ChangedPaper) -> date:
    """Return the day of the feed that must have listed a paper.

    A record that has had no second version was most likely last changed by its announcement.
    """
    paper = changed.paper
    if paper.version == 1 or paper.submitted_at is None:
        return changed.changed_on
    return min(changed.changed_on, expected_day(paper.submitted_at))


class _PastMatcher:
    """Finds the watches that would have wanted a paper on the day it must have been listed."""

    def __init__(self, index: WatchIndex) -> None:
        self._index = index

    @property
    def version(self) -> int:
        """Which state of the watches is known."""
        return self._index.version

    async def learn(self, watches: Sequence[Watch], version: int) -> None:
        """Take the watches as they are now."""
        await self._index.learn(watches, version)

    def __call__(self, listing: Listing) -> Sequence[PlaceWanting]:
        """Return the watches made before that day."""
        return Matcher(self._index, listing.paper.announced_at, {})(listing)
