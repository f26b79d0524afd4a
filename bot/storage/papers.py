"""The catalogue's papers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from bot.domain.identifiers import ArxivId, Doi, OpenAlexId, PaperId
from bot.domain.papers import Paper
from bot.domain.search import CatalogueSize, Page, PaperFilter, Sort, Suggestion
from bot.domain.topics import Topic
from bot.errors import NotFound
from bot.storage import search, titles
from bot.storage.database import Database
from bot.storage.paper_rows import arxiv_id_in, every_column, paper_from
from bot.storage.queries import query_of
from bot.storage.saving import CHUNK, store
from bot.storage.schema import authors, papers


class Papers:
    """Finds and keeps papers."""

    def __init__(self, database: Database) -> None:
        """Take the open database."""
        self._database = database

    async def save_papers(self, given: Sequence[Paper]) -> tuple[Paper, ...]:
        """Insert or merge; known values are never overwritten by unknown ones. Return as stored."""
        stored: list[Paper] = []
        for start in range(0, len(given), CHUNK):
            async with self._database.write() as connection:
                stored += await store(connection, given[start : start + CHUNK])
        return tuple(stored)

    async def get_paper(self, paper_id: int) -> Paper:
        """Return a paper by the catalogue's id; raise NotFound where there is none."""
        found = await self.find_papers([paper_id])
        if not found:
            raise NotFound(str(paper_id))
        return found[0]

    async def find_paper(self, paper_id: PaperId) -> Paper | None:
        """Return a paper by an outside identifier."""
        match paper_id:
            case ArxivId(base=base):
                condition = papers.c.arxiv_id == base
            case Doi(value=value):
                own = arxiv_id_in(value)
                condition = papers.c.doi == value if own is None else papers.c.arxiv_id == own
            case OpenAlexId(value=value):
                condition = papers.c.openalex_id == value
            case _:
                return None
        query = every_column.where(condition)
        row = await self._database.read(lambda connection: connection.execute(query).first())
        return None if row is None else paper_from(row)

    async def find_papers(self, paper_ids: Sequence[int]) -> tuple[Paper, ...]:
        """Return papers by catalogue ids, in the order asked, leaving out unknown ones."""
        return await self._database.read(lambda connection: search.read_papers(connection, paper_ids))

    async def find_by_title(self, title: str) -> Paper | None:
        """Return the paper with this title, case, accents and punctuation aside."""
        return await self._database.read(lambda connection: titles.exact(connection, title))

    async def search(
        self,
        topic: Topic | None,
        where: PaperFilter,
        *,
        author: str = "",
        sort: Sort = Sort.RELEVANCE,
        limit: int = 5,
        offset: int = 0,
    ) -> Page:
        """Return a page of the papers that satisfy the topic, the filter and the printed name."""
        query = query_of(topic, where, author)
        return await self._database.read(
            lambda connection: search.find(connection, query, sort, limit, offset)
        )

    async def nearest_titles(self, text: str, *, limit: int = 3) -> tuple[Paper, ...]:
        """Return the papers whose titles are nearest in spelling or words."""
        return await self._database.read(lambda connection: titles.nearest(connection, text, limit))

    async def suggest_papers(self, text: str, *, limit: int = 25) -> tuple[Suggestion, ...]:
        """Return autocomplete choices for a title as far as it is typed; never raises for text."""
        return await self._database.read(lambda connection: titles.suggest(connection, text, limit))

    async def size(self) -> CatalogueSize:
        """Count the catalogue."""
        return await self._database.read(_size)


def _size(connection: Connection) -> CatalogueSize:
    return CatalogueSize(
        papers=connection.execute(select(func.count()).select_from(papers)).scalar_one(),
        authors=connection.execute(select(func.count()).select_from(authors)).scalar_one(),
        newest_announcement=connection.execute(select(func.max(papers.c.announced_at))).scalar_one(),
    )
