"""What the services need from sources and storage; both satisfy these structurally."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.accounts import Account
from bot.domain.authors import Author
from bot.domain.feeds import (
    CatchUpState,
    CitedWork,
    CitingPaper,
    Feed,
    FeedItem,
    FeedState,
    Listing,
    Mailing,
    RecordPage,
    SourceStatus,
    Validators,
)
from bot.domain.identifiers import ArxivId, AuthorId, Doi, OpenAlexId, PaperId
from bot.domain.imports import Batch, Bookmark, Narrowing
from bot.domain.library import Shelf
from bot.domain.likeness import Compared, EarlierCounts, Surroundings
from bot.domain.numbers import Member, Near, Period, Placed, Scored
from bot.domain.papers import Paper
from bot.domain.picks import PickTime
from bot.domain.privacy import PersonalData
from bot.domain.records import Merge, Origin
from bot.domain.revisions import RevisedMessage
from bot.domain.search import CatalogueSize, ListRequest, Page, PaperFilter, Sort, Suggestion, WordCounts
from bot.domain.topics import Topic
from bot.domain.watches import Announcement, Place, Sent, Tally, Watch
from bot.domain.welcomes import Welcome

Clock = Callable[[], datetime]
"""The present moment, aware, UTC; tests and the playground move it."""


class PaperSource(Protocol):
    """Looks papers up by id, title or printed name (arXiv's query API)."""

    @property
    def status(self) -> SourceStatus: ...

    async def fetch_papers(self, ids: Sequence[ArxivId]) -> tuple[Paper, ...]:
        """Return the papers that exist, in the order asked; unknown ids are left out."""

    async def search_papers(
        self,
        *,
        text: str = "",
        title: str = "",
        author: str = "",
        category: str | None = None,
        limit: int = 25,
    ) -> tuple[Paper, ...]:
        """Return papers by words anywhere, words of the title or a printed name, newest first."""


class FeedSource(Protocol):
    """Says what is new (arXiv's announcement feeds)."""

    async def fetch_feed(
        self, categories: Sequence[str], validators: Validators, *, waiting: bool = False
    ) -> Feed | None:
        """Return today's mailing of the categories together, None where it is unchanged.

        `waiting` says that a person waits for it, and goes before the harvest.
        """


class RecordSource(Protocol):
    """Lists records that changed since a day (arXiv's OAI-PMH)."""

    @property
    def status(self) -> SourceStatus: ...

    async def fetch_changes(self, since: date, record_set: str = "", token: str = "") -> RecordPage:
        """Return a page of the records changed since a day (UTC), of everything or of one set.

        With a `token` it is the page that the token stands for; raises TokenExpired where it is
        no longer taken.
        """

    def sets_of(self, categories: Sequence[str]) -> tuple[str, ...]:
        """Return the sets that together hold the categories, at least one."""

    async def identify(self) -> str:
        """Return the name under which the repository presents itself, to see that it answers."""


class CitationSource(Protocol):
    """Knows who cites whom (OpenAlex)."""

    async def fetch_work(self, work_id: OpenAlexId | Doi) -> Paper | None:
        """Return one work with its authors' ids, None where there is none. Free."""

    async def fetch_citing(
        self, works: Sequence[str], since: date, *, limit: int, waiting: bool = False
    ) -> tuple[CitingPaper, ...]:
        """Return what cites up to fifty works and was published from a day on, the newest first.

        Costs a list call a hundred; as many as the `limit` means that there may be more.
        """


class AuthorSource(CitationSource, Protocol):
    """Knows authors, their works and their numbers (OpenAlex)."""

    @property
    def status(self) -> SourceStatus: ...

    async def fetch_author(self, author_id: AuthorId) -> Author | None:
        """Return one profile, None where there is none. Free; merged ids are followed."""

    async def fetch_works(self, author_id: OpenAlexId, *, limit: int = 100) -> tuple[Paper, ...]:
        """Return an author's works, the most cited first. Costs a list call."""

    async def search_authors(self, name: str, *, limit: int = 10) -> tuple[Author, ...]:
        """Return people of that name, the most cited first. Costs a search call."""


class CitationStore(Protocol):
    """Who cites what is followed, and how far that is known."""

    async def works_of(self, paper_id: int) -> tuple[str, ...]:
        """Return OpenAlex's ids of a paper: a preprint and its published form have one each."""

    async def list_cited(self) -> tuple[CitedWork, ...]:
        """Return the works whose citations are followed."""

    async def forget_cited(self, works: Sequence[str]) -> None:
        """Follow works no longer; who cites them stays known."""

    async def list_citing(self, works: Sequence[str], since: date) -> tuple[CitingPaper, ...]:
        """Return the papers dated from a day on that cite one of the works, the newest first."""

    async def record_citing(
        self,
        found: Sequence[CitingPaper],
        asked: Sequence[CitedWork],
        now: datetime,
        match: Match | None = None,
    ) -> int:
        """Store who cites the works that were asked about; return how many deliveries that causes.

        What is new goes to the watches that `match` finds, in the same transaction; without one it
        is where watches begin. How far each work was asked is written with the last papers.
        """


class Enricher(Protocol):
    """Completes papers of the catalogue (OpenAlex, Semantic Scholar, Scholar Feed)."""

    batch_size: int

    @property
    def status(self) -> SourceStatus: ...

    async def fetch_known(
        self, papers: Sequence[Paper], *, waiting: bool = False
    ) -> tuple[Paper | None, ...]:
        """Return what the source knows of up to `batch_size` papers, in their order, by one call.

        `waiting` says that a person waits: background work leaves them a part of the day's allowance.
        """


class PersonSource(Protocol):
    """Knows people by the papers they wrote (Semantic Scholar, Scholar Feed)."""

    async def fetch_person(self, name: str, papers: Sequence[Paper]) -> Author | None:
        """Return the numbers of the one person of this name whom the source puts on these papers.

        None where it knows nobody so, or several: a name alone is no evidence.
        """


class PaperStore(Protocol):
    """The catalogue's papers and their full text index."""

    async def save_papers(self, papers: Sequence[Paper]) -> tuple[Paper, ...]:
        """Insert or merge; known values are never overwritten by unknown ones. Return as stored."""

    async def get_paper(self, paper_id: int) -> Paper:
        """Return a paper by the catalogue's id; raise NotFound where there is none."""

    async def find_paper(self, paper_id: PaperId) -> Paper | None:
        """Return a paper by an outside identifier."""

    async def find_papers(self, paper_ids: Sequence[int]) -> tuple[Paper, ...]:
        """Return papers by catalogue ids, in the order asked, leaving out unknown ones."""

    async def find_by_title(self, title: str) -> Paper | None:
        """Return the paper with this title, case, accents and punctuation aside."""

    async def search(
        self,
        topic: Topic | None,
        where: PaperFilter,
        *,
        author: str = "",
        sort: Sort = Sort.RELEVANCE,
        limit: int = 5,
        offset: int = 0,
    ) -> Page:
        """Return a page of the papers that satisfy the topic, the filter and the printed name."""

    async def list_announced(
        self, topic: Topic | None, where: PaperFilter, *, limit: int
    ) -> tuple[Paper, ...]:
        """Return the newest papers, by announcement, that satisfy the topic and the filter."""

    async def announced_days(self, where: PaperFilter) -> int:
        """Count the days on which a mailing listed papers that satisfy the filter."""

    async def word_counts(self) -> WordCounts:
        """Count in how many papers each word stands that isn't rare. Takes seconds for a million."""

    async def nearest_titles(self, text: str, *, limit: int = 3) -> tuple[Paper, ...]:
        """Return the papers whose titles are nearest in spelling or words."""

    async def suggest_papers(self, text: str, *, limit: int = 25) -> tuple[Suggestion, ...]:
        """Return autocomplete choices for a title as far as it is typed; never raises for text."""

    async def list_merges(self, paper_id: int | None = None, *, limit: int = 20) -> tuple[Merge, ...]:
        """Return which papers became one, the last first: all, or those of one paper."""

    async def undo_merge(self, paper_id: int) -> tuple[Paper, ...]:
        """Make two papers again of the last merge of this one; return both, none where there was none."""

    async def origins_of(self, paper_id: int) -> Mapping[str, Origin]:
        """Return where each known value of a paper comes from, by its name."""

    async def size(self) -> CatalogueSize:
        """Count the catalogue."""


class NumberStore(Protocol):
    """The numbers of papers, and what they are made of."""

    async def list_unscored(self, basis: str, limit: int) -> tuple[Paper, ...]:
        """Return papers whose text was not scored, the newest first, then those scored on another basis."""

    async def surroundings(
        self, paper: Paper, words: Sequence[str], *, since: date, before: date, limit: int
    ) -> Surroundings:
        """Return earlier papers from `since` on that share words with a paper, and its authors' own."""

    async def sharing(self, words: Sequence[str], limit: int) -> tuple[Compared, ...]:
        """Return papers of any date that share words, the best matches first."""

    async def earlier_counts(self) -> EarlierCounts:
        """Count the catalogue by archive and month."""

    async def near_to(self, paper_id: int) -> tuple[Near, ...]:
        """Return the earlier papers whose wording is nearest to a paper's, the nearest first."""

    async def standings_of(
        self, author: Author
    ) -> tuple[tuple[int | None, int | None, datetime | None], ...]:
        """Return Novelty, Impact and date of each of an author's papers."""

    async def save_scored(self, scored: Sequence[tuple[Paper, Scored]]) -> None:
        """Keep what texts say, and note their periods; a text that changed meanwhile stays to be scored."""

    async def note_period(self, period: Period) -> None:
        """Let the standings of a period be worked out anew."""

    async def take_period(self) -> Period | None:
        """Return the newest period that is to be placed; it stays noted until it is."""

    async def members_of(self, period: Period) -> tuple[Member, ...]:
        """Return the papers of a period with what is compared."""

    async def save_placed(self, period: Period, placed: Sequence[Placed], today: date) -> None:
        """Keep where papers stand, and how many their cohorts have; what did not change is left alone."""


class AuthorStore(Protocol):
    """The catalogue's authors: profiles, and names printed on papers."""

    async def save_author(self, author: Author) -> Author:
        """Insert or update a profile by its OpenAlex id; return it as stored."""

    async def get_author(self, author_id: int) -> Author:
        """Return an author by the catalogue's id; raise NotFound where there is none."""

    async def find_author(self, author_id: AuthorId) -> Author | None:
        """Return a profile by an outside identifier."""

    async def find_authors(self, name: str) -> tuple[Author, ...]:
        """Return all authors with this name or alias (folded, any order of particles as printed).

        Profiles come first; a bare name comes last, and only if papers carry it.
        """

    async def people_called(self, name: str) -> tuple[Author, ...]:
        """Return the people of this name, told apart by evidence where no source tells them apart.

        The name alone comes last, and only with papers that are nobody's else.
        """

    async def papers_of(
        self,
        author: Author,
        where: PaperFilter = PaperFilter(),
        *,
        sort: Sort = Sort.CITATIONS,
        limit: int = 5,
        offset: int = 0,
    ) -> Page:
        """Return a page of an author's papers: by identity, by evidence, else by name where unambiguous."""

    async def nearest_names(self, text: str, *, limit: int = 3) -> tuple[Author, ...]:
        """Return the authors whose names are nearest in spelling."""

    async def suggest_authors(self, text: str, *, limit: int = 25) -> tuple[Suggestion, ...]:
        """Return autocomplete choices by any part of a name, the most published first."""

    async def remember_choice(self, person_id: int, name: str, author_id: int) -> None:
        """Keep whom this person means by a name."""

    async def find_choice(self, person_id: int, name: str) -> Author | None:
        """Return whom this person means by a name."""


class WatchStore(Protocol):
    """Watches and what they want."""

    async def save_watch(self, watch: Watch) -> Watch:
        """Insert a watch; an equal one in the same place is returned instead of a second."""

    async def change_watches(self, changed: Sequence[Watch]) -> None:
        """Change watches, all or none; raise WatchExists where one would equal another of its place."""

    async def list_watches(
        self, *, place: Place | None = None, guild_id: int | None = None
    ) -> tuple[Watch, ...]:
        """Return watches of a place, of a server, or all, the oldest first."""

    async def list_citation_watches(self) -> tuple[Watch, ...]:
        """Return the watches that follow citations, the oldest first."""

    async def get_watch(self, watch_id: int) -> Watch:
        """Return a watch; raise NotFound where there is none."""

    async def with_shelf(self, watch: Watch) -> Watch:
        """Return a watch, one of a reading list with what the papers on it ask for by now."""

    async def list_behind(self, announcement_id: int, paper_id: int) -> tuple[Watch, ...]:
        """Return the watches that still stand of those that wanted a paper of a message."""

    async def remove_watch(self, watch_id: int) -> None:
        """Forget a watch; what it alone caused and was not sent yet goes with it."""

    async def pause_place(self, place: Place, reason: str) -> tuple[Watch, ...]:
        """Pause the active watches of a place and hold its deliveries; return those paused now."""

    async def pause_watch(self, watch_id: int, reason: str) -> None:
        """Pause a watch; what it wants, and no active watch besides, is held."""

    async def resume_watch(self, watch_id: int) -> int:
        """Make a watch active and its held deliveries due; return how many those are."""

    async def tally(self, watch_ids: Sequence[int]) -> dict[int, Tally]:
        """Count what became of these watches; one that never wanted a paper is left out."""


class Match(Protocol):
    """Says which watches want a listing; the store gives it the watches. See `bot.services.match`."""

    @property
    def version(self) -> int:
        """Which state of the watches is known."""

    async def learn(self, watches: Sequence[Watch], version: int) -> None:
        """Take the watches as they are now, in place of those known."""

    def __call__(self, listing: Listing) -> Sequence[Watch]:
        """Return the watches that want the listing."""

    def label(self, watch: Watch, listing: Listing) -> str:
        """Return what a watch is called where it wants the listing."""


class HarvestStore(Protocol):
    """What harvest writes: papers, listings and deliveries in one transaction, and feed states."""

    async def list_feed_states(self) -> tuple[FeedState, ...]:
        """Return what is remembered of every group of categories."""

    async def save_feed_state(self, state: FeedState) -> None:
        """Remember how a group's last request went, without papers."""

    async def list_mailings(self) -> tuple[Mailing, ...]:
        """Return every mailing that was read or filled, the oldest first."""

    async def move_names(self, limit: int) -> bool:
        """Move so many names to their place in autocomplete that an import was stopped before moving.

        Returns whether there were any.
        """

    async def find_catch_up(self) -> CatchUpState | None:
        """Return how far filling a gap has come, None where none is being filled."""

    async def save_catch_up(self, state: CatchUpState | None, filled: Sequence[Mailing] = ()) -> None:
        """Remember how far filling a gap has come, and the days that are complete by it."""

    async def record(
        self,
        items: Sequence[FeedItem],
        state: FeedState,
        match: Match,
        now: datetime,
        mailing: Mailing | None = None,
    ) -> tuple[int, int]:
        """Store a mailing with the deliveries it causes; return (new papers, new deliveries).

        Papers are written in transactions of a few hundred, each together with its deliveries;
        the state, with its validators, and the mailing are written with the last. A paper already
        delivered to a place gets no second delivery there.
        """

    async def record_changes(
        self, items: Sequence[FeedItem], state: CatchUpState, match: Match, now: datetime
    ) -> tuple[int, int]:
        """Store a page of records with the deliveries it causes, in the same way as a mailing.

        How far the catching up has come is written with the last papers.
        """


class EnrichmentStore(Protocol):
    """Which papers a source should be asked about next, and how often people look at them."""

    async def list_due(
        self, source: str, now: datetime, *, announced_since: datetime, looked_since: datetime, limit: int
    ) -> tuple[Paper, ...]:
        """Return papers announced or looked at since, that this source should be asked about now.

        The most looked-at come first, of those the ones that wait longest.
        """

    async def ask_again(self, source: str, due: Mapping[int, datetime]) -> None:
        """Remember when each paper is to be asked about again."""

    async def note_looks(self, counts: Mapping[int, int], now: datetime) -> None:
        """Add to how often papers were looked at."""


class AccountStore(Protocol):
    """What sources cost and brought, day by day, over all processes on the database."""

    def known(self, source: str, day: date) -> Account:
        """Return the account as this process last saw it."""

    async def refresh(self, day: date) -> None:
        """Read what other processes wrote since."""


class DeliveryStore(Protocol):
    """Deliveries and the messages that carry them."""

    async def claim_due(
        self,
        now: datetime,
        *,
        batch: bool,
        limit: int = 100,
        per_place: int = 40,
        busy: Collection[Place] = (),
    ) -> tuple[Announcement, ...]:
        """Bind due deliveries to messages and claim these: servers in turn, and places within these.

        No place has more than `per_place` of them, a `busy` one none. Digests, and with `batch`
        everything due in a place, become one message (up to what one can carry).
        """

    async def list_unclear(self) -> tuple[Announcement, ...]:
        """Return messages that were claimed and neither marked nor given back."""

    async def mark_sent(self, sent: Mapping[int, int], now: datetime) -> None:
        """Write down Discord's message ids, by the announcements' own."""

    async def give_back(
        self, announcement_ids: Sequence[int], not_before: datetime, *, failed: bool = False
    ) -> None:
        """Make claimed messages due again: they were certainly not sent. What failed counts as a try."""

    async def mark_unclear(self, announcement_id: int) -> None:
        """Give up on a message that may have been sent and can't be looked up."""

    async def find_sent(self, place: Place, paper_id: int) -> Sent | None:
        """Return the message that announced a paper in a place."""

    async def queue_size(self, due_by: datetime | None = None) -> int:
        """Count deliveries that wait; only those due by then, where a moment is given."""

    async def expire_held(self, before: datetime) -> int:
        """Let go of deliveries held since before this moment; return how many."""


class RevisionStore(Protocol):
    """Sent messages whose papers changed."""

    async def claim(self, now: datetime, *, limit: int = 100) -> tuple[RevisedMessage, ...]:
        """Claim messages to be revised; what is told aloud waits for the end of quiet hours."""

    async def list_unclear(self) -> tuple[RevisedMessage, ...]:
        """Return messages that were claimed and neither marked nor given back."""

    async def mark_told(self, answers: Mapping[int, int | None]) -> None:
        """Write down what was told, by the messages' own ids, with the answers where there are any."""

    async def give_back(self, ids: Sequence[int], not_before: datetime, *, failed: bool = False) -> None:
        """Make claimed messages due again; what failed counts as a try."""

    async def drop(self, ids: Sequence[int]) -> None:
        """Let go of messages that can't be revised any more."""


class RecordFile(Protocol):
    """An open file of records that is read in batches; its methods wait for the disk."""

    @property
    def size(self) -> int:
        """Bytes on the disk."""

    def key(self, narrowing: Narrowing) -> str:
        """Return what a bookmark is kept under: the file's beginning and what is wanted of it."""

    def go_to(self, bookmark: Bookmark) -> bool:
        """Go on after a bookmark if what stands before it is what was read then; else from the start."""

    def next_batch(self, narrowing: Narrowing, limit: int) -> Batch | None:
        """Return up to `limit` wanted papers with what could not be read between, None at the end."""


class ImportStore(Protocol):
    """What an import writes: papers, and in the same transaction how far it came."""

    async def find_bookmark(self, key: str) -> Bookmark | None:
        """Return how far the import with this key came."""

    async def import_papers(self, papers: Sequence[Paper], key: str, bookmark: Bookmark) -> Bookmark:
        """Insert or merge papers, none of which causes a delivery; keep and return the bookmark.

        The papers not known before are added to those that it counts. Where many papers come at
        once, their names take their place in autocomplete only by `move_names`.
        """

    async def move_names(self, limit: int) -> bool:
        """Move so many names to their place in autocomplete; return whether there were any."""

    async def finish(self) -> None:
        """Give back what importing took."""


class LibraryStore(Protocol):
    """Reading lists of servers and people, and the votes on them."""

    async def save_to_shelf(self, shelf: Shelf, paper_id: int, person_id: int, now: datetime) -> bool:
        """Put a paper on a shelf; return whether it was not there before."""

    async def remove_from_shelf(self, shelf: Shelf, paper_id: int) -> bool:
        """Take a paper off a shelf, its votes with it; return whether it was there."""

    async def find_saver(self, shelf: Shelf, paper_id: int) -> int | None:
        """Return who saved a paper, 0 where that is forgotten, None where it is not on the shelf."""

    async def toggle_vote(self, shelf: Shelf, paper_id: int, person_id: int) -> tuple[bool, int] | None:
        """Vote for a paper, or take the vote back; return (votes now, how many in all), None where
        the paper is not on the shelf."""

    async def read_shelf(self, shelf: Shelf, *, sort: Sort, limit: int, offset: int = 0) -> Page:
        """Return a page of a shelf, each paper with its votes; by votes, or the newest saved first."""


class PickStore(Protocol):
    """When reading lists have their picks, and the messages that carry these."""

    async def find_time(self, guild_id: int) -> PickTime | None:
        """Return when a server has its picks, None where it has none."""

    async def set_time(self, time: PickTime) -> None:
        """Set when a server has its picks from now on."""

    async def remove_time(self, guild_id: int) -> None:
        """Let a server have no picks any more."""

    async def list_due(self, now: datetime) -> tuple[PickTime, ...]:
        """Return the times that have come."""

    async def pick(self, time: PickTime, next_at: datetime, *, limit: int, now: datetime) -> int:
        """Make a message due with the papers whose turn it is, and mark them; return how many."""


class WelcomeStore(Protocol):
    """Which servers the bot has met, and where it has yet to introduce itself."""

    async def list_met(self) -> frozenset[int]:
        """Return the servers that were met before."""

    async def meet(self, guild_ids: Collection[int], now: datetime, *, settled: bool) -> None:
        """Write down servers met for the first time; those known stay as they are."""

    async def list_open(self) -> tuple[Welcome, ...]:
        """Return the welcomes that are still to be said, or may be on their way."""

    async def claim(self, guild_id: int, now: datetime) -> None:
        """Write down that the message is about to be sent."""

    async def release(self, guild_id: int) -> None:
        """Write down that it was certainly not sent."""

    async def settle(self, guild_id: int) -> None:
        """Write down that there is nothing more to say, ever."""


class PrivacyStore(Protocol):
    """What is stored under people's ids."""

    async def export_person(self, person_id: int) -> PersonalData:
        """Return everything that is stored about a person."""

    async def forget_person(self, person_id: int) -> None:
        """Delete everything that is stored about a person; what servers have stays, without a name."""


class StateStore(Protocol):
    """Small facts the bot remembers about itself."""

    async def get_state(self, key: str) -> str | None:
        """Return a remembered text."""

    async def list_states(self, prefix: str) -> tuple[str, ...]:
        """Return the remembered texts whose keys begin so."""

    async def set_state(self, key: str, value: str) -> None:
        """Remember a text."""

    async def keep_request(self, request: ListRequest) -> int:
        """Keep a list's description for its buttons; an equal one keeps its number."""

    async def get_request(self, request_id: int) -> ListRequest:
        """Return a kept description; raise NotFound where there is none."""


class Venue(Protocol):
    """Where a discussion can be opened; implemented by the button."""

    async def is_there(self, place: str) -> bool:
        """Say whether the discussion at this address still exists."""

    async def open(self) -> str:
        """Open a discussion and return its address."""


class Greeter(Protocol):
    """Introduces the bot to a server; implemented by the cog."""

    async def greet(self, guild_id: int) -> bool:
        """Send the message to the first place where that is allowed; return whether there is one.

        Raises TryLater where it was certainly not sent, Unclear where nobody knows.
        """

    async def has_greeted(self, guild_id: int, since: datetime) -> bool:
        """Say whether the message arrived; also where that can't be found out. Raises TryLater."""


class Postman(Protocol):
    """Takes announcements to Discord and finds out what arrived; implemented by the cog."""

    async def send(self, announcement: Announcement, papers: Sequence[Paper]) -> int:
        """Send one message and return its id; raise PlaceGone, TryLater, Refused or Unclear."""

    async def find(self, place: Place, announcements: Sequence[Announcement]) -> Mapping[int, int]:
        """Return, by the announcements' ids, the messages of the place's history that carry their
        buttons; raise HistoryUnreadable where that may not be read."""

    async def tell_owner(self, watches: Sequence[Watch], reason: str) -> None:
        """Tell the owner of paused watches once, in a direct message; never raises."""


class RevisionPostman(Protocol):
    """Brings sent messages up to date; implemented by the cog."""

    async def revise(self, message: RevisedMessage, papers: Sequence[Paper]) -> int | None:
        """Edit a message, answer it where that is wanted, and return the answer's id.

        Raises MessageGone, PlaceGone, TryLater, Refused or Unclear.
        """

    async def find_answers(self, place: Place, messages: Sequence[RevisedMessage]) -> Mapping[int, int]:
        """Return, by the messages' own ids, the answers that arrived; raise HistoryUnreadable where
        the place's history may not be read."""
