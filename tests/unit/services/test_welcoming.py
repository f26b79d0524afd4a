"""Whom the bot introduces itself to, over a real store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.services.announcing.outcomes import TryLater, Unclear
from bot.services.welcoming import Welcoming
from tests.unit.services.conftest import House

OLD, NEW = 500, 501


@dataclass
class Door:
    """A Discord in which a greeting does what the test laid out, else arrives."""

    outcomes: list[bool | Exception] = field(default_factory=list)
    arrived: bool = False
    greeted: list[int] = field(default_factory=list)

    async def greet(self, guild_id: int) -> bool:
        """Let it arrive, or do what is next."""
        outcome = self.outcomes.pop(0) if self.outcomes else True
        if isinstance(outcome, Exception):
            raise outcome
        if outcome:
            self.greeted.append(guild_id)
        return outcome

    async def has_greeted(self, guild_id: int, since: datetime) -> bool:
        """Say what the test laid out."""
        return self.arrived


def make_welcoming(house: House) -> Welcoming:
    return Welcoming(store=house.stores.welcomes, state=house.stores.state, clock=house.clock)


@pytest.fixture
async def welcoming(house: House) -> Welcoming:
    """A bot that ran before, and was in one server."""
    await house.stores.state.set_state("commands:1:global", "x")
    welcoming = make_welcoming(house)
    await welcoming.begin()
    await welcoming.meet({OLD: house.now - timedelta(days=30)})
    return welcoming


async def test_greet_new_server_is_greeted_once(house: House, welcoming: Welcoming) -> None:
    door = Door()
    await welcoming.meet({NEW: house.now}, invited=[NEW])
    for _ in range(2):
        await welcoming.greet([OLD, NEW], door)
    assert door.greeted == [NEW]


async def test_greet_server_of_before_is_not_greeted(house: House, welcoming: Welcoming) -> None:
    door = Door()
    await welcoming.greet([OLD, NEW], door)
    assert door.greeted == []


async def test_greet_server_that_kicks_and_invites_again_is_not_greeted_twice(
    house: House, welcoming: Welcoming
) -> None:
    door = Door()
    for server in (OLD, NEW, NEW):
        await welcoming.meet({server: house.now}, invited=[server])
        await welcoming.greet([OLD, NEW], door)
    assert door.greeted == [NEW]


async def test_greet_server_invited_while_the_bot_was_down_is_greeted(
    house: House, welcoming: Welcoming
) -> None:
    house.now += timedelta(days=3)
    door, later = Door(), make_welcoming(house)
    await later.begin()
    await later.meet({OLD: house.now - timedelta(days=40), NEW: house.now - timedelta(days=2)})
    await later.greet([OLD, NEW], door)
    assert door.greeted == [NEW]


async def test_greet_server_that_invited_before_the_first_start_ever_is_greeted(house: House) -> None:
    door, first = Door(), make_welcoming(house)
    await first.begin()
    await first.meet({NEW: house.now - timedelta(hours=2), OLD: house.now - timedelta(days=2)})
    await first.greet([OLD, NEW], door)
    assert door.greeted == [NEW]


async def test_greet_another_processs_server_is_left_to_it(house: House, welcoming: Welcoming) -> None:
    door = Door()
    await welcoming.meet({NEW: house.now}, invited=[NEW])
    await welcoming.greet([OLD], door)
    assert door.greeted == []


async def test_greet_without_a_place_is_tried_for_a_day_and_then_left(
    house: House, welcoming: Welcoming
) -> None:
    await welcoming.meet({NEW: house.now}, invited=[NEW])
    await welcoming.greet([NEW], Door([False]))
    house.now += timedelta(days=1, minutes=1)
    await welcoming.greet([NEW], Door([False]))
    door = Door()
    await welcoming.greet([NEW], door)
    assert door.greeted == []


async def test_greet_that_was_not_sent_is_sent_later(house: House, welcoming: Welcoming) -> None:
    await welcoming.meet({NEW: house.now}, invited=[NEW])
    door = Door([TryLater(5)])
    await welcoming.greet([NEW], door)
    door.arrived = True  # whatever the history says: nothing was sent
    await welcoming.greet([NEW], door)
    assert door.greeted == [NEW]


@pytest.mark.parametrize("arrived", [True, False])
async def test_greet_in_doubt_is_looked_up_before_it_is_sent_again(
    house: House, welcoming: Welcoming, arrived: bool
) -> None:
    await welcoming.meet({NEW: house.now}, invited=[NEW])
    await welcoming.greet([NEW], Door([Unclear()]))
    again = make_welcoming(house)
    await again.begin()
    door = Door(arrived=arrived)
    for _ in range(2):
        await again.greet([NEW], door)
    assert door.greeted == ([] if arrived else [NEW])
