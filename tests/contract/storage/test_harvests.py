"""A mailing is written down with what it causes, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.feeds import CatchUpState, Listing, Mailing
from bot.domain.identifiers import ArxivId
from bot.domain.papers import AnnounceType
from bot.domain.watches import PlaceWanting, Watch, wanting_there
from bot.storage import Stores
from bot.storage.portions import FIRST
from tests.contract.storage.mailing import HERE, READ, THERE, Match, WantedBy, item
from tests.factories import NOW, make_category_watch, make_topic_watch

LATER = NOW + timedelta(days=1)


class Asked(Match):
    """A match that remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[str, frozenset[str], bool]] = []

    def __call__(self, listing: Listing) -> Sequence[PlaceWanting]:
        assert listing.paper.id is not None
        if listing.announce_type.is_first_listing:
            self.calls.append((listing.paper.title, listing.new_categories, listing.first))
        return ()


async def save(stores: Stores, watch: Watch) -> Watch:
    return await stores.watches.save_watch(replace(watch, id=None))


async def test_record_new_papers_are_stored_and_counted(stores: Stores):
    counts = await stores.harvests.record([item(1), item(2)], READ, WantedBy([]), NOW)

    found = await stores.papers.find_paper(ArxivId("2605.00001"))
    assert counts == (2, 0)
    assert found is not None
    assert found.announced_at == READ.dated


async def test_record_again_lists_and_delivers_nothing(stores: Stores):
    watch = await save(stores, make_category_watch(place=HERE))
    first = await stores.harvests.record([item(1)], READ, WantedBy([watch]), NOW)

    assert first == (1, 1)
    assert await stores.harvests.record([item(1)], READ, WantedBy([watch]), LATER) == (0, 0)


async def test_record_tells_which_categories_are_new(stores: Stores):
    asked = Asked()
    await stores.harvests.record([item(1, categories=("cs.CY",))], READ, asked, NOW)
    await stores.harvests.record(
        [item(1, AnnounceType.CROSS, categories=("cs.CY", "cs.LG"))], READ, asked, LATER
    )

    assert asked.calls == [
        ("Paper 1", frozenset({"cs.CY"}), True),
        ("Paper 1", frozenset({"cs.LG"}), False),
    ]


async def test_record_paper_looked_up_before_is_listed_for_the_first_time(stores: Stores):
    asked = Asked()
    await stores.papers.save_papers([item(1).paper])

    assert await stores.harvests.record([item(1)], READ, asked, NOW) == (1, 0)
    assert [first for _, _, first in asked.calls] == [True]


@pytest.mark.parametrize("kind", [AnnounceType.REPLACE, AnnounceType.REPLACE_CROSS])
async def test_record_replacement_updates_and_announces_nothing(stores: Stores, kind: AnnounceType):
    asked = Asked()

    counts = await stores.harvests.record([item(1, kind, version=2, announced_at=NOW)], READ, asked, NOW)

    found = await stores.papers.find_paper(ArxivId("2605.00001"))
    assert (counts, asked.calls) == ((0, 0), [])
    assert found is not None
    assert (found.version, found.announced_at) == (2, None)


async def test_record_several_watches_of_a_place_make_one_delivery(stores: Stores):
    category = await save(stores, make_category_watch(place=HERE))
    topic = await save(stores, make_topic_watch("paper", place=HERE))
    there = await save(stores, make_category_watch(place=THERE))

    counts = await stores.harvests.record([item(1)], READ, WantedBy([category, topic, there]), NOW)

    messages = await stores.deliveries.claim_due(NOW)
    assert counts == (1, 2)
    assert {m.place: m.deliveries[0].reasons for m in messages} == {
        HERE: (category.label, topic.label),
        THERE: (there.label,),
    }


async def test_record_later_listing_adds_its_reason_to_what_waits(stores: Stores):
    category = await save(stores, make_category_watch(place=HERE))
    cross = await save(stores, make_category_watch("cs.LG", place=HERE))
    await stores.harvests.record([item(1)], READ, WantedBy([category]), NOW)

    listed = item(1, AnnounceType.CROSS, categories=("cs.CY", "cs.LG"))
    assert await stores.harvests.record([listed], READ, WantedBy([cross]), LATER) == (0, 0)

    (message,) = await stores.deliveries.claim_due(LATER)
    assert message.deliveries[0].reasons == (category.label, cross.label)


