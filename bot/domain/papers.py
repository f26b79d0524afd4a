"""Papers as every part of Hoopoe passes them on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec

from bot.domain.figures import Figure, SourceScore
from bot.domain.identifiers import ArxivId, Doi, OpenAlexId
from bot.domain.numbers import PaperNumbers


class Authorship(msgspec.Struct, frozen=True, kw_only=True):
    """One author as printed on a paper; `openalex_id` where a source knows who it is."""

    name: str
    openalex_id: OpenAlexId | None = None
    institutions: tuple[str, ...] = ()


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a preprint and the moment it was submitted (UTC)."""

    number: int
    submitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper, as complete as its sources made it; texts are the sources' own (LaTeX and all).

    `id` is the catalogue's, None before the paper is stored. `arxiv_id` is without version;
    `version` is the newest known. `submitted_at` is the date of version 1, `updated_at` that of
    `version`, `announced_at` the moment a feed first listed it, or, where no feed of that day was read
    (`announced_estimated`), the moment it must have. All moments are aware, UTC.
    Unknown texts are empty, unknown values None. `numbers` are ours, None before they are made;
    whoever reads a paper from the catalogue gets them along, and nobody writes them back.
    """

    id: int | None = None
    arxiv_id: ArxivId | None = None
    doi: Doi | None = None
    openalex_id: OpenAlexId | None = None
    version: int = 1
    versions: tuple[Version, ...] = ()
    title: str
    abstract: str = ""
    authors: tuple[Authorship, ...] = ()
    primary_category: str | None = None
    categories: tuple[str, ...] = ()
    submitted_at: datetime | None = None
    updated_at: datetime | None = None
    announced_at: datetime | None = None
    announced_estimated: bool = False
    comment: str = ""
    journal_reference: str = ""
    venue: str = ""
    code_url: str | None = None
    citation_count: Figure | None = None
    summary: str = ""
    summary_source: str = ""
    scores: tuple[SourceScore, ...] = ()
    withdrawn: bool = False
    invented: bool = False
    source: str = ""
    fetched_at: datetime | None = None
    numbers: PaperNumbers | None = None

    @property
    def dated_at(self) -> datetime | None:
        """The moment a paper is dated by: its first submission, else, as feeds don't tell that
        moment, its announcement."""
        return self.submitted_at or self.announced_at

    @property
    def known_date(self) -> tuple[int, ...]:
        """Year, month and day of `dated_at`, as far as they are known; none where it is not.

        For works that only an index knows it gives the first of a month, or of January, where it has
        no more: two of three OpenAlex works (132 of 200 recorded ones) bear such a date.
        """
        at = self.dated_at
        if at is None:
            return ()
        parts = (at.year, at.month, at.day)
        if self.arxiv_id is not None or at.day > 1:
            return parts
        return parts[:1] if at.month == 1 else parts[:2]

    @property
    def institutions(self) -> tuple[str, ...]:
        """Every institution once, in the order of the authors."""
        return tuple(dict.fromkeys(name for author in self.authors for name in author.institutions))


class AnnounceType(StrEnum):
    """Why a feed lists a paper (arXiv's own words)."""

    NEW = "new"
    CROSS = "cross"
    REPLACE = "replace"
    REPLACE_CROSS = "replace-cross"

    @property
    def is_first_listing(self) -> bool:
        """Whether the paper is new to the listing, not a replacement."""
        return self in (AnnounceType.NEW, AnnounceType.CROSS)
