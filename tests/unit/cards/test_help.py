"""The card that says what Hoopoe can do."""

from __future__ import annotations

from bot.cards.help import render_help
from bot.services.answers import HelpAnswer
from tests.unit.cards.checks import fields


def test_help_card_says_what_can_be_asked_in_commands_and_in_plain_words() -> None:
    names = [name for name, _, _ in fields(render_help())]

    assert names == [
        "Look up",
        "Be told",
        "Keep",
        "In a direct message, just write",
        "On any message",
        "Behind it",
    ]


def test_help_card_after_something_in_vain_is_short_and_repeats_it_inertly() -> None:
    card = render_help(HelpAnswer(about="**xyzzy** @everyone"))

    assert (card.embeds[0].title or "").startswith("Nothing found for \u201c\\*\\*xyzzy")
    assert "@everyone" not in (card.embeds[0].title or "")
    assert [name for name, _, _ in fields(card)] == ["In a direct message, just write"]
