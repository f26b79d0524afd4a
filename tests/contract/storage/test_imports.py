"""Importing files into the catalogue: nothing twice, nothing lost, nothing announced."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId
from bot.domain.imports import EVERYTHING, Bookmark, Narrowing
from bot.domain.papers import Paper
from bot.domain.search import PaperFilter
from bot.errors import DiskFull, ImportFailed
from bot.services.harvesting import importing
from bot.services.harvesting.importing import Importer, ImportReport
from bot.sources.snapshot_file import SnapshotFile
from bot.storage import Stores, open_stores
from bot.storage.database import DRIVER, Database
from bot.storage.portions import MOST
from bot.text.topics import parse_topic
from tests.factories import make_paper
from tests.snapshots import line, write


async def alone() -> bool:
    return False


async def shared() -> bool:
    return True


async def run(stores: Stores, path: Path, narrowing: Narrowing = EVERYTHING) -> ImportReport:
    with SnapshotFile.open(path) as file:
        return await Importer(stores.imports, alone).run(file, narrowing, lambda report: None)


async def test_import_stores_papers_that_can_be_searched(stores: Stores, tmp_path: Path):
    report = await run(stores, write(tmp_path / "file", map(line, range(1, 4))))

    found = await stores.papers.find_paper(ArxivId("2401.00002"))
    assert found is not None
    assert found.title == "A study of birds 2"
    assert (report.bookmark.imported, report.bookmark.new, report.bookmark.bad) == (3, 3, 0)
    [author] = await stores.authors.find_authors("José García Jr")
    assert (await stores.authors.papers_of(author)).total == 3


async def test_import_same_file_again_reads_nothing_again(stores: Stores, tmp_path: Path):
    path = write(tmp_path / "file", map(line, range(1, 4)))
    first = await run(stores, path)

    second = await run(stores, path)

    assert second.bookmark == first.bookmark
    assert second.resumed == 3


async def test_import_narrowed_is_another_import(stores: Stores, tmp_path: Path):
    path = write(tmp_path / "file", [line(1, categories="math.GT"), line(2)])

    first = await run(stores, path, Narrowing(categories=("math",)))
    second = await run(stores, path)

    assert (first.bookmark.imported, second.bookmark.imported, second.bookmark.new) == (1, 2, 1)


async def test_import_known_paper_keeps_what_was_read_later(stores: Stores, tmp_path: Path):
    read_later = datetime(2024, 2, 1, tzinfo=UTC)
    ident = ArxivId("2401.00001")
    known = make_paper(
        id=None, arxiv_id=ident, version=1, versions=(), title="New title", abstract="", fetched_at=read_later
    )
    await stores.papers.save_papers([known])

    report = await run(stores, write(tmp_path / "file", [line(1)]))

    found = await stores.papers.find_paper(ident)
    assert found is not None
    assert (found.title, found.abstract, found.fetched_at) == ("New title", "Birds are studied.", read_later)
    assert (report.bookmark.imported, report.bookmark.new) == (1, 0)


async def test_import_stopped_between_batches_goes_on_there(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(importing, "ALONE", 2)
    path = write(tmp_path / "file", map(line, range(1, 8)))
    stored: list[Sequence[Paper]] = []

    class FullAfterTwo:
        """The catalogue, on a disk with little room."""

        find_bookmark = staticmethod(stores.imports.find_bookmark)
        move_names = staticmethod(stores.imports.move_names)
        merge_index = staticmethod(stores.imports.merge_index)
        finish = staticmethod(stores.imports.finish)

        async def import_papers(self, papers: Sequence[Paper], key: str, bookmark: Bookmark) -> Bookmark:
            if len(stored) == 2:
                raise DiskFull("no space is left")
            stored.append(papers)
            return await stores.imports.import_papers(papers, key, bookmark)

    with SnapshotFile.open(path) as file, pytest.raises(DiskFull):
        await Importer(FullAfterTwo(), alone).run(file, EVERYTHING, lambda report: None)
    report = await run(stores, path)

    assert (report.resumed, report.bookmark.lines, report.bookmark.new) == (4, 7, 7)
    assert (await stores.papers.size()).papers == 7


async def test_import_while_a_bot_runs_is_in_short_transactions(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(importing, "SHARED", 2)
    told: list[int] = []

    with SnapshotFile.open(write(tmp_path / "file", map(line, range(1, 6)))) as file:
        await Importer(stores.imports, shared).run(
            file, EVERYTHING, lambda report: told.append(report.bookmark.lines)
        )

    assert told == [2, 4, 5, 5]


async def test_import_cut_file_keeps_what_is_whole_and_says_so(stores: Stores, tmp_path: Path):
    report = await run(stores, write(tmp_path / "file", [line(1), line(2), line(3)[:-30]]))

    assert "ends too early, in line 3" in report.fault
    assert report.bookmark.lines == 2
    assert (await stores.papers.size()).papers == 2


async def test_import_wrong_file_stores_nothing(stores: Stores, tmp_path: Path):
    with pytest.raises(ImportFailed):
        await run(stores, write(tmp_path / "file", [b"id,title\n"]))

    assert (await stores.papers.size()).papers == 0


async def test_import_papers_with_a_fault_keeps_the_bookmark_too(stores: Stores):
    naive = make_paper(id=None, submitted_at=datetime(2026, 1, 1))  # noqa: DTZ001 -- this is the point

    with pytest.raises(ValueError, match="no time zone"):
        await stores.imports.import_papers([naive], "key", Bookmark(lines=9))

    assert await stores.imports.find_bookmark("key") is None


async def test_import_many_papers_at_once_are_all_found(stores: Stores, tmp_path: Path):
    await run(stores, write(tmp_path / "file", map(line, range(1, MOST + 51))))

    page = await stores.papers.search(parse_topic("birds study"), PaperFilter())
    [author] = await stores.authors.find_authors("Ann Lee")
    assert page.total == MOST + 50
    assert (await stores.authors.papers_of(author)).total == MOST + 50


async def test_import_of_many_batches_merges_the_text_index_now_and_then(
    stores: Stores, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(importing, "ALONE", MOST + 1)
    monkeypatch.setattr(importing, "BATCHES_APART", 4)
    papers = 9 * (MOST + 1)
    told: list[int] = []

    with SnapshotFile.open(write(tmp_path / "snapshot", map(line, range(papers)))) as snapshot:
        await Importer(stores.imports, alone).run(snapshot, EVERYTHING, lambda _: told.append(pieces(file)))

    assert max(told) == 5, "each batch leaves a piece, and four become one"
    page = await stores.papers.search(parse_topic("birds study"), PaperFilter())
    assert page.total == papers


async def test_import_merges_the_text_index_at_its_end(
    stores: Stores, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(importing, "ALONE", MOST + 1)
    first = 100  # lines that tell a snapshot from something else
    told: list[int] = []

    with SnapshotFile.open(
        write(tmp_path / "snapshot", map(line, range(first + 5 * (MOST + 1))))
    ) as snapshot:
        await Importer(stores.imports, alone).run(snapshot, EVERYTHING, lambda _: told.append(pieces(file)))

    assert max(told) == 6
    assert pieces(file) == 1


def pieces(file: Path) -> int:
    """Count the pieces of the text index."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT count(DISTINCT segid) FROM papers_index_idx").fetchone()[0]


