"""What a harvest reads, writes down and delivers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.categories import CATEGORIES
from bot.domain.feeds import Feed, FeedItem, FeedState, Validators
from bot.domain.identifiers import ArxivId
from bot.domain.imports import Bookmark
from bot.domain.orders import Order
from bot.domain.papers import AnnounceType, Paper
from bot.domain.search import ListRequest, PaperFilter, Sort
from bot.domain.watches import (
    CategoryCriterion,
    Criterion,
    Filters,
    Manner,
    Place,
    PlaceKind,
    TopicCriterion,
    Watch,
)
from bot.services.announcing.announce import CATCH_UP, GAP_ENDED
from bot.services.harvesting.harvest import expand, plan
from bot.storage.incoming import imports
from tests.factories import make_paper
from tests.unit.services.conftest import START, House

CHANNEL = Place(kind=PlaceKind.CHANNEL, id=1, guild_id=2)
MIDNIGHT = START.replace(hour=5)


def papers(*numbers: int, category: str = "cs.CY") -> list[Paper]:
    """Return new papers as a feed lists them."""
    return [
        make_paper(
            id=None,
            arxiv_id=ArxivId(f"2611.{number:05}"),
            title=f"Energy paper {number}",
            primary_category=category,
            categories=(category,),
        )
        for number in numbers
    ]


def feed(found: Sequence[Paper], dated: datetime = MIDNIGHT, category: str = "cs.CY") -> Feed:
    """Return a mailing."""
    return Feed(
        categories=(category,),
        dated=dated,
        items=tuple(FeedItem(paper=paper, announce_type=AnnounceType.NEW) for paper in found),
        validators=Validators(etag=str(len(found))),
    )


def comparable(found: Sequence[Paper]) -> list[Paper]:
    """Return papers with texts of which numbers can be made, no two alike."""
    return [
        replace(
            paper,
            title=f"Robots {number} " + "and graphs " * (number % 5),
            abstract=f"We show that the results of robot{number} are better than those of graph{number}. "
            * 6,
            submitted_at=START - timedelta(days=1),
        )
        for number, paper in enumerate(found)
    ]


async def test_watch_with_a_least_score_gets_the_papers_that_reach_it_the_day_they_appear(house: House):
    """Their numbers are made before the watches are asked."""
    new = comparable(papers(*range(1, 41)))
    house.arxiv.feeds = {"cs.CY": feed([])}
    criterion = CategoryCriterion(category="cs.CY")
    await house.stores.watches.save_watch(a_watch(criterion, filters=Filters(min_score=50)))
    await house.harvester.run()
    house.arxiv.feeds = {"cs.CY": feed(new, MIDNIGHT + timedelta(days=1))}
    house.pass_time(days=1)

    await house.harvester.run()

    found = set(await announced(house))
    stored = await house.stores.papers.search(None, PaperFilter(min_score=50), limit=50)
    assert found == {str(paper.arxiv_id) for paper in stored.papers}
    assert 10 < len(found) < 30


async def test_watch_with_a_most_a_day_gets_the_highest_ranked_of_a_mailing_at_once(house: House):
    """Their numbers are made before the watch is asked, so its first papers are not those listed first."""
    new = comparable(papers(*range(1, 41)))
    house.arxiv.feeds = {"cs.CY": feed([])}
    criterion = CategoryCriterion(category="cs.CY")
    await house.stores.watches.save_watch(a_watch(criterion, manner=Manner(most_a_day=3)))
    await house.harvester.run()
    house.arxiv.feeds = {"cs.CY": feed(new, MIDNIGHT + timedelta(days=1))}
    house.pass_time(days=1)

    await house.harvester.run()

    ranked = await house.stores.papers.search(None, PaperFilter(), sort=Sort.RANK, limit=50)
    highest = sorted(str(paper.arxiv_id) for paper in ranked.papers[:3])
    assert await announced(house) == highest
    assert highest != ["2611.00001", "2611.00002", "2611.00003"]


async def announced(house: House) -> list[str]:
    """Return the ids that are due to be announced, and claim them."""
    due = await house.stores.deliveries.claim_due(house.now)
    ids = [delivery.paper_id for message in due for delivery in message.deliveries]
    return sorted(str(paper.arxiv_id) for paper in await house.stores.papers.find_papers(ids))


def a_watch(criterion: Criterion, **changes: object) -> Watch:
    """Return a watch of the channel, made an hour ago."""
    values = {"owner_id": 3, "place": CHANNEL, "criterion": criterion, "created_at": START} | changes
    return Watch(**values)  # type: ignore[arg-type]


async def test_new_watch_starts_with_what_the_feed_lists_after_its_creation(house: House) -> None:
    """What stands in the feed is shown when the watch is made, and never sent."""
    house.arxiv.feeds["cs.CY"] = feed(papers(1, 2))

    made = await house.watching.watch_category("cs.cy", Order(owner=3, place=CHANNEL))
    await house.harvester.run()
    before = await announced(house)
    house.pass_time(minutes=30)
    house.arxiv.feeds["cs.CY"] = feed(papers(1, 2, 3))
    await house.harvester.run()

    assert made.feed_answered
    assert [paper.title for paper in made.preview.examples] == ["Energy paper 2", "Energy paper 1"]
    assert before == []
    assert await announced(house) == ["2611.00003"]


async def test_watch_made_while_the_feed_is_silent_takes_the_first_mailing_as_its_line(house: House) -> None:
    house.arxiv.down = True
    made = await house.watching.watch_category("cs.CY", Order(owner=3, place=CHANNEL))
    house.arxiv.down = False
    house.arxiv.feeds["cs.CY"] = feed(papers(1))
    await house.harvester.run()
    line = await announced(house)
    house.pass_time(days=1)
    house.arxiv.feeds["cs.CY"] = feed(papers(2), MIDNIGHT + timedelta(days=1))
    await house.harvester.run()

    assert not made.feed_answered
    assert line == []
    assert await announced(house) == ["2611.00002"]


async def test_mailing_that_appears_after_a_watch_was_made_in_silence_is_delivered(house: House) -> None:
    house.arxiv.down = True
    await house.watching.watch_category("cs.CY", Order(owner=3, place=CHANNEL))
    house.pass_time(days=1)
    house.arxiv.down = False
    house.arxiv.feeds["cs.CY"] = feed(papers(1), MIDNIGHT + timedelta(days=1))
    await house.harvester.run()

    assert await announced(house) == ["2611.00001"]


async def test_harvested_paper_is_dated_by_its_announcement(house: House) -> None:
    """A feed doesn't tell when a paper was submitted; lists filter and order it all the same."""
    listed = [replace(paper, submitted_at=None, announced_at=MIDNIGHT) for paper in papers(1)]
    house.arxiv.feeds["cs.CY"] = feed(listed)
    await house.watching.watch_category("cs.CY", Order(owner=3, place=CHANNEL))
    await house.stores.papers.save_papers([make_paper(id=None, title="Energy, years ago")])

    async def found(where: PaperFilter) -> list[str]:
        request = ListRequest(title="", query="energy", where=where, sort=Sort.NEWEST)
        page = (await house.search.first_page(request)).page
        return [paper.title for paper in page.papers]

    assert await found(PaperFilter()) == ["Energy paper 1", "Energy, years ago"]
    assert await found(PaperFilter(since=MIDNIGHT.date())) == ["Energy paper 1"]
    assert await found(PaperFilter(until=MIDNIGHT.date() - timedelta(days=1))) == ["Energy, years ago"]


