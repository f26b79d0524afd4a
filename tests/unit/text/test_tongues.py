"""Texts that are plainly German."""

from __future__ import annotations

import pytest

from bot.text.tongues import is_plainly_german
from tests.unit.services.conversation.test_sentences import SENTENCES


@pytest.mark.parametrize(
    "text",
    [
        "Kannst du mir bitte helfen, das zu verstehen?",
        "ich suche was zu quantencomputern",
        "wo finde ich code dazu",
        "GIBTS WAS NEUES",
        "was läuft denn so bei Large Language Models",
        "wie viele Paper hat sie",
    ],
)
def test_german_sentence_is_german(text: str) -> None:
    assert is_plainly_german(text)


@pytest.mark.parametrize(
    "text",
    [
        "papers by John von Neumann and Ursula von der Leyen",
        "was it published in MIT Press, or by IST?",
        "les papiers du mal et des fleurs",
        "hoe kan ik de papers van mijn groep vinden",
        "Zur Elektrodynamik bewegter Körper",
        "danke",
        "",
    ],
)
def test_names_titles_and_other_languages_are_not_german(text: str) -> None:
    assert not is_plainly_german(text)


@pytest.mark.parametrize("sentence", sorted({text for text, _ in SENTENCES} - {"auf Englisch bitte"}))
def test_english_sentence_is_not_german(sentence: str) -> None:
    assert not is_plainly_german(sentence)
