"""Reading XML into papers: what may be missing, what may not, and no half answers."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.identifiers import ArxivId, Doi
from bot.domain.papers import Authorship, Paper
from bot.errors import SourceChanged
from bot.sources.arxiv import build_query
from bot.sources.arxiv_parser import (
    is_withdrawn,
    parse_doi,
    parse_identifier,
    parse_moment,
    parse_papers,
    sort_categories,
    tidy,
)

_ALLOWED = re.compile("[\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
 xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title>"""


def _document(*entries: str, total: int | None = None) -> bytes:
    count = len(entries) if total is None else total
    counted = f"<opensearch:totalResults>{count}</opensearch:totalResults>"
    return f"{HEAD}{counted}{''.join(entries)}</feed>".encode()


def _entry(inside: str = "", *, identifier: str = "2401.00001v1", title: str = "T") -> str:
    return f"<entry><id>http://arxiv.org/abs/{identifier}</id><title>{title}</title>{inside}</entry>"


def _paper(inside: str = "", **changes: str) -> Paper:
    (paper,) = parse_papers(_document(_entry(inside, **changes)))
    return paper


def test_entry_with_nothing_but_its_name_is_a_paper() -> None:
    assert _paper() == Paper(arxiv_id=ArxivId("2401.00001"), title="T", source="arXiv")


def test_white_space_is_layout() -> None:
    paper = _paper("<summary>\n  a\n  b\tc&#160;d  e \n</summary>", title="\n One\n   two ")

    assert paper.title == "One two"
    assert paper.abstract == "a b c d e"


@pytest.mark.parametrize("place", ["", "<arxiv:affiliation>X</arxiv:affiliation>"])
def test_punctuation_between_authors_is_no_author(place: str) -> None:
    names = ("NVIDIA", ":", "A. Lee")
    paper = _paper("".join(f"<author><name>{name}</name>{place}</author>" for name in names))

    assert [author.name for author in paper.authors] == ["NVIDIA", "A. Lee"]


def test_namespaces_count_and_not_their_prefixes() -> None:
    document = (
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>http://arxiv.org/abs/2401.00001v2</a:id>'
        '<a:title>T</a:title><x:comment xmlns:x="http://arxiv.org/schemas/atom">C</x:comment>'
        "<comment>another</comment></a:entry></a:feed>"
    )
    (paper,) = parse_papers(document.encode())

    assert (paper.version, paper.comment) == (2, "C")


def test_text_in_pieces_is_put_together() -> None:
    assert (
        _paper("<summary>a &amp; b &lt;c&gt; <![CDATA[<d>]]> &#x3b1;</summary>").abstract == "a & b <c> <d> α"
    )


def test_long_text_comes_whole() -> None:
    words = "word &amp; " * 20_000

    assert _paper(f"<summary>{words}</summary>").abstract == ("word & " * 20_000).strip()


def test_affiliations_belong_to_the_name_before_them() -> None:
    paper = _paper(
        "<author><name>A</name><arxiv:affiliation>X</arxiv:affiliation><arxiv:affiliation>Y</arxiv:affiliation>"
        "</author><author><name> </name></author><author><name>B  C</name></author>"
        "<author><name>D</name><arxiv:affiliation>Z</arxiv:affiliation></author>"
    )

    assert paper.authors == (
        Authorship(name="A", institutions=("X", "Y")),
        Authorship(name="B C"),
        Authorship(name="D", institutions=("Z",)),
    )


def test_classes_of_other_schemes_are_no_categories() -> None:
    terms = "".join(
        f'<category term="{term}"/>' for term in ("cs.CL", "68T50", "I.2.7; H.3", "stat.ML", "cs.CL", "")
    )

    assert _paper(f'{terms}<category/><arxiv:primary_category term="stat.ML"/>').categories == (
        "stat.ML",
        "cs.CL",
    )


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("arxiv:comment", "This paper has been withdrawn by the authors due to an error"),
        ("arxiv:comment", "Withdrawn: see 2401.00002"),
        ("summary", "This submission has now been withdrawn."),
        ("summary", "The manuscript was withdrawn because of a crucial sign error in equation 1."),
    ],
)
def test_withdrawal_is_noticed(field: str, said: str) -> None:
    assert _paper(f"<{field}>{said}</{field}>").withdrawn


@pytest.mark.parametrize(
    "said",
    [
        "We study when drugs are withdrawn from the market.",
        "Support was withdrawn",
        f"{'x ' * 300} this paper is withdrawn",
    ],
)
def test_other_withdrawals_are_not_the_papers(said: str) -> None:
    assert not is_withdrawn(said, "")


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(_document(_entry(), total=2), id="one-of-two"),
        pytest.param(_document(total=3), id="none-of-three"),
        pytest.param(_document().replace(b">0<", b">many<"), id="count-in-words"),
        pytest.param(f"{HEAD}</feed>".encode(), id="neither-count-nor-entry"),
        pytest.param(_document(_entry(identifier="")), id="no-identifier"),
        pytest.param(_document(_entry(identifier="2401.1")), id="half-an-identifier"),
        pytest.param(_document(_entry(title=" \n ")), id="blank-title"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"<feed/>", id="feed-of-no-namespace"),
        pytest.param(_document() + b"<more/>", id="two-documents"),
        pytest.param(_document().replace(b"</feed>", b"&nbsp;</feed>"), id="unknown-entity"),
    ],
)
def test_answer_that_is_not_what_it_says_is_refused(document: bytes) -> None:
    with pytest.raises(SourceChanged):
        parse_papers(document)


