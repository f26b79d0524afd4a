"""Lines of the snapshot become papers; what is no record says why."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import ArxivId, Doi
from bot.domain.imports import Narrowing
from bot.domain.papers import Authorship, Paper, Version
from bot.sources.arxiv_snapshot import NoRecord, parse_line
from tests.snapshots import line, record


def test_parse_line_record_becomes_a_paper_with_every_field() -> None:
    versions = [
        {"version": "v2", "created": "Mon, 5 Feb 2024 08:00:00 +0200"},
        {"version": "v1", "created": "Tue, 2 Jan 2024 18:00:01 GMT"},
    ]

    paper = parse_line(
        json.dumps(
            record() | {"versions": versions, "doi": "10.1000/ABC", "journal-ref": "Birds 3 (2024) 1"}
        ).encode()
    )

    first = datetime(2024, 1, 2, 18, 0, 1, tzinfo=UTC)
    second = datetime(2024, 2, 5, 6, 0, tzinfo=UTC)
    assert paper == Paper(
        arxiv_id=ArxivId("2401.00001"),
        doi=Doi("10.1000/abc"),
        version=2,
        versions=(Version(number=1, submitted_at=first), Version(number=2, submitted_at=second)),
        title="A study of birds 1",
        abstract="Birds are studied.",
        authors=(Authorship(name="Ann Lee"), Authorship(name="José García Jr")),
        primary_category="cs.CY",
        categories=("cs.CY", "cs.AI"),
        submitted_at=first,
        updated_at=second,
        comment="12 pages",
        journal_reference="Birds 3 (2024) 1",
        source="arXiv",
        fetched_at=datetime(2024, 1, 5, tzinfo=UTC),
    )


def test_parse_line_only_id_and_title_is_a_paper() -> None:
    paper = parse_line(b'{"id": "math.GT/0309136", "title": "Knots", "unheard_of": [1]}')

    assert paper == Paper(arxiv_id=ArxivId("math/0309136"), title="Knots", source="arXiv")


def test_parse_line_without_parts_takes_the_authors_as_one_text() -> None:
    paper = parse_line(line(authors_parsed=None, authors="A. Smith, B. Jones Jr, and C. Lee"))

    assert paper is not None
    assert [author.name for author in paper.authors] == ["A. Smith", "B. Jones Jr", "C. Lee"]


def test_parse_line_punctuation_between_authors_is_no_author() -> None:
    paper = parse_line(line(authors_parsed=[["NVIDIA", "", ""], [":", "", ""], ["Lee", "Ann", ""]]))

    assert paper is not None
    assert [author.name for author in paper.authors] == ["NVIDIA", "Ann Lee"]


@pytest.mark.parametrize("created", ["yesterday", "", "Tue, 99 Jan 2024 18:00:01 GMT"])
def test_parse_line_version_without_a_date_is_left_out(created: str) -> None:
    paper = parse_line(line(versions=[{"version": "v1", "created": created}]))

    assert paper is not None
    assert (paper.versions, paper.submitted_at, paper.version) == ((), None, 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(b"nonsense", "not a whole JSON object", id="not-json"),
        pytest.param(line()[:50], "not a whole JSON object", id="cut"),
        pytest.param(b"[1, 2]", 'expected "object", got "array"', id="array"),
        pytest.param(b'{"title": "x"}', 'no field "id"', id="no-id"),
        pytest.param(b'{"id": "2401.00001"}', 'no field "title"', id="no-title"),
        pytest.param(line(id=2401.00001), '"id": expected "str", got "float"', id="number-as-id"),
        pytest.param(line(id="W123"), "\"id\" is no arXiv identifier ('W123')", id="another-id"),
        pytest.param(line(title=" \n "), '"title" is empty', id="empty-title"),
        pytest.param(
            line(categories=["cs.CY"]), '"categories": expected "str | null", got "array"', id="list"
        ),
        pytest.param(line().replace(b"Birds", b"B\xffrds"), "not UTF-8", id="not-utf-8"),
        pytest.param(line().replace(b"Birds", b"\\ud800"), "not a whole JSON object", id="surrogate"),
        pytest.param(b'{"x": ' + b"[" * 200_000, "nested too deeply", id="nested"),
    ],
)
def test_parse_line_bad_line_says_what_is_wrong(text: bytes, reason: str) -> None:
    with pytest.raises(NoRecord) as caught:
        parse_line(text)

    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("narrowing", "wanted"),
    [
        pytest.param(Narrowing(), True, id="everything"),
        pytest.param(Narrowing(categories=("cs.CY",)), True, id="primary"),
        pytest.param(Narrowing(categories=("math", "cs.AI")), True, id="cross-list"),
        pytest.param(Narrowing(categories=("cs",)), True, id="archive"),
        pytest.param(Narrowing(categories=("cs.C",)), False, id="beginning-of-a-code"),
        pytest.param(Narrowing(categories=("math",)), False, id="elsewhere"),
        pytest.param(Narrowing(since=2024, until=2024), True, id="its-year"),
        pytest.param(Narrowing(since=2025), False, id="too-old"),
        pytest.param(Narrowing(until=2023), False, id="too-new"),
    ],
)
def test_parse_line_is_narrowed_by_category_and_year(narrowing: Narrowing, wanted: bool) -> None:
    assert (parse_line(line(), narrowing) is not None) is wanted


@pytest.mark.parametrize(("identifier", "year"), [("hep-th/9912001", 1999), ("0704.0001", 2007)])
def test_parse_line_without_versions_has_the_year_of_its_identifier(identifier: str, year: int) -> None:
    text = line(id=identifier, versions=None)

    assert parse_line(text, Narrowing(since=year, until=year)) is not None
    assert parse_line(text, Narrowing(since=year + 1)) is None


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(record())), anything)
def test_parse_line_any_value_gives_a_paper_or_a_reason(name: str, value: Any) -> None:
    try:
        outcome = parse_line(json.dumps(record() | {name: value}).encode())
    except NoRecord as error:
        reason = str(error)
    else:
        reason = outcome.title if outcome else ""

    assert reason


@given(st.datetimes(min_value=datetime(1991, 8, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 -- given as UTC
def test_parse_line_date_is_what_the_library_reads(moment: datetime) -> None:
    """A zone in figures is left to the library, the usual form is not."""
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    mailed = format_datetime(moment, usegmt=True)
    forms = (mailed, mailed.replace("GMT", "+0000"), mailed.replace(", 0", ", "))

    read = [parse_line(line(versions=[{"version": "v1", "created": form}])) for form in forms]

    assert [paper.submitted_at for paper in read if paper] == [moment] * 3
