"""The numbers Hoopoe makes itself: what each is, from what evidence, and why one may be missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Missing(StrEnum):
    """Why a number is left out; `bot.cards` has a sentence for each."""

    NO_TITLE = "no_title"
    NO_AUTHORS = "no_authors"
    NO_ABSTRACT = "no_abstract"
    SHORT_ABSTRACT = "short_abstract"
    NOT_ENGLISH = "not_english"
    KEYWORD_LIST = "keyword_list"
    NO_DATE = "no_date"
    FUTURE_DATE = "future_date"
    NO_CATEGORY = "no_category"
    FEW_PRIOR_PAPERS = "few_prior_papers"
    SMALL_COHORT = "small_cohort"
    NO_SPREAD = "no_spread"
    NO_CITATION_COUNT = "no_citation_count"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    FEW_PAPERS = "few_papers"
    NEAR_COPY = "near_copy"
    NOT_WORTH_SHOWING = "not_worth_showing"


class Part(StrEnum):
    """What a forecast is made of."""

    TOPIC = "topic"
    WORDING = "wording"
    AUTHORS = "authors"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Papers of one field whose first version is of the same month, quarter or year.

    `field` is a category, an archive or, in data that has no categories, a venue. `start` is the
    first day of the period, `months` its length: 1, 3 or 12.
    """

    field: str
    start: date
    months: int

    @property
    def label(self) -> str:
        """The cohort in words: `cs.RO, Nov 2026`, `cs, Jul to Sep 2026`, `icra, 2021`."""
        if self.months == 12:
            return f"{self.field}, {self.start.year}"
        first = _MONTHS[self.start.month - 1]
        last = _MONTHS[self.start.month + self.months - 2]
        return f"{self.field}, {first if first == last else f'{first} to {last}'} {self.start.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a paper stands in its cohort: a percentile from 1 to 99 among `size` papers."""

    percentile: int
    cohort: Cohort
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Novelty:
    """Distance in wording from earlier work, not a judgement of merit.

    `standing` is None for a near copy of earlier work, whose card names that work instead.
    `nearest` is the cosine (0-1) with the nearest of `prior_papers` earlier papers; `approximate`
    says that these are few ("~41").
    """

    distance: float
    nearest: float
    prior_papers: int
    standing: Standing | None
    approximate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """How a recent paper's citations are expected to compare in its cohort.

    `standing` is the rank of its prediction in the cohort. `expected` is the mean true percentile of
    papers shown there, `low` to `high` hold four of five of them, `top_tenth` is the share (0-1) that
    ends in the real top tenth. `parts` are points of expected percentile against a typical paper.
    """

    standing: Standing
    expected: float
    low: float
    high: float
    top_tenth: float
    parts: tuple[tuple[Part, float], ...]
    with_authors: bool
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """An author's AI Score: how their papers fare among papers of their field and month, 0-100.

    `error` is one standard error in points; `papers` have an Impact and are counted in.
    """

    score: float
    error: float
    papers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorNovelty:
    """The mean Novelty (1-99) of an author's `papers` that have one."""

    mean: float
    papers: int


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
