"""One writer, readers that never wait, nothing half written, and faults in one clear line."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.domain.identifiers import ArxivId
from bot.domain.papers import Paper
from bot.domain.search import PaperFilter
from bot.domain.topics import Term
from bot.errors import DatabaseBusy, DatabaseNewer, DiskFull, StorageError
from bot.storage import Stores, migrate, open_stores
from bot.storage import database as database_module
from bot.storage.database import DRIVER, Database

PUT = text("INSERT INTO states (key, value) VALUES (:key, 'x')")
COUNT = text("SELECT count(*) FROM states")


async def count(database: Database) -> int:
    """Count what the tests wrote."""
    return await database.read(lambda connection: int(connection.execute(COUNT).scalar_one()))


async def test_write_exception_undoes_everything(database: Database):
    async def fail() -> None:
        async with database.write() as connection:
            await connection.execute(PUT, {"key": "a"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()

    assert await count(database) == 0


async def test_write_cancelled_undoes_everything_and_lets_others_write(database: Database):
    started = asyncio.Event()

    async def slow() -> None:
        async with database.write() as connection:
            await connection.execute(PUT, {"key": "a"})
            started.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(slow())
    await started.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    async with database.write() as connection:
        await connection.execute(PUT, {"key": "b"})
    assert await count(database) == 1


@pytest.mark.parametrize("times", [1, 2])
async def test_write_cancelled_in_the_middle_of_a_statement_keeps_nobody_waiting(
    url: str, monkeypatch: pytest.MonkeyPatch, times: int
):
    """A thread goes on with the statement; the exception, which somebody may keep, has its cursor."""
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_MS", 500)
    slow = text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
        " SELECT count(*) FROM n"
    )

    async def write(database: Database, key: str) -> None:
        async with database.write() as connection:
            await connection.execute(PUT, {"key": key})
            while key == "slow":
                await connection.execute(slow)

    kept: list[BaseException | None] = []
    async with Database.open(url) as database:
        for delay in (0.02, 0.03, 0.04, 0.05):
            task = asyncio.create_task(write(database, "slow"))
            await asyncio.sleep(delay)
            for _ in range(times):
                task.cancel()
                await asyncio.sleep(0.001)
            kept += await asyncio.gather(task, return_exceptions=True)
            await write(database, f"after {delay}")
        assert all(isinstance(one, asyncio.CancelledError) for one in kept)
        assert await count(database) == 4


async def test_write_many_at_once_take_turns(database: Database):
    async def put(number: int) -> None:
        async with database.write() as connection:
            await connection.execute(PUT, {"key": str(number)})

    await asyncio.gather(*(put(number) for number in range(50)))

    assert await count(database) == 50


async def test_read_does_not_wait_for_the_writer_and_sees_no_half(database: Database):
    async with database.write() as connection:
        await connection.execute(PUT, {"key": "a"})

        assert await asyncio.wait_for(count(database), 5) == 0

    assert await count(database) == 1


async def test_read_sees_one_state_throughout(database: Database):
    """Two statements of one read agree, whatever is written between them."""
    loop = asyncio.get_running_loop()

    async def put() -> None:
        async with database.write() as connection:
            await connection.execute(PUT, {"key": "a"})

    def twice(connection: Connection) -> tuple[int, int]:
        first = connection.execute(COUNT).scalar_one()
        asyncio.run_coroutine_threadsafe(put(), loop).result(10)
        return first, connection.execute(COUNT).scalar_one()

    assert await database.read(twice) == (0, 0)
    assert await count(database) == 1


async def test_read_may_not_write(database: Database):
    with pytest.raises(StorageError, match="may not be written"):
        await database.read(lambda connection: connection.execute(PUT, {"key": "a"}))


async def test_search_while_ingesting_always_finds_whole_papers(stores: Stores):
    """A reader asks all the time while a thousand papers are written: each paper it sees is whole."""
    papers = [
        Paper(arxiv_id=ArxivId(f"2401.{n:05}"), title=f"Paper {n}", source="arXiv") for n in range(1_000)
    ]
    writing = asyncio.create_task(stores.papers.save_papers(papers))
    totals = [0]
    while not writing.done():
        page = await stores.papers.search(Term(("paper",)), PaperFilter(), limit=3)
        size = await stores.papers.size()
        assert len(page.papers) == min(3, page.total)
        assert page.total <= size.papers
        totals.append(page.total)
    await writing

    assert totals == sorted(totals)
    assert (await stores.papers.size()).papers == 1_000


WRITER = """
import asyncio, sys
from bot.domain.identifiers import ArxivId
from bot.domain.papers import Authorship, Paper
from bot.storage import open_stores
from bot.storage.database import Database