async def test_silent_source_changes_nothing_and_is_reported(house: House) -> None:
    house.arxiv.feeds["cs.CY"] = feed(papers(1))
    await house.watching.watch_category("cs.CY", Order(owner=3, place=CHANNEL))
    before = await house.stores.harvests.list_feed_states()
    house.arxiv.down = True
    house.pass_time(minutes=30)

    report = await house.harvester.run()

    after = await house.stores.harvests.list_feed_states()
    assert report.errors == ("arXiv: no answer",)
    assert [(s.validators, s.succeeded_at) for s in after] == [(s.validators, s.succeeded_at) for s in before]
    assert [state.error for state in after] == ["no answer"]


async def test_unchanged_feed_counts_as_read(house: House) -> None:
    house.arxiv.feeds["cs.CY"] = feed(papers(1))
    await house.watching.watch_category("cs.CY", Order(owner=3, place=CHANNEL))
    house.arxiv.feeds["cs.CY"] = None
    house.pass_time(minutes=30)

    report = await house.harvester.run()

    states = await house.stores.harvests.list_feed_states()
    assert report.errors == ()
    assert [(state.succeeded_at, state.validators.etag) for state in states] == [(house.now, "1")]


async def test_full_feed_is_never_taken_as_unchanged(house: House) -> None:
    house.arxiv.feeds["cs.CY"] = replace(feed(papers(1)), full=True)
    await house.watching.watch_category("cs.CY", Order(owner=3, place=CHANNEL))

    (state,) = await house.stores.harvests.list_feed_states()

    assert state.validators == Validators()


