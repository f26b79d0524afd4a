"""When words are counted, and who waits for it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

import pytest

from bot.domain.search import WordCounts
from bot.services.ports import PaperStore
from bot.services.vocabulary import COUNT_AGE, SMALL, Vocabulary
from tests.unit.services.conftest import START


@dataclass
class Counted:
    """A catalogue of so many papers; it counts when `may_count` is set."""

    papers: int
    times: int = 0
    may_count: asyncio.Event = field(default_factory=asyncio.Event)

    async def word_counts(self) -> WordCounts:
        """Return how often words were counted, as the count of one."""
        await self.may_count.wait()
        self.times += 1
        return WordCounts(papers=self.papers, papers_with={"times": self.times})


@pytest.mark.parametrize(("papers", "times"), [(SMALL, 1), (SMALL - 1, 2)])
async def test_latest_counts_are_counted_anew_only_where_that_is_quick(papers: int, times: int) -> None:
    now = [START]
    catalogue = Counted(papers)
    catalogue.may_count.set()
    vocabulary = Vocabulary(papers=cast(PaperStore, catalogue), clock=lambda: now[0])
    await vocabulary.counts()
    now[0] += COUNT_AGE + timedelta(seconds=1)

    assert (await vocabulary.latest()).papers_with == {"times": times}


async def test_latest_counts_do_not_wait_for_a_count_under_way() -> None:
    catalogue = Counted(1)
    vocabulary = Vocabulary(papers=cast(PaperStore, catalogue), clock=lambda: START)
    counting = asyncio.create_task(vocabulary.counts())
    await asyncio.sleep(0)

    async with asyncio.timeout(1):
        assert (await vocabulary.latest()).papers == 0

    catalogue.may_count.set()
    assert (await counting).papers == 1
    assert (await vocabulary.latest()).papers == 1
