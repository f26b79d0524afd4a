"""What is compared with a paper: earlier papers near it, and its authors' own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Words by which a paper's neighbors are found.

    A neighbor has one of the `rare`, and one of the `others` too where there are any.
    """

    rare: tuple[str, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A paper as others are compared with it; `impact` is its citation percentile (1-99), if known."""

    id: int
    title: str
    abstract: str
    archive: str
    day: date
    impact: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorPaper:
    """An earlier paper of an author, without its text."""

    id: int
    day: date
    impact: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a paper is scored by.

    `near` are papers that share its words, `authors` the earlier papers of each author in the order
    of the names, the newest first, and `own_work` the texts of the newest of them together.
    """

    near: tuple[Compared, ...]
    authors: tuple[tuple[AuthorPaper, ...], ...]
    own_work: tuple[Compared, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCounts:
    """How many papers the catalogue has by archive and month; months count from the year 0."""

    by_archive: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    def count(self, archive: str, first: int, end: int) -> int:
        """Count papers of an archive, of all where it is empty, from a month to before another."""
        chosen = [self.by_archive.get(archive, {})] if archive else list(self.by_archive.values())
        return sum(papers for months in chosen for month, papers in months.items() if first <= month < end)

    @property
    def total(self) -> int:
        """All papers that have a date."""
        return sum(sum(months.values()) for months in self.by_archive.values())
