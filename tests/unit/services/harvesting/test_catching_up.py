"""What was announced while no feed was read comes through the records, once, and is delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.feeds import ChangedPaper, Feed, FeedItem, Mailing, RecordPage, Validators
from bot.domain.identifiers import ArxivId
from bot.domain.papers import AnnounceType, Paper, Version
from bot.domain.search import PaperFilter
from bot.domain.watches import CategoryCriterion, Filters
from bot.errors import SourceChanged, SourceUnavailable, TokenExpired
from bot.services.announcing.announce import CATCH_UP, GAP_ENDED
from bot.services.harvesting.calendar import feed_moment
from tests.unit.services.conftest import House
from tests.unit.services.harvesting.test_harvest import a_watch, announced, comparable, papers

MONDAY = date(2026, 11, 16)
CODES = ("cs.CY",)


def day(number: int) -> date:
    """Return the day so many days after that Monday."""
    return MONDAY + timedelta(days=number)


def changed(number: int, on: int, *, submitted: float | None = None, version: int = 1) -> ChangedPaper:
    """Return a paper whose record changed on a day, submitted the day before that unless told."""
    (paper,) = papers(number)
    first = feed_moment(day(0)) + timedelta(days=on - 1 if submitted is None else submitted, hours=10)
    return ChangedPaper(
        paper=replace(
            paper,
            submitted_at=first,
            announced_at=None,
            version=version,
            versions=(Version(number=1, submitted_at=first),),
            fetched_at=datetime(2026, 11, 24, tzinfo=UTC),
        ),
        changed_on=day(on),
    )


def with_texts(*found: ChangedPaper) -> list[ChangedPaper]:
    """Return changed papers with texts of which numbers can be made."""
    texts = comparable([one.paper for one in found])
    return [
        replace(one, paper=replace(one.paper, title=text.title, abstract=text.abstract))
        for one, text in zip(found, texts, strict=True)
    ]


def page(*found: ChangedPaper, token: str = "") -> RecordPage:
    """Return a page of records."""
    return RecordPage(papers=found, token=token, record_count=len(found))


def mailing(house: House, number: int, *found: Paper) -> None:
    """Let the feed of cs.CY be that of a day, and the clock show its noon."""
    house.now = feed_moment(day(number)) + timedelta(hours=12)
    house.arxiv.feeds["cs.CY"] = Feed(
        categories=CODES,
        dated=feed_moment(day(number)),
        items=tuple(FeedItem(paper=paper, announce_type=AnnounceType.NEW) for paper in found),
        validators=Validators(etag=str(number)),
    )


async def stored(house: House, number: int) -> Paper | None:
    """Return a paper of the catalogue."""
    return await house.stores.papers.find_paper(ArxivId(f"2611.{number:05}"))


def asked(house: House) -> list[object]:
    """Return what the records were asked for."""
    return [one for one in house.arxiv.asked if isinstance(one, tuple) and isinstance(one[0], date)]


@pytest.fixture
async def watched(house: House) -> House:
    """A house that watched cs.CY and read Monday's feed."""
    mailing(house, 0, *papers(1))
    await house.stores.watches.save_watch(
        a_watch(CategoryCriterion(category="cs.CY"), created_at=feed_moment(day(-1)))
    )
    await house.harvester.run()
    assert await announced(house) == ["2611.00001"]
    return house


async def test_days_without_harvest_are_filled_and_delivered(watched: House) -> None:
    mailing(watched, 4, *papers(9))
    watched.arxiv.pages = {"": page(changed(2, 1), changed(3, 2), token="t"), "t": page(changed(4, 3))}

    report = await watched.harvester.run()

    assert (report.new_papers, report.deliveries, report.errors) == (4, 4, ())
    assert asked(watched) == [(day(1), "cs.CY", ""), (day(1), "cs.CY", "t")]
    assert await watched.stores.state.get_state(GAP_ENDED) == watched.now.isoformat()
    assert await announced(watched) == ["2611.00002", "2611.00003", "2611.00004", "2611.00009"]
    paper = await stored(watched, 3)
    assert paper is not None
    assert (paper.announced_at, paper.announced_estimated) == (feed_moment(day(2)), True)
    assert await watched.stores.harvests.find_catch_up() is None


