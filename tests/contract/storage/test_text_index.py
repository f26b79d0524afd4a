"""The text index merges its pieces a little with each write, and never all that waits at once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.identifiers import ArxivId
from bot.domain.imports import Bookmark
from bot.domain.papers import Paper
from bot.storage import Stores
from bot.storage.catalogue import paper_writes
from tests.factories import make_paper

A_BATCH = 300
SMALL_WRITES = 40
"""More than the sixteen pieces that the index by itself merges at once."""


def papers(first: int, count: int) -> list[Paper]:
    """Return papers whose many different words make large pieces of the index."""
    return [
        make_paper(
            arxiv_id=ArxivId(f"2401.{number:05}"),
            title=f"Paper {number}",
            abstract=" ".join(f"word{number * 997 + other}" for other in range(200)),
        )
        for number in range(first, first + count)
    ]


def pages(file: Path) -> set[tuple[int, int]]:
    """Return the pages of the index, with their lengths."""
    with closing(sqlite3.connect(file)) as connection:
        return set(connection.execute("SELECT id, length(block) FROM papers_index_data WHERE id > 10"))


async def test_small_writes_merge_large_pieces_in_small_steps(
    stores: Stores, file: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(paper_writes, "MERGED", 8)
    for first in range(2):
        await stores.imports.import_papers(papers(first * A_BATCH, A_BATCH), "key", Bookmark())
    large = pages(file)
    before, most = large, 0
    for first in range(2 * A_BATCH, 2 * A_BATCH + SMALL_WRITES):
        await stores.papers.save_papers(papers(first, 1))
        now = pages(file)
        most, before = max(most, len(now - before)), now

    step = 8 + paper_writes.MERGED_A_PAPER
    assert len(large) > 5 * step
    # A step also ends a page of each piece that it reads, and the word that it is in.
    assert 1 < most <= 6 * step
    assert len(large & before) < len(large) / 2, "what the imports left is merged as time goes by"


async def test_index_is_whole_while_it_is_merged(stores: Stores, file: Path):
    await stores.papers.save_papers(papers(0, 20))
    for first in range(20, 40):
        await stores.papers.save_papers(papers(first, 1))
        await stores.papers.save_papers(
            [make_paper(arxiv_id=ArxivId("2401.00003"), title=f"Paper 3, said again {first}", version=first)]
        )

    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO papers_index (papers_index) VALUES ('integrity-check')")
        found = connection.execute("SELECT rowid FROM papers_index WHERE papers_index MATCH 'paper'")
        assert len(found.fetchall()) == 40
