"""Every kind of answer has a card."""

from __future__ import annotations

from typing import get_args

from bot.cards.answers import _RENDERERS
from bot.services.answers import Answer, AuthorAnswer, CoauthorsAnswer, ComparisonAnswer

PICTURED = {AuthorAnswer, CoauthorsAnswer, ComparisonAnswer}


def test_each_kind_of_answer_has_what_makes_its_card() -> None:
    assert {*_RENDERERS, *PICTURED} == set(get_args(Answer))