async def test_record_later_listing_makes_no_second_message(stores: Stores):
    watch = await save(stores, make_category_watch(place=HERE))
    await stores.harvests.record([item(1)], READ, WantedBy([watch]), NOW)
    (message,) = await stores.deliveries.claim_due(NOW)
    await stores.deliveries.mark_sent({message.id: 5}, NOW)

    await stores.harvests.record(
        [item(1, AnnounceType.CROSS, categories=("cs.LG",), version=2)], READ, WantedBy([watch]), LATER
    )

    assert await stores.deliveries.claim_due(LATER) == ()


async def test_record_for_a_paused_watch_is_held(stores: Stores):
    watch = await save(stores, make_category_watch(place=HERE))
    await stores.watches.pause_place(HERE, "gone")

    await stores.harvests.record([item(1)], READ, WantedBy([watch]), NOW)

    assert await stores.deliveries.claim_due(NOW) == ()
    assert await stores.watches.resume_watch(watch.id or 0) == 1


async def test_record_active_watch_frees_what_a_paused_one_holds(stores: Stores):
    paused = await save(stores, make_category_watch(place=HERE))
    await stores.watches.pause_place(HERE, "gone")
    await stores.harvests.record([item(1)], READ, WantedBy([paused]), NOW)
    active = await save(stores, make_category_watch("cs.LG", place=HERE))

    listed = item(1, AnnounceType.CROSS, categories=("cs.CY", "cs.LG"))
    await stores.harvests.record([listed], READ, WantedBy([active]), LATER)

    assert len(await stores.deliveries.claim_due(LATER)) == 1


async def test_record_fault_in_the_middle_keeps_whole_chunks_and_no_state(stores: Stores):
    """What is written is papers with their deliveries; the feed counts as unread and is read again."""
    watch = await save(stores, make_category_watch(place=HERE))

    class Failing(WantedBy):
        def __call__(self, listing: Listing) -> Sequence[PlaceWanting]:
            if listing.paper.title == "Paper 450":
                raise RuntimeError("fault")
            return super().__call__(listing)

    items = [item(number) for number in range(700)]
    with pytest.raises(RuntimeError):
        await stores.harvests.record(items, READ, Failing([watch]), NOW)

    kept = (await stores.papers.size()).papers
    assert await stores.deliveries.queue_size() == kept
    assert FIRST <= kept <= 450
    assert await stores.harvests.list_feed_states() == ()
    assert await stores.harvests.record(items, READ, WantedBy([watch]), LATER) == (700 - kept, 700 - kept)


async def test_record_empty_mailing_keeps_the_state(stores: Stores):
    assert await stores.harvests.record([], READ, WantedBy([]), NOW) == (0, 0)
    assert await stores.harvests.list_feed_states() == (READ,)


async def test_feed_state_every_field_comes_back_and_is_replaced(stores: Stores):
    failed = replace(READ, checked_at=LATER, error="timed out", item_count=7)
    await stores.harvests.save_feed_state(READ)

    await stores.harvests.save_feed_state(failed)

    assert await stores.harvests.list_feed_states() == (failed,)


class Counting(Match):
    """Counts how often it had to learn the watches."""

    def __init__(self) -> None:
        super().__init__()
        self.learned: list[int] = []

    async def learn(self, watches: Sequence[Watch], version: int) -> None:
        await super().learn(watches, version)
        self.learned.append(len(watches))


async def test_record_learns_the_watches_only_when_they_changed(stores: Stores):
    match = Counting()

    async def learned_after(number: int) -> list[int]:
        await stores.harvests.record([item(number)], READ, match, NOW)
        return match.learned

    assert await learned_after(1) == [0]
    watch = await save(stores, make_category_watch(place=HERE))
    assert await learned_after(2) == [0, 1]
    assert await learned_after(3) == [0, 1]
    await stores.watches.pause_place(HERE, "gone")
    assert await learned_after(4) == [0, 1, 1]
    await stores.watches.resume_watch(watch.id or 0)
    assert await learned_after(5) == [0, 1, 1, 1]
    await stores.watches.remove_watch(watch.id or 0)
    assert await learned_after(6) == [0, 1, 1, 1, 0]