async def test_nothing_is_announced_while_a_gap_is_filled_over_several_harvests(
    watched: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing(watched, 4, *papers(9))
    watched.arxiv.pages = {"": page(changed(2, 1), token="t"), "t": page(changed(4, 1))}
    seen: list[str | None] = []
    fetch = watched.arxiv.fetch_changes

    async def look(since: date, record_set: str = "", token: str = "") -> RecordPage:
        seen.append(await watched.stores.state.get_state(CATCH_UP))
        return await fetch(since, record_set, token)

    monkeypatch.setattr(watched.arxiv, "fetch_changes", look)

    for _ in range(2):
        # Each harvest has time for one page.
        await watched.harvester.run(seconds=0)
        assert await watched.stores.state.get_state(CATCH_UP) == ""
        assert await watched.stores.state.get_state(GAP_ENDED) == watched.now.isoformat()
        watched.pass_time(hours=1)

    assert seen == ["harvesting", "harvesting"]


async def test_gap_that_nobody_can_fill_lets_the_new_papers_go_one_by_one(watched: House) -> None:
    mailing(watched, 2, *papers(9))
    watched.arxiv.pages = {"": SourceUnavailable("arXiv", "no answer")}
    await watched.harvester.run()
    ended = await watched.stores.state.get_state(GAP_ENDED)
    watched.pass_time(hours=1)

    await watched.harvester.run()

    assert await watched.stores.state.get_state(CATCH_UP) == ""
    assert await watched.stores.state.get_state(GAP_ENDED) == ended


async def test_watch_with_a_least_score_gets_what_the_gap_brought_the_same_day(house: House) -> None:
    """The numbers of a page's papers are made before the watches are asked."""
    mailing(house, 0)
    criterion = CategoryCriterion(category="cs.CY")
    await house.stores.watches.save_watch(
        a_watch(criterion, filters=Filters(min_score=50), created_at=feed_moment(day(-1)))
    )
    await house.harvester.run()
    mailing(house, 4)
    house.arxiv.pages = {"": page(*with_texts(*(changed(number, 2) for number in range(1, 41))))}

    await house.harvester.run()

    found = set(await announced(house))
    reached = await house.stores.papers.search(None, PaperFilter(min_score=50), limit=50)
    assert found == {str(paper.arxiv_id) for paper in reached.papers}
    assert 10 < len(found) < 30


async def test_paper_known_before_the_gap_is_not_announced_where_numbers_are_asked_for(house: House) -> None:
    """Making numbers of what the page holds must not make an old paper look new."""
    mailing(house, 0, *papers(1))
    filters = Filters(min_score=1, unscored=True)
    await house.stores.watches.save_watch(
        a_watch(CategoryCriterion(category="cs.CY"), filters=filters, created_at=feed_moment(day(-1)))
    )
    await house.harvester.run()
    (known,) = papers(3)
    await house.stores.papers.save_papers([replace(known, version=1, fetched_at=feed_moment(day(0)))])
    assert await announced(house) == ["2611.00001"]
    mailing(house, 4)
    again = changed(3, 2, version=2)
    retitled = replace(again, paper=replace(again.paper, title="Energy paper 3, with a better title"))
    house.arxiv.pages = {"": page(retitled, changed(4, 2))}

    await house.harvester.run()

    assert await announced(house) == ["2611.00004"]


async def test_record_dated_in_the_future_is_announced_no_later_than_the_next_mailing(watched: House) -> None:
    mailing(watched, 4, *papers(9))
    watched.arxiv.pages = {"": page(replace(changed(2, 1), changed_on=day(400)))}

    await watched.harvester.run()

    paper = await stored(watched, 2)
    assert paper is not None
    assert (paper.announced_at, paper.announced_estimated) == (feed_moment(day(5)), True)


async def test_filled_days_are_not_asked_for_again(watched: House) -> None:
    mailing(watched, 4, *papers(9))
    watched.arxiv.pages = {"": page(changed(2, 1))}
    await watched.harvester.run()
    watched.arxiv.asked.clear()

    await watched.harvester.run()

    assert asked(watched) == []


async def test_harvest_without_a_gap_asks_for_no_records(watched: House) -> None:
    mailing(watched, 1, *papers(2))

    await watched.harvester.run()

    assert asked(watched) == []


async def test_old_paper_replaced_in_the_gap_is_stored_and_not_announced(watched: House) -> None:
    mailing(watched, 4)
    watched.arxiv.pages = {
        "": page(changed(2, 3, submitted=-8, version=2), changed(3, 3, submitted=-6, version=2))
    }

    await watched.harvester.run()

    assert await announced(watched) == ["2611.00003"]
    old, recent = await stored(watched, 2), await stored(watched, 3)
    assert old is not None
    assert (old.announced_at, old.announced_estimated) == (None, False)
    assert recent is not None
    # Held back by moderators: it cannot have been announced before the gap began.
    assert recent.announced_at == feed_moment(day(1))


async def test_paper_known_before_the_gap_is_not_announced(watched: House) -> None:
    (known,) = papers(2)
    await watched.stores.papers.save_papers([replace(known, fetched_at=feed_moment(day(0)))])
    mailing(watched, 4)
    watched.arxiv.pages = {"": page(changed(1, 2, version=2), changed(2, 3))}

    await watched.harvester.run()

    assert await announced(watched) == []


async def test_paper_looked_up_during_the_gap_is_announced(watched: House) -> None:
    """The catalogue knows it, but nobody who watches was told."""
    (known,) = papers(2)
    await watched.stores.papers.save_papers([replace(known, fetched_at=feed_moment(day(2)))])
    mailing(watched, 4)
    watched.arxiv.pages = {"": page(changed(2, 2))}

    await watched.harvester.run()

    assert await announced(watched) == ["2611.00002"]


async def test_watch_made_in_the_gap_gets_what_was_listed_after_it(watched: House) -> None:
    made = a_watch(
        CategoryCriterion(category="cs.CY", primary=True), created_at=feed_moment(day(2)) + timedelta(hours=9)
    )
    await watched.stores.watches.save_watch(replace(made, place=replace(made.place, id=77)))
    mailing(watched, 4)
    watched.arxiv.pages = {"": page(changed(2, 1), changed(3, 3))}

    await watched.harvester.run()

    due = await watched.stores.deliveries.claim_due(watched.now)
    assert sorted(message.place.id for message in due) == [1, 1, 77]


async def test_record_of_other_categories_is_left_out(watched: House) -> None:
    mailing(watched, 4)
    other = changed(2, 2)
    other = replace(other, paper=replace(other.paper, primary_category="cs.RO", categories=("cs.RO",)))
    watched.arxiv.pages = {"": page(other)}

    await watched.harvester.run()

    assert await stored(watched, 2) is None


async def test_record_seen_twice_and_out_of_order_is_one_paper(watched: House) -> None:
    mailing(watched, 4)
    watched.arxiv.pages = {
        "": page(changed(3, 3), changed(2, 1), changed(2, 1), token="t"),
        "t": page(changed(3, 3), changed(2, 2, version=2, submitted=0)),
    }

    report = await watched.harvester.run()

    assert (report.new_papers, report.deliveries) == (2, 2)
    paper = await stored(watched, 2)
    assert paper is not None
    assert paper.version == 2


@pytest.mark.parametrize("fault", [SourceUnavailable("arXiv", "down"), SourceChanged("arXiv", "HTML")])
async def test_fault_keeps_the_place_and_the_next_harvest_goes_on_there(
    watched: House, fault: Exception
) -> None:
    mailing(watched, 4)
    watched.arxiv.pages = {"": page(changed(2, 1), token="t"), "t": fault}
    report = await watched.harvester.run()
    left = await watched.stores.harvests.find_catch_up()
    watched.arxiv.asked.clear()
    watched.arxiv.pages = {"t": page(changed(3, 2))}

    await watched.harvester.run()

    assert report.errors == (str(fault),)
    assert left is not None
    assert (left.token, left.records) == ("t", 1)
    assert asked(watched) == [(day(1), "cs.CY", "t")]
    assert await announced(watched) == ["2611.00002", "2611.00003"]


async def test_expired_token_begins_the_list_again(watched: House) -> None:
    mailing(watched, 4)
    watched.arxiv.pages = {"": page(changed(2, 1), token="t"), "t": SourceUnavailable("arXiv", "down")}
    await watched.harvester.run()
    watched.arxiv.asked.clear()
    watched.arxiv.pages = {
        "t": TokenExpired("arXiv", "expired"),
        "": page(changed(2, 1), token="u"),
        "u": page(changed(3, 2)),
    }

    report = await watched.harvester.run()

    assert report.errors == ()
    assert asked(watched) == [(day(1), "cs.CY", token) for token in ("t", "", "u")]
    assert await announced(watched) == ["2611.00002", "2611.00003"]


async def test_token_that_is_never_taken_is_a_fault(watched: House) -> None:
    mailing(watched, 4)
    watched.arxiv.pages = {"": page(changed(2, 1), token="t"), "t": TokenExpired("arXiv", "expired")}

    report = await watched.harvester.run()

    assert report.errors == ("arXiv: expired",)
    assert len(asked(watched)) == 4


async def test_answer_without_records_is_believed_at_the_third_harvest(watched: House) -> None:
    mailing(watched, 4)
    for _ in range(3):
        assert await watched.stores.harvests.list_mailings() != ()
        assert not any(one.filled for one in await watched.stores.harvests.list_mailings())
        await watched.harvester.run(seconds=0)
    await watched.harvester.run(seconds=0)

    filled = [one.day for one in await watched.stores.harvests.list_mailings() if one.filled]
    assert filled == [day(1), day(2), day(3)]
    assert len(asked(watched)) == 3


async def test_deadline_stops_after_a_page_and_goes_on_next_time(watched: House) -> None:
    mailing(watched, 4)
    watched.arxiv.pages = {"": page(changed(2, 1), token="t"), "t": page(changed(3, 2))}

    await watched.harvester.run(seconds=0)
    first = len(asked(watched))
    await watched.harvester.run(seconds=0)

    assert (first, len(asked(watched))) == (1, 2)


async def test_gap_longer_than_the_reach_is_filled_as_far_as_that(watched: House) -> None:
    mailing(watched, 60)
    watched.arxiv.pages = {"": page(changed(2, 40))}

    await watched.harvester.run()

    assert asked(watched) == [(day(30), "cs.CY", "")]


async def test_since_reads_again_from_a_day_whatever_was_read(watched: House) -> None:
    watched.arxiv.pages = {"": page(changed(2, -20))}

    await watched.harvester.run(since=day(-30))

    assert asked(watched) == [(day(-30), "cs.CY", "")]
    assert await stored(watched, 2) is not None
    assert await announced(watched) == []


async def test_feed_at_its_limit_is_completed_from_the_records(watched: House) -> None:
    mailing(watched, 1, *papers(*range(100, 2100)))
    feed = watched.arxiv.feeds["cs.CY"]
    assert feed is not None
    watched.arxiv.feeds["cs.CY"] = replace(feed, full=True)
    watched.arxiv.pages = {"": page(changed(100, 1), changed(3000, 1))}

    report = await watched.harvester.run()

    assert asked(watched) == [(day(1), "cs.CY", "")]
    assert (report.new_papers, report.deliveries) == (2001, 2001)
    watched.arxiv.asked.clear()
    await watched.harvester.run()
    assert asked(watched) == []


async def test_what_could_not_be_read_of_a_feed_comes_from_the_records_the_next_day(watched: House) -> None:
    mailing(watched, 1, *papers(2))
    feed = watched.arxiv.feeds["cs.CY"]
    assert feed is not None
    watched.arxiv.feeds["cs.CY"] = replace(feed, unread=1)
    await watched.harvester.run()
    same_day = asked(watched)
    mailing(watched, 2, *papers(4))
    watched.arxiv.pages = {"": page(changed(2, 1), changed(3, 1))}

    await watched.harvester.run()

    assert same_day == []
    assert asked(watched) == [(day(1), "cs.CY", "")]
    assert await announced(watched) == ["2611.00002", "2611.00003", "2611.00004"]


async def test_feeds_that_do_not_answer_are_made_up_for_once_their_day_is_over(watched: House) -> None:
    watched.arxiv.pages = {"": page(changed(2, 1))}
    watched.now = feed_moment(day(1)) + timedelta(hours=12)
    feeds, watched.arxiv.feeds = watched.arxiv.feeds, {}
    fault = SourceUnavailable("arXiv", "down")
    answer = watched.arxiv.fetch_feed

    async def silent(*_: object, **__: object) -> Feed | None:
        raise fault

    watched.arxiv.fetch_feed = silent  # type: ignore[method-assign]
    await watched.harvester.run()
    same_day = asked(watched)
    watched.pass_time(days=1)
    await watched.harvester.run()
    watched.arxiv.fetch_feed, watched.arxiv.feeds = answer, feeds  # type: ignore[method-assign]

    assert same_day == []
    assert asked(watched) == [(day(1), "cs.CY", "")]
    assert await announced(watched) == ["2611.00002"]


async def test_mailing_read_later_makes_an_estimate_a_fact(watched: House) -> None:
    mailing(watched, 4)
    watched.arxiv.pages = {"": page(changed(2, 4))}
    await watched.harvester.run()
    (listed,) = papers(2)
    mailing(watched, 4, replace(listed, announced_at=feed_moment(day(4))))
    await watched.harvester.run()

    paper = await stored(watched, 2)
    assert paper is not None
    assert (paper.announced_at, paper.announced_estimated) == (feed_moment(day(4)), False)
    assert await announced(watched) == ["2611.00002"]


async def test_stop_between_the_last_page_and_its_end_is_finished_without_asking(watched: House) -> None:
    mailing(watched, 4)
    watched.arxiv.pages = {"": page(changed(2, 1))}
    await watched.harvester.run(seconds=0)
    left = await watched.stores.harvests.find_catch_up()
    watched.arxiv.asked.clear()

    await watched.harvester.run(seconds=0)

    assert left is not None
    assert left.sets == ()
    assert asked(watched) == []
    assert Mailing(day=day(1), categories=CODES, item_count=0, filled=True) in (
        await watched.stores.harvests.list_mailings()
    )
