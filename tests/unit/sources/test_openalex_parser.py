"""Works of OpenAlex as papers."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from bot.domain.figures import YearCount
from bot.sources.openalex_parser import AuthorJson, WorkJson, to_author, to_paper


@pytest.mark.parametrize(
    ("named", "venue"),
    [
        ("Proceedings of Birds", "Proceedings of Birds"),
        ("arXiv (Cornell University)", ""),
        ("https://researcharchive.example/bitstream/handle/10182/4803/file.pdf%3Bjsessionid%3DE0", ""),
    ],
)
def test_venue_is_a_name_and_no_address(named: str, venue: str) -> None:
    work = {"id": "https://openalex.org/W1", "title": "T", "locations": [{"raw_source_name": named}]}
    paper = to_paper(msgspec.convert(work, WorkJson), datetime(2026, 11, 28, tzinfo=UTC))

    assert paper is not None
    assert paper.venue == venue


@pytest.mark.parametrize("odd", [-1, 10**9, 10**30])
def test_count_that_can_be_none_is_unknown(odd: int) -> None:
    """The database holds no whole number of any length."""
    now = datetime(2026, 11, 28, tzinfo=UTC)
    work = {"id": "https://openalex.org/W1", "title": "T", "cited_by_count": odd}
    author = {
        "id": "https://openalex.org/A5001234567",
        "display_name": "Ada",
        "works_count": odd,
        "summary_stats": {"h_index": odd, "i10_index": 3},
        "counts_by_year": [{"year": 2025, "works_count": odd, "cited_by_count": 4}],
    }

    paper = to_paper(msgspec.convert(work, WorkJson), now)
    person = to_author(msgspec.convert(author, AuthorJson), now)

    assert paper is not None
    assert person is not None
    assert (paper.citation_count, person.paper_count, person.h_index) == (None, None, None)
    assert person.i10_index is not None
    assert person.years == (YearCount(year=2025, papers=0, citations=4),)
