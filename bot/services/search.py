"""Lists of papers: searches, an author's papers, reading lists; paged, also after a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.authors import Author
from bot.domain.categories import category_name
from bot.domain.papers import Paper
from bot.domain.search import ListRequest, Page, PaperFilter, Sort, Suggestion
from bot.domain.topics import Topic
from bot.errors import InvalidTopic, SourceError
from bot.services.answers import AuthorReferencesAnswer, ListAnswer
from bot.services.numbers import Numbers
from bot.services.ports import AuthorStore, LibraryStore, PaperSource, PaperStore, StateStore
from bot.services.spelling import Spelling
from bot.text.references import ReferenceForm
from bot.text.topics import parse_topic, plain_topic, uses_operators
from bot.words import marked

MOST_CITED = 1_000
"""Of an author's papers, so many are written as references at most."""

PAGE_SIZE = 5
PAPERS_BY = marked("Papers by {name}")
PAPERS_ABOUT = marked("Papers by {name} about {topic}")
SEARCH = marked("Search: {query}")
"""Titles of lists that are asked for in several ways."""

QUERY_SHOWN = 80
"""How much of a search its list's title repeats."""


class Search:
    """Answers with pages from the catalogue, and asks arXiv where these come out thin."""

    def __init__(
        self,
        *,
        papers: PaperStore,
        authors: AuthorStore,
        state: StateStore,
        library: LibraryStore,
        arxiv: PaperSource,
        numbers: Numbers,
        spelling: Spelling,
    ) -> None:
        """Take the catalogue, the reading lists, where list descriptions are kept, and arXiv."""
        self._papers = papers
        self._authors = authors
        self._state = state
        self._library = library
        self._arxiv = arxiv
        self._numbers = numbers
        self._spelling = spelling

    async def first_page(self, request: ListRequest) -> ListAnswer:
        """Return the first page, from the catalogue alone; raise InvalidTopic for a faulty query."""
        page = await self._read(request, 0)
        return ListAnswer(request=request, request_id=await self._state.keep_request(request), page=page)

    async def search(self, request: ListRequest) -> ListAnswer:
        """Return the first page and, where it is empty, what was probably meant."""
        answer = await self.first_page(request)
        return answer if answer.page.papers else replace(answer, meant=await self.put_right(request.query))

    async def put_right(self, query: str) -> str:
        """Return a search as it was probably meant, empty where no word of it looks misspelled."""
        return await self._spelling.put_right(query) if query else ""

    async def page(self, request_id: int, offset: int) -> ListAnswer:
        """Return a later page of a list; an offset beyond the end gives the last page."""
        request = await self._state.get_request(request_id)
        page = await self._read(request, max(offset, 0))
        if not page.papers and page.total:
            page = await self._read(request, (page.total - 1) // PAGE_SIZE * PAGE_SIZE)
        return ListAnswer(request=request, request_id=request_id, page=page)

    async def references(
        self, author: Author, form: ReferenceForm, where: PaperFilter = PaperFilter()
    ) -> AuthorReferencesAnswer:
        """Return an author's papers to be written as references, the newest `MOST_CITED` at most."""
        page = await self._authors.papers_of(author, where, sort=Sort.NEWEST, limit=MOST_CITED)
        return AuthorReferencesAnswer(
            author=author, papers=page.papers, total=page.total, form=form, where=where
        )

    async def similar(self, paper: Paper) -> ListAnswer:
        """Return the papers nearest in wording to one of the catalogue."""
        return await self.first_page(
            ListRequest(
                title=marked("Similar to: {title}"),
                named={"title": (paper.title,)},
                similar_to=paper.id,
                sort=Sort.SIMILARITY,
            )
        )

    async def trending(self, category: str | None, days: int, today: date) -> ListAnswer:
        """Return what appeared in the last days, of a category or of all, by forecast and age."""
        where = PaperFilter(category=category, appeared_since=today - timedelta(days=days))
        if days == 1:
            title = marked("Trending in {field}, today")
        else:
            title = marked("Trending in {field}, in the last {count} days")
        named = field_named(category) | {"count": (str(days),)}
        return await self.first_page(ListRequest(title=title, named=named, where=where, sort=Sort.RANK))

    async def widen(self, answer: ListAnswer) -> ListAnswer | None:
        """Ask arXiv where there is less than a page; return the fuller page, None if no fuller."""
        request = answer.request
        if answer.page.total >= PAGE_SIZE or not _askable(request):
            return None
        try:
            found = await self._arxiv.search_papers(
                text=request.query, author=request.author, category=request.where.category
            )
        except SourceError as error:
            return replace(answer, unreachable=(error.missing,))
        await self._papers.save_papers(found)
        page = await self._read(request, 0)
        return replace(answer, page=page) if page.total > answer.page.total else None

    async def suggest_papers(self, text: str) -> tuple[Suggestion, ...]:
        """Return autocomplete choices for a title."""
        return await self._papers.suggest_papers(text)

    async def suggest_authors(self, text: str) -> tuple[Suggestion, ...]:
        """Return autocomplete choices for an author's name."""
        return await self._authors.suggest_authors(text)

    async def _read(self, request: ListRequest, offset: int) -> Page:
        if request.author_id is not None:
            author = await self._authors.get_author(request.author_id)
            return await self._authors.papers_of(
                author, request.where, sort=request.sort, limit=PAGE_SIZE, offset=offset
            )
        if request.similar_to is not None:
            return await self._numbers.similar_to(request.similar_to, limit=PAGE_SIZE, offset=offset)
        if request.shelf is not None:
            return await self._library.read_shelf(
                request.shelf, sort=request.sort, limit=PAGE_SIZE, offset=offset
            )
        topic = read_query(request.query)
        if topic is None and request.query.strip():
            return Page(papers=(), total=0)
        return await self._papers.search(
            topic,
            request.where,
            author=request.author,
            sort=request.sort if topic else _without_text(request.sort),
            limit=PAGE_SIZE,
            offset=offset,
        )


def field_named(category: str | None) -> dict[str, tuple[str, ...]]:
    """Return a category as titles of lists name it; nothing where it is none."""
    return {"field": (f"{category_name(category)} ({category})",)} if category else {}


def read_query(query: str) -> Topic | None:
    """Read a search: in the topic language where it is meant so, else all its words.

    Raises InvalidTopic where operators are used and don't fit; None means no condition at all.
    """
    if not query.strip():
        return None
    try:
        return parse_topic(query)
    except InvalidTopic:
        if uses_operators(query):
            raise
        return plain_topic(query)


def _askable(request: ListRequest) -> bool:
    """Say whether arXiv can be asked this: it is words or a name, not a boolean expression."""
    if request.author_id is not None or request.shelf is not None or request.similar_to is not None:
        return False
    words = bool(request.query.strip()) and not uses_operators(request.query)
    return words or bool(request.author and not request.query.strip())


def _without_text(sort: Sort) -> Sort:
    return Sort.NEWEST if sort is Sort.RELEVANCE else sort
