"""What the services need of the catalogue: papers, people, numbers, and how they are filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.accounts import Account
from bot.domain.authors import Author
from bot.domain.identifiers import AuthorId, PaperId
from bot.domain.imports import Bookmark
from bot.domain.likeness import Compared, EarlierCounts, Surroundings, Telling
from bot.domain.numbers import Near
from bot.domain.papers import Paper
from bot.domain.placing import Member, Period, Placed, Scored
from bot.domain.records import Merge, Origin
from bot.domain.search import CatalogueSize, Page, PaperFilter, Sort, Suggestion, WordCounts
from bot.domain.topics import Topic


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
        self, paper: Paper, words: Telling, *, since: date, before: date, limit: int
    ) -> Surroundings:
        """Return earlier papers from `since` on that share words with a paper, and its authors' own."""

    async def sharing(self, words: Telling, limit: int) -> tuple[Compared, ...]:
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

    async def merge_index(self, pages: int) -> bool:
        """Merge so many pages of the text index, which many papers at once leave; return whether any were."""

    async def finish(self) -> None:
        """Give back what importing took."""
