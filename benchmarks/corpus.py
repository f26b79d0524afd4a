"""Real papers of conferences, as many as are asked for: repeated under new ids where they run out."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId
from bot.domain.imports import Bookmark
from bot.domain.papers import Authorship, Paper
from bot.services.importing import ALONE, NAMES_ALONE, spared_garbage
from bot.storage import open_stores
from bot.storage.database import Database

FIELDS = ("cs.RO", "cs.LG", "cs.CL", "cs.CV", "cs.AI", "stat.ML", "cs.CY", "cs.HC")
COUNTED = date(2025, 1, 1)


def data_folder() -> Path:
    """Return the folder of recorded data."""
    return Path(os.environ.get("HOOPOE_DATA") or Path(__file__).parents[2] / "shared" / "data")


def records() -> Iterator[dict[str, Any]]:
    """Yield the corpus, line by line, again and again."""
    path = data_folder() / "corpus" / "conference-papers.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from cycle(json.loads(line) for line in lines)


async def fill(database: Database, given: Sequence[Paper]) -> None:
    """Load papers as an import does where nobody else writes."""
    imports = open_stores(database).imports
    with spared_garbage():
        for start in range(0, len(given), ALONE):
            await imports.import_papers(given[start : start + ALONE], "benchmark", Bookmark())
        while await imports.move_names(NAMES_ALONE):
            pass
        await imports.finish()


def papers(count: int) -> list[Paper]:
    """Return so many papers; ids, categories and days are filled in, the rest is as recorded."""
    return [_paper(number, record) for number, record in enumerate(islice(records(), count))]


def _paper(number: int, record: dict[str, Any]) -> Paper:
    cited = record["citations"]
    field = FIELDS[number % len(FIELDS)]
    return Paper(
        arxiv_id=ArxivId(f"{number // 100_000:04}.{number % 100_000:05}"),
        title=record["title"],
        abstract=record["abstract"] or "",
        authors=tuple(Authorship(name=name) for name in record["authors"]),
        primary_category=field,
        categories=(field, "cs.AI") if field != "cs.AI" else (field,),
        submitted_at=datetime(record["year"], number % 12 + 1, number % 28 + 1, tzinfo=UTC),
        venue=record["venue"] or "",
        code_url=record["code_url"],
        citation_count=None if cited is None else Figure(value=cited, source="the corpus", as_of=COUNTED),
        source="arXiv",
    )
