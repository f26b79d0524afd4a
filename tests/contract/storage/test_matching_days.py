"""Real announcement days for a thousand varied watches, against a plain matcher that knows no index.

`HOOPOE_REPLAY_DAYS=40` replays all there are, in a few minutes; without it, two are replayed.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.feeds import FeedItem, FeedState
from bot.domain.identifiers import ArxivId
from bot.domain.numbers import Cohort, Missing, Standing
from bot.domain.papers import AnnounceType, Authorship, Paper
from bot.domain.placing import Period, Placed, Scored
from bot.domain.search import WordCounts
from bot.domain.watches import ShelfCriterion
from bot.services.matching.filing import WatchIndex
from bot.services.matching.match import Matcher
from bot.storage import Stores
from bot.storage.database import Database
from bot.storage.schema import deliveries, papers
from tests.fake_arxiv import read_days
from tests.plain_watches import CODE, Inventor, PlainShelf, Text, counts_of, numbers_of

DAYS = int(os.environ.get("HOOPOE_REPLAY_DAYS", "2"))
SUBMITTED = datetime(2025, 1, 2, tzinfo=UTC)
REPLACED = 300
"""So many of a day's papers are replaced the day after."""


def as_replaced(record: dict[str, Any]) -> Text:
    """Return a paper as a mailing lists its next version."""
    text = Text(record)
    text.is_replaced = True
    return text


def as_item(record: dict[str, Any], kind: AnnounceType = AnnounceType.NEW) -> FeedItem:
    """Return a record as a feed's parser would give it; old enough that its score is its impact."""
    code = CODE.search(record["abstract"])
    paper = Paper(
        arxiv_id=ArxivId(record["arxiv_id"]),
        title=record["title"],
        abstract=record["abstract"],
        authors=tuple(Authorship(name=name) for name in record["authors"]),
        primary_category=record["categories"][0],
        categories=tuple(record["categories"]),
        code_url=code[0] if code else None,
        submitted_at=SUBMITTED,
        source="arXiv",
    )
    return FeedItem(paper=paper, announce_type=kind)


async def place(stores: Stores, records: Sequence[dict[str, Any]]) -> None:
    """Give papers their invented numbers before any mailing lists them."""
    cohort = Cohort(field="cs", start=SUBMITTED.date().replace(day=1), months=1)

    def standing(number: int | None) -> Standing | Missing:
        if number is None:
            return Missing.SMALL_COHORT
        return Standing(percentile=number, cohort=cohort, size=60)

    # As they are first listed: a later listing may have other words.
    first = {record["arxiv_id"]: record for record in reversed(records)}
    stored = await stores.papers.save_papers([as_item(record).paper for record in first.values()])
    scored, placed = [], []
    for paper in {one.id: one for one in stored}.values():
        score, novelty = numbers_of(str(paper.arxiv_id))
        scored.append(
            (
                paper,
                Scored(
                    paper_id=paper.id or 0,
                    basis="invented",
                    scored_on=SUBMITTED.date(),
                    distance=0.5,
                    nearest=0.1,
                    prior_papers=9_999,
                ),
            )
        )
        placed.append(
            Placed(
                paper_id=paper.id or 0,
                novelty=standing(novelty),
                forecast=Missing.TOO_OLD,
                outlook=None,
                impact=standing(score),
                score=score,
                trend=0.0,
            )
        )
    await stores.numbers.save_scored(scored)
    await stores.numbers.save_placed(Period(start=0, months=3), placed, SUBMITTED.date())


async def id_of(stores: Stores, text: Text) -> int:
    """Return the catalogue's id of a paper."""
    paper = await stores.papers.find_paper(ArxivId(text.id))
    assert paper is not None
    return paper.id or 0


async def change(stores: Stores, inventor: Inventor, shelf: PlainShelf, now: datetime) -> None:
    """Put a paper on a reading list, and take another one off."""
    come, gone = inventor.change_of(shelf)
    await stores.library.save_to_shelf(shelf.shelf, await id_of(stores, come), 1, now)
    await stores.library.remove_from_shelf(shelf.shelf, await id_of(stores, gone))
    shelf.texts = [*(text for text in shelf.texts if text is not gone), come]


class Counted:
    """Word counts that stay as they are."""

    is_old = False

    def __init__(self, words: WordCounts) -> None:
        self._words = words

    async def counts(self) -> WordCounts:
        """Return them."""
        return self._words


@pytest.mark.timeout(1800)
async def test_days_for_a_thousand_watches_deliver_what_a_plain_matcher_finds(
    stores: Stores, database: Database, data_folder: Path
) -> None:
    file = next((data_folder / "arxiv_daily").glob("cs-new_*.jsonl.gz"))
    days = [[dict(record) for record in day] for day in read_days(file, DAYS)]
    texts = [[Text(record) for record in day] for day in days]
    counts = counts_of([text for day in texts for text in day])
    start = datetime(2026, 4, 6, 4, tzinfo=UTC)
    inventor = Inventor([text for day in texts for text in day], counts, start - timedelta(days=1), DAYS)
    cases = inventor.cases()
    for case in cases:
        await stores.watches.save_watch(case.watch)
    await place(stores, [record for day in days for record in day])
    for shelf in inventor.shelves:
        for text in shelf.texts:
            await stores.library.save_to_shelf(shelf.shelf, await id_of(stores, text), 1, start)
    index = WatchIndex(Counted(counts))

    expected: set[tuple[int, str]] = set()
    listed: defaultdict[str, set[str]] = defaultdict(set)
    for number, (records, day) in enumerate(zip(days, texts, strict=True)):
        dated = start + timedelta(days=number)
        state = FeedState(categories=("cs",), dated=dated)
        reads = {name: dated - timedelta(hours=1) for text in day for name in text.categories}
        matcher = Matcher(index, dated, reads)
        await change(stores, inventor, inventor.shelves[number % len(inventor.shelves)], dated)
        items = [as_item(record) for record in records]
        before, here = (days[number - 1] if number else []), {text.id for text in day}
        replaced = [record for record in before[:REPLACED] if record["arxiv_id"] not in here]
        items += [as_item(record, AnnounceType.REPLACE) for record in replaced]
        await stores.harvests.record(items, state, matcher, dated)
        expected |= {
            (case.watch.place.id, text.id)
            for text in map(as_replaced, replaced)
            for case in cases
            if case.hears_of(text, dated) and case.wants(text)
        }
        for text in day:
            text.first = not listed[text.id]
            text.listed_by -= listed[text.id]
            listed[text.id] |= text.listed_by
            expected |= {
                (case.watch.place.id, text.id)
                for case in cases
                if case.hears_of(text, dated) and case.wants(text)
            }

    query = select(deliveries.c.place_id, papers.c.arxiv_id).join(
        papers, papers.c.id == deliveries.c.paper_id
    )
    rows = await database.read(lambda connection: connection.execute(query).all())
    found = {tuple(row) for row in rows}
    of_lists = {case.watch.place.id for case in cases if isinstance(case.watch.criterion, ShelfCriterion)}
    assert len(expected) > 100 * DAYS
    assert of_lists & {place_id for place_id, _ in expected}
    assert found == expected
