"""What changes of announced papers is noted with the change, and handed out once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from bot.domain.feeds import CatchUpState
from bot.domain.papers import AnnounceType
from bot.domain.revisions import Change, RevisedMessage, Revision, Telling
from bot.domain.schedule import Hours, hours_key
from bot.storage import Stores
from bot.storage.database import Database
from bot.storage.outgoing.revisions import Revisions
from tests.contract.storage.mailing import HERE, READ, THERE, WantedBy, deliver, item
from tests.factories import NOW, make_category_watch

LATER = NOW + timedelta(minutes=5)


async def announce(stores: Stores, *numbers: int, message_id: int = 70) -> list[int]:
    """Let papers be announced here, the messages numbered from this id on; return the papers' ids."""
    watch = await stores.watches.save_watch(make_category_watch(id=None, place=HERE))
    ids = [await deliver(stores, number, [watch]) for number in numbers]
    claimed = await stores.deliveries.claim_due(NOW)
    sent = {one.id: message_id + place for place, one in enumerate(claimed)}
    await stores.deliveries.mark_sent(sent, NOW)
    return ids


async def replace_paper(stores: Stores, number: int, **changes: Any) -> None:
    """Let a feed list a paper as replaced."""
    replaced = item(number, AnnounceType.REPLACE, **({"version": 2} | changes))
    await stores.harvests.record([replaced], READ, WantedBy([]), NOW)


async def tell_by_answers(stores: Stores, **hours: Any) -> None:
    """Have announcements here answered."""
    told = Hours(**({"telling": Telling.ANSWER} | hours))
    await stores.state.set_state(hours_key(HERE), msgspec.json.encode(told).decode())


async def test_new_version_of_an_announced_paper_is_handed_out_once(stores: Stores):
    (paper,) = await announce(stores, 1)
    await replace_paper(stores, 1, title="Another title")

    (message,) = await stores.revisions.claim(NOW)

    revision = Revision(version=2, changes=(Change.TITLE,), former_title="Paper 1")
    assert message == RevisedMessage(
        id=message.id,
        announcement=message.announcement,
        message_id=70,
        revisions={paper: revision},
        fresh=(paper,),
        is_answered=False,
        claimed_at=NOW,
    )
    assert [one.paper_id for one in message.announcement.deliveries] == [paper]
    assert await stores.revisions.claim(LATER) == ()


@pytest.mark.parametrize("whoever", ["a feed", "records after a gap", "a look-up"])
async def test_new_version_is_handed_out_whoever_brought_it(stores: Stores, whoever: str):
    (paper,) = await announce(stores, 1)
    replaced = item(1, AnnounceType.REPLACE, version=2, title="Another title")

    match whoever:
        case "a feed":
            await stores.harvests.record([replaced], READ, WantedBy([]), NOW)
        case "records after a gap":
            reading = CatchUpState(since=NOW.date(), until=NOW.date(), categories=("cs.CY",), sets=("cs",))
            await stores.harvests.record_changes([replaced], reading, WantedBy([]), NOW)
        case _:
            await stores.papers.save_papers([replaced.paper])

    (message,) = await stores.revisions.claim(NOW)
    assert message.revisions == {paper: Revision(version=2, changes=(Change.TITLE,), former_title="Paper 1")}


async def test_new_version_of_what_waits_or_was_never_wanted_is_not_handed_out(stores: Stores):
    watch = await stores.watches.save_watch(make_category_watch(id=None, place=HERE))
    await deliver(stores, 1, [watch])
    await deliver(stores, 2, [])
    for number in (1, 2):
        await replace_paper(stores, number, title="Another title")
    (message,) = await stores.deliveries.claim_due(NOW)
    await stores.deliveries.mark_sent({message.id: 70}, NOW)

    assert await stores.revisions.claim(NOW) == ()


async def test_change_while_a_message_is_on_its_way_is_handed_out_when_it_arrived(stores: Stores):
    watch = await stores.watches.save_watch(make_category_watch(id=None, place=HERE))
    await deliver(stores, 1, [watch])
    (message,) = await stores.deliveries.claim_due(NOW)
    await replace_paper(stores, 1, title="Another title")
    before = await stores.revisions.claim(NOW)
    await stores.deliveries.mark_sent({message.id: 70}, NOW)

    assert before == ()
    assert len(await stores.revisions.claim(NOW)) == 1


async def test_change_while_a_message_is_tried_again_is_handed_out_when_it_arrived(stores: Stores):
    watch = await stores.watches.save_watch(make_category_watch(id=None, place=HERE))
    await deliver(stores, 1, [watch])
    (message,) = await stores.deliveries.claim_due(NOW)
    await stores.deliveries.give_back([message.id], NOW)
    await stores.deliveries.claim_due(NOW)
    await replace_paper(stores, 1, title="Another title")
    await stores.deliveries.mark_sent({message.id: 70}, NOW)

    assert len(await stores.revisions.claim(NOW)) == 1


async def test_message_that_is_written_anew_already_has_what_changed(stores: Stores):
    watch = await stores.watches.save_watch(make_category_watch(id=None, place=HERE))
    await deliver(stores, 1, [watch])
    (message,) = await stores.deliveries.claim_due(NOW)
    await replace_paper(stores, 1, title="Another title")
    await stores.deliveries.give_back([message.id], NOW)
    await stores.deliveries.claim_due(NOW)
    await stores.deliveries.mark_sent({message.id: 70}, NOW)

    assert await stores.revisions.claim(NOW) == ()


