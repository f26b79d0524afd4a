"""What a paper's text and surroundings say of it, before it is compared with its cohort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from bot.domain.likeness import AuthorPaper, Compared, Surroundings
from bot.domain.numbers import Missing
from bot.domain.papers import Paper
from bot.domain.placing import Prediction, Scored
from bot.metrics.cohorts import years_between
from bot.metrics.copies import NEAR_COPY, likeness
from bot.metrics.eligible import date_fault, forecast_fault, text_fault
from bot.metrics.features import (
    EARLIER_PAPERS,
    YEARS,
    Array,
    EarlierPapers,
    Evidence,
    Neighbors,
    features,
)
from bot.metrics.forecast import ForecastModel, telling_words
from bot.metrics.novelty import distance
from bot.metrics.vectors import Vector, count_words

if TYPE_CHECKING:
    from bot.services.scoring import Basis

KEPT_NEAR = 3
"""So many of the nearest earlier papers are kept for the explanation."""

FORECAST_DAYS = 365 + 92
"""Older papers need no prediction; those of a cohort that reaches back over a year are still compared."""

_FAINTEST = 0.05
_NOTHING = np.zeros(0)


def unusable(paper: Paper, basis: Basis, today: date) -> Scored | None:
    """Return what there is to say of a paper that can't be compared, None where it can."""
    day = paper.dated_at.date() if paper.dated_at else None
    fault = date_fault(day, today) or text_fault(paper.title, paper.abstract)
    if fault is None:
        return None
    return Scored(paper_id=paper.id or 0, basis=basis.name, scored_on=today, fault=fault)


def cohort_start(paper: Paper) -> date:
    """Return the day from which on papers are no earlier work: the cohort's first."""
    if paper.dated_at is None:
        raise ValueError("a paper without date has no cohort")
    day = paper.dated_at.date().replace(day=1)
    return day if paper.primary_category else day.replace(month=1)


def appraise(paper: Paper, weights: Vector, around: Surroundings, basis: Basis, today: date) -> Scored:
    """Return a paper's distance from earlier work, what is nearest to it, and its prediction."""
    before = cohort_start(paper)
    archive = (paper.primary_category or "").partition(".")[0]
    near = sorted(
        ((basis.weigher.similarity(weights, one.title, one.abstract), one) for one in around.near),
        key=lambda pair: (-pair[0], pair[1].id),
    )
    near = [(similarity, one) for similarity, one in near if similarity > 0]
    same = [(similarity, one) for similarity, one in near if not archive or one.archive == archive]
    month = 12 * before.year + before.month - 1
    made, fault = _predict(paper, weights, around, basis, near, today)
    return Scored(
        paper_id=paper.id or 0,
        basis=basis.name,
        scored_on=today,
        forecast_fault=fault,
        distance=distance([similarity for similarity, _ in same]),
        nearest=_likeness(paper, same),
        prior_papers=basis.earlier.count(archive, month - 12 * YEARS, month),
        near=tuple((one.id, s) for s, one in same[:KEPT_NEAR] if s >= _FAINTEST),
        prediction=made,
    )


def _predict(
    paper: Paper,
    weights: Vector,
    around: Surroundings,
    basis: Basis,
    near: Sequence[tuple[float, Compared]],
    today: date,
) -> tuple[Prediction | None, Missing | None]:
    day = paper.dated_at.date() if paper.dated_at else None
    fault = forecast_fault(day, today, authors=len(paper.authors))
    if fault is Missing.TOO_OLD and day and (today - day).days < FORECAST_DAYS:
        fault = None
    if fault is None and basis.model is None:
        fault = Missing.NO_MODEL
    if fault is None and _likeness(paper, near) >= NEAR_COPY:
        # It would be forecast the fate of what it repeats.
        fault = Missing.NEAR_COPY
    if fault is not None or basis.model is None:
        return None, fault
    return _prediction(paper, basis.model, _evidence(paper, weights, around, basis, near)), None


def _likeness(paper: Paper, near: Sequence[tuple[float, Compared]]) -> float:
    """Return how nearly a paper copies the nearest of some."""
    if not near:
        return 0.0
    cosine, nearest = near[0]
    return likeness(cosine, (paper.title, paper.abstract), (nearest.title, nearest.abstract))


def _prediction(paper: Paper, model: ForecastModel, evidence: Evidence) -> Prediction:
    row = features(evidence)
    counts = count_words(paper.title, paper.abstract)
    return Prediction(
        value=float(model.predict(row)),
        model=model.version,
        with_authors=model.with_authors,
        parts=tuple((part, round(points, 2)) for part, points in model.parts(row)),
        words=tuple(
            (word, round(points, 2)) for word, points in telling_words(model.words, counts)
        ) if model.words else (),
        of_newcomers=bool(model.terms.sets_apart(row)),
    )  # fmt: skip


def _evidence(
    paper: Paper,
    weights: Vector,
    around: Surroundings,
    basis: Basis,
    near: Sequence[tuple[float, Compared]],
) -> Evidence:
    before = cohort_start(paper)
    archive = (paper.primary_category or "").partition(".")[0]
    words = basis.model.words if basis.model else None
    return Evidence(
        title=paper.title,
        abstract=paper.abstract,
        words=words.value(count_words(paper.title, paper.abstract)) if words else 0.0,
        neighbors=Neighbors(
            similarity=np.array([similarity for similarity, _ in near], dtype=np.float64),
            age=_ages([one for _, one in near], before),
            percentile=_percentiles([one for _, one in near], before),
            same_field=np.array([one.archive == archive for _, one in near], dtype=np.bool_),
        ),
        authors=[_record(papers, before) for papers in around.authors],
        own_work=EarlierPapers(
            age=_ages(around.own_work, before),
            percentile=_percentiles(around.own_work, before),
            similarity=np.array(
                [basis.weigher.similarity(weights, one.title, one.abstract) for one in around.own_work],
                dtype=np.float64,
            ),
            count=len(around.own_work),
        ),
        joint_papers=_joint(around.authors),
    )


def _joint(authors: Sequence[Sequence[AuthorPaper]]) -> int:
    """Count the papers that are by two of the authors or more."""
    times = Counter(one.id for papers in authors for one in papers)
    return sum(count > 1 for count in times.values())


def _record(papers: Sequence[AuthorPaper], before: date) -> EarlierPapers:
    newest = papers[:EARLIER_PAPERS]
    return EarlierPapers(
        age=_ages(newest, before),
        percentile=_percentiles(newest, before),
        similarity=_NOTHING,
        count=len(papers),
    )


def _ages(papers: Sequence[Compared | AuthorPaper], before: date) -> Array:
    return np.array([years_between(one.day, before) for one in papers], dtype=np.float64)


def _percentiles(papers: Sequence[Compared | AuthorPaper], before: date) -> Array:
    """Return what had become of papers that were a year old then; NaN for the others."""
    year_before = before.replace(year=before.year - 1)
    known = [np.nan if one.impact is None or one.day > year_before else one.impact / 100.0 for one in papers]
    return np.array(known, dtype=np.float64)
