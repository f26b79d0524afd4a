"""Reads a file of records into the catalogue, going on where an earlier import of it ended."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bot.domain.imports import BadLine, Batch, Bookmark, Narrowing
from bot.errors import ImportFailed
from bot.services.ports import ImportStore, RecordFile

ALONE = 20_000
"""Papers a transaction where nobody else writes: the indexes are written in long runs."""

NAMES_ALONE = 100_000
"""Names a transaction: they fall anywhere into their index, most pages of which each transaction writes."""

PAGES_ALONE = 10_000
"""Pages of the text index that a transaction merges: about as long as a batch takes."""

BATCHES_APART = 50
"""Batches whose pieces of the text index are merged together: each leaves one or two, and it holds 255."""

SHARED = 50
"""Any of these while a bot runs, which waits for one of these at most."""


_MANY = 2_000_000
"""Objects made before garbage is looked for, as many as a batch makes."""


@contextmanager
def spared_garbage() -> Iterator[None]:
    """Look for garbage seldom: a batch is a million live objects, walked every 700 new ones otherwise."""
    before = gc.get_threshold()
    gc.set_threshold(_MANY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """How far an import is; `resumed` are the lines that an earlier one had read.

    `bad` are the bad lines since the report before; `fault` says what ended the import too early.
    """

    bookmark: Bookmark
    resumed: int = 0
    bytes_read: int = 0
    bad: tuple[BadLine, ...] = ()
    fault: str = ""


class Importer:
    """Imports files of records; nothing that it stores is announced."""

    def __init__(self, store: ImportStore, is_shared: Callable[[], Awaitable[bool]]) -> None:
        """Take the catalogue, and what says whether a bot works on it now."""
        self._store = store
        self._is_shared = is_shared

    async def run(
        self, file: RecordFile, narrowing: Narrowing, tell: Callable[[ImportReport], None]
    ) -> ImportReport:
        """Import what is wanted of a file, telling after every batch; return the last report.

        A file that ends too early is imported as far as it goes. Raises ImportFailed, before
        anything is stored, for a file without records.
        """
        key = await asyncio.to_thread(file.key, narrowing)
        known = await self._store.find_bookmark(key)
        bookmark = Bookmark()
        if known is not None and await asyncio.to_thread(file.go_to, known):
            bookmark = known
        report = ImportReport(bookmark=bookmark, resumed=bookmark.lines)
        batches = 0
        try:
            while batch := await self._next(file, narrowing):
                bookmark = await self._store.import_papers(batch.papers, key, _after(bookmark, batch))
                report = replace(report, bookmark=bookmark, bytes_read=batch.bytes_read, bad=batch.bad)
                tell(report)
                batches += 1
                if batches % BATCHES_APART == 0:
                    await self._merge_index(report, tell)
        except ImportFailed as fault:
            if not bookmark.lines:
                raise
            report = replace(report, fault=str(fault), bad=())
        else:
            report = replace(report, bytes_read=file.size, bad=())
        tell(report)
        while await self._store.move_names(await self._limit(NAMES_ALONE)):
            tell(report)
        await self._merge_index(report, tell)
        await self._store.finish()
        return report

    async def _merge_index(self, report: ImportReport, tell: Callable[[ImportReport], None]) -> None:
        report = replace(report, bad=())
        while await self._store.merge_index(await self._limit(PAGES_ALONE)):
            tell(report)

    async def _next(self, file: RecordFile, narrowing: Narrowing) -> Batch | None:
        return await asyncio.to_thread(file.next_batch, narrowing, await self._limit(ALONE))

    async def _limit(self, alone: int) -> int:
        return SHARED if await self._is_shared() else alone


def _after(bookmark: Bookmark, batch: Batch) -> Bookmark:
    return replace(
        bookmark,
        lines=batch.lines,
        position=batch.position,
        digest=batch.digest,
        imported=bookmark.imported + len(batch.papers),
        bad=bookmark.bad + len(batch.bad),
    )
