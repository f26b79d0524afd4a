"""The numbers of papers: what is still to be made, what was made, and the cohorts they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, text
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.authors import Author
from bot.domain.likeness import Compared, EarlierCounts, Surroundings, Telling
from bot.domain.numbers import Missing, Near, Standing
from bot.domain.papers import Paper
from bot.domain.placing import Member, Period, Placed, Scored
from bot.storage import codec
from bot.storage.catalogue.number_rows import key_of, read_near
from bot.storage.catalogue.search import read_papers
from bot.storage.columns import among, day_of, fetch, to_moment, to_number
from bot.storage.database import Database
from bot.storage.numbers import neighbors
from bot.storage.people.authors import OWN, rows_of
from bot.storage.schema import cohorts, unplaced, unscored

CHUNK = 500
"""Papers a transaction when many are placed: nobody else waits long to write."""

Standings = tuple[tuple[int | None, int | None, datetime | None], ...]
"""Novelty, Impact and date of each paper."""


class Numbers:
    """Keeps the numbers of papers."""

    def __init__(self, database: Database) -> None:
        """Take the open database."""
        self._database = database

    async def list_unscored(self, basis: str, limit: int) -> tuple[Paper, ...]:
        """Return papers whose text was not scored, the newest first, then those scored on another basis."""
        return await self._database.read(lambda connection: _list_unscored(connection, basis, limit))

    async def surroundings(
        self, paper: Paper, words: Telling, *, since: date, before: date, limit: int
    ) -> Surroundings:
        """Return earlier papers from `since` on that share words with a paper, and its authors' own."""
        return await self._database.read(
            lambda connection: neighbors.surroundings(connection, paper, words, since, before, limit)
        )

    async def sharing(self, words: Telling, limit: int) -> tuple[Compared, ...]:
        """Return papers of any date that share words, the best matches first."""
        return await self._database.read(lambda connection: neighbors.sharing(connection, words, limit))

    async def earlier_counts(self) -> EarlierCounts:
        """Count the catalogue by archive and month."""
        return await self._database.read(neighbors.earlier_counts)

    async def near_to(self, paper_id: int) -> tuple[Near, ...]:
        """Return the earlier papers whose wording is nearest to a paper's, the nearest first."""
        return await self._database.read(lambda connection: read_near(connection, paper_id))

    async def standings_of(self, author: Author) -> Standings:
        """Return Novelty, Impact and date of each of an author's papers."""
        return await self._database.read(lambda connection: _standings_of(connection, author))

    async def save_scored(self, scored: Sequence[tuple[Paper, Scored]]) -> None:
        """Keep what texts say, and note their periods; a text that changed meanwhile stays to be scored."""
        async with self._database.write() as connection:
            for paper, result in scored:
                await connection.execute(_SCORE, _score_row(result))
                period = period_of(paper)
                if period is not None:
                    await connection.execute(_note, {"start": period.start, "months": period.months})
            current = await connection.run_sync(
                lambda sync: read_papers(sync, [result.paper_id for _, result in scored])
            )
            texts = {paper.id: _scored_text(paper) for paper, _ in scored}
            done = [paper.id for paper in current if texts.get(paper.id) == _scored_text(paper)]
            gone = texts.keys() - {paper.id for paper in current}
            await connection.execute(delete(unscored).where(among(unscored.c.paper_id, [*done, *gone])))

    async def note_period(self, period: Period) -> None:
        """Let the standings of a period be worked out anew."""
        async with self._database.write() as connection:
            await connection.execute(_note, {"start": period.start, "months": period.months})

    async def take_period(self) -> Period | None:
        """Return the newest period that is to be placed; it stays noted until it is."""
        query = "SELECT start, months FROM unplaced ORDER BY start DESC LIMIT 1"
        found = await self._database.read(lambda connection: fetch(connection, query, {}))
        return Period(start=found[0][0], months=found[0][1]) if found else None

    async def members_of(self, period: Period) -> tuple[Member, ...]:
        """Return the papers of a period with what is compared."""
        return await self._database.read(lambda connection: _members(connection, period))

    async def save_placed(self, period: Period, placed: Sequence[Placed], today: date) -> None:
        """Keep where papers stand, and how many their cohorts have; what did not change is left alone."""
        sizes = _sizes(placed)
        async with self._database.write() as connection:
            # First, so that what changes while this is written is noted again.
            await connection.execute(
                delete(unplaced).where(unplaced.c.start == period.start, unplaced.c.months == period.months)
            )
            for (number, key), size in sizes.items():
                row = {"number": number, "key": key, "size": size, "counted_on": today.isoformat()}
                await connection.execute(
                    upsert(cohorts).values(row).on_conflict_do_update(["number", "key"], set_=row)
                )
        for start in range(0, len(placed), CHUNK):
            async with self._database.write() as connection:
                rows = [_placed_row(one) for one in placed[start : start + CHUNK]]
                await connection.execute(_PLACE, rows)


