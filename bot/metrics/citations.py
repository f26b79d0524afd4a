"""Counts from citation counts: h-index, i10-index, papers and citations per year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.domain.figures import YearCount


def h_index(citation_counts: Iterable[int]) -> int:
    """Return the largest h such that h papers are cited at least h times each.

    Source: J. E. Hirsch, PNAS 102 (2005) 16569. Range 0 to the number of papers.
    """
    ranked = sorted(citation_counts, reverse=True)
    return sum(1 for rank, count in enumerate(ranked, start=1) if count >= rank)


def i10_index(citation_counts: Iterable[int]) -> int:
    """Return the number of papers cited at least ten times (Google Scholar's definition)."""
    return sum(1 for count in citation_counts if count >= 10)


def papers_per_year(years: Iterable[int]) -> tuple[YearCount, ...]:
    """Count papers by year, from the first year to the last without gaps; no citations."""
    counts = Counter(years)
    if not counts:
        return ()
    return tuple(
        YearCount(year=year, papers=counts[year], citations=0) for year in range(min(counts), max(counts) + 1)
    )
