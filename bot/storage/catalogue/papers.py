"""The catalogue's papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select

from bot.domain.identifiers import ArxivId, Doi, OpenAlexId, PaperId
from bot.domain.papers import Paper
from bot.domain.records import Merge, Origin
from bot.domain.search import CatalogueSize, Page, PaperFilter, Sort, Suggestion, WordCounts
from bot.domain.topics import Topic
from bot.errors import NotFound
from bot.storage.catalogue import merging, search, titles
from bot.storage.catalogue.merge import known_origins
from bot.storage.catalogue.number_rows import with_numbers
from bot.storage.catalogue.paper_rows import arxiv_id_in, every_column, paper_from, record_from, whole_record
from bot.storage.catalogue.queries import query_of
from bot.storage.catalogue.saving import store
from bot.storage.database import Database
from bot.storage.portions import in_portions
from bot.storage.schema import authors, paper_names, papers


class Papers:
    """Finds and keeps papers."""

    def __init__(self, database: Database) -> None:
        """Take the open database."""
        self._database = database

    async def save_papers(self, given: Sequence[Paper]) -> tuple[Paper, ...]:
        """Insert or merge; known values are never overwritten by unknown ones. Return as stored."""

        async def write(portion: Sequence[Paper], _last: bool) -> tuple[Paper, ...]:
            async with self._database.write() as connection:
                return await store(connection, portion)

        stored = [paper for papers in await in_portions(given, write) for paper in papers]
        return await self._database.read(lambda connection: with_numbers(connection, stored))

    async def get_paper(self, paper_id: int) -> Paper:
        """Return a paper by the catalogue's id; raise NotFound where there is none."""
        found = await self.find_papers([paper_id])
        if not found:
            raise NotFound(str(paper_id))
        return found[0]

    async def find_paper(self, paper_id: PaperId) -> Paper | None:
        """Return a paper by an outside identifier, or by one that it had or has besides."""
        match paper_id:
            case ArxivId(base=base):
                kind, value = "arxiv_id", base
            case Doi(value=value):
                own = arxiv_id_in(value)
                kind, value = ("doi", value) if own is None else ("arxiv_id", own)
            case OpenAlexId(value=value):
                kind = "openalex_id"
            case _:
                return None
        return await self._database.read(lambda connection: _find(connection, kind, value))

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

    async def list_announced(
        self, topic: Topic | None, where: PaperFilter, *, limit: int
    ) -> tuple[Paper, ...]:
        """Return the newest papers, by announcement, that satisfy the topic and the filter."""
        query = query_of(topic, where)
        return await self._database.read(lambda connection: search.announced(connection, query, limit))

    async def announced_days(self, where: PaperFilter) -> int:
        """Count the days on which a mailing listed papers that satisfy the filter."""
        query = query_of(None, where)
        return await self._database.read(lambda connection: search.announced_days(connection, query))

    async def word_counts(self) -> WordCounts:
        """Count in how many papers each word stands that isn't rare."""
        return await self._database.read(search.word_counts)

    async def nearest_titles(self, text: str, *, limit: int = 3) -> tuple[Paper, ...]:
        """Return the papers whose titles are nearest in spelling or words."""
        return await self._database.read(lambda connection: titles.nearest(connection, text, limit))

    async def suggest_papers(self, text: str, *, limit: int = 25) -> tuple[Suggestion, ...]:
        """Return autocomplete choices for a title as far as it is typed; never raises for text."""
        return await self._database.read(lambda connection: titles.suggest(connection, text, limit))

    async def list_merges(self, paper_id: int | None = None, *, limit: int = 20) -> tuple[Merge, ...]:
        """Return which papers became one, the last first: all, or those of one paper."""
        return await self._database.read(lambda connection: merging.list_merges(connection, paper_id, limit))

    async def undo_merge(self, paper_id: int) -> tuple[Paper, ...]:
        """Make two papers again of the last merge of this one; return both, none where there was none.

        They stay apart, whatever a source says later. What points at them goes where it came from.
        """
        async with self._database.write() as connection:
            parted = await merging.undo_merge(connection, paper_id)
        return await self.find_papers(parted or ())

    async def origins_of(self, paper_id: int) -> Mapping[str, Origin]:
        """Return where each known value of a paper comes from, by its name."""
        query = whole_record.where(papers.c.id == paper_id)
        row = await self._database.read(lambda connection: connection.execute(query).first())
        if row is None:
            raise NotFound(str(paper_id))
        return known_origins(record_from(row))

    async def size(self) -> CatalogueSize:
        """Count the catalogue."""
        return await self._database.read(_size)


def _find(connection: Connection, kind: str, value: str) -> Paper | None:
    row = connection.execute(every_column.where(papers.c[kind] == value)).first()
    if row is None:
        named = select(paper_names.c.paper_id).where(paper_names.c.kind == kind, paper_names.c.value == value)
        row = connection.execute(every_column.where(papers.c.id.in_(named))).first()
    return None if row is None else with_numbers(connection, [paper_from(row)])[0]


def _size(connection: Connection) -> CatalogueSize:
    # The index holds announced papers alone, and serves only who asks for these.
    newest = select(func.max(papers.c.announced_at)).where(papers.c.announced_at.is_not(None))
    return CatalogueSize(
        papers=connection.execute(select(func.count()).select_from(papers)).scalar_one(),
        authors=connection.execute(select(func.count()).select_from(authors)).scalar_one(),
        newest_announcement=connection.execute(newest).scalar_one(),
    )
