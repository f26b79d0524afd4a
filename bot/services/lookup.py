"""Find the paper or the person somebody means: in the catalogue at once, else from the sources.

What the catalogue has is answered as it is, however old; `bot.services.renewal` brings the answer up
to date behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.authors import Author
from bot.domain.identifiers import ArxivId, OpenAlexId, Orcid, PaperId
from bot.domain.numbers import AuthorNumbers
from bot.domain.papers import Paper
from bot.domain.search import Sort
from bot.errors import AmbiguousAuthor, Missing, NotFound, RateLimited, SourceError, SourceUnavailable
from bot.services.answers import AuthorAnswer, PaperAnswer
from bot.services.freshness import Refreshes
from bot.services.people import People
from bot.services.ports import AuthorSource, AuthorStore, Clock, PaperSource, PaperStore, StateStore
from bot.services.reading import Reading
from bot.text.folding import words
from bot.text.identifiers import (
    find_author_id,
    find_paper_id,
    find_paper_ids,
    looks_like_identifier,
    parse_paper_id,
)
from bot.text.names import name_key

TOP_PAPERS = 5
MESSAGE_PAPERS = 5
_NEAR = 12
_OFFERED = 3
"""So many names are offered where nobody has the one that is asked for, out of so many that are near."""


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
        numbers_of: Callable[[Author], Awaitable[AuthorNumbers]],
        want_facts: Callable[[Author, Sequence[Paper]], None],
    ) -> None:
        """Take the catalogue, the sources, the bot's memory, the clock, and whom to tell what is seen."""
        self._papers = papers
        self._authors = authors
        self._clock = clock
        self._looked_at = looked_at
        self._numbers_of = numbers_of
        self._want_facts = want_facts
        refreshes = Refreshes(clock)
        self._reading = Reading(
            papers=papers,
            authors=authors,
            arxiv=arxiv,
            openalex=openalex,
            refreshes=refreshes,
            clock=clock,
        )
        self._people = People(
            papers=papers,
            authors=authors,
            arxiv=arxiv,
            openalex=openalex,
            state=state,
            clock=clock,
            refreshes=refreshes,
        )

    async def renew(self, author: Author) -> bool:
        """Read an author's profile and works again where they are old; say whether they were.

        Whoever asks the same meanwhile waits for the same requests. Sources that failed, or had
        nothing newer, are not asked again for a while.
        """
        return await self._reading.renew_author(author) is not None

    async def refresh_author(self, answer: AuthorAnswer) -> AuthorAnswer | None:
        """Bring an answer up to date whose data is old; None where nothing a reader sees has changed."""
        missing = await self._reading.renew_author(answer.author)
        if missing is None or answer.author.id is None:
            return None
        author = await self._with_papers(await self._authors.get_author(answer.author.id), missing)
        return None if _shown_author(author) == _shown_author(answer) else author

    async def refresh_paper(self, answer: PaperAnswer) -> PaperAnswer | None:
        """Bring an answer up to date whose data is old; None where nothing a reader sees has changed."""
        missing = await self._reading.renew_paper(answer.paper)
        if missing is None or answer.paper.id is None:
            return None
        paper = replace(answer, paper=await self._papers.get_paper(answer.paper.id), unreachable=missing)
        return None if _shown_paper(paper) == _shown_paper(answer) else paper

    async def author(self, text: str, *, asker: int | None = None) -> AuthorAnswer:
        """Find an author by name, ORCID iD or OpenAlex id.

        Raises NotFound with the nearest names, AmbiguousAuthor with the candidates,
        InvalidIdentifier where the text looks like an identifier but is none of a person.
        """
        if identifier := find_author_id(text):
            return await self._by_identifier(text, identifier)
        if looks_like_identifier(text):
            meant = await self._papers.find_paper(_unversioned(parse_paper_id(text)))
            raise NotFound(text, papers=[meant] if meant else [])
        if not words(text):
            raise NotFound(text)
        if asker is not None and (chosen := await self._authors.find_choice(asker, text)):
            return await self._answer(chosen)
        candidates, unreachable = await self._people.find(text)
        if len(candidates) > 1:
            raise AmbiguousAuthor(text, [await self._introduced(one) for one in candidates])
        if candidates:
            return await self._answer(candidates[0], unreachable)
        # Of several people of one name the first will do: they are told apart when it is asked for.
        named: dict[str, Author] = {}
        for author in await self._authors.nearest_names(text, limit=_NEAR):
            named.setdefault(name_key(author.name), author)
        raise NotFound(text, authors=tuple(named.values())[:_OFFERED], unreachable=unreachable)

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
            return self._known(known)
        return await self._by_title(text)

    async def paper_by_id(self, paper_id: int) -> PaperAnswer:
        """Return a paper of the catalogue."""
        return self._known(await self._papers.get_paper(paper_id))

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
        missing = await self._reading.profile(identifier)
        known = await self._authors.find_author(identifier)
        if known is None:
            raise _silence(missing[0]) if missing else NotFound(text)
        return await self._answer(known)

    async def _answer(self, author: Author, unreachable: tuple[Missing, ...] = ()) -> AuthorAnswer:
        """Return an author with the top papers; one whose works were never read waits for these."""
        missing = self._reading.missing(author)
        if author.fetched_at is None and author.id is not None:
            renewed = await self._reading.renew_author(author)
            if renewed is not None:
                author, missing = await self._authors.get_author(author.id), renewed
        return await self._with_papers(author, tuple(dict.fromkeys((*unreachable, *missing))))

    async def _with_papers(self, author: Author, unreachable: tuple[Missing, ...]) -> AuthorAnswer:
        page = await self._authors.papers_of(author, sort=Sort.CITATIONS, limit=200)
        if not author.openalex_id:
            self._want_facts(author, page.papers)
            author = self._people.counted(author, page.papers, self._clock().date())
        author = replace(author, primary_category=author.primary_category or _usual_category(page.papers))
        self._looked_at(page.papers[:TOP_PAPERS])
        return AuthorAnswer(
            author=author,
            top=page.papers[:TOP_PAPERS],
            numbers=await self._numbers_of(author),
            unreachable=unreachable,
        )

    async def _introduced(self, author: Author) -> tuple[Author, str | None]:
        """Return a candidate with the field of its papers, and the title of the first of them."""
        page = await self._authors.papers_of(author, sort=Sort.CITATIONS, limit=50)
        if not page.papers and author.openalex_id and not author.invented:
            await self._reading.top_works(author)
            page = await self._authors.papers_of(author, sort=Sort.CITATIONS, limit=50)
        category = author.primary_category or _usual_category(page.papers)
        title = page.papers[0].title if page.papers else None
        return replace(author, primary_category=category), title

    async def _by_paper_id(self, text: str, identifier: PaperId) -> PaperAnswer:
        identifier = _unversioned(identifier)
        if known := await self._papers.find_paper(identifier):
            return self._known(known)
        missing = await self._reading.paper(identifier)
        known = await self._papers.find_paper(identifier)
        if known is None:
            raise _silence(missing[0]) if missing else NotFound(text)
        self._looked_at([known])
        return PaperAnswer(paper=known, unreachable=missing)

    def _known(self, paper: Paper) -> PaperAnswer:
        """Return a stored paper as it is, with who failed a while ago to say something newer."""
        self._looked_at([paper])
        return PaperAnswer(paper=paper, unreachable=self._reading.missing(paper))

    async def _by_title(self, title: str) -> PaperAnswer:
        missing = await self._reading.title(title)
        if known := await self._papers.find_by_title(title):
            return self._known(known)
        nearest = await self._papers.nearest_titles(title)
        said = set(words(title))
        holding = [paper for paper in nearest if said <= set(words(paper.title))]
        if len(holding) == 1:
            return self._known(holding[0])
        namesakes = await self._authors.find_authors(title)
        raise NotFound(title, authors=namesakes, papers=nearest, unreachable=missing)


def _unversioned(identifier: PaperId) -> PaperId:
    return identifier.unversioned if isinstance(identifier, ArxivId) else identifier


def _silence(missing: Missing) -> SourceError:
    """Return the error of a look-up that a source alone could have answered."""
    reason = "no answer to a look-up"
    if missing.until is None:
        return SourceUnavailable(missing.source, reason)
    return RateLimited(missing.source, reason, missing.until)


def _shown_author(answer: AuthorAnswer) -> AuthorAnswer:
    """Return an answer without what its card does not show: moments of reading are shown as days."""
    author = replace(answer.author, fetched_at=_midnight(answer.author.fetched_at))
    return replace(answer, author=author, top=tuple(replace(paper, fetched_at=None) for paper in answer.top))


def _shown_paper(answer: PaperAnswer) -> PaperAnswer:
    """Return an answer without what its card does not show."""
    return replace(answer, paper=replace(answer.paper, fetched_at=_midnight(answer.paper.fetched_at)))


def _midnight(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _usual_category(papers: tuple[Paper, ...]) -> str | None:
    """Return the primary category that most of the papers have, None where none has one."""
    counts = Counter(paper.primary_category for paper in papers if paper.primary_category)
    return counts.most_common(1)[0][0] if counts else None