async def main(url):
    async with Database.open(url) as database:
        stores = open_stores(database)
        number = 0
        while True:
            names = [Authorship(name=f"Ann {number % 7} Lee"), Authorship(name=f"Bo {number}")]
            await stores.papers.save_papers([
                Paper(arxiv_id=ArxivId(f"2401.{number + n:05}"), title=f"Paper {number + n}",
                      abstract="w " * 200, authors=tuple(names), source="arXiv")
                for n in range(50)
            ])
            number += 50
            print(number, flush=True)

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.parametrize("delay", [0.0, 0.004, 0.011])
async def test_killed_writer_leaves_whole_transactions(url: str, file: Path, delay: float):
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, text=True, cwd=Path.cwd(), env=os.environ
    ) as process:
        assert process.stdout is not None
        for _ in range(3):
            confirmed = int(process.stdout.readline())
        await asyncio.sleep(delay)
        process.send_signal(signal.SIGKILL)

    async with Database.open(url) as database:
        stores = open_stores(database)
        size = await stores.papers.size()
        assert size.papers >= confirmed
        assert size.papers % 50 == 0
        await stores.papers.save_papers(
            [Paper(title="After", arxiv_id=ArxivId("2402.00001"), source="arXiv")]
        )
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.execute("INSERT INTO papers_index (papers_index) VALUES ('integrity-check')")
        (linked,) = connection.execute("SELECT count(*) FROM authorships").fetchone()
        (counted,) = connection.execute("SELECT sum(linked_count) FROM authors").fetchone()
    assert linked == counted == 2 * size.papers


@pytest.mark.parametrize(
    ("url", "words"),
    [
        pytest.param("postgresql+psycopg://me:secret@host/db", "not supported", id="other-database"),
        pytest.param("sqlite:///hoopoe.db", "not supported", id="other-driver"),
        pytest.param("hoopoe.db", "not a URL", id="no-url"),
        pytest.param(f"{DRIVER}://", "names no file", id="memory"),
    ],
)
async def test_open_refuses_a_url_it_cannot_use(url: str, words: str):
    with pytest.raises(StorageError, match=words) as caught:
        async with Database.open(url):
            pass

    assert "secret" not in str(caught.value)
    assert f"{DRIVER}:///" in str(caught.value)


async def test_open_makes_the_folder(tmp_path: Path):
    async with Database.open(f"{DRIVER}:///{tmp_path}/a/b/hoopoe.db") as database:
        assert await count(database) == 0


async def test_open_percent_and_spaces_are_part_of_the_name(tmp_path: Path):
    async with Database.open(f"{DRIVER}:///{tmp_path}/100% ours.db"):
        assert (tmp_path / "100% ours.db").exists()


async def test_open_file_in_a_file_names_it(tmp_path: Path):
    (tmp_path / "a").write_text("")

    with pytest.raises(StorageError, match=str(tmp_path / "a")):
        async with Database.open(f"{DRIVER}:///{tmp_path}/a/hoopoe.db"):
            pass


async def test_open_no_database_says_what_to_do(tmp_path: Path):
    file = tmp_path / "hoopoe.db"
    file.write_bytes(b"no database at all " * 100)

    with pytest.raises(StorageError, match="not a sound SQLite database") as caught:
        async with Database.open(f"{DRIVER}:///{file}"):
            pass

    assert str(file) in str(caught.value)
    assert file.read_bytes() == b"no database at all " * 100


async def test_open_somebody_elses_database_is_left_alone(tmp_path: Path):
    file = tmp_path / "hoopoe.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    before = file.read_bytes()

    with pytest.raises(StorageError, match="not a database of Hoopoe"):
        async with Database.open(f"{DRIVER}:///{file}"):
            pass

    assert file.read_bytes() == before


async def test_open_newer_database_is_left_alone(url: str, file: Path):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_future'")
        connection.commit()

    with pytest.raises(DatabaseNewer, match="9999_future"):
        async with Database.open(url):
            pass

    assert migrate.revision_of(file) == "9999_future"


async def test_open_read_only_file_says_what_to_do(url: str, file: Path):
    """Written as another user's file would be: by permission, or by SQLite's own switch for root."""
    async with Database.open(url) as database:
        async with database.write() as connection:
            await connection.execute(text("PRAGMA query_only = ON"))
        with pytest.raises(StorageError, match="may not be written"):
            async with database.write() as connection:
                await connection.execute(PUT, {"key": "a"})


async def test_write_locked_by_another_process_is_busy(url: str, file: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_MS", 50)
    async with Database.open(url) as database:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(DatabaseBusy, match="another process"):
                async with database.write():
                    pass
            other.execute("ROLLBACK")
        async with database.write() as connection:
            await connection.execute(PUT, {"key": "a"})


async def test_write_without_space_is_disk_full_and_loses_nothing(database: Database):
    async with database.write() as connection:
        await connection.execute(PUT, {"key": "kept"})
        pages = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
        await connection.execute(text(f"PRAGMA max_page_count = {pages}"))

    async def fill() -> None:
        async with database.write() as connection:
            for number in range(500):
                await connection.execute(PUT, {"key": f"{number}{'x' * 5_000}"})

    with pytest.raises(DiskFull, match="no space is left"):
        await fill()

    assert await count(database) == 1
