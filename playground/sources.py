"""What stands in for arXiv and OpenAlex in the playground: they know the sample, and ask nothing outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.authors import Author
from bot.domain.categories import is_within
from bot.domain.feeds import CitingPaper, RecordPage, SourceStatus
from bot.domain.identifiers import ArxivId, AuthorId, Doi, OpenAlexId
from bot.domain.papers import Paper
from bot.services.ports import Clock
from bot.text.folding import fold, words
from bot.text.names import name_key

_CITING = 6
"""So many of the newest papers of its category cite an invented paper."""


class SamplePapers:
    """Stands in for arXiv's query interface; satisfies `bot.services.ports.PaperSource`."""

    def __init__(self, papers: Iterable[Paper], clock: Clock) -> None:
        """Take the papers it knows, which may be more than the catalogue holds."""
        self._papers = tuple(papers)
        self._status = _Account("arXiv (sample)", clock)

    @property
    def status(self) -> SourceStatus:
        """Say that all is well, as it always is here."""
        return self._status.read()

    async def fetch_papers(self, ids: Sequence[ArxivId]) -> tuple[Paper, ...]:
        """Return the papers that exist, in the order asked."""
        self._status.count()
        known = {paper.arxiv_id: paper for paper in self._papers}
        return tuple(known[one.unversioned] for one in ids if one.unversioned in known)

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
        self._status.count()
        found = [
            paper
            for paper in self._papers
            if _holds(f"{paper.title} {paper.abstract}", text)
            and _holds(paper.title, title)
            and (not author or name_key(author) in {name_key(one.name) for one in paper.authors})
            and (category is None or any(is_within(name, category) for name in paper.categories))
        ]
        return tuple(sorted(found, key=_submitted, reverse=True)[:limit])


class SampleAuthors:
    """Stands in for OpenAlex; satisfies `bot.services.ports.AuthorSource`."""

    def __init__(
        self,
        authors: Iterable[Author],
        clock: Clock,
        papers: Iterable[Paper] = (),
        appeared: Callable[[], Iterable[Paper]] = tuple,
    ) -> None:
        """Take the profiles it knows, and the papers, of which the invented ones cite each other.

        `appeared` are those that have appeared since.
        """
        self._authors = tuple(author for author in authors if author.openalex_id)
        self._sample = {_work_id(paper): paper for paper in papers if paper.invented}
        self._appeared = appeared
        self._status = _Account("OpenAlex (sample)", clock)

    @property
    def status(self) -> SourceStatus:
        """Say that all is well, as it always is here."""
        return self._status.read()

    @property
    def _works(self) -> dict[OpenAlexId, Paper]:
        """The invented papers there are by now."""
        return self._sample | {_work_id(paper): paper for paper in self._appeared()}

    async def fetch_author(self, author_id: AuthorId) -> Author | None:
        """Return one profile, None where there is none."""
        self._status.count()
        return next((one for one in self._authors if author_id in (one.openalex_id, one.orcid)), None)

    async def fetch_work(self, work_id: OpenAlexId | Doi) -> Paper | None:
        """Return an invented paper with an id; None for any other."""
        self._status.count()
        for own, paper in self._works.items():
            if work_id == own or (paper.arxiv_id and work_id == paper.arxiv_id.doi):
                return replace(paper, openalex_id=own)
        return None

    async def fetch_works(
        self,
        author_id: OpenAlexId,
        *,
        limit: int = 100,
        newest: bool = False,
        waiting: bool = True,  # noqa: ARG002 - the port's form
    ) -> tuple[Paper, ...]:
        """Return an invented author's papers, the most cited or the newest first."""
        self._status.count()
        own = [
            replace(paper, openalex_id=work)
            for work, paper in self._works.items()
            if any(one.openalex_id == author_id for one in paper.authors)
        ]
        return tuple(sorted(own, key=_submitted if newest else _cited, reverse=True)[:limit])

    async def fetch_citing(
        self,
        works: Sequence[str],
        since: date,
        *,
        limit: int,
        waiting: bool = False,  # noqa: ARG002 - the port's form
    ) -> tuple[CitingPaper, ...]:
        """Return the newest papers of each work's category, as if they cited it."""
        self._status.count()
        known = self._works
        cites: dict[OpenAlexId, set[str]] = {}
        for work in works:
            cited = known.get(OpenAlexId(work))
            for one in _like(cited, known)[:_CITING] if cited else ():
                cites.setdefault(one, set()).add(work)
        found = [
            CitingPaper(paper=known[one], cites=frozenset(cited))
            for one, cited in cites.items()
            if (dated := known[one].submitted_at) and dated.date() >= since
        ]
        return tuple(found[:limit])

    async def search_authors(self, name: str, *, limit: int = 10) -> tuple[Author, ...]:
        """Return people of that name."""
        self._status.count()
        return tuple(one for one in self._authors if name_key(one.name) == name_key(name))[:limit]


class SampleRecords:
    """Stands in for arXiv's OAI-PMH interface: nothing was ever missed here.

    Satisfies `bot.services.ports.RecordSource`.
    """

    def __init__(self, clock: Clock) -> None:
        """Take the clock for the account."""
        self._status = _Account("arXiv OAI-PMH (sample)", clock)

    @property
    def status(self) -> SourceStatus:
        """Say that all is well, as it always is here."""
        return self._status.read()

    def sets_of(self, categories: Sequence[str]) -> tuple[str, ...]:  # noqa: ARG002 - nothing is in any
        """Return the one set there is."""
        return ("",)

    async def fetch_changes(
        self,
        since: date,  # noqa: ARG002 - nothing changed
        record_set: str = "",  # noqa: ARG002 -- the form of a source
        token: str = "",  # noqa: ARG002 -- the form of a source
    ) -> RecordPage:
        """Return a page without papers."""
        self._status.count()
        return RecordPage()

    async def identify(self) -> str:
        """Return what stands in here."""
        return "sample"


class _Account:
    """What a source says about itself in `/status`."""

    def __init__(self, name: str, clock: Callable[[], datetime]) -> None:
        self._name = name
        self._clock = clock
        self._requests = 0
        self._last: datetime | None = None

    def count(self) -> None:
        now = self._clock()
        self._requests = self._requests_on(now.date()) + 1
        self._last = now

    def read(self) -> SourceStatus:
        today = self._requests_on(self._clock().date())
        return SourceStatus(name=self._name, last_success=self._last, requests_today=today)

    def _requests_on(self, day: date) -> int:
        return self._requests if self._last and self._last.date() == day else 0


def _work_id(paper: Paper) -> OpenAlexId:
    """Return an id of OpenAlex's form, far beyond those that OpenAlex has given away."""
    return OpenAlexId(f"W99{paper.arxiv_id.base.replace('.', '') if paper.arxiv_id else ''}")


def _like(cited: Paper, known: Mapping[OpenAlexId, Paper]) -> list[OpenAlexId]:
    """Return the papers of a paper's category that came after it, the newest first."""
    later = [
        own
        for own, paper in known.items()
        if paper.primary_category == cited.primary_category and _submitted(paper) > _submitted(cited)
    ]
    return sorted(later, key=lambda own: _submitted(known[own]), reverse=True)


def _holds(text: str, wanted: str) -> bool:
    return set(words(fold(wanted))) <= set(words(fold(text))) if wanted else True


def _cited(paper: Paper) -> int:
    return paper.citation_count.value if paper.citation_count else 0


def _submitted(paper: Paper) -> float:
    return paper.submitted_at.timestamp() if paper.submitted_at else 0.0
