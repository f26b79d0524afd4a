"""Which days are missing, and how that is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.feeds import Mailing
from bot.services.harvesting.coverage import Coverage, Gap, describe, find_gap

MONDAY = date(2026, 11, 2)
CODES = ("cs.CL", "cs.CY")


def mailing(day: int, *categories: str, count: int = 5, filled: bool = False) -> Mailing:
    """Return what was read so many days after that Monday."""
    return Mailing(
        day=MONDAY + timedelta(days=day), categories=categories or CODES, item_count=count, filled=filled
    )


def gap(*mailings: Mailing, today: int, **changes: object) -> Gap | None:
    """Return the gap so many days after that Monday."""
    values = {"earliest": date.min, "cut": {}} | changes
    return find_gap(mailings, CODES, today=MONDAY + timedelta(days=today), **values)  # type: ignore[arg-type]


def test_days_read_one_after_the_other_leave_no_gap() -> None:
    assert gap(*map(mailing, range(5)), today=5) is None


def test_weekend_is_no_gap() -> None:
    assert gap(mailing(4), mailing(7), today=7) is None


def test_days_between_two_mailings_are_a_gap() -> None:
    assert gap(mailing(0), mailing(4), today=4) == Gap(
        since=MONDAY + timedelta(days=1), until=MONDAY + timedelta(days=4), categories=CODES
    )


def test_today_is_no_gap_while_its_feed_can_be_read() -> None:
    assert gap(mailing(0), mailing(1), today=2) is None


def test_gap_of_one_category_names_it_alone() -> None:
    found = gap(mailing(0), mailing(1, "cs.CY"), mailing(2), today=2)

    assert found is not None
    assert found.categories == ("cs.CL",)


def test_category_counts_from_its_first_reading() -> None:
    assert gap(mailing(0, "cs.CY"), mailing(1, "cs.CY"), mailing(2), today=3) is None


def test_empty_feed_of_a_weekday_begins_but_does_not_cover() -> None:
    """It may be a lie; the records know."""
    found = gap(mailing(-2, count=0), mailing(0, count=0), mailing(1), today=1)

    assert found is not None
    assert (found.since, found.until) == (MONDAY, MONDAY + timedelta(days=1))


def test_filled_day_is_covered_though_nothing_came() -> None:
    assert gap(mailing(0), mailing(1, count=0, filled=True), mailing(2), today=2) is None


def test_feed_at_its_limit_leaves_a_gap_of_its_day_until_that_is_filled() -> None:
    today = MONDAY + timedelta(days=1)
    cut = {"cs.CL": today}
    found = gap(mailing(0), mailing(1, count=0), today=1, cut=cut)

    assert found == Gap(since=today, until=today + timedelta(days=1), categories=("cs.CL",))
    assert gap(mailing(0), mailing(1, "cs.CL", count=0, filled=True), today=1, cut=cut) is None


def test_days_before_the_reach_are_left() -> None:
    found = gap(mailing(0), mailing(9), today=9, earliest=MONDAY + timedelta(days=4))

    assert found is not None
    assert found.since == MONDAY + timedelta(days=4)


def test_coverage_counts_complete_days_and_names_what_is_missing() -> None:
    found = describe(
        [mailing(0), mailing(3), mailing(4), mailing(7, "cs.CY"), mailing(8)],
        CODES,
        MONDAY + timedelta(days=9),
        None,
    )

    assert found == Coverage(
        since=MONDAY,
        days=4,
        gaps=(
            Gap(since=MONDAY + timedelta(days=1), until=MONDAY + timedelta(days=3), categories=CODES),
            Gap(since=MONDAY + timedelta(days=7), until=MONDAY + timedelta(days=8), categories=("cs.CL",)),
        ),
    )


def test_holiday_is_not_named_as_missing() -> None:
    thanksgiving = date(2026, 11, 26)
    days = [Mailing(day=thanksgiving + timedelta(days=n), categories=CODES, item_count=9) for n in (-1, 4)]

    found = describe(days, CODES, thanksgiving + timedelta(days=5), None)

    assert found.days == 2
    assert [one.since for one in found.gaps] == []


def test_coverage_of_an_empty_catalogue_is_unknown() -> None:
    assert describe([], CODES, MONDAY, None) == Coverage()


@pytest.mark.parametrize(
    ("days", "categories", "words"),
    [
        pytest.param(1, "cs.CL", "2026-11-02 (cs.CL)", id="one-day"),
        pytest.param(3, "cs.CL cs.CY", "2026-11-02 to 2026-11-04 (cs.CL, cs.CY)", id="its-last-day"),
        pytest.param(1, "cs.AI cs.CL cs.CY", "2026-11-02 (cs.AI, cs.CL, cs.CY)", id="all-named"),
        pytest.param(
            1, "cs.AI cs.CL cs.CY cs.LG cs.SE", "2026-11-02 (cs.AI, cs.CL, cs.CY and 2 more)", id="many"
        ),
    ],
)
def test_gap_is_told_by_its_days_and_the_first_categories(days: int, categories: str, words: str) -> None:
    gap = Gap(since=MONDAY, until=MONDAY + timedelta(days=days), categories=tuple(categories.split()))
    assert str(gap) == words
