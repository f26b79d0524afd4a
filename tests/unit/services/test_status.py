"""What is said of the bot's state: quiet is told from broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.feeds import FeedState, Mailing, SourceStatus
from bot.domain.identifiers import ArxivId
from bot.domain.papers import Paper
from bot.domain.watches import CategoryCriterion, Place, PlaceKind, Watch
from bot.errors import DiskFull
from bot.services.status import Status
from tests.factories import make_paper
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


async def test_optional_source_that_is_silent_is_reported_and_breaks_nothing(
    house: House, status: Status
) -> None:
    house.arxiv.status = SourceStatus(name="arXiv", last_error="down", last_error_at=START, is_optional=True)

    report = await status.report()

    assert report.broken_reason == ""
    assert report.sources[0].last_error == "down"


async def test_source_that_answered_after_its_fault_and_was_not_asked_since_is_well(
    house: House, status: Status
) -> None:
    """Changed records are asked for after a gap alone, which may be weeks ago."""
    house.arxiv.status = SourceStatus(
        name="arXiv OAI-PMH",
        last_error="status 503",
        last_error_at=START,
        last_success=START + timedelta(minutes=1),
    )
    house.pass_time(days=3)

    assert (await status.report()).broken_reason == ""
    house.arxiv.status = replace(house.arxiv.status, last_error_at=START + timedelta(hours=1))
    assert "status 503" in (await status.report()).broken_reason


async def test_status_counts_the_papers_that_each_source_added_or_completed_today(
    house: House, status: Status
) -> None:
    one, two = (
        make_paper(id=None, arxiv_id=ArxivId(f"2611.0000{n}"), doi=None, openalex_id=None) for n in (1, 2)
    )
    told = Paper(arxiv_id=one.arxiv_id, title="?", venue="FAccT", source="OpenAlex", fetched_at=START)
    save = house.stores.papers.save_papers
    await save([replace(paper, source="arXiv", fetched_at=START) for paper in (one, two)])
    await save([told])
    # What brings nothing new, and what came yesterday, is no gain.
    await save([replace(told, fetched_at=START + timedelta(hours=1))])
    await save([replace(told, venue="Journal", fetched_at=START - timedelta(days=1))])

    gained = {source.name: source.gained_today for source in (await status.report()).sources}

    assert gained == {"arXiv": 2, "OpenAlex": 1}


async def test_status_is_well_where_there_is_nothing_to_harvest(house: House, status: Status) -> None:
    await watch_something(house)
    await house.harvester.run()
    (watch,) = await house.stores.watches.list_watches()
    await house.stores.watches.remove_watch(watch.id or 0)
    house.pass_time(days=3)
    await house.harvester.run()

    assert (await status.report()).broken_reason == ""


async def test_status_names_the_days_that_the_catalogue_lacks(house: House, status: Status) -> None:
    monday = START.date() - timedelta(days=1)
    days = [Mailing(day=monday - timedelta(days=n), categories=("cs.CY",), item_count=3) for n in (7, 4)]
    await house.stores.harvests.save_catch_up(None, days)
    await house.stores.harvests.save_feed_state(FeedState(categories=("cs.CY",), checked_at=house.now))

    coverage = (await status.report()).coverage

    assert (coverage.since, coverage.days) == (days[0].day, 2)
    assert [str(gap) for gap in coverage.gaps] == [
        "2026-11-17 to 2026-11-18 (cs.CY)",
        "2026-11-20 to 2026-11-23 (cs.CY)",
    ]
