"""Who cites the works that are followed, and what of it is news to whom."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.feeds import CitedAuthor, CitedWork, CitingPaper, Listing
from bot.domain.numbers import percentiles_of
from bot.domain.papers import AnnounceType
from bot.storage.catalogue.number_rows import with_numbers
from bot.storage.catalogue.paper_rows import all_categories
from bot.storage.catalogue.saving import store
from bot.storage.catalogue.search import read_papers
from bot.storage.columns import among
from bot.storage.database import Database
from bot.storage.outgoing.author_works import list_cited_authors, save_cited_author
from bot.storage.outgoing.wanted import Match, deliver, wanted_of
from bot.storage.outgoing.watches import read_following, read_version
from bot.storage.portions import in_portions
from bot.storage.schema import author_works, citations, cited_works, paper_names, papers

SOURCE = "OpenAlex"


class Citations:
    """Keeps who cites what is followed, and makes deliveries of what is new."""

    def __init__(self, database: Database) -> None:
        """Take the open database."""
        self._database = database

    async def works_of(self, paper_id: int) -> tuple[str, ...]:
        """Return OpenAlex's ids of a paper: a preprint and its published form have one each."""
        own = select(papers.c.openalex_id).where(papers.c.id == paper_id, papers.c.openalex_id.is_not(None))
        other = select(paper_names.c.value).where(
            paper_names.c.paper_id == paper_id, paper_names.c.kind == "openalex_id"
        )
        rows = await self._database.read(
            lambda connection: connection.execute(own.union(other)).scalars().all()
        )
        return tuple(sorted(rows))

    async def list_cited(self) -> tuple[CitedWork, ...]:
        """Return the works whose citations are followed."""
        query = select(cited_works).order_by(cited_works.c.work)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return tuple(
            CitedWork(work=row.work, since=date.fromisoformat(row.since), asked_at=row.asked_at)
            for row in rows
        )

    async def forget_cited(self, works: Sequence[str]) -> None:
        """Follow works no longer; who cites them stays known."""
        async with self._database.write() as connection:
            await connection.execute(delete(cited_works).where(among(cited_works.c.work, list(works))))

    async def list_cited_authors(self) -> tuple[CitedAuthor, ...]:
        """Return the authors whose citations are followed."""
        return await self._database.read(list_cited_authors)

    async def save_cited_author(self, author: CitedAuthor) -> None:
        """Follow these works of an author in place of those that were."""
        async with self._database.write() as connection:
            await save_cited_author(connection, author)

    async def forget_cited_authors(self, author_ids: Sequence[int]) -> None:
        """Follow authors no longer."""
        gone = among(author_works.c.author_id, list(author_ids))
        async with self._database.write() as connection:
            await connection.execute(delete(author_works).where(gone))

    async def list_citing(self, works: Sequence[str], since: date) -> tuple[CitingPaper, ...]:
        """Return the papers dated from a day on that cite one of the works, the newest first."""
        return await self._database.read(lambda connection: _list_citing(connection, works, since))

    async def record_citing(
        self,
        found: Sequence[CitingPaper],
        asked: Sequence[CitedWork],
        now: datetime,
        match: Match | None = None,
    ) -> int:
        """Store who cites the works that were asked about; return how many deliveries that causes.

        What is new goes to the watches that `match` finds, in the same transaction; without one it
        is where watches begin. How far each work was asked is written with the last papers.
        """

        async def write(portion: Sequence[CitingPaper], is_last: bool) -> int:
            return await self._record(portion, asked if is_last else (), now, match)

        return sum(await in_portions(found, write))

    async def _record(
        self, found: Sequence[CitingPaper], asked: Sequence[CitedWork], now: datetime, match: Match | None
    ) -> int:
        """Write some papers in one transaction, for the watches as they are in it."""
        while True:
            version = await self._database.read(read_version)
            if match and version != match.version:
                await match.learn(*await self._database.read(read_following))
            async with self._database.write() as connection:
                # A watch that was changed just now is learned first, outside: it takes its time.
                if match and await connection.run_sync(read_version) != match.version:
                    continue
                made = await _record(connection, found, now, match)
                if asked:
                    await _save_asked(connection, asked)
                return made


async def _record(
    connection: AsyncConnection, found: Sequence[CitingPaper], now: datetime, match: Match | None
) -> int:
    stored = await store(connection, [one.paper for one in found])
    cites: defaultdict[int, set[str]] = defaultdict(set)
    for one, paper in zip(found, stored, strict=True):
        cites[paper.id or 0] |= one.cites
    query = select(citations).where(among(citations.c.paper_id, list(cites)))
    for row in (await connection.execute(query)).all():
        cites[row.paper_id].discard(row.cited)
    rows = [
        {"paper_id": paper, "cited": work, "source": SOURCE, "found_at": now}
        for paper, works in cites.items()
        for work in sorted(works)
    ]
    if not rows:
        return 0
    await connection.execute(insert(citations), rows)
    if match is None:
        return 0
    scored = await connection.run_sync(lambda sync: with_numbers(sync, stored))
    listings = [
        _listing(CitingPaper(paper=paper, cites=frozenset(cites[paper.id])), now.date())
        for paper in {paper.id: paper for paper in scored}.values()
        if paper.id is not None and cites[paper.id]
    ]
    return await deliver(connection, await asyncio.to_thread(wanted_of, listings, match), now)


def _listing(one: CitingPaper, today: date) -> Listing:
    """Return the news that a paper cites others, whatever categories it has."""
    paper = one.paper
    dated = paper.dated_at.date() if paper.dated_at else None
    score, novelty = percentiles_of(paper.numbers, dated, today)
    return Listing(
        paper=paper,
        announce_type=AnnounceType.NEW,
        new_categories=frozenset(all_categories(paper)),
        first=True,
        score=score,
        novelty=novelty,
        cites=one.cites,
    )


async def _save_asked(connection: AsyncConnection, asked: Sequence[CitedWork]) -> None:
    row = upsert(cited_works)
    row = row.on_conflict_do_update(
        index_elements=["work"], set_={"since": row.excluded.since, "asked_at": row.excluded.asked_at}
    )
    await connection.execute(
        row,
        [{"work": one.work, "since": one.since.isoformat(), "asked_at": one.asked_at} for one in asked],
    )


def _list_citing(connection: Connection, works: Sequence[str], since: date) -> tuple[CitingPaper, ...]:
    began = datetime.combine(since, time.min, UTC)
    query = (
        select(citations.c.paper_id, citations.c.cited)
        .join(papers, papers.c.id == citations.c.paper_id)
        .where(among(citations.c.cited, list(works)), papers.c.dated_at >= began)
        .order_by(papers.c.dated_at.desc(), papers.c.id.desc())
    )
    cites: dict[int, set[str]] = {}
    for row in connection.execute(query):
        cites.setdefault(row.paper_id, set()).add(row.cited)
    found = {paper.id: paper for paper in read_papers(connection, list(cites))}
    return tuple(
        CitingPaper(paper=found[id_], cites=frozenset(cited)) for id_, cited in cites.items() if id_ in found
    )
