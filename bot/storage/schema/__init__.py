"""The tables of the database; a test holds the migrations equal to them."""

from __future__ import annotations

from bot.storage.schema.announcing import (
    AUTHOR_WORK_TRIGGERS,
    SHELF_TRIGGERS,
    WATCH_TRIGGERS,
    WATCHES_VERSION,
    announcements,
    deliveries,
    delivery_watches,
    revisions,
    watches,
)
from bot.storage.schema.base import metadata
from bot.storage.schema.keeping import choices, library, library_votes, reading_picks, welcomes
from bot.storage.schema.numbers import NUMBER_TRIGGERS, cohorts, paper_numbers, unplaced, unscored
from bot.storage.schema.papers import (
    TEXT_INDEX,
    WORD_INDEX,
    author_works,
    citations,
    cited_works,
    listings,
    merges,
    paper_names,
    papers,
)
from bot.storage.schema.people import (
    attributions,
    author_ids,
    author_keys,
    authors,
    authorships,
    misplaced_names,
    name_index,
    sorted_names,
)
from bot.storage.schema.upkeep import accounts, enrichments, feed_states, looks, mailings, requests, states

__all__ = [
    "AUTHOR_WORK_TRIGGERS",
    "NUMBER_TRIGGERS",
    "SHELF_TRIGGERS",
    "TEXT_INDEX",
    "WATCHES_VERSION",
    "WATCH_TRIGGERS",
    "WORD_INDEX",
    "accounts",
    "announcements",
    "attributions",
    "author_ids",
    "author_keys",
    "author_works",
    "authors",
    "authorships",
    "choices",
    "citations",
    "cited_works",
    "cohorts",
    "deliveries",
    "delivery_watches",
    "enrichments",
    "feed_states",
    "library",
    "library_votes",
    "listings",
    "looks",
    "mailings",
    "merges",
    "metadata",
    "misplaced_names",
    "name_index",
    "paper_names",
    "paper_numbers",
    "papers",
    "reading_picks",
    "requests",
    "revisions",
    "sorted_names",
    "states",
    "unplaced",
    "unscored",
    "watches",
    "welcomes",
]
