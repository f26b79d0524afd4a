"""Days without announcement."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.services.harvesting.calendar import (
    NEW_YORK,
    expected_day,
    feed_moment,
    holiday_name,
    mailing_day,
    quiet_reason,
    weekdays,
)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        pytest.param(datetime(2026, 11, 24, 15, tzinfo=UTC), "", id="tuesday"),
        pytest.param(
            datetime(2026, 11, 28, 15, tzinfo=UTC),
            "arXiv announces nothing on Saturday and Sunday.",
            id="saturday",
        ),
        pytest.param(
            datetime(2026, 11, 28, 3, tzinfo=UTC),
            "arXiv announces nothing on the day after Thanksgiving.",
            id="still-friday-in-new-york",
        ),
        pytest.param(datetime(2026, 11, 30, 15, tzinfo=UTC), "", id="monday"),
    ],
)
def test_quiet_reason_follows_the_day_in_new_york(moment: datetime, expected: str) -> None:
    assert quiet_reason(moment) == expected


@pytest.mark.parametrize(
    ("day", "name"),
    [
        pytest.param(date(2026, 11, 26), "Thanksgiving", id="fourth-thursday"),
        pytest.param(date(2026, 5, 25), "Memorial Day", id="last-monday-of-may"),
        pytest.param(date(2026, 9, 7), "Labor Day", id="first-monday-of-september"),
        pytest.param(date(2027, 1, 18), "Martin Luther King Jr. Day", id="third-monday-of-january"),
        pytest.param(date(2026, 1, 1), "New Year's Day", id="first-of-january"),
        pytest.param(date(2026, 6, 19), "Juneteenth", id="nineteenth-of-june"),
        pytest.param(date(2026, 7, 4), "Independence Day", id="fourth-of-july"),
        pytest.param(date(2026, 12, 24), "Christmas Eve", id="christmas-eve"),
        pytest.param(date(2026, 12, 25), "Christmas Day", id="christmas"),
        pytest.param(date(2026, 12, 31), "New Year's Eve", id="last-of-december"),
        pytest.param(date(2026, 10, 14), "", id="ordinary-day"),
    ],
)
def test_holiday_name_of_known_days_is_right(day: date, name: str) -> None:
    assert holiday_name(day) == name


@pytest.mark.parametrize(
    ("submitted", "listed"),
    [
        pytest.param("2026-11-16T13:59", "2026-11-17", id="monday-before-two"),
        pytest.param("2026-11-16T14:00", "2026-11-18", id="monday-at-two"),
        pytest.param("2026-11-19T10:00", "2026-11-20", id="thursday"),
        pytest.param("2026-11-19T15:00", "2026-11-23", id="thursday-late"),
        pytest.param("2026-11-20T10:00", "2026-11-23", id="friday-is-announced-on-sunday"),
        pytest.param("2026-11-20T15:00", "2026-11-24", id="friday-late"),
        pytest.param("2026-11-21T10:00", "2026-11-24", id="saturday"),
        pytest.param("2026-11-21T15:00", "2026-11-24", id="saturday-late"),
        pytest.param("2026-11-22T10:00", "2026-11-24", id="sunday"),
        pytest.param("2026-11-22T23:00", "2026-11-24", id="sunday-late"),
    ],
)
def test_expected_day_follows_the_deadline(submitted: str, listed: str) -> None:
    moment = datetime.fromisoformat(submitted).replace(tzinfo=NEW_YORK)

    assert expected_day(moment) == date.fromisoformat(listed)


def test_feed_moment_is_midnight_in_new_york_whatever_the_season() -> None:
    assert [feed_moment(date(2026, month, 10)).hour for month in (1, 7)] == [5, 4]
    assert mailing_day(feed_moment(date(2026, 7, 10))) == date(2026, 7, 10)


def test_weekdays_leave_out_weekends_and_the_last_day() -> None:
    assert [day.day for day in weekdays(date(2026, 11, 19), date(2026, 11, 25))] == [19, 20, 23, 24]
    assert list(weekdays(date(2026, 11, 19), date(2026, 11, 18))) == []
