"""The co-author card and its picture."""

from __future__ import annotations

from bot.cards.network import DRAWN, LISTED, around, draw_network, render_coauthors
from bot.metrics.network import Coauthor, Network
from bot.services.answers import CoauthorsAnswer
from tests.factories import make_author
from tests.unit.cards.checks import assert_valid, everything, labels


def network(size: int, *, crowded: int = 0) -> Network:
    coauthors = tuple(
        Coauthor(name=f"Ann Author{number}", openalex_id=None, papers=size - number, last_year=2024)
        for number in range(size)
    )
    ties = tuple((number, number + 1, 1) for number in range(size - 1))
    return Network(coauthors=coauthors, ties=ties, counted=30, crowded=crowded)


async def test_coauthors_of_crowds_alone_say_why_there_are_none() -> None:
    nobody = Network(coauthors=(), ties=(), counted=0, crowded=1)
    card = await render_coauthors(CoauthorsAnswer(author=make_author(), network=nobody))
    assert card.embeds[0].footer.text == "left out: 1 paper with more than 50 authors"


async def test_coauthors_are_listed_with_counts_and_a_described_picture() -> None:
    card = await render_coauthors(CoauthorsAnswer(author=make_author(), network=network(3)))
    assert_valid(card)
    assert card.embeds[0].description == (
        "**Ann Author0** · 3 papers · last\u00a02024\n**Ann Author1** · 2 papers · last\u00a02024\n"
        "**Ann Author2** · 1 paper · 2024"
    )
    assert "Sasha Luccioni in the middle of 3 co-authors" in card.files[0].description
    assert labels(card) == ["Papers"]


async def test_coauthors_beyond_the_list_are_counted() -> None:
    card = await render_coauthors(
        CoauthorsAnswer(author=make_author(), network=network(LISTED + 7, crowded=2))
    )
    assert (card.embeds[0].description or "").endswith("\nand 7 more")
    assert "left out: 2 papers with more than 50 authors" in (card.embeds[0].footer.text or "")


async def test_coauthors_of_somebody_who_writes_alone_has_no_picture() -> None:
    card = await render_coauthors(CoauthorsAnswer(author=make_author(), network=network(0)))
    assert_valid(card)
    assert "No co-authors in the catalogue" in everything(card)
    assert card.files == ()


async def test_network_is_drawn_once_for_the_same_people() -> None:
    first = await draw_network(network(40), name="Ada", accent=0x4C7DBF)
    second = await draw_network(network(40), name="Ada", accent=0x4C7DBF)
    assert first.data is second.data
    assert f"of {DRAWN} co-authors" in first.description


def test_around_keeps_groups_together() -> None:
    ties = [(0, 2, 5), (0, 4, 5), (2, 4, 5), (1, 3, 5), (1, 5, 5), (3, 5, 5)]
    order = around(6, ties)
    assert {*order[:3]} == {0, 2, 4}
    assert sorted(order) == list(range(6))
