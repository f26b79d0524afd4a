"""Pages of lists."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.cards.answers import render_answer
from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId
from bot.domain.numbers import Cohort, Missing, Novelty, PaperNumbers, Standing
from bot.domain.papers import Authorship
from bot.domain.search import ListRequest, Page, PaperFilter, Sort
from bot.services.answers import ListAnswer, PapersAnswer
from tests.factories import (
    NOW,
    make_paper,
    make_recent_paper,
)
from tests.unit.cards.checks import components, everything, ids

GAP = "\n\u00a0\n"
RECENT = make_recent_paper()


async def test_list_card_shows_three_lines_a_paper_and_pages() -> None:
    page = Page(papers=(RECENT, make_paper()), total=15, offset=5)
    request = ListRequest(title="Papers by Sasha Luccioni", sort=Sort.CITATIONS)
    card = await render_answer(ListAnswer(request=request, request_id=3, page=page), now=NOW)

    assert card.embeds[0].description == (
        "LG · May 13 · [Code](https://github.com/example/energy) · 3 citations\n"
        "[Towards Resource-Efficient LLMs: End-to-End Energy Accounting of Distillation Pipelines]"
        "(https://arxiv.org/abs/2605.13981)\n"
        f"Katherine Lambert, Sasha Luccioni{GAP}"
        "CY · Jun 9, 2023\n"
        "[Evaluating the Social Impact of Generative AI Systems in Systems and Society]"
        "(https://arxiv.org/abs/2306.05949)\n"
        "Irene Solaiman, Zeerak Talat, William Agnew *et al.* · allen-ai, cmu"
    )
    assert card.embeds[0].footer.text == "6–7 of 15 · most cited first"
    assert ids(card) == ["open:3:5", "list:3:0:back", "list:3:10:on"]
    menu = components(card)[0]
    assert [option["value"] for option in menu["options"]] == ["2", "1"]


async def test_list_card_says_most_cited_first_where_citations_are_known() -> None:
    cited = make_paper(citation_count=Figure(value=3, source="OpenAlex", as_of=NOW.date()))
    request = ListRequest(title="L", sort=Sort.CITATIONS)
    answer = ListAnswer(request=request, request_id=3, page=Page(papers=(cited,), total=1))
    card = await render_answer(answer, now=NOW)
    assert card.embeds[0].footer.text == "1 paper · most cited first"
    assert (card.embeds[0].description or "").startswith("CY · Jun 9, 2023 · 3 citations\n")


@pytest.mark.parametrize(
    ("identifier", "said"), [(None, "CY · 2008\n"), (ArxivId("0801.00001"), "CY · Jan 1, 2008\n")]
)
async def test_list_claims_no_day_that_an_index_only_filled_in(identifier: ArxivId | None, said: str) -> None:
    paper = make_paper(arxiv_id=identifier, submitted_at=datetime(2008, 1, 1, tzinfo=UTC))
    answer = ListAnswer(request=ListRequest(title="L"), request_id=3, page=Page(papers=(paper,), total=1))
    card = await render_answer(answer, now=NOW)
    assert (card.embeds[0].description or "").startswith(said)


async def test_list_by_novelty_shows_it() -> None:
    novelty = Novelty(
        distance=0.7,
        nearest=0.3,
        prior_papers=4321,
        standing=Standing(
            percentile=93, cohort=Cohort(field="cs.CY", start=date(2023, 6, 1), months=1), size=200
        ),
        approximate=True,
    )
    numbers = PaperNumbers(
        forecast=Missing.TOO_OLD, novelty=novelty, impact=Missing.NO_CITATION_COUNT, as_of=NOW.date()
    )
    request = ListRequest(title="L", sort=Sort.NOVELTY)
    page = Page(papers=(make_paper(numbers=numbers),), total=1)
    card = await render_answer(ListAnswer(request=request, request_id=3, page=page), now=NOW)
    assert (card.embeds[0].description or "").startswith("CY · Jun 9, 2023 · novelty ~93\n")


@pytest.mark.parametrize("sort", [Sort.CITATIONS, Sort.SCORE, Sort.NOVELTY])
@pytest.mark.parametrize(("offset", "expected"), [(0, "1–1 of 9 · newest first"), (5, "6–6 of 9")])
async def test_list_card_of_uncounted_papers_does_not_claim_to_rank_them(
    sort: Sort, offset: int, expected: str
) -> None:
    page = Page(papers=(make_paper(),), total=9, offset=offset)
    request = ListRequest(title="L", sort=sort)
    card = await render_answer(ListAnswer(request=request, request_id=1, page=page), now=NOW)
    assert card.embeds[0].footer.text == expected


async def test_list_card_names_nobody_twice_in_a_line() -> None:
    names = ("Harshvardhan J. Pandit", "Dick A. H. Blankvoort", "Dick A. H. Blankvoort", "Sasha Luccioni")
    paper = make_paper(authors=tuple(Authorship(name=name) for name in names))
    page = Page(papers=(paper,), total=1)
    card = await render_answer(ListAnswer(request=ListRequest(title="L"), request_id=1, page=page), now=NOW)
    assert "Harshvardhan J. Pandit, Dick A. H. Blankvoort, Sasha Luccioni" in everything(card)
    assert card.embeds[0].footer.text == "1 paper · best match first"
    assert ids(card) == ["open:1:0"]


async def test_list_card_of_the_first_page_keeps_both_buttons_in_place() -> None:
    page = Page(papers=(RECENT,) * 5, total=1000, more_than=True)
    card = await render_answer(ListAnswer(request=ListRequest(title="L"), request_id=1, page=page), now=NOW)
    assert [part.get("disabled") for part in components(card)[1:]] == [True, False]
    assert card.embeds[0].footer.text == "1–5 of more than 1,000 · best match first"


async def test_list_card_without_papers_says_what_to_try() -> None:
    where = PaperFilter(category="cs.CY", has_code=True, since=date(2026, 1, 1))
    request = ListRequest(title="Search: glosslighting", query="glosslighting", where=where)
    card = await render_answer(
        ListAnswer(request=request, request_id=1, page=Page(papers=(), total=0)), now=NOW
    )
    assert (card.embeds[0].description or "").startswith(
        "cs.CY · since 2026 · with code\n\u00a0\nNo paper matches."
    )
    assert "all categories instead of cs.CY" in (card.embeds[0].description or "")
    assert card.view is None


async def test_empty_search_says_what_was_probably_meant() -> None:
    answer = ListAnswer(
        request=ListRequest(title="Search: {query}", named={"query": ("enregy",)}, query="enregy"),
        request_id=1,
        page=Page(papers=(), total=0),
        meant="energy",
    )
    card = await render_answer(answer, now=NOW)
    assert "- **energy**\n- fewer" in (card.embeds[0].description or "")


@pytest.mark.parametrize(
    ("named", "title"), [(2, "2 papers of your message"), (6, "2 of 6 papers of your message")]
)
async def test_card_of_a_message_says_how_many_of_its_papers_are_shown(named: int, title: str) -> None:
    card = await render_answer(PapersAnswer(papers=(RECENT, make_paper()), named=named), now=NOW)
    assert card.embeds[0].title == title
