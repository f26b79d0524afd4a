"""What is due is handed out once, and what is unclear is remembered."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.deliveries import Announcement
from bot.domain.watches import Place, PlaceKind, Watch
from bot.storage import Stores, open_stores
from bot.storage.database import Database
from bot.storage.outgoing.deliveries import BATCH, Deliveries
from tests.contract.storage.mailing import HERE, READ, THERE, WantedBy, deliver, item
from tests.factories import NOW, make_category_watch

LATER = NOW + timedelta(minutes=5)


async def watch_in(stores: Stores, place: Place) -> Watch:
    """Return a stored watch of a place."""
    return await stores.watches.save_watch(make_category_watch(id=None, place=place))


async def claim(stores: Stores, **how: Any) -> tuple[Announcement, ...]:
    """Claim single messages that are due now."""
    return await stores.deliveries.claim_due(NOW, **how)


async def test_claim_due_binds_one_delivery_to_a_message(stores: Stores):
    watch = await watch_in(stores, HERE)
    papers = [await deliver(stores, number, [watch]) for number in (1, 2)]

    messages = await claim(stores)

    assert [[one.paper_id for one in message.deliveries] for message in messages] == [
        [papers[0]],
        [papers[1]],
    ]
    assert {message.place for message in messages} == {HERE}
    assert {(message.claimed_at, message.attempts) for message in messages} == {(NOW, 0)}


async def test_claim_due_twice_hands_out_nothing_more(stores: Stores):
    await deliver(stores, 1, [await watch_in(stores, HERE)])
    await claim(stores)

    assert await claim(stores) == ()


async def test_claim_due_after_a_gap_is_one_message_a_place(stores: Stores):
    watches = [await watch_in(stores, HERE), await watch_in(stores, THERE)]
    await stores.harvests.record([item(n) for n in range(BATCH + 5)], READ, WantedBy(watches), NOW)

    first = await claim(stores, gap_ended=NOW)
    second = await claim(stores, gap_ended=NOW)

    assert [(m.place, len(m.deliveries)) for m in first] == [(HERE, BATCH), (THERE, BATCH)]
    assert [(m.place, len(m.deliveries)) for m in second] == [(HERE, 5), (THERE, 5)]


async def test_claim_due_takes_together_what_was_found_until_the_gap_ended_and_nothing_newer(stores: Stores):
    watch = await watch_in(stores, HERE)
    for number in range(BATCH + 5):
        await deliver(stores, number, [watch], NOW if number <= BATCH else LATER)

    claims = [await stores.deliveries.claim_due(LATER, gap_ended=NOW) for _ in range(3)]

    carried = [[len(message.deliveries) for message in claimed] for claimed in claims]
    assert carried == [[BATCH], [1], [1, 1, 1, 1]]


async def test_claim_due_takes_together_what_a_pause_kept_until_after_the_gap(stores: Stores):
    watch = await watch_in(stores, HERE)
    await stores.watches.pause_watch(watch.id or 0, "by hand")
    for number in (1, 2):
        await deliver(stores, number, [watch])
    paused = await stores.deliveries.claim_due(LATER, gap_ended=NOW)
    await stores.watches.resume_watch(watch.id or 0)

    resumed = await stores.deliveries.claim_due(LATER, gap_ended=NOW)

    assert [[len(message.deliveries) for message in claimed] for claimed in (paused, resumed)] == [[], [2]]


async def test_claim_due_places_take_turns(stores: Stores):
    here, there = await watch_in(stores, HERE), await watch_in(stores, THERE)
    for number in range(5):
        await deliver(stores, number, [here])
    await deliver(stores, 9, [there])

    messages = await claim(stores, limit=3)

    assert [message.place for message in messages].count(THERE) == 1
    assert len(messages) == 3


async def test_give_back_is_due_again_later_under_the_same_number(stores: Stores):
    await deliver(stores, 1, [await watch_in(stores, HERE)])
    (message,) = await claim(stores)

    await stores.deliveries.give_back([message.id], LATER, failed=True)

    assert await claim(stores) == ()
    (again,) = await stores.deliveries.claim_due(LATER)
    assert again == replace(message, claimed_at=LATER, attempts=1)
    assert again.nonce == message.nonce


async def test_split_makes_two_messages_of_one_with_all_that_it_carried(stores: Stores):
    watches = [await watch_in(stores, HERE)]
    await stores.harvests.record([item(n) for n in range(5)], READ, WantedBy(watches), NOW)
    (whole,) = await claim(stores, gap_ended=NOW)

    await stores.deliveries.split(whole.id, LATER)

    assert await claim(stores, gap_ended=NOW) == ()
    first, second = await stores.deliveries.claim_due(LATER, gap_ended=NOW)
    assert first.id == whole.id
    assert (len(first.deliveries), len(second.deliveries)) == (3, 2)
    assert (*first.deliveries, *second.deliveries) == whole.deliveries


async def test_claim_due_counts_what_is_tried_again_among_the_most(stores: Stores):
    watches = [await watch_in(stores, place) for place in (HERE, THERE)]
    for number in (1, 2):
        await deliver(stores, number, watches)
    again = [one.id for one in await claim(stores, limit=2)]
    await stores.deliveries.give_back(again, NOW)

    assert len(await claim(stores, limit=3)) == 3


async def test_message_whose_watch_was_removed_is_claimed_no_more_and_others_are(stores: Stores):
    removed, kept = [await stores.watches.save_watch(make_category_watch(code, id=None, place=HERE))
                     for code in ("cs.CY", "cs.CL")]  # fmt: skip
    await deliver(stores, 1, [removed])
    await deliver(stores, 2, [kept])
    gone, there = await claim(stores)
    before = [await stores.deliveries.is_claimed(one.id) for one in (gone, there)]

    await stores.watches.remove_watch(removed.id or 0)

    assert before == [True, True]
    assert [await stores.deliveries.is_claimed(one.id) for one in (gone, there)] == [False, True]
    await stores.deliveries.mark_sent({there.id: 70}, NOW)
    assert not await stores.deliveries.is_claimed(there.id)


async def test_give_back_makes_the_whole_place_wait(stores: Stores):
    watch = await watch_in(stores, HERE)
    await deliver(stores, 1, [watch])
    (message,) = await claim(stores)
    await deliver(stores, 2, [watch])

    await stores.deliveries.give_back([message.id], LATER)

    assert await claim(stores) == ()
    assert len(await stores.deliveries.claim_due(LATER)) == 2


async def test_claim_due_writes_nothing_while_a_place_waits_or_has_a_lane(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
):
    here, there = await watch_in(stores, HERE), await watch_in(stores, THERE)
    await deliver(stores, 1, [here])
    (message,) = await claim(stores)
    await stores.deliveries.give_back([message.id], LATER)
    await deliver(stores, 2, [here, there])
    monkeypatch.setattr(Database, "write", None)

    assert await claim(stores, busy=[THERE]) == ()


async def test_mark_sent_is_found_by_place_and_paper(stores: Stores):
    paper = await deliver(stores, 1, [await watch_in(stores, HERE)])
    (message,) = await claim(stores)
    assert await stores.deliveries.find_sent(HERE, paper) is None

    await stores.deliveries.mark_sent({message.id: 1234567890123456789}, NOW)

    assert (await stores.deliveries.find_sent(HERE, paper)).message_id == 1234567890123456789  # type: ignore[union-attr]  # it is sent
    assert await stores.deliveries.find_sent(THERE, paper) is None
    assert await stores.deliveries.list_unclear() == ()
    assert await stores.deliveries.queue_size() == 0


async def test_list_unclear_after_a_restart_names_what_was_claimed(url: str):
    async with Database.open(url) as database:
        stores = open_stores(database)
        await deliver(stores, 1, [await watch_in(stores, HERE)])
        claimed = await claim(stores)

    async with Database.open(url) as database:
        again = open_stores(database).deliveries

        assert await again.list_unclear() == claimed
        assert await again.claim_due(LATER) == ()


async def test_mark_unclear_is_never_tried_again(stores: Stores):
    await deliver(stores, 1, [await watch_in(stores, HERE)])
    (message,) = await claim(stores)

    await stores.deliveries.mark_unclear(message.id)

    assert await stores.deliveries.list_unclear() == ()
    assert await stores.deliveries.claim_due(LATER) == ()


async def test_queue_size_counts_what_waits_and_what_is_on_its_way(stores: Stores):
    watch = await watch_in(stores, HERE)
    for number in range(3):
        await deliver(stores, number, [watch])
    await claim(stores, limit=1)

    assert await stores.deliveries.queue_size() == 3


async def test_claim_due_five_at_once_never_share_a_message(url: str):
    """Five connections stand for five processes: the database decides, not a lock of Python's."""
    async with Database.open(url) as database:
        stores = open_stores(database)
        watch = await watch_in(stores, HERE)
        await stores.harvests.record([item(n) for n in range(60)], READ, WantedBy([watch]), NOW)

    async def worker() -> list[int]:
        taken: list[int] = []
        async with Database.open(url) as own:
            deliveries = open_stores(own).deliveries
            while messages := await deliveries.claim_due(NOW, limit=7):
                taken += [one.paper_id for message in messages for one in message.deliveries]
        return taken

    taken = [paper for papers in await asyncio.gather(*(worker() for _ in range(5))) for paper in papers]

    assert len(taken) == len(set(taken)) == 60


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        pytest.param((0,), {"guild-of-0", "person"}, id="shard-0-has-direct-messages"),
        pytest.param((1,), {"guild-of-1"}, id="shard-1"),
        pytest.param((0, 1), {"guild-of-0", "guild-of-1", "person"}, id="both"),
    ],
)
async def test_claim_due_and_list_unclear_keep_to_their_shards(
    database: Database, stores: Stores, ids: tuple[int, ...], expected: set[str]
):
    places = {
        "guild-of-0": Place(kind=PlaceKind.CHANNEL, id=1, guild_id=4 << 22),
        "guild-of-1": Place(kind=PlaceKind.CHANNEL, id=2, guild_id=5 << 22),
        "person": Place(kind=PlaceKind.DIRECT, id=3),
    }
    watches = [await watch_in(stores, place) for place in places.values()]
    await deliver(stores, 1, watches)
    deliveries = Deliveries(database, (ids, 2))

    claimed = await deliveries.claim_due(NOW)

    assert {message.place for message in claimed} == {places[name] for name in expected}
    assert await deliveries.list_unclear() == claimed
    await claim(stores)
    assert await deliveries.list_unclear() == claimed
