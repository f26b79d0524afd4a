"""Real papers of conferences, as many as are asked for: where they run out, again or mixed under new ids."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bot.domain.figures import Figure
from bot.domain.identifiers import ArxivId
from bot.domain.imports import Bookmark
from bot.domain.papers import Authorship, Paper
from bot.services.harvesting.importing import ALONE, NAMES_ALONE, PAGES_ALONE, spared_garbage
from bot.storage import open_stores
from bot.storage.database import Database

FIELDS = ("cs.RO", "cs.LG", "cs.CL", "cs.CV", "cs.AI", "stat.ML", "cs.CY", "cs.HC")
COUNTED = date(2025, 1, 1)


def data_folder() -> Path:
    """Return the folder of recorded data."""
    return Path(os.environ.get("HOOPOE_DATA") or Path(__file__).parents[2] / "shared" / "data")


def records() -> Iterator[dict[str, Any]]:
    """Yield the corpus, line by line, again and again."""
    yield from cycle(_real())


def _real() -> Iterator[dict[str, Any]]:
    path = data_folder() / "corpus" / "conference-papers.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


async def fill(database: Database, given: Iterable[Paper]) -> None:
    """Load papers as an import does where nobody else writes."""
    imports = open_stores(database).imports
    remaining = iter(given)
    with spared_garbage():
        while batch := list(islice(remaining, ALONE)):
            await imports.import_papers(batch, "benchmark", Bookmark())
        while await imports.move_names(NAMES_ALONE):
            pass
        while await imports.merge_index(PAGES_ALONE):
            pass
        await imports.finish()


def papers(count: int) -> list[Paper]:
    """Return so many papers; ids, categories and days are filled in, the rest is as recorded."""
    return [_paper(number, record) for number, record in enumerate(islice(records(), count))]


def mixed_papers(count: int) -> Iterator[Paper]:
    """Yield the real papers, and then as many new ones as are missing, none of them a copy.

    Each sentence of a new abstract is another paper's of the same year, each half of its title and each
    half of an author's name too, so that words and names grow as they do in a larger catalogue.
    """
    known = list(_real())
    by_year = defaultdict(list)
    for record in known:
        by_year[record["year"]].append(record)
    chance = random.Random(0)
    for number in range(count):
        record = known[number % len(known)]
        if number >= len(known):
            record = _mixed(record, by_year[record["year"]], chance)
        yield _paper(number, record)


def _mixed(record: dict[str, Any], others: list[dict[str, Any]], chance: random.Random) -> dict[str, Any]:
    sentences = [
        chance.choice(_sentences(chance.choice(others)["abstract"] or ""))
        for _ in _sentences(record["abstract"] or "")
    ]
    start, end = (chance.choice(others)["title"].split() for _ in range(2))
    authors = dict.fromkeys(
        f"{name.split()[0]} {chance.choice(chance.choice(others)['authors'] or [name]).split()[-1]}"
        for name in record["authors"]
    )
    return {
        **record,
        "title": " ".join([*start[: (len(start) + 1) // 2], *end[len(end) // 2 :]]),
        "abstract": " ".join(sentences),
        "authors": list(authors),
    }


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


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