async def test_feed_that_was_read_just_before_is_not_read_again_for_another_watch(house: House) -> None:
    house.arxiv.feeds["cs.CY"] = feed(papers(1))
    times = []
    for person, minutes in ((3, 0), (4, 4), (5, 6)):
        house.pass_time(minutes=minutes)
        await house.watching.watch_category("cs.CY", Order(owner=person, place=replace(CHANNEL, id=person)))
        times.append(len(house.arxiv.asked))

    assert times == [1, 1, 2]


async def test_harvest_is_due_an_interval_after_one_that_read_a_feed(house: House) -> None:
    interval = timedelta(minutes=30)
    at_first = await house.harvester.is_due(interval)
    house.arxiv.feeds["cs.CY"] = feed(papers(1))
    await house.watching.watch_category("cs.CY", Order(owner=3, place=CHANNEL))
    await house.harvester.run()
    due = [await house.harvester.is_due(interval)]
    for _ in range(2):
        house.pass_time(minutes=15)
        due.append(await house.harvester.is_due(interval))
    house.arxiv.down = True
    await house.harvester.run()

    assert at_first
    assert due == [False, False, True]
    assert await house.harvester.is_due(interval)


async def test_replacement_updates_the_paper_and_announces_nothing(house: House) -> None:
    house.arxiv.feeds["cs.CY"] = feed([])
    await house.watching.watch_category("cs.CY", Order(owner=3, place=CHANNEL))
    replaced = make_paper(id=None, version=5, title="A new title", categories=("cs.CY",))
    item = FeedItem(paper=replaced, announce_type=AnnounceType.REPLACE)
    house.arxiv.feeds["cs.CY"] = Feed(
        categories=("cs.CY",), dated=MIDNIGHT, items=(item,), validators=Validators()
    )
    house.pass_time(minutes=30)
    await house.harvester.run()

    assert await announced(house) == []
    stored = await house.stores.papers.find_paper(ArxivId("2306.05949"))
    assert stored is not None
    assert stored.title == "A new title"


async def test_after_a_gap_announcing_waits_for_the_harvest_and_then_comes_together(house: House) -> None:
    house.arxiv.feeds["cs.CY"] = feed([])
    await house.watching.watch_category("cs.CY", Order(owner=3, place=CHANNEL))
    await house.harvester.run()
    house.pass_time(days=3)
    house.arxiv.feeds["cs.CY"] = feed(papers(1, 2, 3), MIDNIGHT + timedelta(days=3))
    await house.harvester.run()

    assert await house.stores.state.get_state(CATCH_UP) == ""
    assert await house.stores.state.get_state(GAP_ENDED) == house.now.isoformat()
    due = await house.stores.deliveries.claim_due(house.now, gap_ended=house.now)
    assert [len(message.deliveries) for message in due] == [3]


@pytest.mark.parametrize("count", [1, 500])
def test_plan_does_not_grow_with_the_watches(count: int) -> None:
    topics = [a_watch(TopicCriterion(topic=f"word{number}")) for number in range(count)]
    categories = [a_watch(CategoryCriterion(category="cs.CY"))] * count

    assert plan((), categories, ()) == (("cs.CY",),)
    assert len(plan(("cs.CL",), topics + categories, ())) == 5


def test_plan_reads_all_of_arxiv_once_for_topics() -> None:
    groups = plan(("cs",), [a_watch(TopicCriterion(topic="energy"))], ())

    assert sorted(code for group in groups for code in group) == sorted(CATEGORIES)
    assert groups[0] == expand(["cs"])


def test_plan_reads_on_for_paused_watches() -> None:
    paused = a_watch(CategoryCriterion(category="cs.CY"), paused_reason="the channel is gone")

    assert plan((), [paused], ()) == (("cs.CY",),)


def test_plan_asks_for_halves_where_a_feed_was_full() -> None:
    group = expand(["cs"])
    full = FeedState(categories=group, item_count=2000)
    half = FeedState(categories=group[: len(group) // 2], item_count=2000)

    assert len(plan(("cs",), (), [full])) == 2
    assert len(plan(("cs",), (), [full, half])) == 3
    assert sorted(code for part in plan(("cs",), (), [full, half]) for code in part) == list(group)


async def test_run_after_a_killed_import_offers_its_names(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "MOST", 0)
    await house.stores.imports.import_papers(papers(1), "key", Bookmark())
    [author, *_] = papers(1)[0].authors
    before = await house.stores.authors.suggest_authors(author.name)

    await house.harvester.run()

    assert before == ()
    assert [choice.value for choice in await house.stores.authors.suggest_authors(author.name)] == [
        author.name
    ]
