"""Read the announcement feeds, and write down what they list and whom it concerns."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.categories import CATEGORIES, archive_of, is_within
from bot.domain.feeds import Feed, FeedItem, FeedState, Mailing, Validators
from bot.domain.papers import Paper
from bot.domain.watches import Watch
from bot.errors import SourceError
from bot.services.announcing.announce import CATCH_UP, GAP_ENDED
from bot.services.answers import HarvestReport
from bot.services.harvesting.calendar import mailing_day
from bot.services.harvesting.catching_up import CatchUp, Wanted
from bot.services.matching.filing import WatchIndex
from bot.services.matching.match import Matcher
from bot.services.ports import Clock, FeedSource, HarvestStore, StateStore, WatchStore
from bot.services.vocabulary import Vocabulary

logger = logging.getLogger(__name__)

GAP = timedelta(days=1)
"""After so long without harvest, what is due in a place comes together."""

RECENT = timedelta(minutes=5)
"""A feed read so recently need not be read again for a new watch."""

LAST_HARVEST = "last_harvest"

_FULL = 2000
_NAMES = 500
_FAMILIES = (
    ("cs",),
    ("math", "stat", "math-ph"),
    ("econ", "eess", "q-bio", "q-fin", "nlin"),
)


class Harvester:
    """Reads every wanted category's feed; the number of requests does not grow with the watches."""

    def __init__(
        self,
        *,
        source: FeedSource,
        store: HarvestStore,
        watches: WatchStore,
        state: StateStore,
        vocabulary: Vocabulary,
        clock: Clock,
        catch_up: CatchUp,
        make_numbers: Callable[[Sequence[Paper]], Awaitable[object]],
        categories: Sequence[str] = (),
    ) -> None:
        """Take the source, the stores, what fills gaps and makes numbers, and what is read unwatched."""
        self._catch_up = catch_up
        self._make_numbers = make_numbers
        self._source = source
        self._store = store
        self._watches = watches
        self._state = state
        self._clock = clock
        self._configured = tuple(categories)
        self._index = WatchIndex(vocabulary)
        self._turn = asyncio.Lock()
        self._whole = asyncio.Lock()

    async def run(self, *, seconds: float | None = None, since: date | None = None) -> HarvestReport:
        """Harvest once: read the feeds, then fill what they could not bring.

        A source's fault is reported and changes nothing that is stored. Filling stops after so many
        seconds, and goes on at the next harvest. With `since` everything from that day on is read
        again from the records.
        """
        async with self._whole:
            deadline = None if seconds is None else self._clock() + timedelta(seconds=seconds)
            return await self._harvest_all(deadline, since)

    async def is_due(self, interval: timedelta) -> bool:
        """Whether no harvest came to its end for an interval."""
        last = await self._state.get_state(LAST_HARVEST)
        return last is None or self._clock() - datetime.fromisoformat(last) >= interval

    async def _harvest_all(self, deadline: datetime | None, since: date | None) -> HarvestReport:
        gap = await self._begin()
        filled = HarvestReport()
        held = False
        try:
            report, wanted = await self._read_feeds()
            wanted = replace(wanted, since=since)
            if held := await self._catch_up.is_needed(wanted):
                # What a gap brings page by page is announced together, however many harvests it takes.
                await self._state.set_state(CATCH_UP, "harvesting")
            # Not within the turn: it may take minutes, and somebody may want to watch a category.
            filled = await self._catch_up.run(
                wanted, self._index, self._make_numbers_asked_for, deadline=deadline
            )
        finally:
            if gap or filled.deliveries:
                await self._state.set_state(GAP_ENDED, self._clock().isoformat())
            if gap or held:
                await self._state.set_state(CATCH_UP, "")
        report += filled
        logger.info(
            "harvested papers=%s deliveries=%s faults=%s",
            report.new_papers,
            report.deliveries,
            len(report.errors),
        )
        return report

    async def _read_feeds(self) -> tuple[HarvestReport, Wanted]:
        async with self._turn:
            states = {state.categories: state for state in await self._store.list_feed_states()}
            groups = plan(self._configured, await self._watches.list_watches(), states.values())
            began = self._clock()
            report = HarvestReport()
            for group in groups:
                report += await self._harvest(group, states)
            if not groups or len(report.errors) < len(groups):
                await self._state.set_state(LAST_HARVEST, self._clock().isoformat())
        return report, self._wanted(groups, states.values(), began)

    def _wanted(
        self, groups: Iterable[tuple[str, ...]], states: Iterable[FeedState], began: datetime
    ) -> Wanted:
        """Return what is to be complete now.

        The newest mailing is what the feeds themselves say; where none answered, the clock tells
        which day's feed can no longer be read.
        """
        by_clock = mailing_day(self._clock())
        read = [state for state in states if state.succeeded_at and state.succeeded_at >= began]
        days = [mailing_day(state.dated) for state in read if state.dated]
        return Wanted(
            categories=tuple(sorted({code for group in groups for code in group})),
            today=min(max(days, default=by_clock), by_clock + timedelta(days=1)),
            cut={
                state.categories[0]: mailing_day(state.dated)
                for state in read
                if state.dated and state.item_count >= _FULL and len(state.categories) == 1
            },
        )

    async def read_now(self, category: str) -> bool:
        """Read a category's feed unless it was read just before; say whether it is known.

        What it lists becomes the starting line of a watch that is created right after.
        """
        async with self._turn:
            states = {state.categories: state for state in await self._store.list_feed_states()}
            group = expand([category])
            reads = last_reads(states.values())
            recently = self._clock() - RECENT
            if all(code in reads and reads[code] > recently for code in group):
                return True
            return not (await self._harvest(group, states, waiting=True)).errors

    async def _begin(self) -> bool:
        """Say whether this harvest follows a gap; if so, hold announcing back until it is done."""
        while await self._store.move_names(_NAMES):
            pass  # an import was stopped before its end
        last = await self._state.get_state(LAST_HARVEST)
        gap = last is not None and self._clock() - datetime.fromisoformat(last) > GAP
        if gap:
            await self._state.set_state(CATCH_UP, "harvesting")
        elif await self._state.get_state(CATCH_UP) == "harvesting":
            gap = True  # an earlier process was stopped in the middle of catching up
        return gap

    async def _harvest(
        self,
        group: tuple[str, ...],
        states: dict[tuple[str, ...], FeedState],
        *,
        waiting: bool = False,
    ) -> HarvestReport:
        before = states.get(group, FeedState(categories=group))
        try:
            feed = await self._source.fetch_feed(group, before.validators, waiting=waiting)
        except SourceError as error:
            await self._store.save_feed_state(replace(before, checked_at=self._clock(), error=error.reason))
            logger.warning("feed not read categories=%s reason=%s", "+".join(group), error.reason)
            return HarvestReport(errors=(str(error),), again_at=error.retry_at)
        now = self._clock()
        if feed is None:
            states[group] = replace(before, checked_at=now, succeeded_at=now, error="")
            await self._store.save_feed_state(states[group])
            return HarvestReport()
        report = await self._record(feed, group, states, now)
        if feed.full and len(group) > 1:
            for half in _halves(group):
                report += await self._harvest(half, states)
        return report

    async def _record(
        self,
        feed: Feed,
        group: tuple[str, ...],
        states: dict[tuple[str, ...], FeedState],
        now: datetime,
    ) -> HarvestReport:
        if feed.full:
            logger.warning("feed at its limit categories=%s", "+".join(group))
        state = FeedState(
            categories=group,
            # A full feed has lost papers, so it is asked for again and never taken as unchanged.
            validators=Validators() if feed.full else feed.validators,
            checked_at=now,
            succeeded_at=now,
            dated=feed.dated,
            item_count=len(feed.items) + feed.unread,
        )
        matcher = Matcher(self._index, feed.dated, last_reads(states.values()))
        mailing = Mailing(
            day=mailing_day(feed.dated or now),
            categories=group,
            # What is not whole is made up for from the records.
            item_count=0 if feed.full or feed.unread else len(feed.items),
        )
        await self._make_numbers_asked_for(feed.items, feed.dated or now)
        papers, deliveries = await self._store.record(feed.items, state, matcher, now, mailing)
        states[group] = state
        return HarvestReport(new_papers=papers, deliveries=deliveries)

    async def _make_numbers_asked_for(self, items: Sequence[FeedItem], announced: datetime) -> None:
        """Make the numbers of new papers before the watches are asked, where one of these goes by them.

        They are not listed yet: a process that is stopped here reads the feed, or the page, again.
        """
        watches = await self._watches.list_watches()
        if any(watch.filters.asks_for_numbers or watch.manner.most_a_day for watch in watches):
            await self._make_numbers(
                [
                    replace(item.paper, announced_at=item.paper.announced_at or announced)
                    for item in items
                    if item.announce_type.is_first_listing
                ]
            )


