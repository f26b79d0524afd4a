"""Authors of a feed's one string, dates of mailings, and items with gaps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.feeds import Feed, Validators
from bot.domain.identifiers import ArxivId
from bot.domain.papers import AnnounceType, Authorship
from bot.errors import SourceChanged
from bot.sources.arxiv_feed import parse_creators, parse_feed

HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns="http://www.w3.org/2005/Atom"><title>cs.CL updates on arXiv.org</title>"""


def _feed(inside: str, head: str = HEAD) -> Feed:
    return parse_feed(f"{head}{inside}</feed>".encode(), ["cs.CL"], validators=Validators())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("A. Smith, B. Jones", ["A. Smith", "B. Jones"]),
        ("A. Smith and B. Jones", ["A. Smith", "B. Jones"]),
        ("A. Smith, B. Jones, and C. Lee", ["A. Smith", "B. Jones", "C. Lee"]),
        ("A. Smith, Waldyr A. Rodrigues, Jr., C. Lee", ["A. Smith", "Waldyr A. Rodrigues Jr.", "C. Lee"]),
        (
            "Pierre Auger and Telescope Array Collaborations",
            ["Pierre Auger and Telescope Array Collaborations"],
        ),
        ("ATLAS Collaboration: G. Aad, B. Abbott", ["ATLAS Collaboration", "G. Aad", "B. Abbott"]),
        ("Team X, :, A. Smith", ["Team X", "A. Smith"]),
        (r"Paulo Andr\'e Lima, {\L}ukasz Kaiser", ["Paulo André Lima", "Łukasz Kaiser"]),
        (r"Erd{\H o}s, {A, B} Lee", ["Erdős", "{A, B} Lee"]),
        ("Anderson Sand, Alexandra Land", ["Anderson Sand", "Alexandra Land"]),
    ],
)
def test_one_string_holds_all_authors(text: str, names: list[str]) -> None:
    assert [author.name for author in parse_creators(text)] == names


def test_places_in_parentheses_are_institutions_and_numbers_are_not() -> None:
    assert parse_creators("A. Smith (MIT, Boston), B. Jones (1), C. Lee ((1), (2))") == (
        Authorship(name="A. Smith", institutions=("MIT, Boston",)),
        Authorship(name="B. Jones"),
        Authorship(name="C. Lee ((1), (2))"),
    )


@given(text=st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from(r",;:(){}\$& and"), max_size=80))
@settings(max_examples=100)
def test_any_string_of_authors_is_read(text: str) -> None:
    for author in parse_creators(text):
        assert author.name.strip() == author.name != ""


def test_item_without_date_authors_and_abstract_is_a_paper() -> None:
    feed = _feed(
        "<entry><id>oai:arXiv.org:2401.00001v3</id><title>T</title>"
        "<arxiv:announce_type>replace-cross</arxiv:announce_type></entry>"
    )
    (item,) = feed.items

    assert item.announce_type is AnnounceType.REPLACE_CROSS
    assert (item.paper.arxiv_id, item.paper.version) == (ArxivId("2401.00001"), 3)
    assert (item.paper.authors, item.paper.abstract, item.paper.announced_at) == ((), "", None)
    assert feed.dated is None


def test_prefix_of_the_abstract_says_what_elements_leave_out() -> None:
    (item,) = _feed(
        "<entry><id>x</id><title>T</title>"
        "<summary>arXiv:2401.00001v2 Announce Type: cross \nAbstract: Abstract: a</summary></entry>"
    ).items

    assert item.announce_type is AnnounceType.CROSS
    assert item.paper.version == 2
    assert item.paper.abstract == "Abstract: a"


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param("<entry><id>oai:arXiv.org:2401.00001v1</id><title>T</title></entry>", id="no-type"),
        pytest.param(
            "<entry><id>oai:arXiv.org:2401.00001v1</id><title>T</title>"
            "<arxiv:announce_type>retold</arxiv:announce_type></entry>",
            id="unknown-type",
        ),
        pytest.param(
            "<entry><title>T</title><arxiv:announce_type>new</arxiv:announce_type></entry>", id="no-id"
        ),
    ],
)
def test_item_that_cannot_be_announced_is_left_out_and_a_feed_of_such_is_a_fault(
    entry: str, caplog: pytest.LogCaptureFixture
) -> None:
    whole = (
        "<entry><id>oai:arXiv.org:2401.00002v1</id><title>U</title>"
        "<arxiv:announce_type>new</arxiv:announce_type></entry>"
    )

    feed = _feed(whole + entry)

    assert [item.paper.title for item in feed.items] == ["U"]
    assert feed.unread == 1
    assert "items left out count=1" in caplog.text
    with pytest.raises(SourceChanged):
        _feed(entry)


@pytest.mark.parametrize(
    ("built", "midnight"),
    [
        ("2026-04-25T04:00:03+00:00", datetime(2026, 4, 25, 4, tzinfo=UTC)),
        ("2026-01-10T05:00:03Z", datetime(2026, 1, 10, 5, tzinfo=UTC)),
        ("2026-01-10T04:59:00Z", datetime(2026, 1, 9, 5, tzinfo=UTC)),
        ("2026-03-08T12:00:00Z", datetime(2026, 3, 8, 5, tzinfo=UTC)),
    ],
)
def test_empty_feed_is_dated_at_midnight_in_new_york(built: str, midnight: datetime) -> None:
    feed = _feed(f"<updated>{built}</updated>")

    assert feed.items == ()
    assert feed.dated == midnight


def test_date_that_no_mailing_can_have_yet_is_none() -> None:
    entry = (
        "<entry><id>oai:arXiv.org:2401.0000{n}v1</id><title>T</title><published>{date}</published>"
        "<arxiv:announce_type>new</arxiv:announce_type></entry>"
    )
    dates = ("2026-11-24T05:00:00Z", "2026-11-25T05:00:00Z", "2031-01-01T05:00:00Z")
    body = "".join(entry.format(n=n, date=date) for n, date in enumerate(dates, start=1))

    feed = parse_feed(
        f"{HEAD}{body}</feed>".encode(),
        ["cs.CL"],
        validators=Validators(),
        fetched_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
    )

    today, tomorrow = (datetime(2026, 11, day, 5, tzinfo=UTC) for day in (24, 25))
    assert [item.paper.announced_at for item in feed.items] == [today, tomorrow, None]
    assert feed.dated == tomorrow


def test_feed_of_something_else_without_items_is_a_fault() -> None:
    with pytest.raises(SourceChanged):
        _feed("", head=HEAD.replace("cs.CL updates on arXiv.org", "News"))
