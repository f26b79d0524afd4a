"""Records: a paper with where each of its values comes from, and who wins where sources differ.

`docs/records.md` says the same in words; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from bot.domain.identifiers import Doi
from bot.domain.papers import Paper

ARXIV, OPENALEX, SEMANTIC_SCHOLAR, SCHOLAR_FEED = "arXiv", "OpenAlex", "Semantic Scholar", "Scholar Feed"

ARXIV_DOI = "10.48550/arxiv."
"""How the DOIs begin that arXiv itself registers."""


class Origin(NamedTuple):
    """Which source gave a value, when it was read there, and of which version it speaks."""

    source: str
    as_of: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A paper and the origin of its values.

    `origins` names only what does not come from the paper's own source, moment and version:
    nothing at all where one source told everything.
    """

    paper: Paper
    origins: Mapping[str, Origin] = field(default_factory=dict)
    base: Origin = field(init=False, repr=False, compare=False)
    """Where everything comes from that `origins` does not name."""

    def __post_init__(self) -> None:
        """Keep the base, which is asked for at every value."""
        base = Origin(self.paper.source, self.paper.fetched_at, self.paper.version)
        object.__setattr__(self, "base", base)

    def origin_of(self, name: str) -> Origin:
        """Return where a value comes from."""
        return self.origins.get(name, self.base)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who wins where two known values differ.

    First what `above` makes of the value is compared, where given; then the place of the source in
    `sources` (others come after these); then, `by_version`, the version; then what `below` makes
    of the value; at last the moment of reading. The greater wins each time.
    """

    sources: tuple[str, ...]
    by_version: bool = False
    above: Callable[[Any], Any] | None = None
    below: Callable[[Any], Any] | None = None

    def rank(self, source: str) -> int:
        """Return how much a source's word counts."""
        return _rank(self.sources, source)


@lru_cache(maxsize=1024)
def _rank(sources: tuple[str, ...], source: str) -> int:
    for place, name in enumerate(sources):
        if source.startswith(name):
            return len(sources) - place
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two papers that became one: what they were, by which evidence and when; `undone_at` if parted."""

    id: int
    kept: Paper
    gone: Paper
    evidence: str
    merged_at: datetime
    undone_at: datetime | None = None


def is_arxivs(doi: Doi) -> bool:
    """Say whether arXiv registered this DOI, which then says no more than the identifier."""
    return doi.value.startswith(ARXIV_DOI)


def _seen_earlier(announced: tuple[bool, datetime]) -> tuple[bool, float]:
    estimated, moment = announced
    return not estimated, -moment.timestamp()


def _publishers(doi: Doi) -> bool:
    return not is_arxivs(doi)


def _itself(value: Any) -> Any:
    return value


# Places of sources, the best first.
_PREPRINT = (ARXIV, OPENALEX, SEMANTIC_SCHOLAR, SCHOLAR_FEED)
_INDEX = (OPENALEX, SEMANTIC_SCHOLAR, SCHOLAR_FEED)
_SUMMARY = (SEMANTIC_SCHOLAR, SCHOLAR_FEED)

RULES: Mapping[str, Rule] = {
    "title": Rule(sources=_PREPRINT, by_version=True),
    "abstract": Rule(sources=_PREPRINT, by_version=True),
    "authors": Rule(sources=_PREPRINT, by_version=True),
    "identities": Rule(sources=_INDEX),
    "institutions": Rule(sources=_PREPRINT),
    "primary_category": Rule(sources=_PREPRINT),
    "categories": Rule(sources=_PREPRINT),
    "version": Rule(sources=(), above=_itself),
    "versions": Rule(sources=_PREPRINT),
    "submitted_at": Rule(sources=_PREPRINT),
    "updated_at": Rule(sources=_PREPRINT, by_version=True),
    "announced_at": Rule(sources=(), above=_seen_earlier),
    "doi": Rule(sources=_PREPRINT, above=_publishers),
    "openalex_id": Rule(sources=_INDEX),
    "comment": Rule(sources=_PREPRINT, by_version=True),
    "journal_reference": Rule(sources=_PREPRINT),
    "venue": Rule(sources=_INDEX),
    "code_url": Rule(sources=(ARXIV, SCHOLAR_FEED), by_version=True),
    "citation_count": Rule(sources=_INDEX),
    "summary": Rule(sources=_SUMMARY),
    "withdrawn": Rule(sources=_PREPRINT, by_version=True, below=_itself),
    "invented": Rule(sources=(), above=_itself),
}
"""By the names of a paper's fields; `identities` and `institutions` are parts of its authors, and
`announced_at` comes with whether it is estimated."""
