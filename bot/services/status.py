"""How the bot is doing: sources, harvest, queue, catalogue; and what to say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot import __version__
from bot.domain.feeds import FeedState, SourceStatus
from bot.services.answers import StatusAnswer
from bot.services.harvesting.calendar import mailing_day, quiet_reason
from bot.services.harvesting.coverage import describe, harvested
from bot.services.harvesting.harvest import LAST_HARVEST
from bot.services.ports import (
    AccountStore,
    AuthorSource,
    Clock,
    DeliveryStore,
    Enricher,
    HarvestStore,
    PaperSource,
    PaperStore,
    RecordSource,
    StateStore,
)
from bot.words import _

LONGEST_HARVEST = timedelta(minutes=10)
"""How long reading all feeds may take where they answer slowly."""


class Status:
    """Gathers what `/status` and `hoopoe status` say; asks no source anything."""

    def __init__(
        self,
        *,
        papers: PaperStore,
        deliveries: DeliveryStore,
        harvests: HarvestStore,
        state: StateStore,
        sources: Sequence[PaperSource | RecordSource | AuthorSource | Enricher],
        accounts: AccountStore,
        clock: Clock,
        harvest_interval: timedelta,
    ) -> None:
        """Take the stores, the sources for their own accounts, and how often is harvested."""
        self._papers = papers
        self._deliveries = deliveries
        self._harvests = harvests
        self._state = state
        self._sources = tuple(sources)
        self._accounts = accounts
        self._clock = clock
        self._interval = harvest_interval

    async def report(self) -> StatusAnswer:
        """Return the present state, and in words whether quiet is normal or something is broken."""
        now = self._clock()
        feeds = await self._harvests.list_feed_states()
        written = await self._state.get_state(LAST_HARVEST)
        last = datetime.fromisoformat(written) if written else None
        sources = await self._source_statuses(now)
        return StatusAnswer(
            version=__version__,
            now=now,
            size=await self._papers.size(),
            sources=sources,
            feeds=feeds,
            queued=await self._deliveries.queue_size(),
            last_harvest=last,
            quiet_reason=quiet_reason(now),
            coverage=describe(
                await self._harvests.list_mailings(),
                harvested(feeds),
                mailing_day(now),
                await self._harvests.find_catch_up(),
            ),
            broken_reason=self._broken_reason(feeds, sources, now) or self._missing_harvest(last, now),
        )

    async def _source_statuses(self, now: datetime) -> tuple[SourceStatus, ...]:
        """Return how each source is doing, with what other processes spent and brought."""
        await self._accounts.refresh(now.date())
        return tuple(
            replace(status, gained_today=self._accounts.known(status.name, now.date()).gained)
            for status in (source.status for source in self._sources)
        )

    def _broken_reason(
        self, feeds: Sequence[FeedState], sources: Sequence[SourceStatus], now: datetime
    ) -> str:
        """Name the first thing that has not worked for longer than two harvests."""
        for feed in feeds:
            since = feed.succeeded_at
            late = since is None or now - since > 2 * self._interval
            if feed.error and late:
                said = _("arXiv's feeds have not answered yet: {fault}")
                if since:
                    said = _("arXiv's feeds have not answered since {moment} UTC: {fault}")
                return said.format(moment=f"{since:%Y-%m-%d %H:%M}" if since else "", fault=feed.error)
        for source in sources:
            answered = source.last_success
            if (
                source.is_failing
                and not source.is_optional
                and (answered is None or now - answered > 2 * self._interval)
            ):
                said = _("{source} does not answer: {fault}")
                return said.format(source=source.name, fault=source.last_error)
        return ""

    def _missing_harvest(self, last: datetime | None, now: datetime) -> str:
        """Say since when no harvest came to its end, whatever held it up: a disk may be full."""
        if last is None or now - last <= 2 * self._interval + LONGEST_HARVEST:
            return ""
        said = _("no harvest since {moment} UTC; the log says why")
        return said.format(moment=f"{last:%Y-%m-%d %H:%M}")
