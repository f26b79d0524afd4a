"""What is taken back while messages of it are on their way goes out no more."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.identifiers import ArxivId
from bot.domain.watches import Place, PlaceKind
from bot.services.announcing.announce import Announcer
from bot.services.announcing.lanes import WINDOW, Lanes
from bot.services.privacy import Privacy
from tests.unit.services.announcing.test_announce import ONE, OTHER, announcer, make_due
from tests.unit.services.announcing.test_announce_pace import HeldUp, quick_turns
from tests.unit.services.conftest import House

__all__ = ["announcer", "quick_turns"]

KOFI = Place(kind=PlaceKind.DIRECT, id=3)


async def _while_the_first_is_on_its_way(
    announcer: Announcer, postman: HeldUp, work: Callable[[], Coroutine[Any, Any, object]]
) -> None:
    """Do something while each slow place waits for Discord's answer, then let that come."""
    running = asyncio.create_task(announcer.run(postman))
    await asyncio.sleep(0.1)
    doing = asyncio.create_task(work())
    await asyncio.sleep(0.05)
    postman.gate.set()
    await doing
    await running
    await announcer.run(postman)


async def test_removed_watch_sends_nothing_more(house: House, announcer: Announcer) -> None:
    await make_due(house, 1, 2, 3, 4, places=(ONE, OTHER))
    (watch,) = await house.stores.watches.list_watches(place=ONE)
    postman = HeldUp(slow=(ONE.id,))

    async def remove() -> None:
        async with announcer.held_back(ONE):
            await house.stores.watches.remove_watch(watch.id or 0)

    await _while_the_first_is_on_its_way(announcer, postman, remove)

    assert Counter(place for place, _ in postman.arrived) == {ONE.id: 1, OTHER.id: 4}
    assert await house.stores.deliveries.queue_size() == 0


async def test_paused_watch_keeps_what_was_claimed_for_it(house: House, announcer: Announcer) -> None:
    await make_due(house, 1, 2, 3, 4)
    (watch,) = await house.stores.watches.list_watches(place=ONE)
    postman = HeldUp(slow=(ONE.id,))

    async def pause() -> None:
        async with announcer.held_back(ONE):
            await house.stores.watches.pause_watch(watch.id or 0, "by hand")

    await _while_the_first_is_on_its_way(announcer, postman, pause)
    sent_before = len(postman.arrived)
    await house.stores.watches.resume_watch(watch.id or 0)
    await announcer.run(postman)

    assert sent_before == 1
    assert len(postman.arrived) == len(set(postman.arrived)) == 4


async def test_what_was_sent_is_known_to_be_when_its_watch_is_removed(
    house: House, announcer: Announcer
) -> None:
    await make_due(house, 1)
    (watch,) = await house.stores.watches.list_watches(place=ONE)
    paper = await house.stores.papers.find_paper(ArxivId("2611.00001"))
    assert paper is not None
    postman = HeldUp(slow=(ONE.id,))

    async def remove() -> None:
        async with announcer.held_back(ONE):
            await house.stores.watches.remove_watch(watch.id or 0)

    await _while_the_first_is_on_its_way(announcer, postman, remove)

    sent = await house.stores.deliveries.find_sent(ONE, paper.id or 0)
    assert sent is not None
    assert sent.message_id == 1


async def test_what_another_watch_wants_too_goes_on(house: House, announcer: Announcer) -> None:
    await make_due(house, 1, 2, 3)
    (watch,) = await house.stores.watches.list_watches(place=ONE)
    postman = HeldUp(slow=(ONE.id,))

    async def hold() -> None:
        async with announcer.held_back(ONE):
            await house.stores.watches.change_watches([replace(watch, owner_id=4)])

    await _while_the_first_is_on_its_way(announcer, postman, hold)

    assert len(postman.arrived) == len(set(postman.arrived)) == 3


async def test_forgotten_person_gets_no_more(house: House, announcer: Announcer) -> None:
    await make_due(house, 1, 2, 3, 4, places=(KOFI,))
    postman = HeldUp(slow=(KOFI.id,))
    privacy = Privacy(store=house.stores.privacy, forget_talk=lambda _: None, held_back=announcer.held_back)

    await _while_the_first_is_on_its_way(announcer, postman, lambda: privacy.forget(KOFI.id))

    assert len(postman.arrived) == 1
    assert (await privacy.export(KOFI.id)).watches == ()


async def test_person_forgotten_by_another_process_gets_no_more(house: House, announcer: Announcer) -> None:
    await make_due(house, 1, 2, 3, 4, places=(KOFI,))
    postman = HeldUp(slow=(KOFI.id,))

    await _while_the_first_is_on_its_way(
        announcer, postman, lambda: house.stores.privacy.forget_person(KOFI.id)
    )

    assert len(postman.arrived) == 1


async def test_message_that_gets_no_answer_is_not_waited_for_long(
    house: House, announcer: Announcer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.announcing.lanes.UNDER_WAY_SECONDS", 0.05)
    await make_due(house, 1, 2, 3)
    (watch,) = await house.stores.watches.list_watches(place=ONE)
    postman = HeldUp(slow=(ONE.id,))
    running = asyncio.create_task(announcer.run(postman))
    await asyncio.sleep(0.1)

    async with announcer.held_back(ONE):
        await house.stores.watches.remove_watch(watch.id or 0)
    postman.gate.set()
    await running
    await announcer.run(postman)

    assert len(postman.arrived) == 1
    assert await house.stores.deliveries.queue_size() == 0


async def test_nothing_is_claimed_for_a_place_that_is_held_back(house: House, announcer: Announcer) -> None:
    await make_due(house, 1, places=(ONE, OTHER))
    postman = HeldUp()
    async with announcer.held_back(ONE), announcer.held_back(ONE):
        await announcer.run(postman)
        assert [place for place, _ in postman.arrived] == [OTHER.id]
    await announcer.run(postman)
    assert [place for place, _ in postman.arrived] == [OTHER.id, ONE.id]


async def test_lane_that_fails_frees_its_place() -> None:
    lanes = Lanes()

    async def fail() -> None:
        raise ValueError("an error of our own")

    lanes.open(ONE, 2, fail())
    assert (list(lanes.places), lanes.room) == ([ONE], WINDOW - 2)
    with suppress(ValueError):
        await lanes.wait(1.0)
    await asyncio.sleep(0)
    assert (list(lanes.places), lanes.room) == ([], WINDOW)
