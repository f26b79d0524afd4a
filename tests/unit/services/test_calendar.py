"""Days without announcement."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.services.calendar import holiday_name, quiet_reason


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        pytest.param(datetime(2026, 11, 24, 15, tzinfo=UTC), "", id="tuesday"),
        pytest.param(
            datetime(2026, 11, 28, 15, tzinfo=UTC),
            "arXiv announces nothing on Saturday and Sunday",
            id="saturday",
        ),
        pytest.param(
            datetime(2026, 11, 28, 3, tzinfo=UTC),
            "arXiv announces nothing on the day after Thanksgiving",
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
        pytest.param(date(2026, 12, 25), "Christmas Day", id="fixed"),
        pytest.param(date(2026, 10, 14), "", id="ordinary-day"),
    ],
)
def test_holiday_name_of_known_days_is_right(day: date, name: str) -> None:
    assert holiday_name(day) == name
