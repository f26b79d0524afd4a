"""Dates written shortly, and beginnings of time that people write."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.dates import full_date, parse_range, parse_since, partial_date, short_date
from bot.words import speaking

TODAY = date(2026, 5, 29)  # a Friday


def test_short_date_names_the_year_of_other_years_only() -> None:
    assert short_date(date(2026, 5, 29), TODAY) == "May 29"
    assert short_date(date(2023, 6, 9), TODAY) == "Jun 9, 2023"
    assert short_date(date(2026, 12, 1), TODAY) == "Dec 1"


def test_partial_date_says_what_is_known() -> None:
    said = [partial_date(parts, TODAY) for parts in ((2026, 5, 1), (2005, 3), (1999,), ())]
    assert said == ["May 1", "Mar 2005", "1999", ""]


def test_date_at_the_beginning_of_a_line_does_not_begin_a_list() -> None:
    """Discord reads "30. Okt." there as an item of one."""
    with speaking("de"):
        said = short_date(date(2026, 10, 30), TODAY), full_date(date(2026, 10, 30))
    assert said == ("30.\u00a0Okt.", "30.\u00a0Okt. 2026")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", date(2024, 1, 1)),
        ("since 2024", date(2024, 1, 1)),
        ("Since May 2025", date(2025, 5, 1)),
        ("from sept. 2024", date(2024, 9, 1)),
        ("may", date(2026, 5, 1)),
        ("since June", date(2025, 6, 1)),
        ("2024-05", date(2024, 5, 1)),
        ("2024-05-01", date(2024, 5, 1)),
        ("2024/5/1", date(2024, 5, 1)),
        ("01.05.2024", date(2024, 5, 1)),
        ("1 May 2025", date(2025, 5, 1)),
        ("May 1st, 2025", date(2025, 5, 1)),
        ("the 3rd of March", date(2026, 3, 3)),
        ("June 3", date(2025, 6, 3)),
        ("today", TODAY),
        ("yesterday", date(2026, 5, 28)),
        ("this week", date(2026, 5, 25)),
        ("last week", date(2026, 5, 18)),
        ("this month", date(2026, 5, 1)),
        ("last month", date(2026, 4, 1)),
        ("this year", date(2026, 1, 1)),
        ("last year", date(2025, 1, 1)),
        ("the past month", date(2026, 4, 29)),
        ("last 7 days", date(2026, 5, 22)),
        ("in the last two weeks", date(2026, 5, 15)),
        ("past 3 months", date(2026, 2, 28)),
        ("a year ago", date(2025, 5, 29)),
        ("monday", date(2026, 5, 25)),
        ("since Friday", TODAY),
        ("last friday", date(2026, 5, 22)),
        ("after 2024", date(2025, 1, 1)),
        ("after May 1", date(2026, 5, 2)),
        ("2023-2024", date(2023, 1, 1)),
        ("published since 2024", date(2024, 1, 1)),
        ("2024.", date(2024, 1, 1)),
        ("before 2020", None),
        ("2024-13", None),
        ("2024-02-30", None),
        ("30 February", None),
        ("99999 years ago", None),
        ("9999 days ago", date(1999, 1, 12)),
        ("m", None),
        ("t", None),
        ("sun", date(2026, 5, 24)),
        ("24", None),
        ("in cs.CY", None),
        ("Sasha Luccioni", None),
        ("since", None),
        ("", None),
        ("2024 " * 50, None),
    ],
)
def test_parse_since_forms(text: str, expected: date | None) -> None:
    assert parse_since(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-2024", (date(2023, 1, 1), date(2024, 12, 31))),
        ("of 2023", (date(2023, 1, 1), date(2023, 12, 31))),
        ("from 2023 to 2024", (date(2023, 1, 1), date(2024, 12, 31))),
        ("2023 until 2024", (date(2023, 1, 1), date(2024, 12, 31))),
        ("from 2018", (date(2018, 1, 1), date(2018, 12, 31))),
        ("from May 2024", (date(2024, 5, 1), date(2024, 5, 31))),
        ("from yesterday", (date(2026, 5, 28), date(2026, 5, 28))),
        ("from 2026", (date(2026, 1, 1), None)),
        ("from 2018 on", (date(2018, 1, 1), None)),
        ("from May 2024 onwards", (date(2024, 5, 1), None)),
        ("2018 onward", (date(2018, 1, 1), None)),
        ("2018 and later", (date(2018, 1, 1), None)),
        ("starting from 2018", (date(2018, 1, 1), None)),
        ("as of 2018", (date(2018, 1, 1), None)),
        ("between May 2024 and June 2025", (date(2024, 5, 1), date(2025, 6, 30))),
        ("2024-05-01 – 2024-05-07", (date(2024, 5, 1), date(2024, 5, 7))),
        ("in 2023", (date(2023, 1, 1), date(2023, 12, 31))),
        ("in 2026", (date(2026, 1, 1), None)),
        ("in February 2024", (date(2024, 2, 1), date(2024, 2, 29))),
        ("before 2020", (None, date(2019, 12, 31))),
        ("until 2020", (None, date(2020, 12, 31))),
        ("since 2020", (date(2020, 1, 1), None)),
        ("this spring", (date(2026, 3, 1), None)),
        ("in spring 2025", (date(2025, 3, 1), date(2025, 5, 31))),
        ("since last summer", (date(2025, 6, 1), None)),
        ("since autumn", (date(2025, 9, 1), None)),
        ("in last winter", (date(2025, 12, 1), date(2026, 2, 28))),
        ("in winter 2024/25", (date(2024, 12, 1), date(2025, 2, 28))),
        ("in winter", None),
        ("before covid", (None, date(2020, 3, 10))),
        ("since the pandemic", (date(2020, 3, 11), None)),
        ("during the pandemic", None),
        ("since Christmas", (date(2025, 12, 25), None)),
        ("in the 90s", (date(1990, 1, 1), date(1999, 12, 31))),
        ("in the nineties", (date(1990, 1, 1), date(1999, 12, 31))),
        ("in the 2010s", (date(2010, 1, 1), date(2019, 12, 31))),
        ("in Q1 2025", (date(2025, 1, 1), date(2025, 3, 31))),
        ("2025-Q2", (date(2025, 4, 1), None)),
        ("in the last quarter of 2025", (date(2025, 10, 1), date(2025, 12, 31))),
        ("in the first half of 2025", (date(2025, 1, 1), date(2025, 6, 30))),
        ("in early 2025", (date(2025, 1, 1), date(2025, 4, 30))),
        ("in late 2017", (date(2017, 9, 1), date(2017, 12, 31))),
        ("in last semester", (date(2025, 7, 1), date(2025, 12, 31))),
        ("this quarter", (date(2026, 4, 1), None)),
        ("over the weekend", (date(2026, 5, 23), date(2026, 5, 24))),
        ("in the last 48 hours", (date(2026, 5, 27), None)),
        ("in the last decade", (date(2016, 5, 29), None)),
        ("in recent years", (date(2023, 5, 29), None)),
        ("last 3 yrs", (date(2023, 5, 29), None)),
        ("in the day before yesterday", (date(2026, 5, 27), date(2026, 5, 27))),
        ("not older than 2016", (date(2016, 1, 1), None)),
        ("newer than 2016", (date(2017, 1, 1), None)),
        ("newer than two years", (date(2024, 5, 29), None)),
        ("older than 5 years", (None, date(2021, 5, 28))),
        ("no later than 2012", (None, date(2012, 12, 31))),
        ("pre-2015", (None, date(2014, 12, 31))),
        ("post-2018", (date(2019, 1, 1), None)),
        ("<2016", (None, date(2015, 12, 31))),
        (">= 2018", (date(2018, 1, 1), None)),
        ("2015-", (date(2015, 1, 1), None)),
        ("-2015", (None, date(2015, 12, 31))),
        ("in 2017 and 2018", (date(2017, 1, 1), date(2018, 12, 31))),
        ("2014 or 2015", (date(2014, 1, 1), date(2015, 12, 31))),
        ("2017/18", (date(2017, 1, 1), date(2018, 12, 31))),
        ("after 2016 but before 2019", (date(2017, 1, 1), date(2018, 12, 31))),
        ("since 03/04/2025", (date(2025, 3, 4), None)),
        ("since 25/12/2025", (date(2025, 12, 25), None)),
        ("2025 to 2024", None),
        ("soon", None),
    ],
)
def test_parse_range_forms(text: str, expected: tuple[date | None, date | None] | None) -> None:
    assert parse_range(text, TODAY) == expected


@given(st.dates(date(1991, 1, 1), date(2099, 12, 31)), st.dates(date(2020, 1, 1), date(2099, 12, 31)))
def test_parse_since_written_day_is_that_day(day: date, today: date) -> None:
    assert parse_since(day.isoformat(), today) == day
    assert (
        parse_since(short_date(day, today) + (f" {day.year}" if day.year == today.year else ""), today) == day
    )


@given(st.text(max_size=60) | st.text("0123456789 agolstdywk-", max_size=30))
def test_parse_range_any_text_never_raises_and_runs_forward(text: str) -> None:
    found = parse_range(text, TODAY)

    assert found is None or found[0] is None or found[1] is None or found[0] <= found[1]
