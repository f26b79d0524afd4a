"""Reading papers to learn from."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.errors import HoopoeError
from bot.training.records import Record, read_records, record_of

TODAY = date(2026, 11, 26)
PAPER = {
    "title": "Grasping",
    "abstract": "We grasp.",
    "authors": ["Ada", "Bo"],
    "venue": "icra",
    "year": 2019,
}


def record(**changes: Any) -> Record:
    found = record_of(PAPER | changes)
    assert isinstance(found, Record)
    return found


def test_record_of_venue_and_year_has_no_month() -> None:
    found = record(citations=7)

    assert (found.field, found.archive, found.moment, found.monthly) == ("icra", "icra", 12 * 2019, False)
    assert (found.citations, found.authors) == (7, ("Ada", "Bo"))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"categories": ["cs.RO", "cs.LG"], "submitted_at": "2019-05-03T01:02:03Z"}, id="list"),
        pytest.param({"categories": "cs.RO cs.LG", "date": "2019-05-03"}, id="text"),
        pytest.param({"primary_category": "cs.RO", "announced": "2019-05-03"}, id="primary"),
    ],
)
def test_record_of_category_and_date_goes_before_venue_and_year(changes: dict[str, Any]) -> None:
    found = record(**changes)

    assert (found.field, found.archive, found.moment, found.monthly) == ("cs.RO", "cs", 12 * 2019 + 4, True)


def test_record_of_category_without_a_month_keeps_the_year() -> None:
    found = record(categories=["cs.RO"], venue=None)

    assert (found.field, found.moment, found.monthly) == ("cs.RO", 12 * 2019, False)


@pytest.mark.parametrize(
    ("changes", "citations"),
    [
        pytest.param({"citations": "many"}, None, id="text"),
        pytest.param({"citations": -1}, None, id="negative"),
        pytest.param({"citations": True}, None, id="boolean"),
        pytest.param({"citations": float("nan")}, None, id="nan"),
        pytest.param({"citations": None}, None, id="null"),
        pytest.param({"citation_count": {"value": 4, "source": "OpenAlex"}}, 4, id="as-the-terminal-prints"),
    ],
)
def test_record_of_odd_citations_is_unknown(changes: dict[str, Any], citations: int | None) -> None:
    assert record(**changes).citations == citations


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        pytest.param({"title": None}, "no title", id="title"),
        pytest.param({"year": None}, "no year and no date", id="year"),
        pytest.param({"year": "soon"}, "no year and no date", id="year-in-words"),
        pytest.param({"year": True}, "no year and no date", id="boolean-year"),
    ],
)
def test_record_of_a_paper_that_has_no_place_says_why(changes: dict[str, Any], fault: str) -> None:
    assert record_of(PAPER | changes) == fault


def test_record_without_anything_else_is_kept() -> None:
    found = record_of({"title": "Grasping", "year": "2019", "authors": None, "abstract": 5})

    assert isinstance(found, Record)
    assert (found.authors, found.abstract, found.field) == ((), "", "")


def test_read_records_of_a_file_with_bad_lines_names_them(tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl"
    lines = [json.dumps(PAPER), "", "{", "[1]", json.dumps(PAPER | {"year": 2031}), json.dumps(PAPER)]
    file.write_bytes("\n".join(lines).encode() + b"\n\xff\xfe\n")

    found = read_records(file, TODAY)

    assert len(found.records) == 2
    assert found.faults == (
        "line 3: no JSON",
        "line 4: no JSON object",
        "line 5: a date in the future",
        "line 7: no JSON",
    )


def test_read_records_of_a_packed_file_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl.gz"
    file.write_bytes(gzip.compress(json.dumps(PAPER).encode()))

    assert len(read_records(file, TODAY).records) == 1


def test_read_records_of_a_file_that_breaks_off_says_so(tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl.gz"
    file.write_bytes(gzip.compress(json.dumps(PAPER).encode() * 2000)[:-40])

    with pytest.raises(HoopoeError, match="is damaged after"):
        read_records(file, TODAY)


def test_read_records_of_a_file_whose_packing_is_broken_says_so(tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl.gz"
    file.write_bytes(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"\xff" * 40)

    with pytest.raises(HoopoeError, match="is damaged after 0 papers"):
        read_records(file, TODAY)


def test_line_that_is_nested_endlessly_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl"
    file.write_text("[" * 200_000 + "\n" + json.dumps(PAPER), encoding="utf-8")

    reading = read_records(file, TODAY)

    assert reading.faults == ("line 1: no JSON",)
    assert len(reading.records) == 1
