"""What a message means after the last answer."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.papers import Paper
from bot.domain.search import ListRequest, Page, PaperFilter, Sort
from bot.services.answers import AuthorAnswer, HelpAnswer, ListAnswer, PaperAnswer
from bot.services.follow_ups import (
    REMEMBERED,
    FollowUp,
    LastAnswers,
    Narrow,
    Pick,
    Rewritten,
    Turn,
    read_follow_up,
)
from tests.factories import make_author, make_paper

TODAY = date(2026, 11, 24)
PAPERS: tuple[Paper, ...] = tuple(make_paper(id=number, title=f"Paper {number}") for number in range(1, 4))
LIST = ListAnswer(
    request=ListRequest(title="L", query="energy", where=PaperFilter(category="cs.CY")),
    request_id=1,
    page=Page(papers=PAPERS, total=9),
)
PAPER = PaperAnswer(paper=PAPERS[0])
AUTHOR = AuthorAnswer(author=make_author(), top=())
IN_CY = PaperFilter(category="cs.CY")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("more", Turn(1)),
        ("More please!", Turn(1)),
        ("show me more", Turn(1)),
        ("next page", Turn(1)),
        ("back", Turn(-1)),
        ("the second one", Pick(PAPERS[1])),
        ("second", Pick(PAPERS[1])),
        ("open the first paper", Pick(PAPERS[0])),
        ("number 3", Pick(PAPERS[2])),
        ("#2", Pick(PAPERS[1])),
        ("2", Pick(PAPERS[1])),
        ("the last one", Pick(PAPERS[2])),
        ("only with code", Narrow(PaperFilter(category="cs.CY", has_code=True), Sort.RELEVANCE)),
        ("just since 2024", Narrow(PaperFilter(category="cs.CY", since=date(2024, 1, 1)), Sort.RELEVANCE)),
        ("and only those with code", Narrow(PaperFilter(category="cs.CY", has_code=True), Sort.RELEVANCE)),
        ("newest first", Narrow(IN_CY, Sort.NEWEST)),
        ("by citations", Narrow(IN_CY, Sort.CITATIONS)),
        ("only in cs.CL", Narrow(PaperFilter(category="cs.CL"), Sort.RELEVANCE)),
        ("the fifth one", None),
        ("Emma Strubell", None),
        ("papers about energy since 2024", None),
        ("cite it", None),
        ("", None),
    ],
)
def test_follow_up_of_a_list_is_understood(text: str, meant: FollowUp | None) -> None:
    assert read_follow_up(text, LIST, TODAY) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("cite it", "cite 2306.05949"),
        ("Cite this paper, please", "Cite 2306.05949"),
        ("bibtex for that one", "bibtex for 2306.05949"),
        ("save it", "save 2306.05949"),
        ("who wrote Attention?", None),
        ("that", None),
        ("more", None),
    ],
)
def test_follow_up_of_a_paper_puts_it_in_place_of_it(text: str, meant: str | None) -> None:
    expected = Rewritten(meant) if meant else None
    assert read_follow_up(text, PAPER, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("papers by her", "papers by Sasha Luccioni"),
        ("who works with them?", "who works with Sasha Luccioni"),
        ("follow her", "follow Sasha Luccioni"),
        ("her papers since 2024", "Sasha Luccioni's papers since 2024"),
        ("their coauthors", "Sasha Luccioni's coauthors"),
        ("herring stocks", None),
    ],
)
def test_follow_up_of_an_author_puts_the_name_in_place(text: str, meant: str | None) -> None:
    expected = Rewritten(meant) if meant else None
    assert read_follow_up(text, AUTHOR, TODAY) == expected


def test_follow_up_of_a_list_with_one_paper_means_that_paper() -> None:
    one = ListAnswer(request=LIST.request, request_id=1, page=Page(papers=PAPERS[:1], total=1))
    assert read_follow_up("cite it", one, TODAY) == Rewritten("cite 2306.05949")


def test_last_answers_keep_what_can_be_talked_about_and_forget_the_oldest() -> None:
    last = LastAnswers()
    last.remember(1, PAPER)
    last.remember(1, HelpAnswer())
    assert last.find(1) is PAPER
    for person in range(2, REMEMBERED + 2):
        last.remember(person, AUTHOR)
    assert last.find(1) is None
    last.forget(2)
    assert last.find(2) is None
