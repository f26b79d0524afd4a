"""The numbers Hoopoe makes itself: what each is, from what evidence, and why one may be missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.words import _, marked


class Missing(StrEnum):
    """Why a number is left out; `bot.cards` has a sentence for each."""

    NOT_YET = "not_yet"
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
    OTHER_COUNT = "other_count"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    FEW_PAPERS = "few_papers"
    NEAR_COPY = "near_copy"
    NOT_WORTH_SHOWING = "not_worth_showing"
    NO_MODEL = "no_model"


class Part(StrEnum):
    """What a forecast is made of; CODE only where an earlier model made it."""

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
        first = _(_MONTHS[self.start.month - 1])
        last = _(_MONTHS[self.start.month + self.months - 2])
        span = first if first == last else _("{first} to {last}").format(first=first, last=last)
        return f"{self.field}, {span} {self.start.year}"


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
    `nearest` is the likeness (0-1) with the nearest of `prior_papers` earlier papers; `approximate`
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
    ends in the real top tenth. `parts` are points of expected percentile against a typical paper,
    `words` the content words that move it most, with theirs. `of_newcomers` says that none of the authors
    has an earlier paper, and that it was made by what counts for such papers.
    """

    standing: Standing
    expected: float
    low: float
    high: float
    top_tenth: float
    parts: tuple[tuple[Part, float], ...]
    with_authors: bool
    model: str
    words: tuple[tuple[str, float], ...] = ()
    of_newcomers: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """An earlier paper whose wording is near: `similarity` is the cosine of the two (0-1)."""

    paper_id: int
    title: str
    year: int | None
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperNumbers:
    """All numbers of a paper, each with its cohort or why it is missing, as of a day.

    `near` is the nearest earlier paper where the wording is nearly a copy of it.
    """

    novelty: Novelty | Missing = Missing.NOT_YET
    forecast: Forecast | Missing = Missing.NOT_YET
    impact: Standing | Missing = Missing.NOT_YET
    near: Near | None = None
    as_of: date | None = None


UNSCORED = PaperNumbers()
"""What is known of a paper that was not looked at yet."""


class ScoreKind(StrEnum):
    """Which number is a paper's Score."""

    FORECAST = "forecast"
    IMPACT = "impact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The number before a paper: its Forecast while it is young, its Impact after a year."""

    kind: ScoreKind
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorNumbers:
    """The numbers of an author; `papers` of the catalogue were looked at, as of a day."""

    novelty: AuthorNovelty | Missing
    track_record: TrackRecord | Missing
    papers: int
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """A forecast model and what it was measured to be worth: rank correlation with its 95 % interval."""

    version: str
    summary: str
    spearman: tuple[float, float, float]


YEAR_DAYS = 365
"""From this age on, a paper's citations speak instead of a forecast."""


def score_of(numbers: PaperNumbers | None, dated: date | None, today: date) -> Score | Missing:
    """Return a paper's Score: Forecast under twelve months, Impact after, or why there is none."""
    known = numbers or UNSCORED
    if dated is None:
        return Missing.NO_DATE
    if dated > today:
        return Missing.FUTURE_DATE
    if (today - dated).days >= YEAR_DAYS:
        impact = known.impact
        return impact if isinstance(impact, Missing) else Score(kind=ScoreKind.IMPACT, standing=impact)
    forecast = known.forecast
    if isinstance(forecast, Missing):
        return forecast
    return Score(kind=ScoreKind.FORECAST, standing=forecast.standing)


def percentiles_of(
    numbers: PaperNumbers | None, dated: date | None, today: date
) -> tuple[int | None, int | None]:
    """Return a paper's Score and Novelty as watches ask for them, None where there is none."""
    score = score_of(numbers, dated, today)
    novelty = numbers.novelty if numbers else None
    placed = novelty.standing if isinstance(novelty, Novelty) else None
    return (
        score.standing.percentile if isinstance(score, Score) else None,
        placed.percentile if placed else None,
    )


_MONTHS = (
    marked("Jan"), marked("Feb"), marked("Mar"), marked("Apr"), marked("May"), marked("Jun"),
    marked("Jul"), marked("Aug"), marked("Sep"), marked("Oct"), marked("Nov"), marked("Dec"),
)  # fmt: skip
