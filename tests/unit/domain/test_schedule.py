"""When papers may be announced, on the clock of the place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.schedule import Hours, day_of, due_at, is_quiet, next_digest, next_weekly
from bot.domain.watches import Every

BERLIN = Hours(time_zone="Europe/Berlin", digest_hour=8)
QUIET = Hours(time_zone="Europe/Berlin", quiet_from=22, quiet_until=7)


def utc(text: str) -> datetime:
    """Return a moment of the year 2026."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("every", "now", "due"),
    [
        pytest.param(Every.INSTANT, "01-15T03:00", "01-15T03:00", id="at-once"),
        pytest.param(Every.DAILY, "01-15T03:00", "01-15T07:00", id="today-in-winter"),
        pytest.param(Every.DAILY, "07-15T03:00", "07-15T06:00", id="today-in-summer"),
        pytest.param(Every.DAILY, "01-15T07:00", "01-16T07:00", id="this-one-is-over"),
        pytest.param(Every.DAILY, "03-28T12:00", "03-29T06:00", id="into-summer-time"),
        pytest.param(Every.DAILY, "10-24T12:00", "10-25T07:00", id="out-of-summer-time"),
        pytest.param(Every.WEEKLY, "01-15T03:00", "01-19T07:00", id="on-monday"),
        pytest.param(Every.WEEKLY, "01-19T07:30", "01-26T07:00", id="on-the-next-monday"),
    ],
)
def test_due_at_keeps_to_the_clock_of_the_place(every: Every, now: str, due: str) -> None:
    assert due_at(every, BERLIN, utc(now)) == utc(due)


def test_next_digest_at_an_hour_that_summer_time_leaves_out_comes_an_hour_later() -> None:
    hours = Hours(time_zone="Europe/Berlin", digest_hour=2)
    assert next_digest(hours, utc("03-28T12:00")) == utc("03-29T01:00")


def test_next_digest_comes_once_a_day_all_year() -> None:
    moment, days = utc("01-01T00:00"), []
    for _ in range(365):
        moment = next_digest(BERLIN, moment)
        days.append(moment.astimezone(BERLIN.zone).date())
    assert len(set(days)) == 365
    assert days[-1] - days[0] == timedelta(days=364)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        pytest.param("01-15T20:59", "01-15T20:59", id="before"),
        pytest.param("01-15T21:00", "01-16T06:00", id="in-the-evening"),
        pytest.param("01-16T02:00", "01-16T06:00", id="at-night"),
        pytest.param("01-16T06:00", "01-16T06:00", id="over"),
    ],
)
def test_due_at_waits_for_the_end_of_the_quiet_hours(now: str, due: str) -> None:
    assert due_at(Every.INSTANT, QUIET, utc(now)) == utc(due)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        pytest.param("01-15T07:59", "01-15T07:59", id="before"),
        pytest.param("01-15T08:00", "01-15T16:00", id="from-its-first-minute"),
        pytest.param("01-15T15:59", "01-15T16:00", id="to-its-last"),
        pytest.param("01-15T16:00", "01-15T16:00", id="over"),
        pytest.param("01-15T22:30", "01-15T22:30", id="at-night"),
    ],
)
def test_quiet_hours_may_lie_within_a_day(now: str, due: str) -> None:
    hours = replace(QUIET, quiet_from=9, quiet_until=17)
    assert due_at(Every.INSTANT, hours, utc(now)) == utc(due)
    assert is_quiet(hours, utc(now)) == (now != due)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        pytest.param("01-15T12:00", "01-16T15:00", id="this-week"),
        pytest.param("01-16T14:59", "01-16T15:00", id="this-hour"),
        pytest.param("01-16T15:00", "01-23T15:00", id="this-weeks-is-over"),
        pytest.param("03-27T20:00", "04-03T14:00", id="into-summer-time"),
    ],
)
def test_next_weekly_is_the_hour_of_the_weekday_there(now: str, due: str) -> None:
    assert next_weekly(BERLIN, utc(now), weekday=4, hour=16) == utc(due)


@pytest.mark.parametrize(
    ("every", "now", "due"),
    [
        pytest.param(Every.DAILY, "01-19T20:00", "01-20T06:00", id="found-before-the-night"),
        pytest.param(Every.DAILY, "01-20T02:00", "01-20T06:00", id="found-in-the-night"),
        pytest.param(Every.DAILY, "01-20T06:00", "01-21T06:00", id="this-one-is-over"),
        pytest.param(Every.WEEKLY, "01-20T02:00", "01-20T06:00", id="in-the-night-after-monday"),
        pytest.param(Every.WEEKLY, "01-20T06:00", "01-27T06:00", id="this-weeks-is-over"),
        pytest.param(Every.DAILY, "03-29T00:30", "03-29T05:00", id="into-summer-time"),
        pytest.param(Every.DAILY, "10-25T00:30", "10-25T06:00", id="out-of-summer-time"),
    ],
)
def test_digest_that_a_night_of_quiet_hours_delays_holds_what_is_found_in_it(
    every: Every, now: str, due: str
) -> None:
    late = replace(QUIET, digest_hour=23)
    assert due_at(every, late, utc(now)) == utc(due)


def test_due_at_where_quiet_hours_begin_and_end_at_once_is_never_quiet() -> None:
    hours = Hours(quiet_from=5, quiet_until=5)
    assert due_at(Every.INSTANT, hours, utc("01-15T05:30")) == utc("01-15T05:30")


def test_day_begins_at_midnight_of_the_place() -> None:
    assert day_of(BERLIN, utc("01-15T23:30")) == (utc("01-15T23:00"), utc("01-16T23:00"))


def test_day_of_the_change_to_summer_time_has_23_hours() -> None:
    assert day_of(BERLIN, utc("03-29T10:00")) == (utc("03-28T23:00"), utc("03-29T22:00"))
