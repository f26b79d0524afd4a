"""The composition root: opens what Hoopoe works with, builds the services, yields the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

# Here, before there are threads. What makes numbers is imported when first needed, in the event loop and
# in threads that read, draw or score: if two begin to import NumPy, it may stay half imported for good.
import numpy as np  # noqa: F401 - imported for good, not used here

from bot.config import Settings
from bot.outside import Sources, open_sources, utc_now
from bot.services import Services
from bot.services.announcing.announce import Announcer
from bot.services.announcing.revise import Reviser
from bot.services.conversation.languages import Languages
from bot.services.discussions import Discussions
from bot.services.enriching import Enriching
from bot.services.facts import Facts
from bot.services.harvesting.catching_up import CatchUp
from bot.services.harvesting.citing import Citing
from bot.services.harvesting.harvest import Harvester
from bot.services.library import ReadingList
from bot.services.lookup import Lookup
from bot.services.models import current_model
from bot.services.numbers import Numbers
from bot.services.permits import Permits
from bot.services.picks import Picks
from bot.services.plain_words import PlainWords
from bot.services.ports import Clock
from bot.services.privacy import Privacy
from bot.services.relations import Relations
from bot.services.renewal import Renewal
from bot.services.scoring import Scoring
from bot.services.search import Search
from bot.services.spelling import Spelling
from bot.services.status import Status
from bot.services.timetable import Timetable
from bot.services.vocabulary import Vocabulary
from bot.services.watches.tuning import Tuning
from bot.services.watches.watching import Watching
from bot.services.welcoming import Welcoming
from bot.storage.database import Database
from bot.storage.locks import HarvestLock
from bot.storage.outgoing.shards import Shards
from bot.storage.stores import Stores, open_stores

if TYPE_CHECKING:
    from bot.client import HoopoeBot
    from bot.services.conversation.converse import Conversation


@asynccontextmanager
async def open_services(
    settings: Settings, *, clock: Clock = utc_now, sources: Sources | None = None
) -> AsyncIterator[Services]:
    """Open the database and the sources, and build the services over them; close all at the end.

    Without `sources`, those that the settings name are asked.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database.open(settings.database_url))
        stores = open_stores(database, shards=shards_of(settings), clock=clock)
        if sources is None:
            sources = await stack.enter_async_context(
                open_sources(settings, clock=clock, ledger=stores.accounts)
            )
        services = build_services(settings, stores, sources, clock)
        stack.push_async_callback(services.announcer.close)
        yield services


