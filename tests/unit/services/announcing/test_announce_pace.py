"""How much is on its way at once, and how long a failure is waited for."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.deliveries import Announcement
from bot.domain.papers import Paper
from bot.domain.watches import Place, PlaceKind
from bot.services.announcing.announce import Announcer
from bot.services.announcing.outcomes import HistoryUnreadable, Unclear
from bot.services.announcing.retrying import retry_pause
from tests.unit.services.announcing.test_announce import ONE, OTHER, FakePostman, announcer, make_due
from tests.unit.services.conftest import House

__all__ = ["announcer"]


@dataclass
class HeldUp(FakePostman):
    """A Discord that answers nothing in some places until it is let go."""

    slow: tuple[int, ...] = ()
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, announcement: Announcement, papers: Sequence[Paper]) -> int:
        """Wait, and deliver."""
        if announcement.place.id in self.slow:
            await self.gate.wait()
        return await super().send(announcement, papers)


def note_claims(house: House, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Announcement, ...]]:
    """Return the list that every claim will be added to."""
    claims: list[tuple[Announcement, ...]] = []
    claim_due = house.stores.deliveries.claim_due

    async def claim(*given: Any, **named: Any) -> tuple[Announcement, ...]:
        claims.append(await claim_due(*given, **named))
        return claims[-1]

    monkeypatch.setattr(house.stores.deliveries, "claim_due", claim)
    return claims


@pytest.fixture(autouse=True)
def quick_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let turns take hundredths of a second."""
    monkeypatch.setattr("bot.services.announcing.announce.TURN_SECONDS", 0.02)
    monkeypatch.setattr("bot.services.announcing.announce.PATIENCE_SECONDS", 0.1)


async def test_three_hundred_messages_are_on_their_way_at_once(
    house: House, announcer: Announcer, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [Place(kind=PlaceKind.CHANNEL, id=n, guild_id=n) for n in range(1, 311)]
    await make_due(house, 1, places=places)
    claims = note_claims(house, monkeypatch)
    postman = HeldUp(slow=tuple(range(1, 311)))

    await announcer.run(postman)
    under_way = sum(len(claimed) for claimed in claims)
    postman.gate.set()
    await announcer.run(postman)

    assert under_way == 300
    assert len(postman.arrived) == 310


async def test_five_messages_of_a_place_are_on_their_way_at_once(
    house: House, announcer: Announcer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_due(house, *range(1, 9), places=(ONE, OTHER))
    claims = note_claims(house, monkeypatch)
    postman = HeldUp(slow=(ONE.id,))

    await announcer.run(postman)
    of_a_place = Counter(message.place for claimed in claims for message in claimed)
    at_once = Counter(message.place for message in claims[0])
    await announcer.close()

    assert at_once == {ONE: 5, OTHER: 5}
    assert of_a_place == {ONE: 5, OTHER: 8}


def test_failure_is_waited_for_longer_each_time_up_to_a_quarter_hour() -> None:
    pauses = [retry_pause(attempts) for attempts in range(12)]

    assert pauses[:3] == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert pauses[-1] == max(pauses) == timedelta(minutes=15)
    assert pauses == sorted(pauses)


async def test_post_in_doubt_that_can_not_be_looked_for_is_given_up_at_once(
    house: House, announcer: Announcer
) -> None:
    """Posts take no nonce, so a second one would stand beside the first."""
    await make_due(house, 1)
    postman = FakePostman(faults={1: [Unclear()]}, history=HistoryUnreadable(has_nonces=False))

    for _ in range(3):
        await announcer.run(postman)
        house.pass_time(seconds=1)

    assert postman.arrived == []
    assert [count for count, _ in postman.told] == [1]
