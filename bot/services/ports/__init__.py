"""What the services need from sources and storage; both satisfy these structurally."""

from __future__ import annotations

from bot.services.ports.catalogue import (
    AccountStore,
    AuthorStore,
    EnrichmentStore,
    ImportStore,
    NumberStore,
    PaperStore,
)
from bot.services.ports.discord import Greeter, Postman, RevisionPostman, Venue
from bot.services.ports.keeping import LibraryStore, PickStore, PrivacyStore, StateStore, WelcomeStore
from bot.services.ports.sources import (
    AuthorSource,
    Clock,
    Enricher,
    FeedSource,
    PaperSource,
    PersonSource,
    RecordFile,
    RecordSource,
)
from bot.services.ports.watches import (
    CitationStore,
    DeliveryStore,
    HarvestStore,
    Match,
    RevisionStore,
    WatchStore,
)

__all__ = [
    "AccountStore",
    "AuthorSource",
    "AuthorStore",
    "CitationStore",
    "Clock",
    "DeliveryStore",
    "Enricher",
    "EnrichmentStore",
    "FeedSource",
    "Greeter",
    "HarvestStore",
    "ImportStore",
    "LibraryStore",
    "Match",
    "NumberStore",
    "PaperSource",
    "PaperStore",
    "PersonSource",
    "PickStore",
    "Postman",
    "PrivacyStore",
    "RecordFile",
    "RecordSource",
    "RevisionPostman",
    "RevisionStore",
    "StateStore",
    "Venue",
    "WatchStore",
    "WelcomeStore",
]
