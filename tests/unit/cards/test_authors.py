"""The author card."""

from __future__ import annotations

from datetime import date

import pytest

from bot.cards.answers import render_answer
from bot.domain.figures import Figure
from bot.errors import Missing
from bot.services.answers import (
    AuthorAnswer,
)
from tests.factories import (
    NOW,
    make_author,
    make_paper,
    make_profile,
    make_years,
)
from tests.unit.cards.checks import assert_valid, fields, ids, labels


async def test_author_card_of_the_reference_author_carries_the_page() -> None:
    """Everything that the reference page shows of the author, and nothing invented."""
    card = await render_answer(AuthorAnswer(author=make_author(), top=(make_paper(),)), now=NOW)

    assert card.embeds[0].to_dict() == {
        "type": "rich",
        "flags": 0,
        "color": 0x4C7DBF,
        "title": "Sasha Luccioni",
        "url": "https://arxiv.org/search/?searchtype=author&query=Sasha+Luccioni",
        "description": "Computers and Society (cs.CY)",
        "fields": [
            {"name": "h-index", "value": "**43**", "inline": True},
            {"name": "Papers", "value": "**15**", "inline": True},
            {"name": "Citations", "value": "**1,768**", "inline": True},
            {
                "name": "Scholar Feed, May 29, 2026",
                "value": "Novelty **41 %** · AI Score **57**",
                "inline": False,
            },
            {
                "name": "Newest papers",
                "value": "CY · Jun 9, 2023\n"
                "[Evaluating the Social Impact of Generative AI Systems in Systems and Society]"
                "(https://arxiv.org/abs/2306.05949)\n"
                "Irene Solaiman, Zeerak Talat, William Agnew *et al.*",
                "inline": False,
            },
        ],
        "footer": {"text": "Scholar Feed, May 29, 2026"},
    }
    assert labels(card) == ["Papers", "Follow", "Co-authors", "Cite", "About these numbers", "arXiv"]
    assert ids(card) == [
        "author:7:papers",
        "author:7:follow",
        "author:7:coauthors",
        "author:7:cite",
        "author:7:numbers",
    ]
    assert card.files == ()
    assert not card.ephemeral
    assert_valid(card)


async def test_author_card_of_a_profile_links_its_pages_and_draws_its_years() -> None:
    card = await render_answer(AuthorAnswer(author=make_profile(), top=()), now=NOW)
    embed = card.embeds[0]
    assert embed.url == "https://openalex.org/A5023888391"
    assert embed.description == (
        "Computers and Society (cs.CY)\nHugging Face, Mila – Quebec Artificial Intelligence Institute"
    )
    assert [name for name, _, _ in fields(card)] == ["h-index", "Papers", "Citations", "i10-index"]
    assert labels(card) == [
        "Papers",
        "Follow",
        "Co-authors",
        "Cite",
        "About these numbers",
        "OpenAlex",
        "ORCID",
        "arXiv",
    ]
    assert embed.image.url == "attachment://years.png"
    assert card.files[0].name == "years.png"
    assert card.files[0].description == (
        "Papers and citations of Sasha Luccioni per year, 2017 to 2026. Most papers in 2024: 18. "
        "Most citations in 2025: 1,611. 2026 is not over."
    )


async def test_author_card_with_numbers_of_several_sources_names_each() -> None:
    ours = Figure(value=15, source="Hoopoe", as_of=date(2026, 5, 30), at_least=True)
    author = make_profile(paper_count=ours)
    card = await render_answer(
        AuthorAnswer(author=author, top=(), unreachable=(Missing("OpenAlex"),)), now=NOW
    )
    assert ("Papers", "at least **15**", True) in fields(card)
    assert card.embeds[0].footer.text == (
        "h-index, Citations, i10-index: OpenAlex, May 29, 2026 · Papers: Hoopoe, May 30, 2026 · "
        "OpenAlex does not answer; data of May 29, 2026"
    )


async def test_author_card_leaves_out_what_is_at_least_none() -> None:
    """Our catalogue counts papers that nobody cited, as far as it knows."""
    none, one = (Figure(value=n, source="Hoopoe", as_of=date(2026, 5, 30), at_least=True) for n in (0, 1))
    author = make_author(h_index=none, paper_count=one, citation_count=none, scores=())
    card = await render_answer(AuthorAnswer(author=author, top=()), now=NOW)
    assert fields(card) == [("Papers", "at least **1**", True)]
    assert card.embeds[0].footer.text == "Hoopoe, May 30, 2026"


async def test_author_card_of_a_printed_name_shows_only_what_is_known() -> None:
    bare = make_author(
        id=None, primary_category=None, h_index=None, paper_count=None, citation_count=None, scores=()
    )
    card = await render_answer(AuthorAnswer(author=bare, top=()), now=NOW)
    assert fields(card) == []
    assert card.embeds[0].description is None
    assert labels(card) == ["arXiv"]


async def test_author_card_of_somebody_invented_links_nowhere() -> None:
    card = await render_answer(AuthorAnswer(author=make_profile(invented=True), top=()), now=NOW)
    assert labels(card) == ["Papers", "Follow", "Co-authors", "Cite", "About these numbers"]
    assert card.embeds[0].url is None
    assert "invented" in (card.embeds[0].footer.text or "")


@pytest.mark.parametrize("years", [(), make_years()[:1]], ids=["none", "one"])
async def test_author_card_without_two_years_has_no_chart(years: tuple) -> None:
    card = await render_answer(AuthorAnswer(author=make_author(years=years), top=()), now=NOW)
    assert card.files == ()
    assert card.embeds[0].image.url is None
