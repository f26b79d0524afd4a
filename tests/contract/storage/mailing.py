"""Mailings of invented papers, and a match that names the watches that want each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.domain.feeds import FeedItem, FeedState, Listing, Validators
from bot.domain.identifiers import ArxivId
from bot.domain.papers import AnnounceType, Authorship, Paper
from bot.domain.watches import Place, PlaceKind, PlaceWanting, Watch, wanting_there
from bot.storage import Stores
from tests.factories import NOW

HERE = Place(kind=PlaceKind.CHANNEL, id=111, guild_id=999)
THERE = Place(kind=PlaceKind.CHANNEL, id=222, guild_id=998)
READ = FeedState(
    categories=("cs.CY",), validators=Validators(etag='"1"'), checked_at=NOW, succeeded_at=NOW, dated=NOW
)


def item(number: int, kind: AnnounceType = AnnounceType.NEW, **changes: Any) -> FeedItem:
    """Return a numbered paper as a feed lists it."""
    values: dict[str, Any] = {
        "arxiv_id": ArxivId(f"2605.{number:05}"),
        "title": f"Paper {number}",
        "authors": (Authorship(name="Ann Onymous"),),
        "primary_category": "cs.CY",
        "categories": ("cs.CY", "cs.AI"),
        "source": "arXiv",
    }
    return FeedItem(paper=Paper(**(values | changes)), announce_type=kind)


class Match:
    """Knows the watches it is given, and wants none."""

    def __init__(self) -> None:
        self.version = -1
        self.watches: Sequence[Watch] = ()

    async def learn(self, watches: Sequence[Watch], version: int) -> None:
        self.watches, self.version = watches, version

    def __call__(self, listing: Listing) -> Sequence[PlaceWanting]:
        return ()


class WantedBy(Match):
    """Finds these watches, as they are now, for every paper."""

    def __init__(self, watches: Sequence[Watch]) -> None:
        super().__init__()
        self.ids = {watch.id for watch in watches}

    def __call__(self, listing: Listing) -> Sequence[PlaceWanting]:
        if not listing.announce_type.is_first_listing:
            return ()
        return [wanting_there(watch, watch.label) for watch in self.watches if watch.id in self.ids]


async def deliver(stores: Stores, number: int, watches: Sequence[Watch], now: datetime = NOW) -> int:
    """Let a mailing cause deliveries of one paper to these watches; return the paper's id."""
    listed = item(number)
    await stores.harvests.record([listed], READ, WantedBy(watches), now)
    paper = await stores.papers.find_paper(listed.paper.arxiv_id or ArxivId(""))
    assert paper is not None
    assert paper.id is not None
    return paper.id
