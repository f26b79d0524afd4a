"""Counts from citation counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures import YearCount
from bot.metrics.citations import h_index, i10_index, papers_per_year

counts = st.lists(st.integers(min_value=0, max_value=10_000), max_size=50)


@pytest.mark.parametrize(
    ("citations", "expected"),
    [
        pytest.param([], 0, id="no-papers"),
        pytest.param([0, 0], 0, id="never-cited"),
        pytest.param([10, 8, 5, 4, 3], 4, id="hirsch-example"),
        pytest.param([25, 8, 5, 3, 3], 3, id="one-hit"),
        pytest.param([100], 1, id="one-paper"),
    ],
)
def test_h_index_of_known_lists_is_as_defined(citations: list[int], expected: int) -> None:
    assert h_index(citations) == expected


@given(counts, st.integers(min_value=0, max_value=10_000))
def test_h_index_grows_with_papers_and_never_exceeds_their_number(citations: list[int], another: int) -> None:
    before = h_index(citations)

    assert before <= h_index([*citations, another]) <= before + 1
    assert before <= len(citations)


@given(counts)
def test_h_index_papers_have_that_many_citations(citations: list[int]) -> None:
    h = h_index(citations)

    assert sum(count >= h for count in citations) >= h
    assert sum(count >= h + 1 for count in citations) < h + 1


def test_i10_index_counts_papers_cited_ten_times_or_more() -> None:
    assert i10_index([9, 10, 11, 0]) == 2


def test_papers_per_year_fills_the_years_between() -> None:
    assert papers_per_year([2021, 2023, 2023]) == (
        YearCount(year=2021, papers=1, citations=0),
        YearCount(year=2022, papers=0, citations=0),
        YearCount(year=2023, papers=2, citations=0),
    )
    assert papers_per_year([]) == ()