def plan(
    configured: Iterable[str], watches: Iterable[Watch], states: Iterable[FeedState]
) -> tuple[tuple[str, ...], ...]:
    """Return the groups of categories to ask for: what is configured and watched, then the rest.

    The rest of arXiv is read only where somebody watches an author or a topic, who may appear
    anywhere. Paused watches count: what they miss is kept for them. A group whose feed was full
    last time is asked for in halves.
    """
    watches = tuple(watch for watch in watches if not watch.follows_citations)
    named = set(configured)
    named |= {category for watch in watches for category in watch.categories}
    wanted = expand(named)
    groups = [wanted] if wanted else []
    if not all(watch.categories for watch in watches):
        groups += _families(set(CATEGORIES) - set(wanted))
    full = {state.categories for state in states if state.item_count >= _FULL}
    return tuple(part for group in groups for part in _split(group, full))


def expand(names: Iterable[str]) -> tuple[str, ...]:
    """Return the categories that categories and archives stand for, in order, each once."""
    return tuple(
        sorted({code for name in names for code in [c for c in CATEGORIES if is_within(c, name)] or [name]})
    )


def last_reads(states: Iterable[FeedState]) -> dict[str, datetime]:
    """Return for each category when a feed that holds it was last read successfully."""
    reads: dict[str, datetime] = {}
    for state in states:
        if state.succeeded_at is None:
            continue
        for category in state.categories:
            reads[category] = max(state.succeeded_at, reads.get(category, state.succeeded_at))
    return reads


def _families(rest: set[str]) -> list[tuple[str, ...]]:
    """Group categories by neighboring archives, so that no feed comes near its limit."""
    known = {archive for family in _FAMILIES for archive in family}
    groups = [sorted(code for code in rest if archive_of(code) in family) for family in _FAMILIES]
    groups.append(sorted(code for code in rest if archive_of(code) not in known))
    return [tuple(group) for group in groups if group]


def _split(group: tuple[str, ...], full: set[tuple[str, ...]]) -> list[tuple[str, ...]]:
    if group not in full or len(group) == 1:
        return [group]
    return [part for half in _halves(group) for part in _split(half, full)]


def _halves(group: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    middle = len(group) // 2
    return group[:middle], group[middle:]