def test_page_in_the_middle_may_be_the_last() -> None:
    counts = (
        "<opensearch:totalResults>103</opensearch:totalResults><opensearch:startIndex>100</opensearch:startIndex>"
        "<opensearch:itemsPerPage>50</opensearch:itemsPerPage>"
    )
    three = "".join(_entry() for _ in range(3))

    assert len(parse_papers(f"{HEAD}{counts}{three}</feed>".encode())) == 3
    with pytest.raises(SourceChanged):
        parse_papers(f"{HEAD}{counts}{_entry()}{_entry()}</feed>".encode())


@given(cut=st.integers(0, 2000))
@settings(max_examples=60)
def test_no_beginning_of_an_answer_passes_for_the_whole(cut: int) -> None:
    document = _document(*(_entry("<summary>ä &amp; b</summary>") for _ in range(8)))

    with pytest.raises(SourceChanged):
        parse_papers(document[: min(cut, len(document) - 1)])


@given(title=st.text(min_size=1), name=st.text(), abstract=st.text())
@settings(max_examples=60)
def test_any_text_survives_the_way(title: str, name: str, abstract: str) -> None:
    def legal(text: str) -> str:
        # What XML 1.0 can hold at all.
        return "".join(
            c
            for c in text
            if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
        )

    inside = (
        f"<summary>{escape(legal(abstract))}</summary><author><name>A{escape(legal(name))}</name></author>"
    )
    paper = _paper(inside, title=f"t{escape(legal(title))}")

    assert paper.title == " ".join(f"t{legal(title)}".split())
    assert paper.abstract == " ".join(legal(abstract).split())
    assert [author.name for author in paper.authors] == [" ".join(f"A{legal(name)}".split())]


@given(text=st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from(" \n\r\t\u00a0\u2003")))
@settings(max_examples=100)
def test_tidy_equals_splitting_and_joining(text: str) -> None:
    text = "".join(c for c in text if c == "\r" or _ALLOWED.fullmatch(c))

    assert tidy(text) == " ".join(text.split())


@given(data=st.binary(max_size=300))
@settings(max_examples=60)
def test_any_bytes_are_an_answer_or_a_fault(data: bytes) -> None:
    with pytest.raises(SourceChanged):
        parse_papers(data)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2306.05949", (ArxivId("2306.05949"), 1)),
        ("0704.0001v12", (ArxivId("0704.0001"), 12)),
        ("math.GT/0309136v2", (ArxivId("math/0309136"), 2)),
        ("solv-int/9901001", (ArxivId("solv-int/9901001"), 1)),
        ("2306.05949v0", None),
        ("2306.05949v", None),
        ("x", None),
    ],
)
def test_identifiers_are_read_with_their_version(text: str, expected: tuple[ArxivId, int] | None) -> None:
    assert parse_identifier(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1103/PhysRevD.77", Doi("10.1103/physrevd.77")),
        (" 10.1/a 10.2/b", Doi("10.1/a")),
        ("see journal", None),
        ("", None),
    ],
)
def test_first_doi_of_several_counts(text: str, expected: Doi | None) -> None:
    assert parse_doi(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-02T03:04:05Z", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2024-01-02T00:00:00-05:00", datetime(2024, 1, 2, 5, tzinfo=UTC)),
        ("2024-01-02", datetime(2024, 1, 2, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_moments_are_aware_and_utc(text: str, expected: datetime | None) -> None:
    moment = parse_moment(text)

    assert moment == expected
    assert moment is None or moment.utcoffset() == datetime.now(UTC).utcoffset()


def test_primary_category_comes_first_even_if_unlisted() -> None:
    assert sort_categories(["cs.AI"], "cs.CL") == (("cs.CL", "cs.AI"), "cs.CL")
    assert sort_categories([]) == ((), None)


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ({"title": "Attention"}, "ti:Attention"),
        ({"title": "On the of"}, ""),
        (
            {"title": "Power Hungry: Watts Driving the Cost?"},
            '(ti:"Power Hungry Watts Driving the Cost" OR '
            "(ti:Power AND ti:Hungry AND ti:Watts AND ti:Driving AND ti:Cost))",
        ),
        (
            {"text": 'a "b" "c d" OR NOT (e) f:g -h* "i'},
            'all:b AND all:"c d" AND all:e AND all:f AND all:g AND all:h AND all:i',
        ),
        ({"author": "Luccioni, Sasha"}, 'au:"Sasha Luccioni"'),
        ({"author": 'x" OR all:y'}, 'au:"x OR all y"'),
        ({"author": "O’Neil"}, 'au:"O’Neil"'),
        ({"text": "中文 naïve"}, "all:中文 AND all:naïve"),
        ({"category": "cs"}, "(cat:cs OR cat:cs.*)"),
        ({"category": "cs.CL) OR (x"}, "cat:cs.CLORx"),
        ({"text": '"()"'}, ""),
    ],
)
def test_queries_hold_nothing_of_the_language_that_a_person_wrote(asked: dict[str, str], query: str) -> None:
    assert build_query(**asked) == query


@given(text=st.text(max_size=60))
@settings(max_examples=80)
def test_any_text_makes_a_balanced_query(text: str) -> None:
    query = build_query(text=text, title=text, author=text)
    outside = "".join(query.split('"')[::2])

    assert query.count('"') % 2 == 0
    assert outside.count("(") == outside.count(")")
    assert "\\" not in query
