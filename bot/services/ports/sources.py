"""What the services need of the outside services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.authors import Author
from bot.domain.feeds import CitingPaper, Feed, RecordPage, SourceStatus, Validators
from bot.domain.identifiers import ArxivId, AuthorId, Doi, OpenAlexId
from bot.domain.imports import Batch, Bookmark, Narrowing
from bot.domain.papers import Paper

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


class AuthorSource(Protocol):
    """Knows authors, their works and their numbers, and who cites whom (OpenAlex)."""

    @property
    def status(self) -> SourceStatus: ...

    async def fetch_author(self, author_id: AuthorId) -> Author | None:
        """Return one profile, None where there is none. Free; merged ids are followed."""

    async def fetch_work(self, work_id: OpenAlexId | Doi) -> Paper | None:
        """Return one work with its authors' ids, None where there is none. Free."""

    async def fetch_works(
        self, author_id: OpenAlexId, *, limit: int = 100, newest: bool = False, waiting: bool = True
    ) -> tuple[Paper, ...]:
        """Return an author's works, the most cited or the `newest` first. Costs a list call a hundred.

        Where nobody is `waiting`, a part of the day's allowance is left to people.
        """

    async def fetch_citing(
        self, works: Sequence[str], since: date, *, limit: int, waiting: bool = False
    ) -> tuple[CitingPaper, ...]:
        """Return what cites up to a hundred works and was published from a day on, the newest first.

        Costs a list call a hundred; as many as the `limit` means that there may be more.
        """

    async def search_authors(self, name: str, *, limit: int = 10) -> tuple[Author, ...]:
        """Return people of that name, the most cited first. Costs a search call."""


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
