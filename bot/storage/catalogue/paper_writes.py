"""Writes rows of papers together with the text index and the links to authors."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, delete, insert, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.records import Record
from bot.storage.catalogue.linking import Job, link
from bot.storage.catalogue.paper_rows import indexed_text, row_of
from bot.storage.catalogue.planning import Change
from bot.storage.columns import many
from bot.storage.schema import authorships, papers

Rows = list[tuple[Any, ...]]

MERGED = 64
MERGED_A_PAPER = 2
"""Pages of the text index that are merged, at most, with each write, and for each paper of it.

A paper takes a seventh of a page, and each page is merged once in each of a few levels of size: the
rest is for the large pieces that an import has left. While there are any, new pieces wait, and each
makes searches slower; but what waits to write waits for no more than this.
"""


async def next_paper_id(connection: AsyncConnection) -> int:
    """Return the id that the next new paper gets."""
    last = (await connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'papers'"))).scalar()
    return (last or 0) + 1


async def merge_index(connection: AsyncConnection, pages: int) -> bool:
    """Merge about so many pages of the text index; say whether there was anything to merge."""
    before = (await connection.execute(_changes_so_far)).scalar_one()
    await connection.execute(_merge, {"pages": pages})
    # The command itself counts as one (https://www.sqlite.org/fts5.html, "The 'merge' Command").
    return bool((await connection.execute(_changes_so_far)).scalar_one() - before > 1)


async def write_records(
    connection: AsyncConnection,
    added: Mapping[int, Record],
    changed: Sequence[Change],
    *,
    in_bulk: bool = False,
) -> None:
    """Insert new records under their ids, and put others in the place of what they were.

    In bulk, pieces of the text index are left for `merge_index`, and names for `move_names`.
    """
    if not in_bulk:
        await connection.execute(_merge, {"pages": MERGED + MERGED_A_PAPER * (len(added) + len(changed))})
    job = Job()
    if added:
        rows, entries = await asyncio.to_thread(_added, job, added)
        await many(connection, _add, rows)
        await many(connection, _index, entries)
    if changed:
        rows, gone, come = await asyncio.to_thread(_changed, job, changed)
        await many(connection, _change, rows)
        await many(connection, _unindex, gone)
        await many(connection, _index, come)
    await link(connection, job, in_bulk=in_bulk)


async def remove_record(connection: AsyncConnection, record: Record) -> None:
    """Take a row out, to which nothing may point any more but its authors."""
    paper = record.paper
    await many(connection, _unindex, [(paper.id, *indexed_text(paper))])
    job = Job()
    job.change(paper, replace(paper, authors=()))
    await link(connection, job)
    await connection.execute(delete(authorships).where(authorships.c.paper_id == paper.id))
    await connection.execute(delete(papers).where(papers.c.id == paper.id))


def _added(job: Job, added: Mapping[int, Record]) -> tuple[Rows, Rows]:
    """Return new rows and entries of the text index, and note what is to be linked."""
    for id_, record in added.items():
        job.add(id_, record.paper)
    rows = [(id_, *row_of(record)) for id_, record in added.items()]
    return rows, [(id_, *indexed_text(record.paper)) for id_, record in added.items()]


def _changed(job: Job, changed: Sequence[Change]) -> tuple[Rows, Rows, Rows]:
    """Return changed rows and the entries of the text index that leave and enter; note changed links."""
    for old, new in changed:
        job.change(old.paper, new.paper)
    rows = [(*row_of(new), new.paper.id) for _, new in changed]
    entries = [(new.paper.id, indexed_text(old.paper), indexed_text(new.paper)) for old, new in changed]
    entries = [(id_, old, new) for id_, old, new in entries if old != new]
    return rows, [(id_, *old) for id_, old, _ in entries], [(id_, *new) for id_, _, new in entries]


_add = insert(papers)
_change = (
    update(papers)
    .where(papers.c.id == bindparam("of"))
    .values({column.name: bindparam(f"new_{column.name}") for column in papers.c if column.name != "id"})
)
_index = text(
    "INSERT INTO papers_index (rowid, title, abstract, authors, categories) VALUES (:a, :b, :c, :d, :e)"
)
_changes_so_far = text("SELECT total_changes()")
_merge = text("INSERT INTO papers_index (papers_index, rank) VALUES ('merge', :pages)")
_unindex = text(
    "INSERT INTO papers_index (papers_index, rowid, title, abstract, authors, categories)"
    " VALUES ('delete', :a, :b, :c, :d, :e)"
)
