"""Reading lists: what is saved where, and who votes for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.library import Shelf, ShelfKind, Shelved
from bot.domain.search import Page, Sort
from bot.storage.catalogue import merging
from bot.storage.catalogue.search import read_papers
from bot.storage.database import Database
from bot.storage.schema import library, library_votes


class Library:
    """Keeps the reading lists of servers and people."""

    def __init__(self, database: Database) -> None:
        """Take the open database."""
        self._database = database

    async def save_to_shelf(self, shelf: Shelf, paper_id: int, person_id: int, now: datetime) -> bool:
        """Put a paper on a shelf; return whether it was not there before."""
        row = upsert(library).values(
            shelf_kind=shelf.kind.value,
            shelf_id=shelf.id,
            paper_id=paper_id,
            saved_by=person_id,
            saved_at=now,
        )
        async with self._database.write() as connection:
            return bool((await connection.execute(row.on_conflict_do_nothing())).rowcount)

    async def remove_from_shelf(self, shelf: Shelf, paper_id: int) -> bool:
        """Take a paper off a shelf, its votes with it; return whether it was there."""
        there = _on(library, shelf) & (library.c.paper_id == paper_id)
        async with self._database.write() as connection:
            return bool((await connection.execute(delete(library).where(there))).rowcount)

    async def find_saver(self, shelf: Shelf, paper_id: int) -> int | None:
        """Return who saved a paper, 0 where that is forgotten, None where it is not on the shelf."""
        query = select(func.coalesce(library.c.saved_by, 0)).where(
            _on(library, shelf), library.c.paper_id == paper_id
        )
        return await self._database.read(lambda connection: connection.execute(query).scalar())

    async def toggle_vote(self, shelf: Shelf, paper_id: int, person_id: int) -> tuple[bool, int] | None:
        """Vote for a paper, or take the vote back; return (votes now, how many in all).

        None where the paper is not on the shelf.
        """
        votes = _on(library_votes, shelf) & (library_votes.c.paper_id == paper_id)
        saved = exists().where(_on(library, shelf), library.c.paper_id == paper_id)
        async with self._database.write() as connection:
            if not (await connection.execute(select(saved))).scalar():
                return None
            mine = votes & (library_votes.c.person_id == person_id)
            taken_back = (await connection.execute(delete(library_votes).where(mine))).rowcount
            if not taken_back:
                await connection.execute(
                    upsert(library_votes).values(
                        shelf_kind=shelf.kind.value, shelf_id=shelf.id, paper_id=paper_id, person_id=person_id
                    )
                )
            count = select(func.count()).select_from(library_votes).where(votes)
            return not taken_back, int((await connection.execute(count)).scalar_one())

    async def read_shelf(self, shelf: Shelf, *, sort: Sort, limit: int, offset: int = 0) -> Page:
        """Return a page of a shelf, each paper with its votes; by votes, or the newest saved first."""
        return await self._database.read(
            lambda connection: _read_shelf(connection, shelf, sort, limit, offset)
        )


async def forget_shelved(connection: AsyncConnection, person_id: int) -> None:
    """Delete a person's own shelf and votes, and their name from what they saved elsewhere."""
    own = _on(library, Shelf(kind=ShelfKind.PERSON, id=person_id))
    await connection.execute(delete(library).where(own))
    await connection.execute(delete(library_votes).where(library_votes.c.person_id == person_id))
    await connection.execute(update(library).where(library.c.saved_by == person_id).values(saved_by=None))
    await merging.forget_person(connection, person_id)


def _on(table: Any, shelf: Shelf) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = (table.c.shelf_kind == shelf.kind.value) & (table.c.shelf_id == shelf.id)
    return condition


VOTES = (
    select(func.count())
    .select_from(library_votes)
    .where(
        library_votes.c.shelf_kind == library.c.shelf_kind,
        library_votes.c.shelf_id == library.c.shelf_id,
        library_votes.c.paper_id == library.c.paper_id,
    )
    .correlate(library)
    .scalar_subquery()
)
NEWEST_FIRST = (library.c.saved_at.desc(), library.c.paper_id.desc())
MOST_VOTES_FIRST = (VOTES.desc(), *NEWEST_FIRST)
"""The order of a list by votes, which is also that of the weekly picks."""


def _read_shelf(connection: Connection, shelf: Shelf, sort: Sort, limit: int, offset: int) -> Page:
    query = (
        select(library.c.paper_id, library.c.picked_in, VOTES.label("votes"))
        .where(_on(library, shelf))
        .order_by(*(MOST_VOTES_FIRST if sort is Sort.VOTES else NEWEST_FIRST))
    )
    total = connection.execute(
        select(func.count()).select_from(library).where(_on(library, shelf))
    ).scalar_one()
    rows = connection.execute(query.limit(limit).offset(offset)).all()
    papers = read_papers(connection, [row.paper_id for row in rows])
    return Page(
        papers=papers,
        total=total,
        offset=offset,
        figures=tuple(float(row.votes) for row in rows),
        picked=frozenset(row.paper_id for row in rows if row.picked_in is not None),
    )


def shelved_by(connection: Connection, person_id: int) -> tuple[Shelved, ...]:
    """Return what a person saved or votes for."""
    saved = select(library).where(library.c.saved_by == person_id)
    voted = select(library_votes).where(library_votes.c.person_id == person_id)
    keys_saved = {(row.shelf_kind, row.shelf_id, row.paper_id) for row in connection.execute(saved)}
    keys_voted = {(row.shelf_kind, row.shelf_id, row.paper_id) for row in connection.execute(voted)}
    keys = sorted(keys_saved | keys_voted)
    papers = {paper.id: paper for paper in read_papers(connection, [key[2] for key in keys])}
    return tuple(
        Shelved(
            shelf=Shelf(kind=ShelfKind(kind), id=shelf_id),
            paper=papers[paper_id],
            saved=(kind, shelf_id, paper_id) in keys_saved,
            voted=(kind, shelf_id, paper_id) in keys_voted,
        )
        for kind, shelf_id, paper_id in keys
        if paper_id in papers
    )
