"""Weighted words and cosines."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.likeness import Telling
from bot.metrics import vectors
from bot.metrics.vectors import (
    Weigher,
    cosine,
    count_words,
    heaviest,
    inverse_frequency,
    telling,
    vector,
)

COMMON = {"robot": 90, "grasp": 9, "slippery": 3, "unheard": 2, "the": 100}
some_words = st.lists(st.sampled_from(["robot", "grasp", "slippery", "unheard", "the", "new"]), max_size=30)


def test_count_words_counts_the_title_twice_and_folds() -> None:
    assert count_words("Robôts grasp", "Robots, robots!") == {"robots": 4, "grasp": 2}


def test_vector_of_counts_weighs_as_defined() -> None:
    found = vector({"robot": 4, "grasp": 1}, COMMON, 100)

    robot = (1 + math.log(4)) * (math.log(101 / 91) + 1)
    grasp = math.log(101 / 10) + 1
    assert found["robot"] / found["grasp"] == pytest.approx(robot / grasp)
    assert found["robot"] ** 2 + found["grasp"] ** 2 == pytest.approx(1)


def test_vector_leaves_out_stop_words_and_words_of_fewer_than_three_papers() -> None:
    assert set(vector({"the": 5, "unheard": 2, "unknown": 1, "slippery": 1}, COMMON, 100)) == {"slippery"}


def test_vector_of_nothing_known_is_empty_and_like_nothing() -> None:
    empty = vector({"unknown": 3}, COMMON, 100)

    assert empty == {}
    assert cosine(empty, vector({"robot": 1}, COMMON, 100)) == 0.0


@given(some_words, some_words)
def test_cosine_of_any_two_papers_is_symmetric_and_from_0_to_1(one: list[str], other: list[str]) -> None:
    first, second = (vector(count_words("", " ".join(text)), COMMON, 100) for text in (one, other))

    assert 0.0 <= cosine(first, second) <= 1.0
    assert cosine(first, second) == pytest.approx(cosine(second, first))
    assert cosine(first, first) == pytest.approx(1.0 if first else 0.0)


def test_weigher_compares_as_cosine_does_the_first_time_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "MOST_LENGTHS", 2)
    papers_with = {"energy": 3, "costs": 5, "green": 9, "of": 20, "rare": 2}
    texts = [
        ("Energy", "costs of green"),
        ("Green", "green green rare"),
        ("Costs", ""),
        ("", "nothing known"),
    ]
    own = vector(count_words("Green energy", "costs"), papers_with, 20)
    weigher = Weigher(papers_with, 20)

    for title, abstract in (*texts, *reversed(texts), *texts):
        expected = cosine(own, vector(count_words(title, abstract), papers_with, 20))
        assert weigher.similarity(own, title, abstract) == pytest.approx(expected)


def test_heaviest_words_come_first_and_ties_by_alphabet() -> None:
    assert heaviest({"b": 0.2, "a": 0.2, "c": 0.9, "d": 0.1}, 3) == ("c", "a", "b")


def test_inverse_frequency_of_a_word_in_every_paper_is_one() -> None:
    assert inverse_frequency(100, 100) == 1.0


def test_all_telling_words_find_neighbors_where_few_papers_have_them() -> None:
    assert telling({"robot": 0.3, "grasp": 0.3}, COMMON, 1_000) == Telling(rare=("grasp", "robot"))


def test_neighbors_must_have_a_rare_word_where_many_papers_have_one() -> None:
    papers_with = {"a": 100, "b": 700, "c": 900, "d": 500, "e": 60_000, "f": 90_000, "g": 20_000}
    weights = {"a": 0.2, "b": 0.5, "c": 0.5, "d": 0.1, "e": 0.3, "f": 0.6, "g": 0.1}

    found = telling(weights, papers_with, 90_000)

    # With f too much would be read; a tenth of what is read has room for the first four.
    assert found == Telling(rare=("b", "c", "a", "d"), others=("e", "g"))


def test_three_words_find_neighbors_however_common_they_are() -> None:
    papers_with = {"a": 50_000, "b": 60_000, "c": 70_000, "d": 80_000}

    found = telling(dict.fromkeys("abcd", 0.5), papers_with, 1_000)

    assert found == Telling(rare=("a", "b", "c"))
