"""Stand-ins with the shape of the services: they answer what a test gives them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, cast

from bot.domain.authors import Author
from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId
from bot.domain.library import Shelf, ShelfKind
from bot.domain.orders import OFF, Setting
from bot.domain.papers import Authorship, Paper
from bot.domain.privacy import PersonalData
from bot.domain.search import CatalogueSize, ListRequest, Page, PaperFilter, Sort, Suggestion
from bot.domain.watches import CategoryCriterion, Place, PlaceKind, Watch
from bot.errors import NotFound
from bot.metrics.network import Coauthor, Network
from bot.services import Services
from bot.services.answers import (
    AboutPaperAnswer,
    AuthorAnswer,
    CoauthorsAnswer,
    ComparisonAnswer,
    ExportAnswer,
    HarvestReport,
    HelpAnswer,
    ListAnswer,
    PaperAnswer,
    PausedAnswer,
    RemovedAnswer,
    ResumedAnswer,
    SavedAnswer,
    ShelfAnswer,
    StatusAnswer,
    TunedAnswer,
    VotedAnswer,
    WatchAnswer,
    WatchesAnswer,
)
from bot.services.conversation.languages import Languages
from bot.services.discussions import Discussions
from bot.services.permits import Permits
from bot.services.timetable import Timetable
from bot.text.references import ReferenceForm

NOW = datetime(2026, 5, 29, 12, 0, tzinfo=UTC)

PAPER = Paper(
    id=7,
    arxiv_id=ArxivId("2306.05949"),
    title="Evaluating the Social Impact of Generative AI Systems",
    abstract="Generative AI systems across modalities have broad social impacts. " * 4,
    authors=(Authorship(name="Irene Solaiman"), Authorship(name="Zeerak Talat")),
    primary_category="cs.CY",
    categories=("cs.CY", "cs.AI"),
    submitted_at=datetime(2023, 6, 9, tzinfo=UTC),
)
SETTINGS = {Setting.EVERY: "instant", Setting.CODE: OFF, Setting.EXCLUDE: "survey"}
AUTHOR = Author(
    id=3,
    name="Sasha Luccioni",
    primary_category="cs.CY",
    h_index=Figure(value=43, source="Scholar Feed", as_of=date(2026, 5, 29)),
)


@dataclass
class Scripted:
    """A service whose methods return what was put under their names, or raise it."""

    answers: dict[str, Any] = field(default_factory=dict)
    calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = field(default_factory=list)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__") or name not in self.answers:
            raise AttributeError(name)

        async def call(*args: Any, **kwargs: Any) -> Any:
            self.calls.append((name, args, kwargs))
            answer = self.answers[name]
            if callable(answer):
                answer = answer(*args, **kwargs)
            if isinstance(answer, BaseException):
                raise answer
            return answer

        return call


class MemoryState:
    """State kept in memory."""

    def __init__(self) -> None:
        """Begin empty."""
        self.texts: dict[str, str] = {}

    async def get_state(self, key: str) -> str | None:
        """Return a remembered text."""
        return self.texts.get(key)

    async def set_state(self, key: str, value: str) -> None:
        """Remember a text."""
        self.texts[key] = value


@dataclass
class FakeServices:
    """The services, each scripted with an answer of its usual kind; `services` is what the bot takes."""

    lookup: Scripted
    search: Scripted
    relations: Scripted
    renewal: Scripted
    library: Scripted
    privacy: Scripted
    tuning: Scripted
    watching: Scripted
    harvester: Scripted
    enriching: Scripted
    citing: Scripted
    numbers: Scripted
    scoring: Scripted
    announcer: Scripted
    reviser: Scripted
    status: Scripted
    plain_words: Scripted
    welcoming: Scripted
    picks: Scripted
    state: MemoryState = field(default_factory=MemoryState)

    @property
    def services(self) -> Services:
        """The same, as the bot takes them."""
        return Services(
            lookup=cast("Any", self.lookup),
            search=cast("Any", self.search),
            relations=cast("Any", self.relations),
            renewal=cast("Any", self.renewal),
            library=cast("Any", self.library),
            privacy=cast("Any", self.privacy),
            tuning=cast("Any", self.tuning),
            watching=cast("Any", self.watching),
            harvester=cast("Any", self.harvester),
            enriching=cast("Any", self.enriching),
            citing=cast("Any", self.citing),
            numbers=cast("Any", self.numbers),
            scoring=cast("Any", self.scoring),
            announcer=cast("Any", self.announcer),
            reviser=cast("Any", self.reviser),
            status=cast("Any", self.status),
            timetable=Timetable(cast("Any", self.state)),
            languages=Languages(cast("Any", self.state)),
            permits=Permits(cast("Any", self.state)),
            plain_words=cast("Any", self.plain_words),
            discussions=Discussions(cast("Any", self.state)),
            picks=cast("Any", self.picks),
            welcoming=cast("Any", self.welcoming),
            papers=cast("Any", Scripted()),
            state=cast("Any", self.state),
        )


def list_answer(request: ListRequest, *, total: int = 1) -> ListAnswer:
    """Return a page of one paper of a longer list."""
    return ListAnswer(request=request, request_id=11, page=Page(papers=(PAPER,), total=total))


def make_watch(**changes: Any) -> Watch:
    """Return a watch of cs.CY."""
    kept: dict[str, Any] = {
        "id": 5,
        "owner_id": 1,
        "place": Place(kind=PlaceKind.CHANNEL, id=600, guild_id=500),
        "criterion": CategoryCriterion(category="cs.CY"),
        "created_at": NOW,
    }
    return Watch(**(kept | changes))


def make_fake_services() -> FakeServices:
    """Return services that all work."""
    watch = make_watch()
    size = CatalogueSize(papers=15, authors=40, newest_announcement=NOW)
    mate = Coauthor(name="Emma Strubell", openalex_id=None, papers=2, last_year=2023)
    network = Network(coauthors=(mate,), ties=(), counted=2, crowded=0)
    coauthors = CoauthorsAnswer(author=AUTHOR, network=network)
    saved = SavedAnswer(paper=PAPER, shelf=Shelf(kind=ShelfKind.SERVER, id=500))
    voted = VotedAnswer(paper=PAPER, voted=True, votes=3)
    tuned = TunedAnswer(
        announcement_id=77, paper=PAPER, wish="less", author="", watches=(watch,), undone=False
    )
    personal = PersonalData(person_id=1, watches=(watch,), choices=(), shelved=(), hours=None)
    library = {
        "save": saved,
        "save_by_id": saved,
        "vote": voted,
        "vote_by_id": voted,
        "remove": ShelfAnswer(paper=PAPER),
        "export": ExportAnswer(papers=(PAPER,), form=ReferenceForm.BIBTEX),
    }
    comparison = ComparisonAnswer(
        people=(AuthorAnswer(author=AUTHOR, top=()), AuthorAnswer(author=replace(AUTHOR, id=4), top=()))
    )
    status = StatusAnswer(version="0", now=NOW, size=size, sources=(), feeds=(), queued=0, last_harvest=NOW)
    return FakeServices(
        lookup=Scripted(
            {
                "author": AuthorAnswer(author=AUTHOR, top=(PAPER,)),
                "author_by_id": AuthorAnswer(author=AUTHOR, top=(PAPER,)),
                "paper": PaperAnswer(paper=PAPER),
                "paper_by_id": PaperAnswer(paper=PAPER),
                "papers_in": (PAPER,),
            }
        ),
        renewal=Scripted({"refresh": None}),
        relations=Scripted({"coauthors": coauthors, "coauthors_by_id": coauthors, "compare": comparison}),
        library=Scripted(library),
        tuning=Scripted({"tune": tuned, "undo": replace(tuned, undone=True)}),
        privacy=Scripted({"export": personal, "forget": None}),
        search=Scripted(
            {
                "first_page": list_answer,
                "search": list_answer,
                "page": lambda number, offset: NotFound("list"),
                "widen": None,
                "similar": lambda paper: list_answer(
                    ListRequest(title=f"Similar to: {paper.title}", similar_to=paper.id)
                ),
                "trending": lambda category, *_: list_answer(
                    ListRequest(title="Trending", where=PaperFilter(category=category), sort=Sort.RANK)
                ),
                "suggest_papers": (Suggestion(label=PAPER.title, value="2306.05949"),),
                "suggest_authors": (Suggestion(label="Sasha Luccioni · cs.CY", value="Sasha Luccioni"),),
            }
        ),
        watching=Scripted(
            {
                "watch_author": WatchAnswer(watch=watch),
                "watch_author_id": WatchAnswer(watch=watch),
                "watch_category": WatchAnswer(watch=watch),
                "watch_topic": WatchAnswer(watch=watch),
                "watch_similar": WatchAnswer(watch=watch),
                "watch_citations": WatchAnswer(watch=watch),
                "show": WatchAnswer(watch=watch, existed=True, settings=SETTINGS),
                "settings": SETTINGS,
                "change": WatchAnswer(watch=watch, changed=True, settings=SETTINGS),
                "pause": PausedAnswer(watch=watch),
                "place_of": Place(kind=PlaceKind.DIRECT, id=watch.owner_id),
                "list_watches": WatchesAnswer(watches=(watch,)),
                "remove": RemovedAnswer(watch=watch),
                "resume": ResumedAnswer(watch=watch, held=2),
            }
        ),
        harvester=Scripted({"run": HarvestReport()}),
        enriching=Scripted({"run": 0}),
        citing=Scripted({"run": 0}),
        numbers=Scripted({"about_paper": AboutPaperAnswer(paper=PAPER, near=(), worth=None)}),
        scoring=Scripted({"run": 0}),
        announcer=Scripted({"run": 0, "close": None, "find_sent": None}),
        reviser=Scripted({"run": 0}),
        status=Scripted({"report": status}),
        plain_words=Scripted({"answer": HelpAnswer()}),
        picks=Scripted({"run": 0, "find": None, "change": None, "follow_hours": None}),
        welcoming=Scripted({"begin": None, "meet": None, "greet": None}),
    )
