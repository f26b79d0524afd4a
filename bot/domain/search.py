"""What can be asked of the catalogue, and the page that answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.papers import Paper


class Sort(StrEnum):
    """Orders of a list of papers."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    CITATIONS = "citations"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFilter:
    """Conditions beside the text; `since` and `until` are days of first submission, inclusive."""

    category: str | None = None
    since: date | None = None
    until: date | None = None
    has_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some papers of a longer list. `total` counts all, at most up to a bound (`more_than`)."""

    papers: tuple[Paper, ...]
    total: int
    offset: int = 0
    more_than: bool = False


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
