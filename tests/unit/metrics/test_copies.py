"""How nearly one text copies another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.metrics.copies import likeness, shared_pairs

PAPER = ("Slippery grasps", "Robots grasp what they see and drop what slips")
SHUFFLED = ("Grasps slippery", "Slips what drop and see they what grasp robots")
some_text = st.text("abc ", max_size=20)
some_papers = st.tuples(some_text, some_text)


def test_shared_pairs_are_of_neighboring_words_of_the_shorter_text() -> None:
    longer = (PAPER[0], f"{PAPER[1]}, and so do people who are tired")

    assert shared_pairs(PAPER, longer) == 1.0
    assert shared_pairs(PAPER, ("", "robots grasp nothing")) == 0.5
    assert shared_pairs(PAPER, SHUFFLED) == 0.0


def test_shared_pairs_with_a_text_without_any_are_none() -> None:
    assert shared_pairs(("", "robots"), PAPER) == 0.0


def test_likeness_in_doubt_is_decided_by_the_order_of_words() -> None:
    half = ("Slippery grasps", "Robots grasp what they hear or break whatever falls")

    assert likeness(0.5, PAPER, half) == pytest.approx(0.5 + 4 / 9 - 0.3)
    assert likeness(0.6, PAPER, SHUFFLED) == pytest.approx(0.3)


@pytest.mark.parametrize("cosine", [0.0, 0.39, 0.7, 1.0])
def test_likeness_beyond_doubt_is_the_cosine(cosine: float) -> None:
    assert likeness(cosine, PAPER, PAPER) == cosine
    assert likeness(cosine, PAPER, SHUFFLED) == cosine


@given(st.floats(min_value=0, max_value=1), some_papers, some_papers)
def test_likeness_of_any_two_papers_is_symmetric_and_from_0_to_1(
    cosine: float, one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert 0.0 <= likeness(cosine, one, other) <= 1.0
    assert likeness(cosine, one, other) == likeness(cosine, other, one)
