"""Every kind of answer has a card."""

from __future__ import annotations

from typing import get_args

from bot.cards.answers import _RENDERERS
from bot.services.answers import (
    Answer,
    AuthorAnswer,
    AuthorReferencesAnswer,
    CoauthorsAnswer,
    ComparisonAnswer,
    ExportAnswer,
    ReferenceAnswer,
)

MADE_IN_A_THREAD = {
    AuthorAnswer,
    CoauthorsAnswer,
    ComparisonAnswer,
    ReferenceAnswer,
    AuthorReferencesAnswer,
    ExportAnswer,
}
"""Those with a picture or a file."""


def test_each_kind_of_answer_has_what_makes_its_card() -> None:
    assert {*_RENDERERS, *MADE_IN_A_THREAD} == set(get_args(Answer))
