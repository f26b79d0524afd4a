"""What is stored about a person, as a card."""

from __future__ import annotations

from dataclasses import replace

from bot.cards.privacy import render_personal_data
from bot.domain.privacy import PersonalData
from tests.factories import make_watch

NOTHING = PersonalData(person_id=1, watches=(), choices=(), shelved=(), hours=None)


def test_personal_data_names_only_the_kinds_there_are() -> None:
    card = render_personal_data(replace(NOTHING, watches=(make_watch(),), language="de"))
    assert card.embeds[0].description == (
        "- 1 watch that you made\n- the language of your Discord\n\n\u00a0\n"
        "That is all; what you write is not kept."
    )


def test_personal_data_of_somebody_unknown_says_so() -> None:
    card = render_personal_data(NOTHING)
    assert card.embeds[0].description == "Nothing is kept of you, and what you write never is."
