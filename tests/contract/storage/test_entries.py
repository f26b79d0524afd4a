"""The index behind autocomplete: while an import leaves names where they stand, and afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.domain.identifiers import ArxivId
from bot.domain.imports import EVERYTHING, Bookmark
from bot.domain.papers import Authorship, Paper
from bot.services.harvesting import importing
from bot.services.harvesting.importing import Importer
from bot.sources.snapshot_file import SnapshotFile
from bot.storage import Stores
from bot.storage.database import Database
from bot.storage.incoming import imports
from bot.storage.names import tier_of, turned
from bot.storage.schema import authors, misplaced_names, name_index
from tests.factories import make_paper
from tests.snapshots import line, write

NAMES = ("Ann Lee", "José García", "Wei Wang", "Ann Marie Lee")


def papers(first: int, last: int) -> list[Paper]:
    """Return papers whose authors bear one to four of the names."""
    return [
        make_paper(
            id=None,
            arxiv_id=ArxivId(f"2401.{number:05}"),
            title=f"Birds {number}",
            authors=tuple(Authorship(name=name) for name in NAMES[: 1 + number % len(NAMES)]),
        )
        for number in range(first, last)
    ]


@pytest.fixture
def bulk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every import be one to which the database belongs alone."""
    monkeypatch.setattr(imports, "MOST", 0)


async def wrong_names(database: Database) -> set[tuple[int, str, str]]:
    """Return what the index holds too much or lacks, by the authors' counts."""
    where = name_index.join(authors, authors.c.id == name_index.c.author_id)
    query = select(name_index.c.tier, name_index.c.text, authors.c.name_key).select_from(where)
    rows = await database.read(lambda connection: connection.execute(query).all())
    counts = select(authors.c.name_key, authors.c.paper_count)
    known = await database.read(lambda connection: connection.execute(counts).all())
    right = {(tier_of(count), text, key) for key, count in known if count for text in turned(key)}
    return right ^ {tuple(row) for row in rows}


async def misplaced(database: Database) -> int:
    """Return how many names are written down as standing in another place than their own."""
    query = select(func.count()).select_from(misplaced_names)
    return int(await database.read(lambda connection: connection.execute(query).scalar_one()))


async def suggested(stores: Stores, typed: str) -> list[str]:
    """Return the names that are offered."""
    return [choice.value for choice in await stores.authors.suggest_authors(typed)]


@pytest.mark.usefixtures("bulk")
async def test_import_in_bulk_leaves_known_names_offered_as_they_were(stores: Stores, database: Database):
    await stores.papers.save_papers(papers(1, 3))
    assert await suggested(stores, "lee") == ["Ann Lee"]

    await stores.imports.import_papers(papers(3, 40), "key", Bookmark())

    assert await suggested(stores, "lee") == ["Ann Lee"]
    assert await misplaced(database) == len(NAMES)


@pytest.mark.usefixtures("bulk")
@pytest.mark.parametrize("limit", [1, 100])
async def test_move_names_after_bulk_puts_every_name_in_its_place(
    stores: Stores, database: Database, limit: int
):
    await stores.papers.save_papers(papers(1, 3))
    for first in (3, 20, 40):
        await stores.imports.import_papers(papers(first, first + 17), "key", Bookmark())

    while await stores.imports.move_names(limit):
        pass

    assert await wrong_names(database) == set()
    assert await misplaced(database) == 0
    assert await suggested(stores, "lee") == ["Ann Lee", "Ann Marie Lee"]


@pytest.mark.usefixtures("bulk")
async def test_save_papers_of_misplaced_names_moves_these(stores: Stores, database: Database):
    """A bot goes on while names still stand where a killed import left them."""
    await stores.papers.save_papers(papers(1, 3))
    await stores.imports.import_papers(papers(3, 40), "key", Bookmark())

    await stores.papers.save_papers(papers(43, 44))

    assert await wrong_names(database) == set()
    assert await misplaced(database) == 0


@pytest.mark.usefixtures("bulk")
async def test_move_names_of_authors_who_lost_their_papers_takes_them_out(stores: Stores, database: Database):
    [before] = await stores.papers.save_papers(papers(3, 4))
    alone = make_paper(
        id=None,
        arxiv_id=before.arxiv_id,
        title=before.title,
        authors=(Authorship(name="Ann Lee"),),
        version=9,
    )

    await stores.imports.import_papers([alone], "key", Bookmark())
    await stores.harvests.move_names(100)

    assert await wrong_names(database) == set()
    assert await suggested(stores, "garcia") == []


async def test_import_at_its_end_has_moved_all_names(
    stores: Stores, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(importing, "ALONE", 3)
    monkeypatch.setattr(imports, "MOST", 2)
    path = write(tmp_path / "file", map(line, range(1, 9)))

    async def alone() -> bool:
        return False

    with SnapshotFile.open(path) as file:
        await Importer(stores.imports, alone).run(file, EVERYTHING, lambda report: None)

    assert await suggested(stores, "jose") == ["José García Jr"]
    assert await wrong_names(database) == set()
    assert await misplaced(database) == 0
