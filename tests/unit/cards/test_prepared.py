"""Components are made once for many messages, and each message has its own number."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from discord.http import handle_message_parameters

from bot.cards.announcements import render_announcement, write_announcement
from bot.cards.components import announcement_button, link_button, rows, save_button
from bot.cards.prepared import Blank, Form, numbered
from bot.domain.deliveries import Announcement
from bot.domain.papers import Paper
from bot.domain.watches import Place, PlaceKind
from bot.words import speaking
from tests.factories import CHANNEL, NOW, make_announcement, make_delivery, make_paper

PERSON = Place(kind=PlaceKind.DIRECT, id=700)


def ids(form: Form) -> list[str]:
    """Return the custom_ids of rows, in their order."""
    return [part["custom_id"] for row in form for part in row["components"] if "custom_id" in part]


async def test_numbered_fills_in_the_number_after_its_marks_alone() -> None:
    view = rows(link_button("PDF", "https://arxiv.org"), announcement_button(0, 0), save_button(0))
    assert view is not None
    template = view.to_components()

    assert ids(numbered(template, ("announcement",), 9).to_components()) == [
        "announcement:9:0",
        "paper:0:save",
    ]
    assert ids(template) == ["announcement:0:0", "paper:0:save"]


async def test_announcements_of_one_paper_keep_their_own_numbers() -> None:
    paper = make_paper(id=4)
    cards = [
        render_announcement(
            make_announcement(id=number, deliveries=(make_delivery(id=number, paper_id=4),)), [paper], now=NOW
        )
        for number in (11, 12)
    ]

    marked = [
        {custom_id.split(":")[1] for custom_id in ids(card.view.to_components()) if "paper" not in custom_id}
        for card in cards
        if card.view
    ]
    assert marked == [{"11"}, {"12"}]


def sent(announcement: Announcement, papers: list[Paper], now: datetime = NOW) -> object:
    """Return what `channel.send` would send."""
    card = render_announcement(announcement, papers, now=now)
    return handle_message_parameters(**card.message(), nonce=announcement.nonce).payload


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="one paper"),
        pytest.param({"role_ids": (5, 6)}, id="one that pings"),
        pytest.param({"is_digest": True}, id="a digest"),
        pytest.param({"deliveries": ()}, id="no paper"),
    ],
)
async def test_written_announcement_says_what_its_card_does(changes: dict[str, Any]) -> None:
    papers = [make_paper(id=4, title="Sums of \\u0000 and ∑ 😀"), make_paper(id=5)]
    for number in (11, 12):
        delivery = make_delivery(id=number, paper_id=4)
        announcement = make_announcement(**{"id": number, "deliveries": (delivery,), **changes})

        written = write_announcement(announcement, papers, now=NOW)
        assert json.loads(written) == sent(announcement, papers)


async def test_announcements_that_differ_in_anything_but_their_numbers_are_written_apart() -> None:
    paper = make_paper(id=4)
    other = replace(paper, title="Another one")
    one, more = (make_delivery(paper_id=4, reasons=reasons) for reasons in (("cs.CY",), ("cs.CY", "cs.LG")))
    for place, delivery, announced, now in (
        (CHANNEL, one, paper, NOW),
        (PERSON, one, paper, NOW),
        (CHANNEL, more, paper, NOW),
        (CHANNEL, one, other, NOW),
        (CHANNEL, one, paper, NOW + timedelta(days=400)),
    ):
        announcement = make_announcement(place=place, deliveries=(delivery,))
        written = write_announcement(announcement, [announced], now=now)
        assert json.loads(written) == sent(announcement, [announced], now)


async def test_announcement_is_written_in_the_language_of_its_place() -> None:
    paper, announcement = make_paper(id=4), make_announcement(deliveries=(make_delivery(paper_id=4),))
    in_english = write_announcement(announcement, [paper], now=NOW)
    with speaking("de"):
        in_german = json.loads(write_announcement(announcement, [paper], now=NOW))
        assert in_german == sent(announcement, [paper])
    assert in_german != json.loads(in_english)


def test_blank_fills_in_no_number_that_belongs_to_the_message() -> None:
    def write(number: int) -> bytes:
        return f"{10**16} and {number}: {number}, {10**16 + 1}".encode()

    assert Blank(write).filled(7) == write(7)
