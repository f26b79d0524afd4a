"""What somebody waits for reads no whole table, however few papers the catalogue has now."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.domain.identifiers import ArxivId
from bot.domain.papers import Authorship, Paper
from bot.storage import Stores

NAME = "Emma Strubell"
PAPER = Paper(
    arxiv_id=ArxivId("1906.02243"), title="Energy", authors=(Authorship(name=NAME),), source="arXiv"
)

Asked = list[tuple[str, Any]]


@pytest.fixture
def asked() -> Iterator[Asked]:
    """Every statement that is executed, with its parameters."""
    seen: Asked = []

    def see(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        seen.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", see)
    yield seen
    event.remove(Engine, "before_cursor_execute", see)


async def _people(stores: Stores) -> object:
    return await stores.authors.people_called(NAME)


async def _authors(stores: Stores) -> object:
    return await stores.authors.find_authors(NAME)


async def _papers(stores: Stores) -> object:
    return await stores.authors.papers_of((await stores.authors.find_authors(NAME))[0])


async def _near(stores: Stores) -> object:
    return await stores.authors.nearest_names(NAME)


async def _size(stores: Stores) -> object:
    return (await stores.papers.size()).papers


@pytest.mark.parametrize("ask", [_people, _authors, _papers, _near, _size])
async def test_look_up_reads_no_whole_table(
    stores: Stores, file: Path, asked: Asked, ask: Callable[[Stores], Awaitable[object]]
) -> None:
    await stores.papers.save_papers([PAPER])
    asked.clear()

    assert await ask(stores)

    assert asked
    with closing(sqlite3.connect(file)) as connection:
        plans = [
            (statement, row[3])
            for statement, parameters in asked
            if statement.lstrip().upper().startswith(("SELECT", "WITH"))
            # Counting all there are has no shorter way: 0.07 s at 2.7 million names, for `/status` alone.
            and "count(*)" not in statement
            for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    tables = ("papers", "authors", "authorships", "attributions", "author_keys")
    # What SQLite calls a search without an index is a scan for the greatest value.
    whole = {f"SCAN {table}" for table in tables} | {"SEARCH papers"}
    assert [plan for plan in plans if plan[1] in whole] == []