def period_of(paper: Paper) -> Period | None:
    """Return the period a paper is placed in; None without a date."""
    if paper.dated_at is None:
        return None
    start = 12 * paper.dated_at.year
    if paper.primary_category is None:
        return Period(start=start, months=12)
    return Period(start=start + (paper.dated_at.month - 1) // 3 * 3, months=3)


def _scored_text(paper: Paper) -> tuple[object, ...]:
    return paper.title, paper.abstract, paper.primary_category, paper.venue, paper.dated_at


def _list_unscored(connection: Connection, basis: str, limit: int) -> tuple[Paper, ...]:
    new = "SELECT paper_id FROM unscored ORDER BY dated_at DESC, paper_id DESC LIMIT :limit"
    ids = [row[0] for row in fetch(connection, new, {"limit": limit})]
    if not ids:
        # Two ranges of the index, as "another basis" alone would be looked for row by row.
        stale = " UNION ALL ".join(
            f"SELECT * FROM (SELECT paper_id FROM paper_numbers WHERE basis {sign} :basis AND basis != ''"  # noqa: S608 -- our words
            " ORDER BY basis DESC, paper_id DESC LIMIT :limit)"
            for sign in ("<", ">")
        )
        ids = [row[0] for row in fetch(connection, f"{stale} LIMIT :limit", {"basis": basis, "limit": limit})]
    return read_papers(connection, ids)


def _members(connection: Connection, period: Period) -> tuple[Member, ...]:
    values = {"first": _moment(period.start), "end": _moment(period.start + period.months)}
    condition = "p.primary_category IS NULL AND p.venue != ''" if period.months == 12 else (
        "p.primary_category IS NOT NULL"
    )  # fmt: skip
    rows = fetch(
        connection,
        "SELECT p.id, p.primary_category, p.venue, p.dated_at, p.citation_count, p.citation_source,"  # noqa: S608 -- our words
        " p.citation_as_of, n.distance, n.nearest, n.prior_papers, n.prediction,"
        " coalesce(n.prediction_by ->> '$.model', '')"
        " FROM papers AS p LEFT JOIN paper_numbers AS n ON n.paper_id = p.id"
        f" WHERE p.dated_at >= :first AND p.dated_at < :end AND {condition}",
        values,
    )
    return tuple(_member(row) for row in rows)


def _member(row: tuple[Any, ...]) -> Member:
    (id_, category, venue, dated_at, cited, cited_by, cited_on, distance, nearest, prior, value, model) = row
    return Member(
        paper_id=id_,
        category=category,
        venue=venue,
        day=day_of(dated_at),
        citations=cited,
        cited_by=cited_by or "",
        cited_on=date.fromisoformat(cited_on) if cited_on else None,
        distance=distance,
        nearest=nearest,
        prior_papers=prior,
        prediction=value,
        model=model,
    )


def _standings_of(connection: Connection, author: Author) -> Standings:
    rows = fetch(
        connection,
        f"WITH own(id) AS ({OWN}) SELECT DISTINCT p.id, n.novelty, n.impact, p.dated_at"  # noqa: S608 -- ours
        " FROM own JOIN papers AS p ON p.id = own.id LEFT JOIN paper_numbers AS n ON n.paper_id = p.id",
        {"authors": codec.encode(rows_of(connection, author)), "person": author.id},
    )
    return tuple((novelty, impact, to_moment(dated_at)) for _, novelty, impact, dated_at in rows)


def _moment(month: int) -> int:
    return to_number(datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC))


def _sizes(placed: Sequence[Placed]) -> dict[tuple[str, str], int]:
    found = {}
    for one in placed:
        for number in ("novelty", "forecast", "impact"):
            standing = getattr(one, number)
            if isinstance(standing, Standing):
                found[number, key_of(standing.cohort)] = standing.size
    return found


def _score_row(scored: Scored) -> dict[str, object]:
    made = scored.prediction
    return {
        "paper_id": scored.paper_id,
        "basis": scored.basis,
        "scored_on": scored.scored_on.isoformat(),
        "fault": scored.fault,
        "forecast_fault": scored.forecast_fault,
        "distance": scored.distance,
        "nearest": scored.nearest,
        "prior_papers": scored.prior_papers,
        "near": codec.encode([(id_, round(similarity, 4)) for id_, similarity in scored.near]),
        "prediction": made.value if made else None,
        "prediction_by": codec.encode(made) if made else None,
    }


def _placed_row(placed: Placed) -> dict[str, object]:
    row: dict[str, object] = {"paper_id": placed.paper_id, "score": placed.score, "trend": placed.trend}
    for number in ("novelty", "forecast", "impact"):
        found: Standing | Missing | None = getattr(placed, number)
        stands = isinstance(found, Standing)
        row[number] = found.percentile if isinstance(found, Standing) else None
        row[f"{number}_in"] = key_of(found.cohort) if isinstance(found, Standing) else None
        row[f"{number}_missing"] = None if stands else found
    row["outlook"] = msgspec.json.encode(placed.outlook).decode() if placed.outlook else None
    return row


def _upsert(columns: Sequence[str]) -> str:
    others = [name for name in columns if name != "paper_id"]
    changed = " OR ".join(f"{name} IS NOT excluded.{name}" for name in others)
    # Without one, a row's basis is empty: nothing was made from its text.
    basis = () if "basis" in columns else ("basis",)
    return (
        f"INSERT INTO paper_numbers ({', '.join((*columns, *basis))})"  # noqa: S608 -- our own names
        f" VALUES ({', '.join([*(f':{name}' for name in columns), *(chr(39) * 2 for _ in basis)])})"
        f" ON CONFLICT (paper_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in others)}"
        f" WHERE {changed}"
    )


_SCORE = text(
    _upsert(
        ("paper_id", "basis", "scored_on", "fault", "forecast_fault", "distance", "nearest", "prior_papers",
         "near", "prediction", "prediction_by")
    )
)  # fmt: skip
_PLACE = text(
    _upsert(
        ("paper_id", "novelty", "novelty_in", "novelty_missing", "forecast", "forecast_in",
         "forecast_missing", "outlook", "impact", "impact_in", "impact_missing", "score", "trend")
    )
)  # fmt: skip
_note = upsert(unplaced).on_conflict_do_nothing()
