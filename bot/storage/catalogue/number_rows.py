"""The numbers of papers as they are read: put together from rows, with the cohorts they stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection

from bot.domain.numbers import Cohort, Forecast, Missing, Near, Novelty, PaperNumbers, Part, Standing
from bot.domain.papers import Paper
from bot.domain.placing import Outlook
from bot.storage import codec
from bot.storage.columns import day_of, fetch

MANY_PRIOR = 10_000
"""As `bot.metrics.novelty` has it, which would import NumPy for this."""

NEAR_COPY = 0.55

_COLUMNS = (
    "basis, scored_on, fault, forecast_fault, distance, nearest, prior_papers, near, prediction_by, outlook,"
    " novelty, novelty_in, novelty_missing, forecast, forecast_in, forecast_missing, impact, impact_in,"
    " impact_missing"
)
_BY_IDS = (
    f"SELECT paper_id, {_COLUMNS} FROM paper_numbers"  # noqa: S608 -- our words
    " WHERE paper_id IN (SELECT value FROM json_each(:ids))"
)
_SIZES = "SELECT number, key, size, counted_on FROM cohorts WHERE key IN (SELECT value FROM json_each(:keys))"
_TITLES = "SELECT id, title, dated_at FROM papers WHERE id IN (SELECT value FROM json_each(:ids))"

Sizes = Mapping[tuple[str, str], tuple[int, str]]


def with_numbers(connection: Connection, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """Return the papers with the numbers that are known of them."""
    ids = [paper.id for paper in papers if paper.id is not None]
    found = read_numbers(connection, ids)
    return tuple(replace(paper, numbers=found[paper.id]) if paper.id in found else paper for paper in papers)


def read_numbers(connection: Connection, ids: Sequence[int]) -> dict[int, PaperNumbers]:
    """Return the numbers of the papers that have any."""
    rows = fetch(connection, _BY_IDS, {"ids": codec.encode(ids)}) if ids else []
    if not rows:
        return {}
    keys = {key for row in rows for key in (row[12], row[15], row[18]) if key}
    sizes = {
        (number, key): (size, counted_on)
        for number, key, size, counted_on in fetch(connection, _SIZES, {"keys": codec.encode(sorted(keys))})
    }
    copies = {row[0]: _pairs(row[8])[0] for row in rows if (row[6] or 0.0) >= NEAR_COPY and _pairs(row[8])}
    near = _near(connection, list(copies.values()))
    titles = {one.paper_id: one for one in near}
    return {
        row[0]: _numbers(row[1:], sizes, titles.get(copies[row[0]][0]) if row[0] in copies else None)
        for row in rows
    }


def read_near(connection: Connection, paper_id: int) -> tuple[Near, ...]:
    """Return the earlier papers whose wording is nearest to a paper's, the nearest first."""
    rows = fetch(connection, "SELECT near FROM paper_numbers WHERE paper_id = :id", {"id": paper_id})
    return _near(connection, _pairs(rows[0][0]) if rows else [])


def key_of(cohort: Cohort) -> str:
    """Return what a cohort is called in the tables."""
    return f"{cohort.field}|{cohort.start.isoformat()}|{cohort.months}"


def cohort_from(key: str) -> Cohort:
    """Return the cohort of a key."""
    field, start, months = key.rsplit("|", 2)
    return Cohort(field=field, start=date.fromisoformat(start), months=int(months))


def _near(connection: Connection, pairs: Sequence[tuple[int, float]]) -> tuple[Near, ...]:
    if not pairs:
        return ()
    rows = fetch(connection, _TITLES, {"ids": codec.encode([id_ for id_, _ in pairs])})
    known = {id_: (title, _year(dated_at)) for id_, title, dated_at in rows}
    return tuple(
        Near(paper_id=id_, title=known[id_][0], year=known[id_][1], similarity=similarity)
        for id_, similarity in pairs
        if id_ in known
    )


def _year(dated_at: int | None) -> int | None:
    return None if dated_at is None else day_of(dated_at).year


def _pairs(text: str | None) -> list[tuple[int, float]]:
    return [(int(id_), float(similarity)) for id_, similarity in msgspec.json.decode(text)] if text else []


def _numbers(row: tuple[Any, ...], sizes: Sizes, near: Near | None) -> PaperNumbers:
    basis, scored_on, fault, forecast_fault, distance, nearest, prior, _, made_by, outlook = row[:10]
    novelty, forecast, impact = row[10:13], row[13:16], row[16:19]
    placed_in = (("novelty", novelty[1]), ("forecast", forecast[1]), ("impact", impact[1]))
    as_of = max(scored_on or "", *(sizes[place][1] for place in placed_in if place in sizes), "")
    placed = _standing("novelty", novelty, sizes)
    return PaperNumbers(
        novelty=_novelty(basis, fault, distance, nearest, prior, placed),
        forecast=_forecast(fault or forecast_fault, _standing("forecast", forecast, sizes), outlook, made_by),
        impact=_standing("impact", impact, sizes),
        near=near,
        as_of=date.fromisoformat(as_of) if as_of else None,
    )


def _standing(
    number: str, placed: tuple[int | None, str | None, str | None], sizes: Sizes
) -> Standing | Missing:
    percentile, key, missing = placed
    if percentile is None or key is None:
        return Missing(missing) if missing else Missing.NOT_YET
    size = sizes.get((number, key), (0, ""))[0]
    return Standing(percentile=percentile, cohort=cohort_from(key), size=size)


def _novelty(
    basis: str,
    fault: str | None,
    distance: float | None,
    nearest: float | None,
    prior: int | None,
    placed: Standing | Missing,
) -> Novelty | Missing:
    if not basis:
        return Missing.NOT_YET
    if fault or distance is None or nearest is None or prior is None:
        return Missing(fault) if fault else Missing.NOT_YET
    is_copy = nearest >= NEAR_COPY and placed is not Missing.FEW_PRIOR_PAPERS
    if isinstance(placed, Missing) and not is_copy:
        return placed
    return Novelty(
        distance=distance,
        nearest=nearest,
        prior_papers=prior,
        standing=None if is_copy or isinstance(placed, Missing) else placed,
        approximate=prior < MANY_PRIOR,
    )


def _forecast(
    fault: str | None, placed: Standing | Missing, outlook: str | None, made_by: str | None
) -> Forecast | Missing:
    if fault:
        return Missing(fault)
    if isinstance(placed, Missing) or outlook is None or made_by is None:
        return placed if isinstance(placed, Missing) else Missing.NOT_YET
    maker = msgspec.json.decode(made_by)
    known = msgspec.json.decode(outlook, type=Outlook)
    return Forecast(
        standing=placed,
        expected=known.expected,
        low=known.low,
        high=known.high,
        top_tenth=known.top_tenth,
        parts=tuple((Part(part), points) for part, points in maker["parts"]),
        with_authors=maker["with_authors"],
        model=maker["model"],
        words=tuple((word, points) for word, points in maker["words"]),
        of_newcomers=maker.get("of_newcomers", False),
    )
