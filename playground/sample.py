"""The bundled sample: the facts of one author page, and invented papers and people around them.

It lives in a database file of its own, made anew each day and whenever what it is made from has
changed, so that it is neither mixed into a catalogue nor ever stale.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
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
from bot.storage import migrate
from bot.storage.authors import Authors
from bot.storage.database import DRIVER, Database
from bot.storage.papers import Papers
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


async def sample_file(today: date, folder: Path | None = None) -> Path:
    """Return the database file of the sample, made now if there is none of today."""
    folder = folder or cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return await _file_in(folder, today)
    except OSError:
        # A cache that can't be written is no reason to show nothing.
        return await _file_in(Path(tempfile.mkdtemp(prefix="hoopoe-sample-")), today)


async def _file_in(folder: Path, today: date) -> Path:
    file = folder / f"sample-{today:%Y%m%d}-{_digest()}.db"
    if file.exists():
        return file
    with tempfile.TemporaryDirectory(dir=folder, prefix="making-") as workshop:
        made = Path(workshop) / file.name
        await fill(made, Sample.of(today))
        # At once or not at all: two processes may be doing this.
        made.replace(file)
    _remove_others(folder, file)
    return file


def _remove_others(folder: Path, file: Path) -> None:
    for old in folder.glob("sample-*.db*"):
        if not old.name.startswith(file.name):
            with suppress(OSError):
                old.unlink()


async def fill(file: Path, sample: Sample) -> None:
    """Write the sample into a new database file, through the stores everything else uses."""
    async with Database.open(f"{DRIVER}:///{file}") as database:
        await Papers(database).save_papers(sample.papers)
        authors = Authors(database)
        for author in sample.authors:
            await authors.save_author(author)


def cache_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for what can be made again, as each system names it."""
    home = Path.home()
    if sys.platform == "win32":
        folder = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Cache"
    elif sys.platform == "darwin":
        folder = home / "Library" / "Caches"
    else:
        named = Path(environ.get("XDG_CACHE_HOME") or "")
        folder = named if named.is_absolute() else home / ".cache"
    return folder / "hoopoe"


def _digest() -> str:
    """Return a short name for what the sample is made from: the data, this code, and the tables."""
    digest = hashlib.sha256()
    for name in ("reference.json", "invented.json"):
        digest.update(_data(name).encode())
    for file in sorted(
        (Path(__file__), Path(__file__).with_name("invented.py"), *migrate.FOLDER.rglob("*.py"))
    ):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


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
