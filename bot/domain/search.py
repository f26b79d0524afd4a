"""What can be asked of the catalogue, and the page that answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.library import Shelf
from bot.domain.papers import Paper


class Sort(StrEnum):
    """Orders of a list of papers."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    CITATIONS = "citations"
    VOTES = "votes"
    SCORE = "score"
    NOVELTY = "novelty"
    RANK = "rank"
    SIMILARITY = "similarity"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFilter:
    """Conditions beside the text.

    `category` is a category or a whole archive ("cs"), cross-lists included; `since` and `until`
    are days of first submission, or of announcement where that is unknown; `announced_since` is a
    day of announcement, `appeared_since` that or, where none is known, of first submission; all are
    inclusive. `min_score` and `min_novelty` (1-99) leave out papers without the number.
    """

    category: str | None = None
    since: date | None = None
    until: date | None = None
    announced_since: date | None = None
    appeared_since: date | None = None
    has_code: bool = False
    min_score: int | None = None
    min_novelty: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """A list that can be paged, also after a restart: an author's papers, a reading list, or a search.

    `query` is in the topic language, empty for no condition on the text; `author` is a printed
    name; `author_id` the catalogue's, as is `similar_to`, the paper whose likes are listed. `title` is
    what the list is called above its first line, in English; `named` has what stands in its places.
    """

    title: str
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    query: str = ""
    author: str = ""
    author_id: int | None = None
    shelf: Shelf | None = None
    similar_to: int | None = None
    where: PaperFilter = PaperFilter()
    sort: Sort = Sort.RELEVANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some papers of a longer list. `total` counts all, at most up to a bound (`more_than`).

    `figures` has a number for each paper where the list is about one: votes on a reading list,
    cosines (0-1) where papers are alike. `picked` are the ids of those that a reading list's weekly
    picks have had.
    """

    papers: tuple[Paper, ...]
    total: int
    offset: int = 0
    more_than: bool = False
    figures: tuple[float, ...] = ()
    picked: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An autocomplete choice: what the person reads, and what the option then holds."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueSize:
    """How much the catalogue holds, and the newest announcement in it."""

    papers: int
    authors: int
    newest_announcement: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCounts:
    """In how many of the catalogue's `papers` a word stands; rare words are left out."""

    papers: int = 0
    papers_with: Mapping[str, int] = field(default_factory=dict)