async def test_record_watch_made_while_the_others_are_learned_is_not_missed(stores: Stores):
    """The watches are read before the transaction: what changed in between is read again."""

    class Slow(Match):
        async def learn(self, watches: Sequence[Watch], version: int) -> None:
            await super().learn(watches, version)
            if not watches:
                await save(stores, make_category_watch(place=HERE))

        def __call__(self, listing: Listing) -> Sequence[PlaceWanting]:
            return [wanting_there(watch, watch.label) for watch in self.watches]

    assert await stores.harvests.record([item(1)], READ, Slow(), NOW) == (1, 1)


async def test_record_delivers_a_paper_once_that_a_mailing_lists_twice(stores: Stores):
    watch = await save(stores, make_category_watch(place=HERE))
    twice = [item(1), item(1, AnnounceType.CROSS, categories=("cs.CY", "cs.LG"))]

    assert await stores.harvests.record(twice, READ, WantedBy([watch]), NOW) == (1, 1)


async def test_record_gives_replacements_with_all_their_categories(stores: Stores):
    seen: list[Listing] = []

    class Seeing(Match):
        def __call__(self, listing: Listing) -> Sequence[PlaceWanting]:
            seen.append(listing)
            return ()

    await stores.harvests.record([item(1)], READ, Seeing(), NOW)
    await stores.harvests.record([item(1, AnnounceType.REPLACE, version=2)], READ, Seeing(), LATER)

    assert [(one.announce_type.value, one.first, one.new_categories) for one in seen] == [
        ("new", True, frozenset({"cs.CY", "cs.AI"})),
        ("replace", False, frozenset({"cs.CY", "cs.AI"})),
    ]


async def test_mailing_is_remembered_with_its_papers(stores: Stores):
    mailing = Mailing(day=date(2026, 5, 29), categories=("cs.AI", "cs.CY"), item_count=1)

    await stores.harvests.record([item(1)], READ, Match(), NOW, mailing)

    assert await stores.harvests.list_mailings() == (mailing,)


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        pytest.param((5, False), (0, False), (5, False), id="empty-after-full"),
        pytest.param((0, False), (5, False), (5, False), id="full-after-empty"),
        pytest.param((0, False), (0, True), (0, True), id="filled-after-empty"),
        pytest.param((0, True), (5, False), (0, True), id="read-after-filled"),
    ],
)
async def test_mailing_read_again_keeps_the_better_reading(
    stores: Stores, first: tuple[int, bool], then: tuple[int, bool], kept: tuple[int, bool]
):
    for count, filled in (first, then):
        mailing = Mailing(day=date(2026, 5, 29), categories=("cs.CY",), item_count=count, filled=filled)
        await stores.harvests.save_catch_up(None, [mailing])

    (found,) = await stores.harvests.list_mailings()
    assert (found.item_count, found.filled) == kept


async def test_catch_up_every_field_comes_back_and_is_forgotten(stores: Stores):
    state = CatchUpState(
        since=date(2026, 5, 20),
        until=date(2026, 5, 29),
        categories=("cs.CY",),
        sets=("cs:cs:CY",),
        token="a%3Db",
        empties=1,
        records=2500,
        error="down",
    )
    await stores.harvests.record_changes([item(1)], state, Match(), NOW)

    assert await stores.harvests.find_catch_up() == state
    await stores.harvests.save_catch_up(None)
    assert await stores.harvests.find_catch_up() is None


async def test_record_of_a_gap_that_a_feed_has_listed_brings_nothing_to_a_later_watch(stores: Stores):
    await stores.harvests.record([item(1, fetched_at=NOW)], READ, WantedBy([]), NOW)
    watch = await save(stores, make_category_watch(place=HERE))
    again = replace(item(1, fetched_at=NOW), gap_began=NOW - timedelta(days=3))

    assert await stores.harvests.record([again], READ, WantedBy([watch]), LATER) == (0, 0)
    assert await stores.deliveries.claim_due(LATER) == ()


async def test_record_of_a_gap_that_nobody_listed_is_announced(stores: Stores):
    watch = await save(stores, make_category_watch(place=HERE))
    missed = replace(item(1), gap_began=NOW - timedelta(days=3))

    assert await stores.harvests.record([missed], READ, WantedBy([watch]), LATER) == (1, 1)