async def test_changes_that_nobody_was_told_of_yet_become_one(stores: Stores):
    (paper,) = await announce(stores, 1)
    await replace_paper(stores, 1, title="Another title")
    await replace_paper(stores, 1, title="A third title", version=3, journal_reference="Nature 1 (2026)")

    (message,) = await stores.revisions.claim(NOW)

    assert message.revisions == {
        paper: Revision(version=3, changes=(Change.TITLE, Change.PUBLISHED), former_title="Paper 1")
    }


async def test_version_that_nobody_would_notice_is_edited_and_never_answered(stores: Stores):
    await announce(stores, 1)
    await tell_by_answers(stores)
    await replace_paper(stores, 1)

    (message,) = await stores.revisions.claim(NOW)

    assert (message.fresh, message.is_answered, message.revisions) == ((), False, {})


async def test_changes_of_one_message_are_handed_out_together(stores: Stores):
    watch = await stores.watches.save_watch(make_category_watch(id=None, place=HERE))
    ids = [await deliver(stores, number, [watch]) for number in (1, 2, 3)]
    (digest,) = await stores.deliveries.claim_due(NOW, gap_ended=NOW)
    await stores.deliveries.mark_sent({digest.id: 70}, NOW)
    for number in (1, 3):
        await replace_paper(stores, number, title=f"Another title {number}")

    (message,) = await stores.revisions.claim(NOW)

    assert message.fresh == (ids[0], ids[2])
    assert set(message.revisions) == {ids[0], ids[2]}


@pytest.mark.parametrize(("paused", "answered"), [("", True), ("paused by hand", False)])
async def test_answer_is_given_where_that_is_set_and_somebody_watches(
    stores: Stores, paused: str, answered: bool
):
    await announce(stores, 1)
    await tell_by_answers(stores)
    if paused:
        (watch,) = await stores.watches.list_watches(place=HERE)
        await stores.watches.pause_watch(watch.id or 0, paused)
    await replace_paper(stores, 1, title="Another title")

    (message,) = await stores.revisions.claim(NOW)

    assert message.is_answered == answered


@pytest.mark.parametrize(("telling", "in_quiet_hours"), [(Telling.ANSWER, 0), (Telling.EDIT, 1)])
async def test_answers_wait_for_the_end_of_quiet_hours_and_edits_do_not(
    stores: Stores, telling: Telling, in_quiet_hours: int
):
    await announce(stores, 1)
    await replace_paper(stores, 1, title="Another title")
    hour = NOW.hour
    await tell_by_answers(stores, quiet_from=hour, quiet_until=hour + 1, telling=telling)

    quiet = await stores.revisions.claim(NOW)
    over = await stores.revisions.claim(NOW + timedelta(hours=1))

    assert len(quiet) == in_quiet_hours
    assert len(over) == 1 - in_quiet_hours


async def test_what_was_given_back_comes_again_under_the_same_number_without_later_changes(stores: Stores):
    (paper,) = await announce(stores, 1)
    await replace_paper(stores, 1, title="Another title")
    (message,) = await stores.revisions.claim(NOW)
    await stores.revisions.give_back([message.id], LATER, failed=True)
    await replace_paper(stores, 1, title="Another title", version=3, withdrawn=True)
    early = await stores.revisions.claim(NOW)

    first, second = sorted(await stores.revisions.claim(LATER), key=lambda one: one.attempts, reverse=True)

    assert early == ()
    assert (first.id, first.attempts, first.nonce) == (message.id, 1, message.nonce)
    assert second.id != first.id
    assert second.revisions[paper].changes == (Change.WITHDRAWN,)


async def test_list_unclear_names_what_was_claimed_until_it_is_marked_or_dropped(stores: Stores):
    await announce(stores, 1, 2)
    for number in (1, 2):
        await replace_paper(stores, number, title=f"Another title {number}")
    claimed = await stores.revisions.claim(NOW)

    assert await stores.revisions.list_unclear() == claimed

    await stores.revisions.mark_told({claimed[0].id: 99})
    await stores.revisions.drop([claimed[1].id])

    assert await stores.revisions.list_unclear() == ()
    assert await stores.revisions.claim(LATER) == ()


async def test_claim_keeps_to_its_shards(database: Database, stores: Stores):
    await announce(stores, 1)
    await replace_paper(stores, 1, title="Another title")
    mine = (HERE.guild_id or 0) >> 22

    assert await Revisions(database, (((mine + 1) % 2,), 2)).claim(NOW) == ()
    assert len(await Revisions(database, ((mine % 2,), 2)).claim(NOW)) == 1


async def test_removed_watch_leaves_its_messages_to_be_revised(stores: Stores):
    await announce(stores, 1)
    (watch,) = await stores.watches.list_watches(place=HERE)
    await stores.watches.remove_watch(watch.id or 0)
    await replace_paper(stores, 1, title="Another title")

    (message,) = await stores.revisions.claim(NOW)

    assert message.announcement.place == replace(THERE, id=HERE.id, guild_id=HERE.guild_id)
    assert not message.is_answered
