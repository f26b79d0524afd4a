"""What a sentence that no form fits most likely asks."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.watches import Every
from bot.services.conversation.guesses import Guess, read_guess
from bot.services.conversation.sentences import parse_sentence
from bot.services.conversation.wishes import Follow, LookUp, Say

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("could you show me what emma strubell has been publishing lately", "papers by emma strubell"),
        ("i was told i should read something by Emma Strubell", "who is Emma Strubell"),
        (
            "my supervisor wants me to know who the colleagues of Emma Strubell are",
            "coauthors of Emma Strubell",
        ),
        ("can you keep my lab updated whenever Emma Strubell has work out", "follow Emma Strubell"),
        ("i never got any alerts about Emma Strubell", "following"),
        ("i am following Emma Strubell, so has she something new?", "papers by Emma Strubell"),
        ("for my thesis i need what Emma Strubell wrote since 2020", "papers by Emma Strubell since 2020"),
    ],
)
def test_sentence_around_a_name_asks_about_that_person(said: str, meant: str) -> None:
    guess = read_guess(said, TODAY)
    assert isinstance(guess, Guess)
    assert guess.is_addressed
    assert guess.of_person() == parse_sentence(meant, TODAY)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("I'm starting a literature review on energy use of robots", "search for energy use of robots"),
        ("my professor said i should look at graph pruning", "search for graph pruning"),
        (
            "So I was talking to my colleague and she mentioned some interesting papers on robot navigation, "
            "could you maybe look those up for me?",
            "search for robot navigation",
        ),
        ("I wonder whether there is something similar to 2306.05949", "similar to 2306.05949"),
        ("what might the newest on graph pruning be?", "newest papers on graph pruning"),
        ('I read about a paper on "watts" and deployment, or so', "search for watts and deployment"),
    ],
)
def test_sentence_around_a_subject_asks_for_its_papers(said: str, meant: str) -> None:
    guess = read_guess(said, TODAY)
    assert isinstance(guess, Guess)
    assert guess.of_subject() == parse_sentence(meant, TODAY)


def test_rhythm_of_what_is_to_be_told_is_kept() -> None:
    guess = read_guess("we in our lab would want a weekly something with my robots in it by mail", TODAY)
    assert isinstance(guess, Guess)
    wish = guess.of_subject()
    assert isinstance(wish, Follow)
    assert wish.every is Every.WEEKLY


@pytest.mark.parametrize(
    ("said", "asked"), [("has she more of these?", "whose"), ("would that be it?", "which paper")]
)
def test_sentence_that_only_points_is_asked_back(said: str, asked: str) -> None:
    assert read_guess(said, TODAY) == Say(asked)


@pytest.mark.parametrize(
    "title",
    [
        "Attention is all you need",
        "Follow the leader: alerts in wide networks",
        "Emma Strubell",
        "energy use of robots",
        "",
    ],
)
def test_what_speaks_to_nobody_is_not_guessed_at(title: str) -> None:
    assert read_guess(title, TODAY) is None


@pytest.mark.parametrize(
    "title",
    [
        "Can You Trust Your Model's Uncertainty? Evaluating Predictive Uncertainty Under Dataset Shift",
        "Help Me Write a Poem: Instruction Tuning as a Vehicle for Collaborative Poetry Writing",
        "What I Learned From Ten Years of Robots",
    ],
)
def test_title_written_large_speaks_to_nobody(title: str) -> None:
    guess = read_guess(title, TODAY)
    assert guess is None or (isinstance(guess, Guess) and not guess.is_addressed)


def test_question_that_may_be_a_title_is_no_sentence_to_the_bot() -> None:
    guess = read_guess("Do language models dream of robots?", TODAY)
    assert isinstance(guess, Guess)
    assert not guess.is_addressed
    assert isinstance(parse_sentence("Do language models dream of robots?", TODAY), LookUp)


@given(st.text(max_size=200))
def test_any_text_is_guessed_at_or_left(text: str) -> None:
    guess = read_guess(text, TODAY)
    if isinstance(guess, Guess):
        assert guess.core
        assert guess.of_person() != guess.of_subject() or guess.said


def test_long_text_is_left_soon() -> None:
    started = time.process_time()
    assert read_guess("show me robots " * 2000, TODAY) is None
    assert time.process_time() - started < 0.5
