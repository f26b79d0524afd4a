"""What a list says of the conditions that it was asked with."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.answers import render_answer
from bot.cards.conditions import conditions
from bot.domain.search import ListRequest, Page, PaperFilter
from bot.services.answers import ListAnswer
from bot.services.search import PAPERS_BY, SEARCH, field_named
from bot.words import GERMAN, speaking
from tests.factories import NOW, make_paper

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("where", "said", "german"),
    [
        ({}, "", ""),
        ({"category": "cs.CL"}, "cs.CL", "cs.CL"),
        ({"since": date(2018, 1, 1)}, "since 2018", "seit 2018"),
        ({"since": date(2018, 5, 1)}, "since May 2018", "seit Mai 2018"),
        ({"since": date(2018, 5, 9)}, "since May 9, 2018", "seit 9.\u00a0Mai 2018"),
        ({"since": date(2026, 11, 20)}, "since Nov 20", "seit 20.\u00a0Nov."),
        ({"until": date(2018, 12, 31)}, "until 2018", "bis 2018"),
        ({"until": date(2018, 2, 28)}, "until Feb 2018", "bis Feb. 2018"),
        ({"until": date(2018, 2, 27)}, "until Feb 27, 2018", "bis 27.\u00a0Feb. 2018"),
        ({"since": date(2018, 1, 1), "until": date(2018, 12, 31)}, "2018", "2018"),
        ({"since": date(2018, 1, 1), "until": date(2020, 12, 31)}, "2018 to 2020", "2018 bis 2020"),
        ({"since": date(2018, 5, 1), "until": date(2018, 5, 31)}, "May 2018", "Mai 2018"),
        ({"since": date(2018, 1, 1), "until": date(2018, 1, 31)}, "Jan 2018", "Jan. 2018"),
        (
            {"since": date(2018, 1, 1), "until": date(2019, 6, 30)},
            "Jan 2018 to Jun 2019",
            "Jan. 2018 bis Juni 2019",
        ),
        (
            {"since": date(2026, 11, 1), "until": date(2026, 11, 5)},
            "Nov 1 to Nov 5",
            "1.\u00a0Nov. bis 5.\u00a0Nov.",
        ),
        ({"since": date(2026, 11, 5), "until": date(2026, 11, 5)}, "Nov 5", "5.\u00a0Nov."),
        ({"announced_since": date(2026, 11, 21)}, "announced since Nov 21", "angekündigt seit 21.\u00a0Nov."),
        ({"has_code": True}, "with code", "mit Code"),
        ({"min_score": 80}, "score ≥ 80", "Wertung ≥ 80"),
        ({"min_novelty": 60}, "novelty ≥ 60", "Neuartigkeit ≥ 60"),
        (
            {"min_novelty": 60, "has_code": True, "since": date(2018, 1, 1), "category": "cs.CL"},
            "cs.CL · since 2018 · with code · novelty ≥ 60",
            "cs.CL · seit 2018 · mit Code · Neuartigkeit ≥ 60",
        ),
    ],
)
def test_list_says_its_conditions(where: dict[str, Any], said: str, german: str) -> None:
    request = ListRequest(title=SEARCH, named={"query": ("energy",)}, where=PaperFilter(**where))
    assert conditions(request, TODAY) == said
    with speaking(GERMAN):
        assert conditions(request, TODAY) == german


@pytest.mark.parametrize("name", [one.name for one in fields(PaperFilter) if one.name != "appeared_since"])
def test_no_condition_is_left_out(name: str) -> None:
    values: dict[str, Any] = {"category": "cs.CL", "has_code": True, "min_score": 5, "min_novelty": 5}
    where = PaperFilter(**{name: values.get(name, date(2020, 3, 4))})
    assert conditions(ListRequest(title=SEARCH, where=where), TODAY)


def test_what_the_title_says_is_not_said_again() -> None:
    where = PaperFilter(category="cs.CY", announced_since=date(2026, 11, 21))
    new = ListRequest(title="New in {field}", named=field_named("cs.CY"), where=where)
    theirs = ListRequest(title=PAPERS_BY, named={"name": ("Ada B",)}, author="Ada B", author_id=3)
    found = ListRequest(title=SEARCH, named={"query": ("energy",)}, author="Ada *B*")

    assert conditions(new, TODAY) == "announced since Nov 21"
    assert conditions(theirs, TODAY) == ""
    assert conditions(found, TODAY) == r"by Ada \*B\*"


@pytest.mark.parametrize("papers", [(make_paper(),), ()])
async def test_card_of_a_list_begins_with_its_conditions(papers: tuple[Any, ...]) -> None:
    request = ListRequest(title=SEARCH, where=PaperFilter(since=date(2018, 1, 1), has_code=True))
    answer = ListAnswer(request=request, request_id=1, page=Page(papers=papers, total=len(papers)))
    card = await render_answer(answer, now=NOW)
    assert (card.embeds[0].description or "").startswith("since 2018 · with code\n\u00a0\n")


@given(st.dates(max_value=date(2099, 12, 31)), st.dates(max_value=date(2099, 12, 31)))
def test_any_time_is_said(since: date, until: date) -> None:
    where = PaperFilter(since=since, until=until, announced_since=since)
    assert conditions(ListRequest(title=SEARCH, where=where), TODAY)
