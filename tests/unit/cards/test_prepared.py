"""Components are made once for many messages, and each message has its own number."""

from __future__ import annotations

from bot.cards.announcements import render_announcement
from bot.cards.components import announcement_button, link_button, rows, save_button
from bot.cards.prepared import Form, numbered
from tests.factories import NOW, make_announcement, make_delivery, make_paper


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
