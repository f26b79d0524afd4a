"""Answers as JSON and as lines of text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.feeds import FeedState, SourceStatus
from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId, Doi
from bot.domain.papers import Authorship, Paper
from bot.domain.search import CatalogueSize, ListRequest, Page
from bot.errors import Missing
from bot.report import WIDTH, Line, author_lines, list_lines, paper_lines, table_lines
from bot.report_json import author_json, figure_json, paper_json, papers_json, status_json
from bot.services.answers import AuthorAnswer, ListAnswer, PaperAnswer, StatusAnswer
from tests.factories import NOW, SEEN, make_author, make_paper

TODAY = date(2026, 11, 24)
AUTHOR_KEYS = [
    "name", "openalex_id", "primary_category", "institutions", "h_index", "i10_index", "paper_count",
    "citation_count", "papers",
]  # fmt: skip
PAPER_KEYS = [
    "arxiv_id", "doi", "title", "authors", "institutions", "abstract", "primary_category", "categories",
    "submitted_at", "announced_at", "citation_count", "code_url",
]  # fmt: skip


def text(lines: Any) -> str:
    return "\n".join(line.text for line in lines)


def whole_paper() -> Paper:
    return make_paper(
        doi=Doi("10.1/x"),
        announced_at=NOW,
        citation_count=Figure(value=1768, source="OpenAlex", as_of=SEEN),
        code_url="https://github.com/x/y",
    )


def test_paper_as_json_has_the_promised_keys() -> None:
    values = paper_json(whole_paper(), TODAY)

    assert list(values) == PAPER_KEYS
    assert values["arxiv_id"] == "2306.05949"
    assert values["submitted_at"] == "2023-06-09T15:05:00Z"
    assert values["citation_count"] == {"value": 1768, "source": "OpenAlex", "as_of": "2026-05-29"}
    assert values["institutions"] == ["allen-ai", "cmu"]


def test_paper_as_json_leaves_out_what_is_not_known() -> None:
    assert paper_json(Paper(title="Alone"), TODAY) == {"title": "Alone"}


def test_author_as_json_has_the_promised_keys() -> None:
    figure = Figure(value=0, source="OpenAlex", as_of=SEEN)
    author = make_author(institutions=("Hugging Face",), i10_index=figure, h_index=figure)
    values = author_json(AuthorAnswer(author=author, top=(whole_paper(),)), TODAY)

    assert [key for key in AUTHOR_KEYS if key in values] == list(values)
    assert values["primary_category"] == "cs.CY"
    assert values["i10_index"] == {"value": 0, "source": "OpenAlex", "as_of": "2026-05-29"}
    assert values["papers"] == [paper_json(whole_paper(), TODAY)]


def test_figure_that_is_a_lower_bound_says_so() -> None:
    figure = Figure(value=3, source="Hoopoe's catalogue", as_of=SEEN, at_least=True)

    assert figure_json(figure) == {
        "value": 3,
        "source": "Hoopoe's catalogue",
        "as_of": "2026-05-29",
        "at_least": True,
    }


def test_papers_as_json_without_any_is_an_empty_list() -> None:
    assert papers_json((), TODAY) == {"papers": []}


def test_author_as_text_says_numbers_with_their_source_once() -> None:
    shown = text(author_lines(AuthorAnswer(author=make_author(), top=(make_paper(),)), TODAY))

    assert "Computers and Society (cs.CY)" in shown
    assert "h-index 43 · papers 15 · citations 1,768 (Scholar Feed, 2026-05-29)" in shown
    assert "Scholar Feed, 2026-05-29: Novelty 41 % · AI Score 57" in shown
    assert "Irene Solaiman, Zeerak Talat, William Agnew et al." in shown
    assert "CY · Jun 9, 2023" in shown


def test_paper_as_text_has_the_whole_abstract_and_all_authors() -> None:
    paper = make_paper(
        abstract="word " * 1000, authors=tuple(Authorship(name=f"Name {n}") for n in range(30))
    )
    shown = text(paper_lines(PaperAnswer(paper=paper, unreachable=(Missing("OpenAlex"),)), TODAY))

    assert shown.count("word") == 1000
    assert "Name 29" in shown
    assert "OpenAlex did not answer" in shown


def test_text_breaks_at_words_and_never_inside_a_link() -> None:
    paper = make_paper(title="word " * 60, arxiv_id=ArxivId("2306.05949"))
    lines = list(paper_lines(PaperAnswer(paper=paper), TODAY))

    assert max(len(line.text) for line in lines) <= WIDTH
    assert "https://arxiv.org/abs/2306.05949" in [line.text for line in lines]


@pytest.mark.parametrize(
    ("page", "end"),
    [
        (Page(papers=(make_paper(),), total=42), "1 of 42"),
        (Page(papers=(make_paper(),), total=1000, more_than=True), "1 of more than 1,000"),
        (Page(papers=(), total=0), "Nothing found."),
    ],
)
def test_list_as_text_ends_with_how_many_there_are(page: Page, end: str) -> None:
    answer = ListAnswer(request=ListRequest(title="x"), request_id=1, page=page)

    assert text(list_lines(answer, TODAY)).endswith(end)


def test_invented_paper_has_no_link() -> None:
    shown = text(paper_lines(PaperAnswer(paper=make_paper(invented=True)), TODAY))

    assert "http" not in shown


@settings(max_examples=60)
@given(title=st.text(max_size=200), name=st.text(max_size=80), abstract=st.text(max_size=500))
def test_text_of_any_paper_holds_nothing_a_terminal_acts_on(title: str, name: str, abstract: str) -> None:
    paper = make_paper(title=title, abstract=abstract, authors=(Authorship(name=name),), venue=name)

    for line in paper_lines(PaperAnswer(paper=paper), TODAY):
        assert isinstance(line, Line)
        assert not any(ord(character) < 32 or ord(character) == 127 for character in line.text)


def test_status_as_json_has_an_object_for_each_source() -> None:
    down = SourceStatus(name="arXiv", last_error="no answer", last_error_at=NOW)
    fine = SourceStatus(name="OpenAlex", last_success=NOW, requests_today=7, left="93 cents")
    quiet = SourceStatus(name="Elsewhere")
    status = StatusAnswer(
        version="1.2.3",
        now=NOW,
        size=CatalogueSize(papers=1234, authors=5, newest_announcement=None),
        sources=(down, fine, quiet),
        feeds=(FeedState(categories=("cs.CY",), checked_at=NOW, succeeded_at=NOW),),
        queued=2,
        last_harvest=datetime(2026, 5, 30, tzinfo=UTC),
        quiet_reason="arXiv announces nothing on Saturday and Sunday",
    )

    values = status_json(status, written_at=NOW)
    lines = [line.text for line in table_lines(values)]

    assert list(values) == ["bot", "catalogue", "harvest", "arXiv feeds", "arXiv", "OpenAlex", "Elsewhere"]
    assert values["arXiv"]["ok"] is False
    assert values["OpenAlex"]["ok"] is True
    assert "ok" not in values["Elsewhere"]
    assert len(lines) == len(values)
    assert any("1,234" in line for line in lines)
    assert any(line.startswith("arXiv ") and "failed" in line and "no answer" in line for line in lines)
