"""From a name to the people who bear it, by the cheapest way that works."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.authors import Author
from bot.domain.figures import Figure
from bot.domain.papers import Paper
from bot.domain.search import Sort
from bot.errors import Missing, SourceError
from bot.metrics.citations import h_index, i10_index, papers_per_year
from bot.services.freshness import Refreshes
from bot.services.ports import AuthorSource, AuthorStore, Clock, PaperSource, PaperStore, StateStore
from bot.text.names import initials_compatible, may_mean, name_key
from bot.words import marked

CATALOGUE = marked("Hoopoe's catalogue")

UNKNOWN_AGE = timedelta(days=1)
"""How long a name that no source has a profile for is not asked for again."""

_WORKS_ASKED = 6
_NEAR = 50
_MEANT = 10


class People:
    """Resolves a name to profiles: the catalogue, then free single reads, then a paid search."""

    def __init__(
        self,
        *,
        papers: PaperStore,
        authors: AuthorStore,
        arxiv: PaperSource,
        openalex: AuthorSource,
        state: StateStore,
        clock: Clock,
        refreshes: Refreshes,
    ) -> None:
        """Take the catalogue, the sources, and where is kept which names were asked for."""
        self._refreshes = refreshes
        self._papers = papers
        self._authors = authors
        self._arxiv = arxiv
        self._openalex = openalex
        self._state = state
        self._clock = clock

    async def find(self, name: str) -> tuple[tuple[Author, ...], tuple[Missing, ...]]:
        """Return the people of this name, and the sources that did not answer.

        Several people mean that the name is ambiguous. Without a profile, they are those whom the
        evidence of their papers tells apart. Where nobody has this name, those are returned who may be meant
        by it, such as by a family name alone.
        """
        known = await self._authors.people_called(name)
        if _has_profile(known):
            return known, ()
        if not known and (meant := await self.meant(name)):
            return meant, ()
        asked = f"asked-for-person:{name_key(name)}"
        if known and await self._was_recent(asked):
            return known, ()
        unreachable = await self._refreshes.run(asked, lambda: self._resolve(name), known=bool(known))
        known = await self._authors.people_called(name)
        if _has_profile(known):
            return known, ()
        if not unreachable:
            await self._state.set_state(asked, self._clock().isoformat())
        return known, unreachable

    async def _resolve(self, name: str) -> tuple[Missing, ...]:
        """Ask the sources, the cheapest way first, until one of them knows a profile of this name."""
        unreachable: list[Missing] = []
        for resolve in (self._by_catalogue, self._by_arxiv, self._by_search):
            try:
                await resolve(name)
            except SourceError as error:
                unreachable.append(error.missing)
            if _has_profile(await self._authors.people_called(name)):
                return ()
        return tuple(dict.fromkeys(unreachable))

    async def meant(self, name: str) -> tuple[Author, ...]:
        """Return the people of the catalogue whose names somebody may mean, the most published first."""
        near = await self._authors.nearest_names(name, limit=_NEAR)
        found: list[Author] = []
        for author in near:
            same = any(initials_compatible(author.name, other.name) for other in found)
            if may_mean(name, author.name) and (author.openalex_id or not same):
                found.append(author)
        return tuple(found[:_MEANT])

    async def _was_recent(self, key: str) -> bool:
        """Say whether the sources were asked so lately that they would say the same again."""
        last = await self._state.get_state(key)
        return last is not None and self._clock() - datetime.fromisoformat(last) < UNKNOWN_AGE

    def counted(self, author: Author, papers: Sequence[Paper], today: date) -> Author:
        """Return a bare name with the numbers our own catalogue can count, each "at least".

        What a source has said stands.
        """
        citations = [paper.citation_count.value for paper in papers if paper.citation_count]
        years = [paper.dated_at.year for paper in papers if paper.dated_at]

        def ours(value: int) -> Figure:
            return Figure(value=value, source=CATALOGUE, as_of=today, at_least=True)

        author = replace(
            author,
            paper_count=author.paper_count or ours(len(papers)),
            years=author.years or papers_per_year(years),
        )
        if not citations:
            return author
        return replace(
            author,
            citation_count=author.citation_count or ours(sum(citations)),
            h_index=author.h_index or ours(h_index(citations)),
            i10_index=author.i10_index or ours(i10_index(citations)),
        )

    async def _by_catalogue(self, name: str) -> None:
        """Read the works behind the catalogue's papers of this name; they name their authors."""
        for author in await self._authors.find_authors(name):
            page = await self._authors.papers_of(author, sort=Sort.CITATIONS, limit=50)
            await self._by_works(name, page.papers)

    async def _by_arxiv(self, name: str) -> None:
        papers = await self._papers.save_papers(await self._arxiv.search_papers(author=name))
        key = name_key(name)
        await self._by_works(name, [paper for paper in papers if key in map(name_key, _printed(paper))])

    async def _by_works(self, name: str, papers: Sequence[Paper]) -> None:
        """Store the profiles that OpenAlex names as the bearers of this name on these papers.

        The oldest papers are asked for first: OpenAlex lists new ones only after weeks.
        """
        oldest = sorted(papers, key=lambda paper: paper.dated_at.timestamp() if paper.dated_at else 0)
        known = [paper.doi or (paper.arxiv_id.doi if paper.arxiv_id else None) for paper in oldest]
        dois = [doi for doi in known if doi][:_WORKS_ASKED]
        works = [work for work in await asyncio.gather(*map(self._openalex.fetch_work, dois)) if work]
        await self._papers.save_papers(works)
        ids = dict.fromkeys(
            author.openalex_id
            for work in works
            for author in work.authors
            if author.openalex_id and _same_person(author.name, name)
        )
        for profile in await asyncio.gather(*map(self._openalex.fetch_author, ids)):
            if profile:
                await self._authors.save_author(without_works(profile))

    async def _by_search(self, name: str) -> None:
        for profile in await self._openalex.search_authors(name):
            printed = (profile.name, *profile.aliases)
            if name_key(name) in map(name_key, printed) and profile.openalex_id:
                await self._authors.save_author(without_works(profile))


def without_works(profile: Author) -> Author:
    """Return a profile that counts as old, as its works are not in the catalogue yet."""
    return replace(profile, fetched_at=None)


def _has_profile(authors: Sequence[Author]) -> bool:
    return any(author.openalex_id for author in authors)


def _printed(paper: Paper) -> list[str]:
    return [author.name for author in paper.authors]


def _same_person(printed: str, name: str) -> bool:
    return name_key(printed) == name_key(name) or initials_compatible(printed, name)
