"""Tiers grow with the number of papers, and a name is found from each of its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.storage.names import EXACT_TIERS, TEXT_LENGTH, TOP_TIER, tier_of, turned


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_tier_of_more_papers_is_never_lower(one: int, other: int):
    low, high = sorted((one, other))

    assert 0 <= tier_of(low) <= tier_of(high) <= TOP_TIER


def test_tier_of_few_papers_is_their_number():
    assert [tier_of(count) for count in range(EXACT_TIERS + 1)] == list(range(EXACT_TIERS + 1))


def test_tier_of_spans_at_most_half_as_much_again() -> None:
    by_tier: dict[int, list[int]] = {}
    for count in range(1, 5_000):
        by_tier.setdefault(tier_of(count), []).append(count)

    assert len(by_tier) == TOP_TIER
    assert all(max(counts) < 1.5 * min(counts) for tier, counts in by_tier.items() if tier < TOP_TIER)


def test_turned_begins_with_each_word():
    assert turned("alexandra sasha luccioni") == {
        "alexandra sasha luccioni"[:TEXT_LENGTH],
        "sasha luccioni alexandra"[:TEXT_LENGTH],
        "luccioni alexandra sasha"[:TEXT_LENGTH],
    }
    assert turned("") == set()
