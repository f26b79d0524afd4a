"""The bundled sample: the facts of one author page, and invented papers and people around them.

It lives in a database file of its own that is made when it is needed (a third of a second), so that
it is neither mixed into a catalogue nor ever stale.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from bot.domain.authors import Author
from bot.domain.figures import Figure, SourceScore
from bot.domain.identifiers import ArxivId
from bot.domain.papers import Authorship, Paper, Version
from bot.setting_values import DATABASE_PREFIX
from bot.storage.catalogue.papers import Papers
from bot.storage.database import Database
from bot.storage.people.authors import Authors
from playground.invented import Inventor

INVENTED = 210
"""So many invented papers are in the catalogue."""

ELSEWHERE = 30
"""So many more, the oldest, are known only to what stands in for arXiv."""

_SHORTENED = "List of authors shortened: the first three, and the one whose page it is from."


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Everything in the sample, as of a day."""

    inventor: Inventor
    papers: tuple[Paper, ...]
    elsewhere: tuple[Paper, ...]
    authors: tuple[Author, ...]
    today: date

    @classmethod
    def of(cls, today: date) -> Sample:
        """Make the sample of a day."""
        facts = json.loads(_data("reference.json"))
        inventor = Inventor.bundled(today)
        invented = tuple(inventor.papers(INVENTED + ELSEWHERE))
        people = tuple(inventor.author(person, invented) for person in inventor.people)
        return cls(
            inventor=inventor,
            papers=(*_reference_papers(facts), *invented[:INVENTED]),
            elsewhere=invented[INVENTED:],
            authors=(_reference_author(facts), *people),
            today=today,
        )

    @cached_property
    def mailing(self) -> tuple[Paper, ...]:
        """The papers that today's announcement lists."""
        start = datetime.combine(self.today, time(), UTC)
        return tuple(paper for paper in self.papers if paper.announced_at and paper.announced_at >= start)


@asynccontextmanager
async def sample_catalogue(sample: Sample) -> AsyncIterator[Path]:
    """Yield a database file that holds the sample, and is gone afterwards with all written to it."""
    with tempfile.TemporaryDirectory(prefix="hoopoe-sample-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "sample.db"
        async with Database.open(f"{DATABASE_PREFIX}{file}") as database:
            await Papers(database).save_papers(sample.papers)
            authors = Authors(database)
            for author in sample.authors:
                await authors.save_author(author)
        yield file


def _data(name: str) -> str:
    return resources.files("playground").joinpath("data", name).read_text(encoding="utf-8")


def _reference_author(facts: Mapping[str, Any]) -> Author:
    source, as_of, person = facts["source"], date.fromisoformat(facts["as_of"]), facts["author"]

    def figure(name: str) -> Figure:
        return Figure(value=person[name], source=source, as_of=as_of)

    return Author(
        name=person["name"],
        primary_category=person["primary_category"],
        h_index=figure("h_index"),
        paper_count=figure("paper_count"),
        citation_count=figure("citation_count"),
        scores=tuple(SourceScore(source=source, as_of=as_of, **score) for score in person["scores"]),
        fetched_at=_noon(as_of),
    )


def _reference_papers(facts: Mapping[str, Any]) -> tuple[Paper, ...]:
    source, as_of = facts["source"], date.fromisoformat(facts["as_of"])
    return tuple(_reference_paper(row, source, as_of) for row in facts["papers"])


def _reference_paper(row: Mapping[str, Any], source: str, as_of: date) -> Paper:
    arxiv_id = ArxivId(row["id"])
    submitted_at = _noon(date.fromisoformat(row["date"]))
    first, *others = row["authors"]
    return Paper(
        arxiv_id=arxiv_id,
        versions=(Version(number=1, submitted_at=submitted_at),),
        title=row["title"],
        abstract=row["abstract"],
        # The page names institutions of the paper, not of its authors: they stand with the first.
        authors=(
            Authorship(name=first, institutions=tuple(row.get("institutions", ()))),
            *(Authorship(name=name) for name in others),
        ),
        primary_category=row["category"],
        categories=(row["category"],),
        submitted_at=submitted_at,
        updated_at=submitted_at,
        comment=_SHORTENED if row.get("shortened") else "",
        # The page says that there is code, not where; this one gathers what belongs to a paper.
        code_url=f"https://huggingface.co/papers/{arxiv_id}" if row.get("code") else None,
        scores=(SourceScore(source=source, label="Score", value=row["score"], as_of=as_of),)
        if "score" in row
        else (),
        source=source,
        fetched_at=_noon(as_of),
    )


def _noon(day: date) -> datetime:
    """Return a moment that is this day in every time zone people write papers in."""
    return datetime.combine(day, time(12), UTC)
