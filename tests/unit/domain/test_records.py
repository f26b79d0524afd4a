"""The rules in `docs/records.md` are the rules that hold."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.records import RULES
from bot.services import freshness

PAGE = (Path(__file__).parents[3] / "docs" / "records.md").read_text("utf-8")
ROWS = [line.split("|") for line in PAGE.splitlines() if line.startswith("| ")]


@pytest.mark.parametrize("name", RULES)
def test_page_names_the_sources_of_each_value_in_their_order(name: str):
    (sources,) = {row[2].strip() for row in ROWS if len(row) == 5 and f"`{name}`" in row[1]}

    assert sources == (", ".join(RULES[name].sources) or "any")


@pytest.mark.parametrize("name", RULES)
def test_page_says_where_the_version_decides(name: str):
    (then,) = {row[3] for row in ROWS if len(row) == 5 and f"`{name}`" in row[1]}

    assert ("newer version" in then) is RULES[name].by_version


@pytest.mark.parametrize(
    ("kind", "limit"),
    [
        ("profile", freshness.PROFILE_AGE),
        ("own source", freshness.PAPER_AGE),
        ("count of citations", freshness.CITATIONS_AGE),
        ("nothing newer", freshness.NOTHING_NEW),
        ("failed", freshness.FAILED),
        ("no source knows", freshness.NOT_FOUND),
    ],
)
def test_page_says_how_old_data_may_be(kind: str, limit: object):
    (said,) = {row[2].strip() for row in ROWS if len(row) == 4 and kind in row[1]}
    number, unit = said.removesuffix("s").split()

    assert timedelta(**{f"{unit}s": int(number)}) == limit
