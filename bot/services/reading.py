"""Reads from the sources what the catalogue lacks or has too old, once for all who ask."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import replace

from bot.domain.authors import Author
from bot.domain.identifiers import ArxivId, Doi, OpenAlexId, Orcid, PaperId
from bot.domain.papers import Paper
from bot.errors import Missing, SourceError
from bot.services.freshness import Refreshes, are_old_citations, is_old_profile, is_old_record
from bot.services.people import without_works
from bot.services.ports import AuthorSource, AuthorStore, Clock, PaperSource, PaperStore
from bot.text.folding import title_key

MissingSources = tuple[Missing, ...]


class Reading:
    """Stores what the sources say, and returns which of them did not answer."""

    def __init__(
        self,
        *,
        papers: PaperStore,
        authors: AuthorStore,
        arxiv: PaperSource,
        openalex: AuthorSource,
        refreshes: Refreshes,
        clock: Clock,
    ) -> None:
        """Take the catalogue, the sources, and what keeps from asking too often."""
        self._papers = papers
        self._authors = authors
        self._arxiv = arxiv
        self._openalex = openalex
        self._refreshes = refreshes
        self._clock = clock

    def missing(self, known: Author | Paper) -> MissingSources:
        """Return who failed a short while ago to say something newer."""
        return self._refreshes.missing(_key(known))

    async def renew_author(self, author: Author) -> MissingSources | None:
        """Read a profile and its works where they are old; None where they are not."""
        if not is_old_profile(author, self._clock()):
            return None
        return await self._refreshes.run(_key(author), lambda: self._author(author))

    async def renew_paper(self, paper: Paper) -> MissingSources | None:
        """Read what is old of a paper: its own source's record, or its citations; None for neither."""
        now = self._clock()
        identifier = paper.arxiv_id or paper.doi or paper.openalex_id
        record, citations = is_old_record(paper, now), are_old_citations(paper, now)
        if identifier is None or not (record or citations):
            return None
        return await self._refreshes.run(
            _key(paper), lambda: self._paper(identifier, record=record, citations=citations)
        )

    async def profile(self, identifier: OpenAlexId | Orcid) -> MissingSources:
        """Read the profile that has an identifier."""

        async def read() -> MissingSources:
            try:
                profile = await self._openalex.fetch_author(identifier)
            except SourceError as error:
                return (error.missing,)
            if profile is not None:
                await self._authors.save_author(without_works(profile))
            return ()

        return await self._refreshes.run(f"person {identifier}", read, known=False)

    async def top_works(self, author: Author) -> MissingSources:
        """Read the most cited works of an author of whom none is known."""
        openalex_id = author.openalex_id
        if openalex_id is None:
            return ()

        async def read() -> MissingSources:
            try:
                await self._papers.save_papers(await self._openalex.fetch_works(openalex_id, limit=5))
            except SourceError as error:
                return (error.missing,)
            return ()

        return await self._refreshes.run(f"works {openalex_id}", read)

    async def paper(self, identifier: PaperId) -> MissingSources:
        """Read a paper that the catalogue lacks."""
        return await self._refreshes.run(f"paper {identifier}", lambda: self._paper(identifier), known=False)

    async def title(self, title: str) -> MissingSources:
        """Read what arXiv has under a title."""

        async def read() -> MissingSources:
            try:
                await self._papers.save_papers(await self._arxiv.search_papers(title=title))
            except SourceError as error:
                return (error.missing,)
            return ()

        return await self._refreshes.run(f"title {title_key(title)}", read, known=False)

    async def _author(self, author: Author) -> MissingSources:
        openalex_id = author.openalex_id
        if openalex_id is None:
            return ()
        try:
            profile = await self._openalex.fetch_author(openalex_id)
        except SourceError as error:
            return (error.missing,)
        if profile is None:
            return ()
        # The profile is free, the list of works is not: the day's allowance may be used up.
        with suppress(SourceError):
            current = profile.openalex_id or openalex_id
            await self._papers.save_papers(await self._openalex.fetch_works(current))
        await self._authors.save_author(replace(profile, fetched_at=self._clock()))
        return ()

    async def _paper(
        self, identifier: PaperId, *, record: bool = True, citations: bool = True
    ) -> MissingSources:
        """Ask the sources that know this kind of identifier."""
        asked: list[Awaitable[tuple[Paper, ...] | Paper | None]] = []
        if isinstance(identifier, ArxivId):
            if record:
                asked.append(self._arxiv.fetch_papers([identifier]))
            if citations:
                asked.append(self._openalex.fetch_work(identifier.doi))
        elif isinstance(identifier, Doi | OpenAlexId):
            asked.append(self._openalex.fetch_work(identifier))
        found: list[Paper] = []
        missing: list[Missing] = []
        for answer in await asyncio.gather(*asked, return_exceptions=True):
            if isinstance(answer, SourceError):
                missing.append(answer.missing)
            elif isinstance(answer, BaseException):
                raise answer
            elif answer is not None:
                found.extend(answer if isinstance(answer, tuple) else (answer,))
        await self._papers.save_papers(found)
        return tuple(missing)


def _key(known: Author | Paper) -> str:
    return f"{type(known).__name__} {known.id}"