def build_services(settings: Settings, stores: Stores, sources: Sources, clock: Clock) -> Services:
    """Put the services together; nothing is opened or asked here."""
    facts = Facts(sources.people, stores.authors, stores.state, clock)
    enriching = Enriching(sources.enrichers, stores.papers, stores.enrichments, clock, facts)
    vocabulary = Vocabulary(papers=stores.papers, clock=clock)
    load_model = partial(current_model, stores.state)
    scoring = Scoring(
        store=stores.numbers,
        state=stores.state,
        vocabulary=vocabulary,
        load_model=load_model,
        clock=clock,
    )
    numbers = Numbers(
        store=stores.numbers, papers=stores.papers, scoring=scoring, load_model=load_model, clock=clock
    )
    lookup = Lookup(
        papers=stores.papers,
        authors=stores.authors,
        state=stores.state,
        arxiv=sources.arxiv,
        openalex=sources.openalex,
        clock=clock,
        looked_at=enriching.looked_at,
        numbers_of=numbers.of_author,
        want_facts=facts.want,
    )
    search = Search(
        spelling=Spelling(papers=stores.papers, vocabulary=vocabulary),
        papers=stores.papers,
        authors=stores.authors,
        state=stores.state,
        library=stores.library,
        arxiv=sources.arxiv,
        numbers=numbers,
    )
    harvester = Harvester(
        make_numbers=numbers.make_for,
        source=sources.feed,
        store=stores.harvests,
        watches=stores.watches,
        state=stores.state,
        vocabulary=vocabulary,
        clock=clock,
        catch_up=CatchUp(
            source=sources.records,
            store=stores.harvests,
            clock=clock,
            reach=timedelta(days=settings.catch_up_days),
        ),
        categories=settings.harvest_categories,
    )
    citing = Citing(
        source=sources.openalex,
        store=stores.citations,
        watches=stores.watches,
        papers=stores.papers,
        authors=stores.authors,
        vocabulary=vocabulary,
        clock=clock,
    )
    announcer = Announcer(
        deliveries=stores.deliveries,
        papers=stores.papers,
        watches=stores.watches,
        state=stores.state,
        clock=clock,
    )
    watching = Watching(
        held_back=announcer.held_back,
        citing=citing,
        watches=stores.watches,
        papers=stores.papers,
        authors=stores.authors,
        lookup=lookup,
        harvester=harvester,
        vocabulary=vocabulary,
        clock=clock,
    )
    status = Status(
        papers=stores.papers,
        deliveries=stores.deliveries,
        harvests=stores.harvests,
        state=stores.state,
        sources=sources.all,
        accounts=stores.accounts,
        clock=clock,
        harvest_interval=timedelta(seconds=settings.harvest_interval_seconds),
    )
    library = ReadingList(lookup=lookup, library=stores.library, clock=clock)
    relations = Relations(lookup=lookup, authors=stores.authors)
    timetable = Timetable(stores.state)
    languages = Languages(stores.state)

    def conversation() -> Conversation:
        from bot.services.conversation.converse import Conversation

        return Conversation(
            lookup=lookup,
            search=search,
            watching=watching,
            harvester=harvester,
            relations=relations,
            library=library,
            status=status,
            timetable=timetable,
            languages=languages,
            papers=stores.papers,
            authors=stores.authors,
            clock=clock,
        )

    plain_words = PlainWords(conversation)
    return Services(
        lookup=lookup,
        search=search,
        library=library,
        relations=relations,
        renewal=Renewal(lookup=lookup, relations=relations),
        tuning=Tuning(watches=stores.watches, papers=stores.papers),
        watching=watching,
        harvester=harvester,
        enriching=enriching,
        citing=citing,
        timetable=timetable,
        languages=languages,
        permits=Permits(stores.state),
        numbers=numbers,
        scoring=scoring,
        announcer=announcer,
        reviser=Reviser(revisions=stores.revisions, papers=stores.papers, clock=clock),
        status=status,
        plain_words=plain_words,
        picks=Picks(store=stores.picks, timetable=Timetable(stores.state), clock=clock),
        discussions=Discussions(stores.state),
        welcoming=Welcoming(store=stores.welcomes, state=stores.state, clock=clock),
        privacy=Privacy(store=stores.privacy, forget_talk=plain_words.forget, held_back=announcer.held_back),
        papers=stores.papers,
        state=stores.state,
    )


def shards_of(settings: Settings) -> Shards | None:
    """Return this process's shards and their number in all, None where there is one process."""
    if settings.shard_count is None:
        return None
    return settings.shard_ids or tuple(range(settings.shard_count)), settings.shard_count


def make_bot(
    settings: Settings, services: Services, *, clock: Clock = utc_now, lock: HarvestLock | None = None
) -> HoopoeBot:
    """Return the bot over open services; without a lock it never harvests."""
    # Discord's library is large, and whoever only looks something up in the terminal needs none of it.
    from bot.client import HoopoeBot

    return HoopoeBot(
        services=services,
        clock=clock,
        api_url=settings.discord_api_url,
        shard_ids=settings.shard_ids or None,
        shard_count=settings.shard_count,
        dev_guild_id=settings.dev_guild_id,
        announce_interval=settings.announce_interval_seconds,
        harvest_interval=settings.harvest_interval_seconds,
        may_harvest=lock.take if lock else lambda: False,
    )
