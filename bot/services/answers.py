"""What services answer with; cards and the terminal render these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.domain.authors import Author
from bot.domain.feeds import FeedState, SourceStatus
from bot.domain.library import Shelf
from bot.domain.numbers import AuthorNumbers, Near, Worth
from bot.domain.orders import Setting
from bot.domain.papers import Paper
from bot.domain.schedule import Hours
from bot.domain.search import CatalogueSize, ListRequest, Page, PaperFilter
from bot.domain.watches import Tally, Watch
from bot.errors import Missing
from bot.metrics.network import Network
from bot.services.harvesting.coverage import UNKNOWN, Coverage
from bot.text.references import ReferenceForm

MAILINGS_A_WEEK = 5
"""arXiv announces on the evenings of Sunday to Thursday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorAnswer:
    """An author with the top papers; `unreachable` names sources that did not answer."""

    author: Author
    top: tuple[Paper, ...]
    numbers: AuthorNumbers | None = None
    unreachable: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoauthorsAnswer:
    """Who writes with an author; `is_whole` says that all the catalogue's papers were looked at."""

    author: Author
    network: Network
    is_whole: bool = True
    unreachable: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonAnswer:
    """Two to four authors side by side, in the order asked."""

    people: tuple[AuthorAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """When a paper was announced where somebody asks, and the message's address."""

    at: datetime
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAnswer:
    """A paper; `unreachable` names sources that did not answer, so that its data may be old."""

    paper: Paper
    unreachable: tuple[Missing, ...] = ()
    announced: Announced | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPaperAnswer:
    """A paper with what its numbers rest on: the nearest earlier papers, and what the forecast is worth."""

    paper: Paper
    near: tuple[Near, ...]
    worth: Worth | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceAnswer:
    """A paper to cite, and in which form."""

    paper: Paper
    form: ReferenceForm


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAnswer:
    """A paper that is on a reading list now; `existed` says that it was before."""

    paper: Paper
    shelf: Shelf
    existed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VotedAnswer:
    """A vote given, or taken back, and how many votes the paper has now."""

    paper: Paper
    voted: bool
    votes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfAnswer:
    """A paper that was taken off a reading list."""

    paper: Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportAnswer:
    """A whole reading list, and the form to write it in."""

    papers: tuple[Paper, ...]
    form: ReferenceForm


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersAnswer:
    """Papers that a message names, of how many `named`; there is no more of them to turn to."""

    papers: tuple[Paper, ...]
    named: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyAnswer:
    """What is kept of a person, or the question whether to forget it."""

    person: int
    forget: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorReferencesAnswer:
    """An author's papers in the catalogue, the newest of `total`, and the form to write them in."""

    author: Author
    papers: tuple[Paper, ...]
    total: int
    form: ReferenceForm
    where: PaperFilter = PaperFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAnswer:
    """A page of a list with what is needed to turn it; where it is empty, the search that was `meant`.

    `counted` says that it was asked how many papers the list has.
    """

    request: ListRequest
    request_id: int
    page: Page
    unreachable: tuple[Missing, ...] = ()
    meant: str = ""
    counted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a watch would have brought: counts for each of the last 30 days, the newest papers.

    `covered` are the days of these on which the catalogue knows a mailing of the kind. `empty_list`
    says that the reading list it goes by has no papers yet; `followed` is how many papers of an author
    it goes by, which `are_some` where there may be more.
    """

    days: tuple[tuple[date, int], ...] = ()
    matched: int = 0
    examples: tuple[Paper, ...] = ()
    covered: int = 0
    empty_list: bool = False
    followed: int = 0
    are_some: bool = False

    @property
    def per_week(self) -> float | None:
        """How many papers to expect in a week of five mailings, None where nothing is known."""
        return MAILINGS_A_WEEK * self.matched / self.covered if self.covered else None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchAnswer:
    """A watch that stands now, or would: it has no id where it was only previewed.

    `existed` says that it stood before, `changed` that it was changed. `feed_answered` is False
    where the category's feed could not be read. `settings`, with their present values, are there
    where somebody wants to change it.
    """

    watch: Watch
    existed: bool = False
    changed: bool = False
    preview: Preview = Preview()
    feed_answered: bool = True
    settings: Mapping[Setting, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchesAnswer:
    """The watches of a place or server, oldest first, with what became of those that brought something.

    `lead` says what was just done with all of them.
    """

    watches: tuple[Watch, ...]
    tallies: Mapping[int, Tally] = field(default_factory=dict)
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PausedAnswer:
    """A watch that was paused."""

    watch: Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumedAnswer:
    """A watch that is active again, and how many held papers will be sent now."""

    watch: Watch
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TunedAnswer:
    """Watches behind an announcement that were changed as wished, or back.

    `wish` is one of `bot.services.watches.tuning`; `author` the printed name that it is about, if it is.
    `still_paused` are those that taking a mute back does not resume: they were paused otherwise.
    """

    announcement_id: int
    paper: Paper
    wish: str
    author: str
    watches: tuple[Watch, ...]
    undone: bool
    still_paused: tuple[Watch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedAnswer:
    """A watch that was removed."""

    watch: Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursAnswer:
    """When a person is written to; `changed` says that it was just changed."""

    hours: Hours
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAnswer:
    """What Hoopoe can do; `about` is what was not understood, empty where help was asked for."""

    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpAnswer:
    """The guided set-up of announcements, at its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsAnswer:
    """One or two sentences, such as a greeting's reply.

    `then` is what a "yes" to them stands for; `asks_which` says that they ask which of what was offered.
    """

    text: str
    then: str = ""
    asks_which: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusAnswer:
    """How the bot is doing.

    `quiet_reason` says why nothing was announced today where that is normal (weekend, holiday,
    before the mailing), `broken_reason` names what is wrong.
    """

    version: str
    now: datetime
    size: CatalogueSize
    sources: tuple[SourceStatus, ...]
    feeds: tuple[FeedState, ...]
    queued: int
    last_harvest: datetime | None
    quiet_reason: str = ""
    broken_reason: str = ""
    coverage: Coverage = UNKNOWN

    @property
    def for_everybody(self) -> StatusAnswer:
        """The same without what only those read who manage a server: each source and feed."""
        return replace(self, sources=(), feeds=())


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestReport:
    """What one harvest brought, and the sources' faults in words.

    `again_at` is when a source that failed may be asked again, where that is known.
    """

    new_papers: int = 0
    deliveries: int = 0
    errors: tuple[str, ...] = ()
    again_at: datetime | None = None

    def __add__(self, other: HarvestReport) -> HarvestReport:
        return HarvestReport(
            new_papers=self.new_papers + other.new_papers,
            deliveries=self.deliveries + other.deliveries,
            errors=self.errors + other.errors,
            again_at=min(filter(None, (self.again_at, other.again_at)), default=None),
        )


Answer = (
    AuthorAnswer
    | CoauthorsAnswer
    | ComparisonAnswer
    | PaperAnswer
    | ReferenceAnswer
    | SavedAnswer
    | VotedAnswer
    | ShelfAnswer
    | ExportAnswer
    | PapersAnswer
    | PrivacyAnswer
    | AuthorReferencesAnswer
    | ListAnswer
    | WatchAnswer
    | WatchesAnswer
    | ResumedAnswer
    | RemovedAnswer
    | PausedAnswer
    | HoursAnswer
    | HelpAnswer
    | SetUpAnswer
    | WordsAnswer
    | StatusAnswer
)
