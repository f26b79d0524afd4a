"""What an import writes: papers, and in the same transaction how far it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.imports import Bookmark
from bot.domain.papers import Paper
from bot.storage import codec
from bot.storage.database import Database
from bot.storage.entries import move_names
from bot.storage.paper_writes import next_paper_id
from bot.storage.saving import CHUNK, let_others_write, store
from bot.storage.schema import states

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
        wait to write for a second and more. They leave names to `move_names`.
        """
        async with self._database.write() as connection:
            alone = len(papers) > CHUNK
            if alone:
                await connection.execute(text(f"PRAGMA cache_size = {BULK_CACHE}"))
                await connection.execute(text(f"PRAGMA wal_autocheckpoint = {BULK_LOG}"))
                await connection.execute(_collect_more)
            first = await next_paper_id(connection)
            stored = await store(connection, papers, moves_names=not alone)
            new = {paper.id for paper in stored if paper.id is not None and paper.id >= first}
            bookmark = replace(bookmark, new=bookmark.new + len(new))
            body = codec.encode(bookmark)
            await connection.execute(
                upsert(states)
                .values(key=key, value=body)
                .on_conflict_do_update(index_elements=["key"], set_={"value": body})
            )
        if not alone:
            await let_others_write()
        return bookmark

    async def move_names(self, limit: int) -> bool:
        """Move so many names to their place in autocomplete; say whether there were any."""
        async with self._database.write() as connection:
            return await move_names(connection, limit)

    async def finish(self) -> None:
        """Give back what importing took."""
        async with self._database.write() as connection:
            await connection.execute(text(f"PRAGMA cache_size = {USUAL_CACHE}"))
            await connection.execute(text(f"PRAGMA wal_autocheckpoint = {USUAL_LOG}"))
            await connection.execute(text("PRAGMA shrink_memory"))
