"""Works of OpenAlex as papers."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from bot.sources.openalex_parser import WorkJson, to_paper


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
