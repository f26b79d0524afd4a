"""Who wants a paper, gathered by place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.domain.feeds import Listing
from bot.domain.papers import AnnounceType, Paper
from bot.domain.watches import CategoryCriterion, Place, PlaceKind, PlaceWanting, Watch, wanting_there
from bot.storage.outgoing.wanted import wanted_of

MADE = datetime(2026, 11, 24, tzinfo=UTC)


class Given:
    """A matcher that finds the same for every listing."""

    version = 1

    def __init__(self, found: Sequence[PlaceWanting]) -> None:
        """Take what it finds."""
        self._found = found

    async def learn(self, watches: Sequence[Watch], version: int) -> None:
        """Learn nothing."""

    def __call__(self, listing: Listing) -> Sequence[PlaceWanting]:
        """Return it."""
        return self._found


def wanting(number: int, place: int) -> PlaceWanting:
    """Return a watch of a place as what wants a paper."""
    criterion = CategoryCriterion(category="cs.CY")
    there = Place(kind=PlaceKind.CHANNEL, id=place)
    watch = Watch(id=number, owner_id=1, place=there, criterion=criterion, created_at=MADE)
    return wanting_there(watch, f"reason {number}")


def listing(paper_id: int) -> Listing:
    """Return a paper as its first mailing lists it."""
    paper = Paper(id=paper_id, title="T")
    return Listing(
        paper=paper, announce_type=AnnounceType.NEW, new_categories=frozenset({"cs.CY"}), first=True
    )


def test_place_that_wants_a_paper_several_times_keeps_each_watch_in_the_order_found() -> None:
    found = [wanting(1, place=8), wanting(2, place=9), wanting(3, place=8), wanting(4, place=8)]

    (one,) = wanted_of([listing(5)], Given(found))

    assert one.paper_id == 5
    assert {place: [reason for _, reason in by] for place, by in one.places.items()} == {
        8: ["reason 1", "reason 3", "reason 4"],
        9: ["reason 2"],
    }


def test_paper_that_a_mailing_lists_twice_is_wanted_once_by_each_watch() -> None:
    found = [wanting(1, place=8), wanting(2, place=9)]

    (one,) = wanted_of([listing(5), listing(5)], Given(found))

    assert {place: [reason for _, reason in by] for place, by in one.places.items()} == {
        8: ["reason 1"],
        9: ["reason 2"],
    }
