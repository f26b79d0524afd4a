"""A backup is whole, stands alone and never overwrites."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from math import inf
from pathlib import Path

import pytest

from bot.domain.identifiers import ArxivId
from bot.domain.papers import Paper
from bot.errors import StorageError
from bot.storage import Stores, open_stores, portions
from bot.storage.backup import backup
from bot.storage.database import DRIVER, Database


def papers(first: int, count: int) -> list[Paper]:
    """Return numbered papers."""
    return [
        Paper(arxiv_id=ArxivId(f"2401.{n:05}"), title=f"Paper {n}", abstract="word " * 200, source="arXiv")
        for n in range(first, first + count)
    ]


async def test_backup_while_writing_is_one_sound_state(
    stores: Stores, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(portions, "HELD_SECONDS", inf)
    await stores.papers.save_papers(papers(0, 600))
    writing = asyncio.create_task(stores.papers.save_papers(papers(600, 1_200)))
    target = tmp_path / "copy.db"

    await backup(url, target)

    await writing
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.execute("INSERT INTO papers_index (papers_index) VALUES ('integrity-check')")
    async with Database.open(f"{DRIVER}:///{target}") as copy:
        count = (await open_stores(copy).papers.size()).papers
    assert count >= 600
    assert count % portions.FIRST == 0


async def test_backup_is_one_file(stores: Stores, url: str, tmp_path: Path):
    folder = tmp_path / "copies"
    folder.mkdir()

    await backup(url, folder / "copy.db")

    assert [file.name for file in folder.iterdir()] == ["copy.db"]


async def test_backup_never_overwrites(stores: Stores, url: str, tmp_path: Path):
    target = tmp_path / "copy.db"
    target.write_text("precious")

    with pytest.raises(StorageError, match="exists"):
        await backup(url, target)

    assert target.read_text() == "precious"


async def test_backup_without_database_says_so(tmp_path: Path):
    with pytest.raises(StorageError, match="no database"):
        await backup(f"{DRIVER}:///{tmp_path}/none.db", tmp_path / "copy.db")

    assert list(tmp_path.iterdir()) == []


async def test_backup_names_the_file_that_is_at_fault(url: str, tmp_path: Path):
    broken = tmp_path / "text.db"
    broken.write_text("no database, but long enough to be taken for one " * 50)

    with pytest.raises(StorageError, match=r"text\.db is not a sound SQLite database"):
        await backup(f"{DRIVER}:///{broken}", tmp_path / "copy.db")

    assert not (tmp_path / "copy.db.part").exists()


async def test_backup_into_a_folder_that_is_missing_names_the_file_asked_for(
    stores: Stores, url: str, tmp_path: Path
):
    with pytest.raises(StorageError, match=r"missing/copy\.db cannot be opened"):
        await backup(url, tmp_path / "missing" / "copy.db")
