"""Opens the clients of the outside services that the settings name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot import __version__
from bot.config import Settings
from bot.services.ports import (
    AuthorSource,
    Clock,
    Enricher,
    FeedSource,
    PaperSource,
    PersonSource,
    RecordSource,
)
from bot.sources.access import Access
from bot.sources.allowance import Ledger, MemoryLedger
from bot.sources.arxiv import ArxivClient
from bot.sources.arxiv_oai import ArxivRecords
from bot.sources.exchange import BACKGROUND, LOOK_UP, Rules
from bot.sources.gate import Gate
from bot.sources.openalex import OpenAlexClient
from bot.sources.scholar_feed import ScholarFeedClient
from bot.sources.semantic_scholar import SemanticScholarClient
from bot.sources.wire import open_client
from bot.storage.database import file_of


def utc_now() -> datetime:
    """Return the present moment, aware, UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The outside services, or what stands in for them."""

    arxiv: PaperSource
    feed: FeedSource
    records: RecordSource
    openalex: AuthorSource
    enrichers: Sequence[Enricher] = ()
    people: Sequence[PersonSource] = ()

    @property
    def all(self) -> tuple[PaperSource | RecordSource | AuthorSource | Enricher, ...]:
        """Every service once: OpenAlex both answers look-ups and completes papers."""
        every: tuple[PaperSource | RecordSource | AuthorSource | Enricher, ...]
        every = (self.arxiv, self.records, self.openalex, *self.enrichers)
        known = {id(source): source for source in every}
        return tuple(known.values())


@asynccontextmanager
async def open_sources(
    settings: Settings, *, clock: Clock = utc_now, ledger: Ledger | None = None
) -> AsyncIterator[Sources]:
    """Open the clients of all sources; all requests to arXiv pass one gate.

    Paces are kept beside the database, so that a restart does not ask too soon either. Without a
    `ledger`, what is spent is forgotten.
    """
    file = file_of(settings.database_url)
    pace, interval = settings.arxiv_min_interval_seconds, settings.harvest_interval_seconds
    gate = Gate(pace, path=file.with_name(f"{file.name}.arxiv-pace"))
    # After a failure arXiv is asked again after its own interval, then twice as long, up to a harvest's.
    rules = Rules(hold_seconds=None, first_rest_seconds=4 * pace, longest_rest_seconds=interval)
    waiting = replace(LOOK_UP, first_wait=pace)
    background = replace(BACKGROUND, first_wait=pace, longest_wait=max(interval, pace))
    async with open_client(settings.contact_email, version=__version__) as client:
        arxiv = ArxivClient(
            client,
            gate,
            api_url=settings.arxiv_api_url,
            rss_url=settings.arxiv_rss_url,
            clock=clock,
            patience=waiting,
            feed_patience=background,
            rules=rules,
        )
        access = Access(client=client, clock=clock, ledger=ledger or MemoryLedger(), beside=file)
        records = ArxivRecords(
            client,
            gate,
            url=settings.arxiv_oai_url,
            clock=clock,
            patience=background,
            check_patience=waiting,
            rules=rules,
        )
        openalex = OpenAlexClient(
            client,
            url=settings.openalex_url,
            clock=clock,
            api_key=settings.openalex_api_key,
            pace_file=file.with_name(f"{file.name}.openalex-pace"),
            ledger=access.ledger,
        )
        others = (
            SemanticScholarClient(
                access, url=settings.semantic_scholar_url, api_key=settings.semantic_scholar_api_key
            ),
            ScholarFeedClient(access, url=settings.scholar_feed_url, api_key=settings.scholar_feed_api_key),
        )
        yield Sources(
            arxiv=arxiv,
            feed=arxiv,
            records=records,
            openalex=openalex,
            enrichers=(openalex, *others),
            people=others,
        )
