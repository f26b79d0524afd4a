"""Real answers of one source at two dates make one record, whichever is read first."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.papers import Paper
from bot.sources.arxiv_parser import parse_papers
from bot.sources.json_values import decode
from bot.sources.openalex_parser import SOURCE, AuthorJson, WorkJson, to_author, to_paper
from bot.storage import Stores

WORKS = [
    ("work_W2162348455_2026-03.json", "work_W2162348455_2026-05.json"),
    ("work_W2741809807_2025-06.json", "work_W2741809807_2026-03.json"),
]
EARLIER, LATER = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)


def work(folder: Path, name: str, read_at: datetime) -> Paper:
    """Return a recorded work as it was read at a moment."""
    paper = to_paper(decode(SOURCE, (folder / "openalex" / name).read_bytes(), WorkJson), read_at)
    assert paper is not None
    return paper


@pytest.mark.parametrize(("first", "second"), WORKS)
@pytest.mark.parametrize("turned", [False, True])
async def test_work_at_two_dates_is_as_it_was_later(
    stores: Stores, data_folder: Path, first: str, second: str, turned: bool
):
    earlier, later = work(data_folder, first, EARLIER), work(data_folder, second, LATER)

    for paper in (later, earlier) if turned else (earlier, later):
        (stored,) = await stores.papers.save_papers([paper])

    assert (await stores.papers.size()).papers == 1
    for field in fields(Paper):
        if field.name not in ("id", "authors"):
            expected = getattr(later, field.name) or getattr(earlier, field.name)
            assert getattr(stored, field.name) == expected, field.name
    assert [author.name for author in stored.authors] == [author.name for author in later.authors]
    assert earlier != replace(later, fetched_at=earlier.fetched_at)


async def test_author_at_two_dates_has_the_later_numbers(stores: Stores, data_folder: Path):
    for name, read_at in (("2026-03", LATER), ("2025-06", EARLIER)):
        body = (data_folder / "openalex" / f"author_A5023888391_{name}.json").read_bytes()
        profile = to_author(decode(SOURCE, body, AuthorJson), read_at)
        assert profile is not None
        stored = await stores.authors.save_author(profile)
        if read_at is LATER:
            newest = stored

    assert (stored.citation_count, stored.h_index) == (newest.citation_count, newest.h_index)
    assert stored.fetched_at == LATER


@pytest.mark.parametrize("turned", [False, True])
async def test_arxiv_versions_of_one_paper_are_one_record(stores: Stores, data_folder: Path, turned: bool):
    """The second version as recorded; the first, which nobody recorded, is made of it and read later."""
    body = (data_folder / "arxiv" / "q_testing_s0_m10.xml").read_bytes()
    second = next(paper for paper in parse_papers(body, EARLIER) if paper.version == 2)
    first = replace(
        second,
        version=1,
        versions=second.versions[:1],
        title="As first submitted",
        comment="only in the first",
        updated_at=second.submitted_at,
        fetched_at=LATER,
    )

    for paper in (second, first) if turned else (first, second):
        (stored,) = await stores.papers.save_papers([paper])

    assert stored == replace(
        second, id=stored.id, comment=second.comment or first.comment, fetched_at=stored.fetched_at
    )
    assert await stores.papers.find_by_title("as first submitted") == stored