async def test_import_of_many_at_once_notes_for_scoring_what_a_few_at_a_time_note(
    stores: Stores, database: Database, tmp_path: Path
):
    given = [
        make_paper(
            id=None,
            arxiv_id=ArxivId(f"2401.{number:05}"),
            doi=None,
            openalex_id=None,
            submitted_at=datetime(2020 + number % 3, 1 + number % 12, 1, tzinfo=UTC) if number % 7 else None,
            announced_at=None,
            primary_category="cs.CL" if number % 5 else None,
            citation_count=Figure(value=1, source="OpenAlex", as_of=date(2026, 1, 1)) if number % 2 else None,
        )
        for number in range(MOST + 1)
    ]
    await stores.imports.import_papers(given, "key", Bookmark())
    async with Database.open(f"{DRIVER}:///{tmp_path / 'other.db'}") as other:
        for paper in given:
            await open_stores(other).imports.import_papers([paper], "key", Bookmark())
        few = await other.read(noted)

    many = await database.read(noted)

    assert many == few
    assert len(many["unscored"]) == MOST + 1
    assert many["unplaced"]


def noted(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return what is to be scored and placed, and the triggers that see to it."""
    queries = {
        "unscored": "SELECT * FROM unscored",
        "unplaced": "SELECT * FROM unplaced",
        "triggers": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    }
    return {name: [tuple(row) for row in connection.execute(text(sql))] for name, sql in queries.items()}
