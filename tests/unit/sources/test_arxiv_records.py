"""Records of OAI-PMH with gaps, deleted ones, and documents that are none."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.domain.feeds import RecordPage
from bot.domain.identifiers import ArxivId
from bot.domain.papers import Authorship
from bot.errors import SourceChanged
from bot.sources.arxiv_records import parse_page
from bot.sources.exchange import Incomplete

HEAD = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>'
TAIL = "</ListRecords></OAI-PMH>"


def record(fields: str, *, status: str = "", kind: str = "arXivRaw", day: str = "2026-04-07") -> str:
    """Return a record with these leaves."""
    metadata = f'<metadata><{kind} xmlns="http://arxiv.org/OAI/{kind}/">{fields}</{kind}></metadata>'
    return (
        f"<record><header{status}><identifier>oai:arXiv.org:2604.00001</identifier>"
        f"<datestamp>{day}</datestamp></header>{'' if status else metadata}</record>"
    )


def page(*records: str, tail: str = TAIL) -> RecordPage:
    """Return what is read of these records."""
    return parse_page((HEAD + "".join(records) + tail).encode())


def test_deleted_record_is_left_out() -> None:
    found = page(record("", status=' status="deleted"'), record("<id>2604.00001</id><title>T</title>"))

    assert [changed.paper.title for changed in found.papers] == ["T"]


def test_record_without_date_authors_and_abstract_is_kept() -> None:
    (changed,) = page(record("<id>2604.00001</id><title>T</title>")).papers

    assert changed.changed_on == date(2026, 4, 7)
    assert changed.paper.arxiv_id == ArxivId("2604.00001")
    assert (changed.paper.authors, changed.paper.abstract, changed.paper.submitted_at) == ((), "", None)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(record("<id>2604.00001</id>"), id="no-title"),
        pytest.param(record("<id>2604.00001</id><title>T</title>", day="yesterday"), id="no-day"),
        pytest.param(record("<id>?</id><title>T</title>"), id="no-identifier"),
    ],
)
def test_record_that_names_no_paper_spoils_no_other(broken: str) -> None:
    found = page(broken, record("<id>2604.00002</id><title>Good</title>"))

    assert [changed.paper.title for changed in found.papers] == ["Good"]


def test_versions_with_wrong_dates_are_left_out() -> None:
    (changed,) = page(
        record(
            '<id>2604.00001</id><version version="v1"><date>Mon, 6 Apr 2026 10:00:00 GMT</date></version>'
            '<version version="v2"><date>soon</date></version><version><date>Mon, 6 Apr 2026</date></version>'
            "<title>T</title>"
        )
    ).papers

    assert changed.paper.submitted_at == datetime(2026, 4, 6, 10, tzinfo=UTC)
    assert changed.paper.version == 1


def test_author_in_parts_is_put_together() -> None:
    (changed,) = page(
        record(
            "<id>2604.00001</id><title>T</title><authors><author><keyname>Doe</keyname><forenames>J. Q."
            "</forenames><suffix>Jr</suffix><affiliation>MIT</affiliation></author></authors>",
            kind="arXiv",
        )
    ).papers

    assert changed.paper.authors == (Authorship(name="J. Q. Doe Jr", institutions=("MIT",)),)


def test_punctuation_between_authors_is_no_author() -> None:
    parts = "".join(f"<author><keyname>{name}</keyname></author>" for name in ("NVIDIA", ":", "Lee"))
    (changed,) = page(
        record(f"<id>2604.00001</id><title>T</title><authors>{parts}</authors>", kind="arXiv")
    ).papers

    assert [author.name for author in changed.paper.authors] == ["NVIDIA", "Lee"]


def test_token_of_the_last_page_is_empty() -> None:
    last = page(record("<id>2604.00001</id><title>T</title>"), tail=f"<resumptionToken/>{TAIL}")
    middle = page(
        record("<id>2604.00001</id><title>T</title>"), tail=f"<resumptionToken>a%3Db</resumptionToken>{TAIL}"
    )

    assert (last.token, middle.token) == ("", "a%3Db")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(HEAD + TAIL, SourceChanged, id="empty-list"),
        pytest.param(HEAD + record("<id>2604.00001</id><title>T</title>"), Incomplete, id="cut"),
        pytest.param("<!DOCTYPE x>" + HEAD + TAIL, SourceChanged, id="doctype"),
        pytest.param('<feed xmlns="http://www.w3.org/2005/Atom"/>', SourceChanged, id="feed"),
        pytest.param("<OAI-PMH/>", SourceChanged, id="no-namespace"),
        pytest.param("", Incomplete, id="empty"),
        pytest.param("Retry after 5 seconds", SourceChanged, id="plain-text"),
    ],
)
def test_anything_but_a_whole_list_is_a_fault(body: str, expected: type[SourceChanged]) -> None:
    with pytest.raises(expected):
        parse_page(body.encode())
