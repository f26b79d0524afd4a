"""Texts that are plainly German."""

from __future__ import annotations

import pytest

from bot.text.tongues import is_plainly_german, is_plainly_romance
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


@pytest.mark.parametrize(
    "text",
    [
        "bonjour, je cherche des articles sur les robots",
        "quiero artículos sobre robots para una presentación",
        "cerco articoli sui robot con del codice",
        "você pode mostrar os artigos",
    ],
)
def test_wish_in_a_romance_language_is_known(text: str) -> None:
    assert is_plainly_romance(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sur les groupes de Lie",
        "papers by Emma Strubell",
        "Zeig mir die neuesten Paper",
        "Moi et al. 2019",
        "Vous",
        "",
    ],
)
def test_title_or_name_is_no_such_wish(text: str) -> None:
    assert not is_plainly_romance(text)
