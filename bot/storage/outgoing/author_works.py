"""Which works of an author are followed, and what watches of what cites them go by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.feeds import CitedAuthor
from bot.domain.watches import AuthorCitationsCriterion, OwnWork, Watch
from bot.storage.columns import among
from bot.storage.schema import author_works


def with_author_works(connection: Connection, watches: Sequence[Watch]) -> tuple[Watch, ...]:
    """Return watches, those of what cites an author with the works that are followed by now."""
    wanted = {
        watch.criterion.author_id
        for watch in watches
        if isinstance(watch.criterion, AuthorCitationsCriterion)
    }
    if not wanted:
        return tuple(watches)
    known = {one.author_id: one.works for one in list_cited_authors(connection, sorted(wanted))}
    return tuple(
        replace(watch, criterion=replace(watch.criterion, works=known.get(watch.criterion.author_id, ())))
        if isinstance(watch.criterion, AuthorCitationsCriterion)
        else watch
        for watch in watches
    )


def list_cited_authors(
    connection: Connection, author_ids: Sequence[int] | None = None
) -> tuple[CitedAuthor, ...]:
    """Return these authors, or all, with those of their works that are followed."""
    query = select(author_works).order_by(author_works.c.author_id, author_works.c.place)
    if author_ids is not None:
        query = query.where(among(author_works.c.author_id, author_ids))
    works: dict[int, list[OwnWork]] = {}
    read_at: dict[int, datetime] = {}
    for row in connection.execute(query):
        works.setdefault(row.author_id, []).append(OwnWork(work=row.work, title=row.title))
        read_at[row.author_id] = row.read_at
    return tuple(
        CitedAuthor(author_id=author_id, works=tuple(own), read_at=read_at[author_id])
        for author_id, own in works.items()
    )


async def save_cited_author(connection: AsyncConnection, author: CitedAuthor) -> None:
    """Follow these works of an author in place of those that were."""
    await connection.execute(delete(author_works).where(author_works.c.author_id == author.author_id))
    rows = [
        {
            "author_id": author.author_id,
            "place": place,
            "work": one.work,
            "title": one.title,
            "read_at": author.read_at,
        }
        for place, one in enumerate(author.works)
    ]
    if rows:
        await connection.execute(insert(author_works), rows)
