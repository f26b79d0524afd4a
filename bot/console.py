"""The commands of the terminal: results on stdout, everything else on stderr."""

from __future__ import annotations

import asyncio
import json
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol, TypeVar

from rich.console import Console
from rich.text import Text

from bot.complaint import describe
from bot.config import Settings
from bot.domain.search import ListRequest, PaperFilter, Sort
from bot.errors import HoopoeError, NotFound, SettingError, SourceError
from bot.report import (
    Json,
    Line,
    author_json,
    author_lines,
    list_lines,
    paper_json,
    paper_lines,
    papers_json,
    papers_lines,
    table_lines,
)

if TYPE_CHECKING:
    from bot.domain.papers import Paper
    from bot.services import Services
    from bot.services.answers import ListAnswer
    from bot.services.ports import AuthorSource, FeedSource, PaperSource

T = TypeVar("T")

OLDEST_HEARTBEAT = timedelta(minutes=3)
"""The bot writes one every minute; after three it is taken for dead."""

NOTHING_TO_HARVEST = (
    "HARVEST_CATEGORIES is not set and nothing is watched; set it, or name a category: --category cs.CY"
)

_STYLES = {"title": "bold", "strong": "bold", "quiet": "dim"}
_CHECKED_PAPER = "1706.03762"
_CHECKED_CATEGORY = "cs.CY"
_MAILING_LIMIT = 2000


class _Pipe(Console):
    """A console that lets a closed pipe be handled like any other file's."""

    def on_broken_pipe(self) -> NoReturn:
        raise BrokenPipeError


class Terminal:
    """Where results and notes go."""

    def __init__(self, *, as_json: bool = False) -> None:
        """Take whether a program reads along."""
        self.as_json = as_json
        self._console = _Pipe(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=True)

    def show(self, values: Callable[[], object], lines: Callable[[], Iterable[Line]]) -> None:
        """Write a result as JSON or as text."""
        if self.as_json:
            is_unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
            sys.stdout.write(json.dumps(values(), ensure_ascii=not is_unicode, indent=2) + "\n")
            return
        for line in lines():
            self._console.print(Text(line.text, style=_STYLES.get(line.style, "")))

    def say(self, text: str) -> None:
        """Write a result that is one sentence."""
        self.show(lambda: {"message": text}, lambda: [Line(text)])

    @staticmethod
    def note(text: str) -> None:
        """Write what is no result: progress, or where an answer comes from."""
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is the terminal


class Sources(Protocol):
    """The outside services, as the composition root opens them."""

    @property
    def arxiv(self) -> PaperSource: ...
    @property
    def feed(self) -> FeedSource: ...
    @property
    def openalex(self) -> AuthorSource: ...


class Parts(Protocol):
    """What the composition root opens for a command."""

    def open_services(self, settings: Settings) -> AbstractAsyncContextManager[Services]:
        """Open the catalogue and the sources."""

    def open_sample(self, settings: Settings) -> AbstractAsyncContextManager[Services]:
        """Open the bundled sample in their place."""

    def open_sources(self, settings: Settings) -> AbstractAsyncContextManager[Sources]:
        """Open the sources alone."""

    async def bot_name(self, settings: Settings) -> str:
        """Return under which name Discord knows the token."""

    async def sync_commands(self, settings: Settings) -> None:
        """Send the commands to Discord."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One command with everything it needs."""

    settings: Settings
    options: Namespace
    terminal: Terminal
    parts: Parts


# Look-ups


async def show_author(session: Session) -> int:
    """Show an author."""
    name = " ".join(session.options.name)
    answer = await _asked(session, lambda services: services.lookup.author(name))
    session.terminal.show(lambda: author_json(answer), lambda: author_lines(answer, _today()))
    return 0


async def show_paper(session: Session) -> int:
    """Show a paper."""
    text = " ".join(session.options.paper)
    answer = await _asked(session, lambda services: services.lookup.paper(text))
    session.terminal.show(lambda: paper_json(answer.paper), lambda: paper_lines(answer, _today()))
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
        session.terminal.show(lambda: papers_json(()), lambda: [Line("Nothing found.")])
        return 0
    session.terminal.show(lambda: papers_json(answer.page.papers), lambda: list_lines(answer, _today()))
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
    from bot.storage.database import Database, file_of
    from bot.storage.papers import Papers

    if not file_of(settings.database_url).exists():
        return True
    async with Database.open(settings.database_url) as database:
        return (await Papers(database).size()).papers == 0


# Upkeep


