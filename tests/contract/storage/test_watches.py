"""Watches are kept once a place, and hold or free what they caused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.watches import (
    CategoryCriterion,
    Every,
    Filters,
    Manner,
    Place,
    PlaceKind,
    TopicCriterion,
    Watch,
)
from bot.errors import NoSuchWatch
from bot.storage import Stores
from tests.contract.storage.mailing import HERE, THERE, deliver
from tests.factories import NOW, make_category_watch, make_topic_watch, make_watch

PERSON = Place(kind=PlaceKind.DIRECT, id=HERE.id)


async def save(stores: Stores, watch: Watch) -> Watch:
    """Save a watch as a new one."""
    return await stores.watches.save_watch(replace(watch, id=None))


@pytest.mark.parametrize("watch", [make_watch(), make_category_watch(), make_topic_watch()])
async def test_save_watch_every_field_comes_back(stores: Stores, watch: Watch):
    full = replace(
        watch,
        narrowed=(CategoryCriterion(category="cs.AI"), TopicCriterion(topic="energy OR carbon")),
        filters=Filters(has_code=True, exclude=("survey",), min_score=80.0, unscored=True, versions=True),
        manner=Manner(every=Every.DAILY, most_a_day=5),
    )
    stored = await save(stores, full)

    assert stored == replace(full, id=stored.id)
    assert await stores.watches.get_watch(stored.id or 0) == stored


async def test_save_watch_equal_one_is_returned_instead(stores: Stores):
    first = await save(stores, make_category_watch(place=HERE))

    again = await save(stores, make_category_watch(place=HERE, owner_id=43, created_at=NOW))

    assert again == first


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(make_category_watch(place=THERE), id="place"),
        pytest.param(make_category_watch(place=PERSON), id="kind-of-place"),
        pytest.param(make_category_watch(place=HERE, filters=Filters(has_code=True)), id="filter"),
        pytest.param(make_category_watch("cs.AI", place=HERE), id="category"),
        pytest.param(
            make_category_watch(place=HERE, narrowed=(TopicCriterion(topic="energy"),)), id="narrowed"
        ),
        pytest.param(
            make_watch(place=HERE, criterion=CategoryCriterion(category="cs.CY", primary=True)), id="primary"
        ),
    ],
)
async def test_save_watch_different_one_is_a_second(stores: Stores, other: Watch):
    first = await save(stores, make_category_watch(place=HERE))

    assert (await save(stores, other)).id != first.id


async def test_list_watches_of_place_server_and_all(stores: Stores):
    here = await save(stores, make_category_watch(place=HERE))
    there = await save(stores, make_category_watch(place=THERE))
    person = await save(stores, make_category_watch(place=PERSON))

    assert await stores.watches.list_watches() == (here, there, person)
    assert await stores.watches.list_watches(place=HERE) == (here,)
    assert await stores.watches.list_watches(place=PERSON) == (person,)
    assert await stores.watches.list_watches(guild_id=HERE.guild_id) == (here,)


async def test_remove_watch_takes_what_it_alone_caused(stores: Stores):
    category = await save(stores, make_category_watch(place=HERE))
    topic = await save(stores, make_topic_watch("paper", place=HERE))
    await deliver(stores, 1, [category])
    await deliver(stores, 2, [category, topic])

    await stores.watches.remove_watch(category.id or 0)

    with pytest.raises(NoSuchWatch):
        await stores.watches.get_watch(category.id or 0)
    left = [one for message in await stores.deliveries.claim_due(NOW) for one in message.deliveries]
    assert [one.reasons for one in left] == [(topic.label,)]


async def test_remove_watch_leaves_what_was_sent(stores: Stores):
    watch = await save(stores, make_category_watch(place=HERE))
    paper = await deliver(stores, 1, [watch])
    (message,) = await stores.deliveries.claim_due(NOW)
    await stores.deliveries.mark_sent({message.id: 5}, NOW)

    await stores.watches.remove_watch(watch.id or 0)

    assert (await stores.deliveries.find_sent(HERE, paper)).message_id == 5  # type: ignore[union-attr]  # it is sent


async def test_remove_watch_takes_a_message_that_was_given_back(stores: Stores):
    watch = await save(stores, make_category_watch(place=HERE))
    await deliver(stores, 1, [watch])
    (message,) = await stores.deliveries.claim_due(NOW)
    await stores.deliveries.give_back([message.id], NOW)

    await stores.watches.remove_watch(watch.id or 0)

    assert await stores.deliveries.claim_due(NOW) == ()


async def test_pause_place_holds_and_resume_frees(stores: Stores):
    watch = await save(stores, make_category_watch(place=HERE))
    other = await save(stores, make_category_watch(place=THERE))
    await deliver(stores, 1, [watch, other])

    paused = await stores.watches.pause_place(HERE, "the channel is gone")

    assert paused == (replace(watch, paused_reason="the channel is gone"),)
    assert await stores.watches.pause_place(HERE, "again") == ()
    assert [m.place for m in await stores.deliveries.claim_due(NOW)] == [THERE]
    assert await stores.watches.resume_watch(watch.id or 0) == 1
    assert await stores.watches.get_watch(watch.id or 0) == watch
    assert [m.place for m in await stores.deliveries.claim_due(NOW)] == [HERE]


async def test_pause_place_holds_what_was_given_back(stores: Stores):
    """A message that could not be sent is given back first; resumed, it keeps its number."""
    watch = await save(stores, make_category_watch(place=HERE))
    await deliver(stores, 1, [watch])
    (message,) = await stores.deliveries.claim_due(NOW)
    await stores.deliveries.give_back([message.id], NOW, failed=True)

    await stores.watches.pause_place(HERE, "gone")

    assert await stores.deliveries.claim_due(NOW) == ()
    assert await stores.watches.resume_watch(watch.id or 0) == 1
    (again,) = await stores.deliveries.claim_due(NOW)
    assert (again.id, again.attempts) == (message.id, 1)


async def test_pause_watch_holds_what_no_other_active_watch_wants(stores: Stores):
    paused = await stores.watches.save_watch(make_category_watch(id=None, place=HERE))
    other = await stores.watches.save_watch(make_category_watch("cs.CL", id=None, place=HERE))
    await deliver(stores, 1, [paused])
    both = await deliver(stores, 2, [paused, other])

    await stores.watches.pause_watch(paused.id or 0, "by hand")

    claimed = await stores.deliveries.claim_due(NOW)
    assert [[one.paper_id for one in message.deliveries] for message in claimed] == [[both]]


async def test_resume_watch_leaves_what_another_paused_watch_wanted(stores: Stores):
    first = await save(stores, make_category_watch(place=HERE))
    second = await save(stores, make_topic_watch("paper", place=HERE))
    await deliver(stores, 1, [first])
    await deliver(stores, 2, [second])
    await stores.watches.pause_place(HERE, "gone")

    assert await stores.watches.resume_watch(first.id or 0) == 1
    assert await stores.deliveries.queue_size() == 1


async def test_what_only_paused_watches_want_is_held_and_let_go_of_in_the_end(stores: Stores):
    for category in ("cs.CY", "cs.CL"):
        await save(stores, make_category_watch(category, place=HERE))
    await stores.watches.pause_place(HERE, "gone")
    first, second = await stores.watches.list_watches(place=HERE)
    await deliver(stores, 1, [first])
    await deliver(stores, 1, [second])

    assert await stores.deliveries.claim_due(NOW) == ()
    assert await stores.deliveries.expire_held(NOW + timedelta(seconds=1)) == 1


async def test_expire_held_leaves_what_is_under_way_and_forgets_what_was_written_down(stores: Stores):
    here = await save(stores, make_category_watch(place=HERE))
    await deliver(stores, 1, [here])
    (written,) = await stores.deliveries.claim_due(NOW)
    await stores.deliveries.give_back([written.id], NOW)
    await stores.watches.pause_place(HERE, "gone")
    await deliver(stores, 2, [await save(stores, make_category_watch(place=THERE))])
    (under_way,) = await stores.deliveries.claim_due(NOW)

    await stores.deliveries.expire_held(NOW + timedelta(seconds=1))
    await stores.watches.resume_watch(here.id or 0)

    assert await stores.deliveries.claim_due(NOW) == ()
    assert [one.id for one in await stores.deliveries.list_unclear()] == [under_way.id]


async def test_expire_held_lets_go_of_the_old(stores: Stores):
    watch = await save(stores, make_category_watch(place=HERE))
    await deliver(stores, 1, [watch])
    await stores.watches.pause_place(HERE, "gone")

    assert await stores.deliveries.expire_held(NOW) == 0
    assert await stores.deliveries.expire_held(NOW + timedelta(seconds=1)) == 1
    assert await stores.watches.resume_watch(watch.id or 0) == 0
