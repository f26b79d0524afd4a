"""The services over real stores in a temporary file, with sources that a test fills."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from bot.domain.authors import Author
from bot.domain.feeds import CitingPaper, Feed, RecordPage, SourceStatus, Validators
from bot.domain.identifiers import ArxivId, AuthorId, Doi, OpenAlexId
from bot.domain.papers import Paper
from bot.errors import RateLimited, SourceChanged, SourceError, SourceUnavailable
from bot.services.announcing.lanes import Lanes
from bot.services.enriching import Enriching
from bot.services.facts import Facts
from bot.services.harvesting.catching_up import CatchUp
from bot.services.harvesting.citing import Citing
from bot.services.harvesting.harvest import Harvester
from bot.services.lookup import Lookup
from bot.services.models import current_model
from bot.services.numbers import Numbers
from bot.services.scoring import Scoring
from bot.services.search import Search
from bot.services.spelling import Spelling
from bot.services.vocabulary import Vocabulary
from bot.services.watches.watching import Watching
from bot.storage.database import Database
from bot.storage.stores import Stores, open_stores

START = datetime(2026, 11, 24, 15, tzinfo=UTC)


@dataclass
class FakeArxiv:
    """arXiv as a test describes it; `down` makes it silent."""

    papers: list[Paper] = field(default_factory=list)
    feeds: dict[str, Feed | None] = field(default_factory=dict)
    pages: dict[str, RecordPage | Exception] = field(default_factory=dict)
    down: bool = False
    fault: SourceError | None = None
    asked: list[object] = field(default_factory=list)
    status: SourceStatus = field(default_factory=lambda: SourceStatus(name="arXiv"))

    async def fetch_papers(self, ids: Sequence[ArxivId]) -> tuple[Paper, ...]:
        """Return the papers with these ids."""
        self._note(tuple(ids))
        return tuple(paper for paper in self.papers if paper.arxiv_id in ids)

    async def search_papers(
        self,
        *,
        text: str = "",
        title: str = "",
        author: str = "",
        category: str | None = None,
        limit: int = 25,
    ) -> tuple[Paper, ...]:
        """Return the papers that hold the words, or bear the name."""
        self._note((text, title, author, category, limit))
        return tuple(
            paper
            for paper in self.papers
            if (text or title).lower() in paper.title.lower()
            and (not author or author in [one.name for one in paper.authors])
        )

    async def fetch_changes(self, since: date, record_set: str = "", token: str = "") -> RecordPage:
        """Return the next of the pages that the test laid out, by token."""
        self._note((since, record_set, token))
        page = self.pages.get(token, RecordPage())
        if isinstance(page, Exception):
            raise page
        return page

    def sets_of(self, categories: Sequence[str]) -> tuple[str, ...]:
        """Return a set for each category."""
        return tuple(categories)

    async def identify(self) -> str:
        """Return a name."""
        return "arXiv"

    async def fetch_feed(
        self, categories: Sequence[str], validators: Validators, *, waiting: bool = False
    ) -> Feed | None:
        """Return the feed of the first category that has one."""
        self._note(tuple(categories))
        for category in categories:
            if category in self.feeds:
                return self.feeds[category]
        return Feed(categories=tuple(categories), dated=None, items=(), validators=validators)

    def _note(self, asked: object) -> None:
        self.asked.append(asked)
        if self.down:
            raise SourceUnavailable("arXiv", "no answer")
        if self.fault:
            raise self.fault


@dataclass
class FakeOpenAlex:
    """OpenAlex as a test describes it."""

    authors: dict[AuthorId, Author] = field(default_factory=dict)
    works: dict[Doi | OpenAlexId, Paper] = field(default_factory=dict)
    citing: list[CitingPaper] = field(default_factory=list)
    down: bool = False
    fault: SourceError | None = None
    spent: bool = False
    spent_until: datetime | None = None
    paid: list[object] = field(default_factory=list)
    status: SourceStatus = field(default_factory=lambda: SourceStatus(name="OpenAlex"))

    async def fetch_author(self, author_id: AuthorId) -> Author | None:
        """Return one profile."""
        self._check()
        return self.authors.get(author_id)

    async def fetch_work(self, work_id: OpenAlexId | Doi) -> Paper | None:
        """Return one work."""
        self._check()
        return self.works.get(work_id)

    async def fetch_works(
        self, author_id: OpenAlexId, *, limit: int = 100, newest: bool = False, waiting: bool = True
    ) -> tuple[Paper, ...]:
        """Return the works of an author, in their order unless the newest are wanted."""
        self._pay(author_id)
        works = [w for w in self.works.values() if author_id in [one.openalex_id for one in w.authors]]
        if newest:
            works.sort(key=lambda work: str(work.dated_at), reverse=True)
        return tuple(works[:limit])

    async def fetch_citing(
        self, works: Sequence[str], since: date, *, limit: int, waiting: bool = False
    ) -> tuple[CitingPaper, ...]:
        """Return what cites these works and was published since, the newest first."""
        self._pay((tuple(works), since, waiting))
        found = [
            CitingPaper(paper=one.paper, cites=one.cites & set(works))
            for one in self.citing
            if one.cites & set(works) and one.paper.dated_at and one.paper.dated_at.date() >= since
        ]
        return tuple(sorted(found, key=lambda one: str(one.paper.dated_at), reverse=True)[:limit])

    async def search_authors(self, name: str, *, limit: int = 10) -> tuple[Author, ...]:
        """Return the profiles of this name."""
        self._pay(name)
        return tuple(author for author in self.authors.values() if author.name == name)[:limit]

    def _check(self) -> None:
        if self.down:
            raise SourceUnavailable("OpenAlex", "no answer")
        if self.fault:
            raise self.fault

    def _pay(self, asked: object) -> None:
        self._check()
        if self.spent or self.spent_until:
            raise RateLimited("OpenAlex", "the day's allowance is used up", self.spent_until)
        self.paid.append(asked)


@dataclass
class FakeEnricher:
    """A source that completes papers, as a test describes it; `fault` is what it raises."""

    known: dict[ArxivId, Paper] = field(default_factory=dict)
    fault: SourceError | None = None
    undoing: ArxivId | None = None
    batch_size: int = 4
    asked: list[list[ArxivId | None]] = field(default_factory=list)
    status: SourceStatus = field(default_factory=lambda: SourceStatus(name="Index", is_optional=True))

    async def fetch_known(
        self, papers: Sequence[Paper], *, waiting: bool = False
    ) -> tuple[Paper | None, ...]:
        """Return what is known of the papers; one of them may be its undoing."""
        assert not waiting
        self.asked.append([paper.arxiv_id for paper in papers])
        if self.fault:
            raise self.fault
        if self.undoing in self.asked[-1]:
            raise SourceChanged("Index", "cannot say that")
        return tuple(self.known.get(paper.arxiv_id) if paper.arxiv_id else None for paper in papers)


@dataclass
class FakePeople:
    """A source that knows people by their papers."""

    known: dict[str, Author] = field(default_factory=dict)
    fault: SourceError | None = None
    asked: list[tuple[str, tuple[ArxivId | None, ...]]] = field(default_factory=list)

    async def fetch_person(self, name: str, papers: Sequence[Paper]) -> Author | None:
        """Return who is known by that name."""
        self.asked.append((name, tuple(paper.arxiv_id for paper in papers)))
        if self.fault:
            raise self.fault
        return self.known.get(name)


@dataclass
class House:
    """Stores, fake sources and the services over them, with a clock that a test moves."""

    stores: Stores
    now: datetime = START
    arxiv: FakeArxiv = field(default_factory=FakeArxiv)
    openalex: FakeOpenAlex = field(default_factory=FakeOpenAlex)
    enrichers: list[FakeEnricher] = field(default_factory=list)
    people: list[FakePeople] = field(default_factory=list)

    def clock(self) -> datetime:
        """Return the moment."""
        return self.now

    def pass_time(self, **parts: float) -> None:
        """Let time pass."""
        self.now += timedelta(**parts)

    def __post_init__(self) -> None:
        """Build the services as the composition root does."""
        self.facts = Facts(self.people, self.stores.authors, self.stores.state, self.clock)
        self.enriching = Enriching(
            self.enrichers, self.stores.papers, self.stores.enrichments, self.clock, self.facts
        )
        load_model = partial(current_model, self.stores.state)
        self.scoring = Scoring(
            store=self.stores.numbers,
            state=self.stores.state,
            vocabulary=Vocabulary(papers=self.stores.papers, clock=self.clock),
            load_model=load_model,
            clock=self.clock,
        )
        self.numbers = Numbers(
            store=self.stores.numbers,
            papers=self.stores.papers,
            scoring=self.scoring,
            load_model=load_model,
            clock=self.clock,
        )
        self.lookup = Lookup(
            papers=self.stores.papers,
            authors=self.stores.authors,
            arxiv=self.arxiv,
            openalex=self.openalex,
            state=self.stores.state,
            clock=self.clock,
            looked_at=self.enriching.looked_at,
            numbers_of=self.numbers.of_author,
            want_facts=self.facts.want,
        )
        self.search = Search(
            spelling=Spelling(
                papers=self.stores.papers, vocabulary=Vocabulary(papers=self.stores.papers, clock=self.clock)
            ),
            papers=self.stores.papers,
            authors=self.stores.authors,
            state=self.stores.state,
            library=self.stores.library,
            arxiv=self.arxiv,
            numbers=self.numbers,
        )
        vocabulary = Vocabulary(papers=self.stores.papers, clock=self.clock)
        self.harvester = Harvester(
            make_numbers=self.numbers.make_for,
            source=self.arxiv,
            store=self.stores.harvests,
            watches=self.stores.watches,
            state=self.stores.state,
            vocabulary=vocabulary,
            clock=self.clock,
            catch_up=CatchUp(
                source=self.arxiv,
                store=self.stores.harvests,
                clock=self.clock,
                reach=timedelta(days=30),
            ),
        )
        self.citing = Citing(
            source=self.openalex,
            store=self.stores.citations,
            watches=self.stores.watches,
            papers=self.stores.papers,
            authors=self.stores.authors,
            vocabulary=vocabulary,
            clock=self.clock,
        )
        self.watching = Watching(
            citing=self.citing,
            watches=self.stores.watches,
            papers=self.stores.papers,
            authors=self.stores.authors,
            lookup=self.lookup,
            harvester=self.harvester,
            vocabulary=vocabulary,
            held_back=Lanes().held_back,
            clock=self.clock,
        )


@pytest.fixture
async def house(url: str) -> AsyncIterator[House]:
    """Return services over an empty catalogue."""
    async with Database.open(url) as database:
        clock: list[House] = []
        stores = open_stores(database, clock=lambda: clock[0].now)
        clock.append(House(stores))
        yield clock[0]
