"""Find the paper or the person somebody means: the catalogue when fresh, else the sources."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from bot.domain.authors import Author
from bot.domain.identifiers import ArxivId, Doi, OpenAlexId, Orcid, PaperId
from bot.domain.papers import Paper
from bot.domain.search import Sort
from bot.errors import AmbiguousAuthor, Missing, NotFound, RateLimited, SourceError, SourceUnavailable
from bot.services.answers import AuthorAnswer, PaperAnswer
from bot.services.people import People, without_works
from bot.services.ports import AuthorSource, AuthorStore, Clock, PaperSource, PaperStore, StateStore
from bot.text.folding import title_key, words
from bot.text.identifiers import (
    find_author_id,
    find_paper_id,
    find_paper_ids,
    looks_like_identifier,
    parse_paper_id,
)

PROFILE_AGE = timedelta(days=7)
"""How old a profile's numbers may be before they are asked for again."""

PAPER_AGE = timedelta(days=7)
"""How old a paper's record may be before it is asked for again."""

TOP_PAPERS = 5
MESSAGE_PAPERS = 5


class Lookup:
    """Answers with one author or one paper."""

    def __init__(
        self,
        *,
        papers: PaperStore,
        authors: AuthorStore,
        arxiv: PaperSource,
        openalex: AuthorSource,
        state: StateStore,
        clock: Clock,
        looked_at: Callable[[Iterable[Paper]], None],
        want_facts: Callable[[Author, Sequence[Paper]], None],
    ) -> None:
        """Take the catalogue, the sources, the bot's memory, the clock, and whom to tell what is seen."""
        self._papers = papers
        self._authors = authors
        self._arxiv = arxiv
        self._openalex = openalex
        self._clock = clock
        self._looked_at = looked_at
        self._want_facts = want_facts
        self._people = People(
            papers=papers,
            authors=authors,
            arxiv=arxiv,
            openalex=openalex,
            state=state,
            clock=clock,
        )

    async def author(self, text: str, *, asker: int | None = None) -> AuthorAnswer:
        """Find an author by name, ORCID iD or OpenAlex id.

        Raises NotFound with the nearest names, AmbiguousAuthor with the candidates,
        InvalidIdentifier where the text looks like an identifier but is none of a person.
        """
        if identifier := find_author_id(text):
            return await self._by_identifier(text, identifier)
        if looks_like_identifier(text):
            parse_paper_id(text)
            raise NotFound(text)
        if not words(text):
            raise NotFound(text)
        if asker is not None and (chosen := await self._authors.find_choice(asker, text)):
            return await self._answer(chosen)
        candidates, unreachable = await self._people.find(text)
        if len(candidates) > 1:
            raise AmbiguousAuthor(text, [await self._introduced(one) for one in candidates])
        if candidates:
            return await self._answer(candidates[0], unreachable)
        nearest = await self._authors.nearest_names(text)
        raise NotFound(text, authors=nearest, unreachable=unreachable)

    async def knows_person(self, text: str) -> bool:
        """Say whether the catalogue has people with such a name, whole or in part."""
        return bool(await self._authors.find_authors(text) or await self._people.meant(text))

    async def author_by_id(
        self, author_id: int, *, asker: int | None = None, chosen_for: str = ""
    ) -> AuthorAnswer:
        """Return a known author; remember that the asker means this one by `chosen_for`."""
        author = await self._authors.get_author(author_id)
        if asker is not None and chosen_for:
            await self._authors.remember_choice(asker, chosen_for, author_id)
        return await self._answer(author)

    async def paper(self, text: str) -> PaperAnswer:
        """Find a paper by identifier, link or title.

        Raises NotFound with the nearest titles, InvalidIdentifier where the text looks like an
        identifier or a link but names no paper.
        """
        if identifier := find_paper_id(text):
            return await self._by_paper_id(text, identifier)
        if looks_like_identifier(text):
            parse_paper_id(text)
        if not words(text):
            raise NotFound(text)
        if known := await self._papers.find_by_title(text):
            return await self._refreshed(known)
        return await self._by_title(text)

    async def paper_by_id(self, paper_id: int) -> PaperAnswer:
        """Return a paper of the catalogue."""
        return await self._refreshed(await self._papers.get_paper(paper_id))

    async def papers_in(self, text: str) -> tuple[Paper, ...]:
        """Return the papers that a message names by link, identifier or DOI; the first five."""
        found: list[Paper] = []
        for identifier in find_paper_ids(text)[:MESSAGE_PAPERS]:
            try:
                found.append((await self._by_paper_id(str(identifier), identifier)).paper)
            except (NotFound, SourceError):
                continue
        return tuple(found)

    async def _by_identifier(self, text: str, identifier: OpenAlexId | Orcid) -> AuthorAnswer:
        known = await self._authors.find_author(identifier)
        if known:
            return await self._answer(known)
        profile = await self._openalex.fetch_author(identifier)
        if profile is None:
            raise NotFound(text)
        return await self._answer(await self._authors.save_author(without_works(profile)))

    async def _answer(self, author: Author, unreachable: tuple[Missing, ...] = ()) -> AuthorAnswer:
        """Bring a profile up to date and add its top papers; its faults go into the answer."""
        if author.openalex_id and not author.invented and self._is_stale(author):
            author, faults = await self._refresh_author(author, author.openalex_id)
            unreachable += tuple(name for name in faults if name not in unreachable)
        page = await self._authors.papers_of(author, sort=Sort.CITATIONS, limit=200)
        if not author.openalex_id:
            self._want_facts(author, page.papers)
            author = self._people.counted(author, page.papers, self._clock().date())
        author = replace(author, primary_category=author.primary_category or _usual_category(page.papers))
        self._looked_at(page.papers[:TOP_PAPERS])
        return AuthorAnswer(author=author, top=page.papers[:TOP_PAPERS], unreachable=unreachable)

    def _is_stale(self, author: Author) -> bool:
        return author.fetched_at is None or self._clock() - author.fetched_at > PROFILE_AGE

    async def _refresh_author(
        self, author: Author, openalex_id: OpenAlexId
    ) -> tuple[Author, tuple[Missing, ...]]:
        try:
            profile = await self._openalex.fetch_author(openalex_id)
        except SourceError as error:
            return author, (error.missing,)
        if profile is None:
            return author, ()
        # The profile is free, the list of works is not: the day's allowance may be used up.
        with suppress(SourceError):
            await self._papers.save_papers(await self._openalex.fetch_works(openalex_id))
        return await self._authors.save_author(replace(profile, fetched_at=self._clock())), ()

    async def _introduced(self, author: Author) -> tuple[Author, str | None]:
        """Return a candidate with the field of its papers, and the title of the first of them."""
        page = await self._authors.papers_of(author, sort=Sort.CITATIONS, limit=50)
        if not page.papers and author.openalex_id and not author.invented:
            with suppress(SourceError):
                await self._papers.save_papers(
                    await self._openalex.fetch_works(author.openalex_id, limit=TOP_PAPERS)
                )
            page = await self._authors.papers_of(author, sort=Sort.CITATIONS, limit=50)
        category = author.primary_category or _usual_category(page.papers)
        title = page.papers[0].title if page.papers else None
        return replace(author, primary_category=category), title

    async def _by_paper_id(self, text: str, identifier: PaperId) -> PaperAnswer:
        if isinstance(identifier, ArxivId):
            identifier = identifier.unversioned
        if known := await self._papers.find_paper(identifier):
            return await self._refreshed(known)
        paper, unreachable = await self._fetch(identifier)
        if paper is None and unreachable:
            raise _silence(unreachable[0])
        if paper is None:
            raise NotFound(text)
        self._looked_at([paper])
        return PaperAnswer(paper=paper, unreachable=unreachable)

    async def _refreshed(self, known: Paper) -> PaperAnswer:
        """Return a stored paper, asked for again where its record is old; never worse than stored."""
        self._looked_at([known])
        fresh = known.fetched_at is not None and self._clock() - known.fetched_at <= PAPER_AGE
        identifier = known.arxiv_id or known.doi or known.openalex_id
        if fresh or known.invented or identifier is None:
            return PaperAnswer(paper=known)
        paper, unreachable = await self._fetch(identifier)
        return PaperAnswer(paper=paper or known, unreachable=unreachable)

    async def _fetch(self, identifier: PaperId) -> tuple[Paper | None, tuple[Missing, ...]]:
        """Ask the sources that know this kind of identifier; store and return what they say."""
        asked: list[Awaitable[tuple[Paper, ...] | Paper | None]] = []
        if isinstance(identifier, ArxivId):
            asked.append(self._arxiv.fetch_papers([identifier]))
            asked.append(self._openalex.fetch_work(identifier.doi))
        elif isinstance(identifier, Doi | OpenAlexId):
            asked.append(self._openalex.fetch_work(identifier))
        found: list[Paper] = []
        unreachable: list[Missing] = []
        for answer in await asyncio.gather(*asked, return_exceptions=True):
            if isinstance(answer, SourceError):
                unreachable.append(answer.missing)
            elif isinstance(answer, BaseException):
                raise answer
            elif answer is not None:
                found.extend(answer if isinstance(answer, tuple) else (answer,))
        stored = await self._papers.save_papers(found)
        return (stored[-1] if stored else None), tuple(unreachable)

    async def _by_title(self, title: str) -> PaperAnswer:
        unreachable: tuple[Missing, ...] = ()
        try:
            stored = await self._papers.save_papers(await self._arxiv.search_papers(title=title))
        except SourceError as error:
            stored, unreachable = (), (error.missing,)
        for paper in stored:
            if title_key(paper.title) == title_key(title):
                return await self._refreshed(paper)
        nearest = await self._papers.nearest_titles(title)
        said = set(words(title))
        holding = [paper for paper in nearest if said <= set(words(paper.title))]
        if len(holding) == 1:
            return await self._refreshed(holding[0])
        raise NotFound(title, papers=nearest, unreachable=unreachable)


def _silence(missing: Missing) -> SourceError:
    """Return the error of a look-up that a source alone could have answered."""
    reason = "no answer to a look-up"
    if missing.until is None:
        return SourceUnavailable(missing.source, reason)
    return RateLimited(missing.source, reason, missing.until)


def _usual_category(papers: tuple[Paper, ...]) -> str | None:
    """Return the primary category that most of the papers have, None where none has one."""
    counts = Counter(paper.primary_category for paper in papers if paper.primary_category)
    return counts.most_common(1)[0][0] if counts else None
