"""What an import writes: papers, and in the same transaction how far it came."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import msgspec
from sqlalchemy import select, text
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.imports import Bookmark
from bot.domain.papers import Paper
from bot.storage import codec
from bot.storage.catalogue.entries import move_names
from bot.storage.catalogue.paper_writes import merge_index, next_paper_id
from bot.storage.catalogue.saving import take_in
from bot.storage.database import Database
from bot.storage.portions import MOST, let_others_write
from bot.storage.schema import NEW_PAPERS_TRIGGERS, NOTE_NEW_PAPERS, states

BULK_CACHE = -64_000
USUAL_CACHE = -2_000
"""Sizes of the writer's cache in KiB, negative as SQLite wants them; the usual one is SQLite's."""

BULK_LOG = 50_000
USUAL_LOG = 1_000
"""Pages of the write-ahead log after which they are moved into the file; the usual number is SQLite's.

A batch of an import writes tens of thousands, many of them the same ones as the batch before.
"""

# Bytes of the text index that a transaction collects before it writes them, 16 MiB; SQLite's own 1 MiB
# makes ten thousand papers a dozen small pieces that are merged over and over: half the work.
_collect_more = text("INSERT INTO papers_index (papers_index, rank) VALUES ('hashsize', 16777216)")


@asynccontextmanager
async def _noted_together(connection: AsyncConnection) -> AsyncIterator[None]:
    """Note what is to be scored of all new papers at the end, and let the triggers for each rest.

    They are away within the one transaction alone, which nobody else sees.
    """
    first = await next_paper_id(connection)
    query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name = :name")
    found = [(await connection.execute(query, {"name": name})).one() for name in NEW_PAPERS_TRIGGERS]
    for trigger in found:
        await connection.execute(text(f"DROP TRIGGER {trigger.name}"))
    yield
    for statement in NOTE_NEW_PAPERS:
        await connection.execute(text(statement), {"first": first})
    for trigger in found:
        await connection.exec_driver_sql(trigger.sql)


class Imports:
    """Fills the catalogue from files."""

    def __init__(self, database: Database) -> None:
        """Take the open database."""
        self._database = database

    async def find_bookmark(self, key: str) -> Bookmark | None:
        """Return how far the import with this key came."""
        query = select(states.c.value).where(states.c.key == key)
        body = await self._database.read(lambda connection: connection.execute(query).scalar())
        return None if body is None else msgspec.json.decode(body, type=Bookmark)

    async def import_papers(self, papers: Sequence[Paper], key: str, bookmark: Bookmark) -> Bookmark:
        """Insert or merge papers in one transaction with the bookmark; return it with the new ones added.

        Ten thousand at once are stored faster than in small transactions, but others
        wait to write for a second and more. They leave names to `move_names`, and pieces of the text
        index to `merge_index`.
        """
        async with self._database.write() as connection:
            alone = len(papers) > MOST
            if alone:
                await connection.execute(text(f"PRAGMA cache_size = {BULK_CACHE}"))
                await connection.execute(text(f"PRAGMA wal_autocheckpoint = {BULK_LOG}"))
                await connection.execute(_collect_more)
                async with _noted_together(connection):
                    plan = await take_in(connection, papers, in_bulk=True)
            else:
                plan = await take_in(connection, papers)
            bookmark = replace(bookmark, new=bookmark.new + len(plan.added()))
            body = codec.encode(bookmark)
            await connection.execute(
                upsert(states)
                .values(key=key, value=body)
                .on_conflict_do_update(index_elements=["key"], set_={"value": body})
            )
        if alone:
            # Statements made with a batch's names and ids hold these in cycles, a megabyte each time.
            gc.collect()
        else:
            await let_others_write()
        return bookmark

    async def move_names(self, limit: int) -> bool:
        """Move so many names to their place in autocomplete; say whether there were any."""
        async with self._database.write() as connection:
            moved = await move_names(connection, limit)
        await let_others_write()
        return moved

    async def merge_index(self, pages: int) -> bool:
        """Merge so many pages of the text index; say whether there was anything to merge."""
        async with self._database.write() as connection:
            merged = await merge_index(connection, pages)
        await let_others_write()
        return merged

    async def finish(self) -> None:
        """Give back what importing took."""
        async with self._database.write() as connection:
            await connection.execute(text(f"PRAGMA cache_size = {USUAL_CACHE}"))
            await connection.execute(text(f"PRAGMA wal_autocheckpoint = {USUAL_LOG}"))
            await connection.execute(text("PRAGMA shrink_memory"))
