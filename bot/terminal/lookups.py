"""Authors, papers and searches in the terminal: the same answers as in Discord."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bot.config import Settings
from bot.domain.search import ListRequest, PaperFilter, Sort
from bot.errors import NotFound
from bot.report import Line, author_lines, list_lines, paper_lines
from bot.report_json import author_json, paper_json, papers_json
from bot.services.answers import AuthorAnswer, PaperAnswer
from bot.terminal.session import Session, today

if TYPE_CHECKING:
    from bot.services import Services
    from bot.services.answers import ListAnswer

T = TypeVar("T")


async def show_author(session: Session) -> int:
    """Show an author."""
    name = " ".join(session.options.name)

    async def ask(services: Services) -> AuthorAnswer:
        answer = await services.lookup.author(name)
        return await services.lookup.refresh_author(answer) or answer

    answer = await _asked(session, ask)
    session.terminal.show(lambda: author_json(answer, today()), lambda: author_lines(answer, today()))
    return 0


async def show_paper(session: Session) -> int:
    """Show a paper."""
    text = " ".join(session.options.paper)

    async def ask(services: Services) -> PaperAnswer:
        answer = await services.lookup.paper(text)
        return await services.lookup.refresh_paper(answer) or answer

    answer = await _asked(session, ask)
    session.terminal.show(lambda: paper_json(answer.paper, today()), lambda: paper_lines(answer, today()))
    return 0


async def search(session: Session) -> int:
    """Search papers."""
    query = " ".join(session.options.query)
    request = ListRequest(
        title=query,
        query=query,
        author=session.options.author or "",
        where=PaperFilter(
            category=session.options.category,
            since=session.options.since,
            until=session.options.until,
            has_code=session.options.code,
            min_score=session.options.min_score,
            min_novelty=session.options.min_novelty,
        ),
        sort=Sort(session.options.sort),
    )

    async def ask(services: Services) -> ListAnswer:
        answer = await services.search.first_page(request)
        answer = await services.search.widen(answer) or answer
        papers = list(answer.page.papers)
        while len(papers) < min(session.options.limit, answer.page.total):
            more = (await services.search.page(answer.request_id, len(papers))).page.papers
            if not more:
                break
            papers += more
        if not papers:
            raise NotFound(query, unreachable=answer.unreachable)
        return replace(answer, page=replace(answer.page, papers=tuple(papers[: session.options.limit])))

    try:
        answer = await _asked(session, ask)
    except NotFound as error:
        if error.unreachable:
            raise
        session.terminal.show(lambda: papers_json((), today()), lambda: [Line("Nothing found.")])
        return 0
    session.terminal.show(
        lambda: papers_json(answer.page.papers, today()), lambda: list_lines(answer, today())
    )
    return 0


async def _asked(session: Session, ask: Callable[[Services], Awaitable[T]]) -> T:
    """Ask the sample while the catalogue is empty; what it does not know, the catalogue and the sources."""
    nearest: NotFound | None = None
    if await _is_empty(session.settings):
        async with session.parts.open_sample(session.settings) as services:
            try:
                answer = await ask(services)
            except NotFound as error:
                nearest = error
            else:
                session.terminal.note("The catalogue is empty: this is from the bundled sample.")
                return answer
    async with session.parts.open_services(session.settings) as services:
        try:
            return await ask(services)
        except NotFound as error:
            if nearest is None or error.authors or error.papers:
                raise
            raise NotFound(
                error.asked, authors=nearest.authors, papers=nearest.papers, unreachable=error.unreachable
            ) from error


async def _is_empty(settings: Settings) -> bool:
    from bot.storage.catalogue.papers import Papers
    from bot.storage.database import Database, file_of

    if not file_of(settings.database_url).exists():
        return True
    async with Database.open(settings.database_url) as database:
        return (await Papers(database).size()).papers == 0
