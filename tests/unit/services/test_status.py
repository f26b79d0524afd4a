"""What is said of the bot's state: quiet is told from broken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.watches import CategoryCriterion, Place, PlaceKind, Watch
from bot.errors import DiskFull
from bot.services.status import Status
from tests.unit.services.conftest import START, House

HERE = Place(kind=PlaceKind.CHANNEL, id=1, guild_id=2)


@pytest.fixture
def status(house: House) -> Status:
    """Return the status over the house's stores and sources."""
    return Status(
        papers=house.stores.papers,
        deliveries=house.stores.deliveries,
        harvests=house.stores.harvests,
        state=house.stores.state,
        sources=(house.arxiv, house.openalex),
        accounts=house.stores.accounts,
        clock=house.clock,
        harvest_interval=timedelta(minutes=30),
    )


async def watch_something(house: House) -> None:
    """Let there be something to harvest."""
    criterion = CategoryCriterion(category="cs.CY")
    await house.stores.watches.save_watch(
        Watch(owner_id=3, place=HERE, criterion=criterion, created_at=START)
    )


async def test_status_after_a_harvest_is_well(house: House, status: Status) -> None:
    await watch_something(house)
    await house.harvester.run()
    house.pass_time(minutes=29)

    assert (await status.report()).broken_reason == ""


async def test_status_names_a_harvest_that_stays_away(
    house: House, status: Status, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a full disk ends every harvest, the sources are well and nothing new comes."""

    async def full(*_: Any) -> None:
        raise DiskFull("no space is left")

    await watch_something(house)
    await house.harvester.run()
    monkeypatch.setattr(house.stores.harvests, "record", full)
    monkeypatch.setattr(house.stores.harvests, "save_feed_state", full)
    house.pass_time(hours=2)
    with pytest.raises(DiskFull):
        await house.harvester.run()

    assert "no harvest since 2026-11-24 15:00 UTC" in (await status.report()).broken_reason


async def test_status_is_well_where_there_is_nothing_to_harvest(house: House, status: Status) -> None:
    await watch_something(house)
    await house.harvester.run()
    (watch,) = await house.stores.watches.list_watches()
    await house.stores.watches.remove_watch(watch.id or 0)
    house.pass_time(days=3)
    await house.harvester.run()

    assert (await status.report()).broken_reason == ""
