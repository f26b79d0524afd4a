"""A catalogue of the real papers, and what its texts are compared by."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from benchmarks.corpus import fill, papers
from bot.domain.papers import Paper
from bot.metrics.vectors import Weigher
from bot.services.appraisal import unusable
from bot.services.scoring import Basis
from bot.storage.database import DRIVER, Database
from bot.storage.stores import Stores, open_stores

REAL = 53_999
LAST_YEAR = 2021
TODAY = date(LAST_YEAR + 1, 1, 2)


@asynccontextmanager
async def real_catalogue() -> AsyncIterator[Stores]:
    """Fill a catalogue with the real papers, and forget it at the end."""
    with tempfile.TemporaryDirectory() as folder:
        async with Database.open(f"{DRIVER}:///{Path(folder) / 'hoopoe.db'}") as database:
            await fill(database, papers(REAL))
            yield open_stores(database)


async def basis_of(stores: Stores) -> Basis:
    """Count what texts are compared by; without a forecast."""
    counts = await stores.papers.word_counts()
    return Basis(
        words=counts,
        weigher=Weigher(counts.papers_with, counts.papers),
        earlier=await stores.numbers.earlier_counts(),
        model=None,
    )


async def usable_by_year(stores: Stores, basis: Basis) -> tuple[tuple[Paper, ...], list[tuple[Paper, int]]]:
    """Return all papers, and of these the ones that can be compared, each with its year."""
    stored = await stores.papers.find_papers([*range(1, REAL + 1)])
    usable = [paper for paper in stored if unusable(paper, basis, TODAY) is None]
    return stored, [(paper, paper.dated_at.year) for paper in usable if paper.dated_at is not None]