async def harvest(session: Session) -> int:
    """Read the feeds once, and list what the newest mailing announces."""
    from bot.storage.locks import HarvestLock

    settings = session.settings
    if session.options.category:
        settings = replace(settings, harvest_categories=tuple(session.options.category))
    lock = HarvestLock(settings.database_url)
    if not lock.take():
        raise HoopoeError("the running bot harvests already; hoopoe status says when it did last")
    try:
        async with session.parts.open_services(settings) as services:
            if not settings.harvest_categories and not (await services.watching.list_watches()).watches:
                raise SettingError(NOTHING_TO_HARVEST)
            session.terminal.note("Reading arXiv's announcements …")
            report = await services.harvester.run()
            feeds = [feed for feed in (await services.status.report()).feeds if feed.dated]
            papers: tuple[Paper, ...] = ()
            if feeds:
                newest = max(feed.dated for feed in feeds if feed.dated)
                papers = await _announced(services, settings.harvest_categories, newest)
    finally:
        lock.release()
    for fault in report.errors:
        session.terminal.note(f"hoopoe: {fault}; what is stored stays as it is, try again in a few minutes")
    session.terminal.note(f"{report.new_papers:,} new papers, {report.deliveries:,} to announce.")
    session.terminal.show(lambda: papers_json(papers), lambda: papers_lines(papers, _today()))
    return 1 if report.errors else 0


async def _announced(services: Services, categories: Iterable[str], newest: datetime) -> tuple[Paper, ...]:
    """Return the papers of the newest mailing in the categories, of all categories if none is named."""
    found: dict[int | None, Paper] = {}
    for category in tuple(categories) or (None,):
        where = PaperFilter(category=category, announced_since=newest.date())
        page = await services.papers.search(None, where, sort=Sort.NEWEST, limit=_MAILING_LIMIT)
        found |= {paper.id: paper for paper in page.papers}
    return tuple(found.values())


async def check(session: Session) -> int:
    """Try session.settings, database, sources and Discord; one line each."""
    from bot.domain.feeds import Validators
    from bot.domain.identifiers import ArxivId
    from bot.storage.database import Database, file_of
    from bot.storage.papers import Papers

    async def database() -> str:
        async with Database.open(session.settings.database_url) as opened:
            size = await Papers(opened).size()
        return f"{file_of(session.settings.database_url)}, {size.papers:,} papers, {size.authors:,} authors"

    paper = ArxivId(_CHECKED_PAPER)
    results: dict[str, Json] = {"settings": {"ok": True, "detail": _settings_in_words(session.settings)}}
    results["database"] = await _tried(database())
    async with session.parts.open_sources(session.settings) as sources:
        results["arXiv"], results["arXiv feeds"], results["OpenAlex"] = await asyncio.gather(
            _tried(sources.arxiv.fetch_papers([paper])),
            _tried(sources.feed.fetch_feed([_CHECKED_CATEGORY], Validators(), waiting=True)),
            _tried(sources.openalex.fetch_work(paper.doi)),
        )
    if session.settings.discord_token:
        results["Discord"] = await _tried(session.parts.bot_name(session.settings))
    else:
        results["Discord"] = {"detail": "DISCORD_TOKEN is not set; hoopoe playground needs none"}
    session.terminal.show(lambda: results, lambda: table_lines(results))
    return 0 if all(result.get("ok", True) for result in results.values()) else 1


async def _tried(attempt: Awaitable[object]) -> Json:
    try:
        result = await attempt
    except SourceError as error:
        return {"ok": False, "detail": error.reason}
    except HoopoeError as error:
        return {"ok": False, "detail": describe(error)}
    except OSError as error:
        return {"ok": False, "detail": f"cannot be reached ({error.strerror or type(error).__name__})"}
    return {"ok": True, "detail": result if isinstance(result, str) else "answers"}


def _settings_in_words(settings: Settings) -> str:
    categories = ", ".join(settings.harvest_categories) or "what is watched"
    return f"harvesting {categories} every {settings.harvest_interval_seconds:g} s"


async def status(session: Session) -> int:
    """Show what the running bot last wrote down; fail where that is missing or old."""
    from bot.storage.database import Database, file_of
    from bot.storage.state import State

    file = file_of(session.settings.database_url)
    if not file.exists():
        raise HoopoeError(f"no bot has run with the database {file}; start one with hoopoe run")
    async with Database.open(session.settings.database_url) as database:
        written = await State(database).get_state(session.settings.heartbeat_key)
    if written is None:
        raise HoopoeError(f"no bot has written its status into {file} yet; start one with hoopoe run")
    values: Mapping[str, Json] = json.loads(written)
    session.terminal.show(lambda: values, lambda: table_lines(values))
    age = _now() - datetime.fromisoformat(str(values["bot"]["written_at"]))
    if age > OLDEST_HEARTBEAT:
        minutes = age // timedelta(minutes=1)
        raise HoopoeError(
            f"the bot has not written its status for {minutes:,} minutes; see its log, or start it again"
        )
    return 0


async def migrate(session: Session) -> int:
    """Bring the database to the newest schema, as every start does."""
    from bot.storage.database import Database
    from bot.storage.migrate import HEAD

    async with Database.open(session.settings.database_url) as database:
        session.terminal.say(f"{database.file} is at {HEAD}.")
    return 0


async def backup(session: Session) -> int:
    """Copy the database, also while the bot runs."""
    from bot.storage.backup import backup as copy_database

    target: Path = session.options.file
    await copy_database(session.settings.database_url, target)
    session.terminal.say(f"{target} is a copy of the database.")
    return 0


async def sync_commands(session: Session) -> int:
    """Send the commands to Discord."""
    await session.parts.sync_commands(session.settings)
    session.terminal.say("The commands are sent to Discord.")
    return 0


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return _now().date()
