"""Which works of an author are followed: all, or of many the most cited and the newest."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import timedelta

from bot.domain.feeds import CitedAuthor, CitedWork
from bot.domain.identifiers import OpenAlexId
from bot.domain.papers import Paper
from bot.domain.watches import OwnWork
from bot.errors import NotFound, NotIndexed, SourceChanged
from bot.services.ports import AuthorSource, AuthorStore, CitationStore, Clock

logger = logging.getLogger(__name__)

MOST_OWN = 100
"""Works of an author that are followed, half of them the most cited, half the newest: one question's."""

AGAIN = timedelta(days=7)
"""How often it is asked what an author has published."""

_HALF = MOST_OWN // 2


class CitedAuthors:
    """Reads authors' works once a week, by one call or two, however many there are."""

    def __init__(
        self, *, source: AuthorSource, store: CitationStore, authors: AuthorStore, clock: Clock
    ) -> None:
        """Take the source, where works are kept, who authors are, and the clock."""
        self._source = source
        self._store = store
        self._authors = authors
        self._clock = clock

    async def renew(self, author_ids: Collection[int]) -> None:
        """Read the works of those authors of whom they are old or unknown; forget all other authors.

        Raises SourceError; an author whose works can't be read for a reason of their own is left out.
        """
        known = {one.author_id: one for one in await self._store.list_cited_authors()}
        if gone := sorted(known.keys() - set(author_ids)):
            await self._store.forget_cited_authors(gone)
        for author_id in sorted(author_ids):
            try:
                await self._read(author_id, known.get(author_id), waiting=False)
            except (NotFound, NotIndexed, SourceChanged) as error:
                logger.warning("works not read author=%s reason=%s", author_id, error)

    async def works_now(self, author_id: int) -> tuple[OwnWork, ...]:
        """Return an author's works for somebody who waits, read where they are old or unknown.

        Raises NotIndexed where OpenAlex knows none, SourceError where it doesn't answer.
        """
        known = {one.author_id: one for one in await self._store.list_cited_authors()}
        return (await self._read(author_id, known.get(author_id), waiting=True)).works

    async def _read(self, author_id: int, known: CitedAuthor | None, *, waiting: bool) -> CitedAuthor:
        now = self._clock()
        if known and known.read_at > now - AGAIN:
            return known
        author = await self._authors.get_author(author_id)
        if author.openalex_id is None:
            raise NotIndexed(author)
        papers = await self._fetch(author.openalex_id, waiting=waiting)
        works = {
            paper.openalex_id.value: OwnWork(work=paper.openalex_id.value, title=paper.title)
            for paper in papers
            if paper.openalex_id
        }
        if not works and not known:
            raise NotIndexed(author)
        if known:
            await self._expect_news(known, papers)
        # An empty answer never takes the place of what is known.
        own = tuple(works.values()) or (known.works if known else ())
        read = CitedAuthor(author_id=author_id, works=own, read_at=now)
        await self._store.save_cited_author(read)
        return read

    async def _fetch(self, person: OpenAlexId, *, waiting: bool) -> tuple[Paper, ...]:
        """Return the works to follow, the most cited first."""
        cited = await self._source.fetch_works(person, limit=MOST_OWN, waiting=waiting)
        if not cited:
            # The answer may be a lie, or the profile may have become another's by now.
            profile = await self._source.fetch_author(person)
            person = (profile and profile.openalex_id) or person
            cited = await self._source.fetch_works(person, limit=MOST_OWN, waiting=waiting)
        if len(cited) < _HALF:
            return cited
        newest = await self._source.fetch_works(person, limit=_HALF, newest=True, waiting=waiting)
        chosen = {paper.openalex_id: paper for paper in (*cited[:_HALF], *newest, *cited[_HALF:])}
        kept = set(list(chosen)[:MOST_OWN])
        order = {paper.openalex_id: paper for paper in (*cited, *newest)}
        return tuple(paper for work, paper in order.items() if work in kept)

    async def _expect_news(self, known: CitedAuthor, papers: Collection[Paper]) -> None:
        """Let everything be news that cites a work published since the author is followed."""
        followed = {one.work for one in known.works} | {one.work for one in await self._store.list_cited()}
        now, line = self._clock(), known.read_at.date()
        born = [
            CitedWork(work=paper.openalex_id.value, since=line, asked_at=now - AGAIN)
            for paper in papers
            if paper.openalex_id
            and paper.openalex_id.value not in followed
            and paper.dated_at
            and paper.dated_at.date() >= line
        ]
        if born:
            await self._store.record_citing((), born, now)
