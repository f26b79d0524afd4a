"""Puts the playground together: the sample, the real services and bot, a world, the front page."""

from __future__ import annotations

import asyncio
import logging
import sys
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from bot.app import open_services
from bot.client import HoopoeBot
from bot.config import Settings
from bot.domain.orders import Order
from bot.errors import HoopoeError
from bot.outside import Sources
from bot.services import Services
from bot.setting_values import DATABASE_PREFIX
from playground.feed import SampleFeed
from playground.page import FrontPage, serve
from playground.sample import Sample, sample_catalogue
from playground.sources import SampleAuthors, SamplePapers, SampleRecords
from playground.world import World, WorldClock, open_world

logger = logging.getLogger(__name__)

USUAL_PORT = 8710
HARVEST_SECONDS = 10.0
ANNOUNCE_SECONDS = 5.0

_TICK_SECONDS = 1.0
_TOPIC = "energy OR carbon OR water"
_AUTHOR = "Mira Oyelaran"
_CATEGORY = "cs.CY"


class PortTaken(Exception):
    """Another program listens on the port that was asked for."""

    def __init__(self, port: int) -> None:
        """Keep the port."""
        super().__init__(str(port))
        self.port = port


async def play(*, port: int | None, open_browser: bool) -> None:
    """Run the playground until it is cancelled; raise PortTaken."""
    if not logger.isEnabledFor(logging.DEBUG):
        # What the loops write every few seconds would bury the page's address, as would what the
        # library misses for voice.
        for name, level in (("bot", logging.WARNING), ("cogs", logging.WARNING), ("discord", logging.ERROR)):
            logging.getLogger(name).setLevel(level)
    async with open_playground() as (world, feed, services):
        ticking = asyncio.create_task(_keep_time(world, feed, services))
        try:
            page = FrontPage(world, lambda: feed.next_in, lambda: let_a_day_pass(world, feed))
            async with _front_page(page, port) as address:
                _welcome(address)
                if open_browser:
                    await asyncio.to_thread(webbrowser.open, address)
                await asyncio.Event().wait()
        finally:
            ticking.cancel()
            with suppress(asyncio.CancelledError):
                await ticking


@asynccontextmanager
async def open_playground() -> AsyncIterator[tuple[World, SampleFeed, Services]]:
    """Start the bot over the sample in a simulated Discord, with a few watches."""
    clock = WorldClock()
    sample = Sample.of(clock().date())
    feed = SampleFeed(sample.inventor, sample.mailing, clock)
    async with sample_catalogue(sample) as file:
        settings = Settings(
            database_url=f"{DATABASE_PREFIX}{file}",
            harvest_interval_seconds=HARVEST_SECONDS,
            announce_interval_seconds=ANNOUNCE_SECONDS,
        )
        sources = Sources(
            arxiv=SamplePapers((*sample.papers, *sample.elsewhere), clock),
            feed=feed,
            records=SampleRecords(clock),
            openalex=SampleAuthors(sample.authors, clock, sample.papers, lambda: feed.appeared),
        )
        async with open_services(settings, clock=clock, sources=sources) as services:
            bot = HoopoeBot(
                services=services,
                clock=clock,
                shard_count=1,
                announce_interval=settings.announce_interval_seconds,
                harvest_interval=settings.harvest_interval_seconds,
            )
            services.scoring.hurry()
            # Before the world opens, which waits for whatever the bot has begun; afterwards little is left.
            await services.scoring.run()
            async with open_world(bot, clock) as world:
                await _start_watches(world, services)
                yield world, feed, services


async def _start_watches(world: World, services: Services) -> None:
    """Make the watches that are there from the start; the first paper is for the last of them."""
    post = await world.server.start_post(
        "Energy and AI", "New papers on energy, carbon and water appear in this post."
    )
    watching, owner = services.watching, world.server.ines.id
    await watching.watch_topic(_TOPIC, Order(owner=owner, place=post))
    await watching.watch_author(_AUTHOR, Order(owner=owner, place=world.server.announcements))
    await watching.watch_category(_CATEGORY, Order(owner=owner, place=world.server.announcements))


async def let_a_day_pass(world: World, feed: SampleFeed) -> None:
    """Let a whole mailing appear, and a day be over for digests and for who cites what.

    It passes in halves, with a harvest before and after each: a bot that was silent for longer would
    announce what it missed all together.
    """
    feed.let_mailing_appear()
    for part in (timedelta(), timedelta(hours=12), timedelta(hours=12)):
        await world.skip(part, 1.5 * HARVEST_SECONDS)


async def _keep_time(world: World, feed: SampleFeed, services: Services) -> None:
    """Let time pass in the world, and papers appear."""
    while True:
        try:
            feed.let_appear((await services.watching.list_watches()).watches)
            await world.pass_time()
        except HoopoeError:
            logger.exception("playground's clock stumbled")
        await asyncio.sleep(_TICK_SECONDS)


@asynccontextmanager
async def _front_page(page: FrontPage, port: int | None) -> AsyncIterator[str]:
    """Serve the page on the port asked for, else on the usual one or any that is free."""
    for attempt in (USUAL_PORT, 0) if port is None else (port,):
        serving = serve(page, attempt)
        try:
            address = await serving.__aenter__()
        except OSError as error:
            if port is not None:
                raise PortTaken(port) from error
            continue
        try:
            yield address
        finally:
            await serving.__aexit__(None, None, None)
        return


def _welcome(address: str) -> None:
    sys.stdout.write(
        f"Hoopoe playground: {address}\nType /author Sasha Luccioni in #papers there. Ctrl-C ends it.\n"
    )
    sys.stdout.flush()
