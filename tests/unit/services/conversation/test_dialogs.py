"""Whole sentences and short dialogs, as people write them, over a small catalogue."""

from __future__ import annotations

import pytest

from bot.services.answers import Answer, AuthorAnswer, ListAnswer, PaperAnswer, WordsAnswer
from bot.services.conversation.converse import Conversation
from bot.words import _
from tests.unit.services.conversation.test_converse import POWER, PROFILE, talk

__all__ = ["talk"]

PERSON = 7


async def _said(talk: Conversation, *sentences: str) -> Answer:
    """Say sentences one after the other; return the last answer."""
    for sentence in sentences:
        answer = await talk.answer(sentence, person=PERSON)
    return answer


@pytest.mark.parametrize(
    "text",
    [
        f'Find me the paper "{POWER.title}"',
        f"can you find me the paper called {POWER.title}",
        f'my supervisor told me to read "{POWER.title}"',
    ],
)
async def test_title_within_a_sentence_is_the_paper(talk: Conversation, text: str) -> None:
    answer = await _said(talk, text)
    assert isinstance(answer, PaperAnswer)
    assert answer.paper.title == POWER.title


async def test_person_named_small_in_a_sentence_is_known_by_the_catalogue(talk: Conversation) -> None:
    answer = await _said(talk, "could you show me what sasha luccioni has been publishing lately")
    assert isinstance(answer, ListAnswer)
    assert answer.request.author == PROFILE.name


async def test_sentence_about_a_subject_is_searched_for_by_that(talk: Conversation) -> None:
    word = POWER.title.split()[0].lower()
    answer = await _said(talk, f"i'm starting my thesis and wonder what there is on {word}")
    assert isinstance(answer, ListAnswer)
    assert answer.request.query == word


async def test_question_that_names_nobody_is_asked_back(talk: Conversation) -> None:
    answer = await _said(talk, "what has she been doing?")
    assert answer == WordsAnswer(
        text=_("Whose? Send names: *papers by Sasha Luccioni*, *papers by A and B*.")
    )


async def test_thanks_after_a_paper_do_not_show_it_again(talk: Conversation) -> None:
    answer = await _said(talk, POWER.title, "thanks, that's it")
    assert isinstance(answer, WordsAnswer)


async def test_only_those_about_something_after_an_author_are_that_authors(talk: Conversation) -> None:
    answer = await _said(talk, "Sasha Luccioni", "only the ones about power")
    assert isinstance(answer, ListAnswer)
    assert answer.request.named["topic"] == ("power",)


async def test_correction_of_oneself_is_no_part_of_the_name(talk: Conversation) -> None:
    first = await _said(talk, "Sasha Luccioni")
    assert isinstance(first, AuthorAnswer)
    answer = await _said(talk, "no wait, i meant Sasha Luccioni")
    assert answer == first
