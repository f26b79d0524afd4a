"""Completes the papers that people see: citations, institutions, summaries, code, sources' scores."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.papers import Paper
from bot.errors import SourceChanged, SourceError
from bot.services.facts import Facts
from bot.services.ports import Clock, Enricher, EnrichmentStore, PaperStore
from bot.text.folding import title_key

logger = logging.getLogger(__name__)

WANTED = timedelta(days=30)
"""Papers announced, or looked at, since so long are asked about."""

YOUNG = timedelta(days=60)
"""Until this age a paper's citations and summaries change from week to week."""

SOON = timedelta(days=1)
OFTEN = timedelta(days=7)
SELDOM = timedelta(days=30)

_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=1)
_FARTHEST = timedelta(days=1)


@dataclass(slots=True)
class _Pace:
    """How a source is asked after what happened before: how many papers at once, and not before when."""

    size: int
    failures: int = 0
    not_before: datetime | None = None


@dataclass(slots=True)
class Enriching:
    """Asks each enricher about the papers that are due, one batch a run."""

    enrichers: Sequence[Enricher]
    papers: PaperStore
    queue: EnrichmentStore
    clock: Clock
    facts: Facts
    _looks: Counter[int] = field(default_factory=Counter, init=False)
    _paces: dict[str, _Pace] = field(default_factory=dict, init=False)

    def looked_at(self, papers: Iterable[Paper]) -> None:
        """Count that somebody sees these papers; what is looked at most is completed first."""
        self._looks.update(paper.id for paper in papers if paper.id is not None and not paper.invented)

    async def run(self, *, may_ask: bool = True) -> int:
        """Write down what was looked at, and ask every enricher; return how many papers it told of.

        A source's fault is logged and changes nothing that is stored. Where several processes share
        a database, one of them asks; about people, each asks for those who looked at them there.
        """
        looks, self._looks = self._looks, Counter()
        await self.queue.note_looks(looks, self.clock())
        asked = self.enrichers if may_ask else ()
        await self.facts.run()
        # All are waited for, whatever one of them meets.
        outcomes = await asyncio.gather(*map(self._ask, asked), return_exceptions=True)
        told = 0
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome
            told += outcome
        return told

    async def _ask(self, enricher: Enricher) -> int:
        now, name = self.clock(), enricher.status.name
        pace = self._paces.setdefault(name, _Pace(size=enricher.batch_size))
        # A pause that ends farther away was begun before the clock was set back.
        if pace.not_before and now < pace.not_before <= now + _FARTHEST:
            return 0
        due = await self.queue.list_due(
            name, now, announced_since=now - WANTED, looked_since=now - WANTED, limit=pace.size
        )
        if not due:
            return 0
        try:
            told = await enricher.fetch_known(due)
        except SourceError as error:
            await self._note_failure(error, due, pace)
            return 0
        known = [_additions(paper, more) for paper, more in zip(due, told, strict=True)]
        await self.papers.save_papers([paper for paper in known if paper])
        await self.queue.ask_again(
            name,
            {
                paper.id: next_ask(paper, now, told=bool(more))
                for paper, more in zip(due, known, strict=True)
                if paper.id
            },
        )
        pace.size, pace.failures, pace.not_before = enricher.batch_size, 0, None
        count = sum(map(bool, known))
        logger.info("papers enriched source=%s asked=%d told=%d", name, len(due), count)
        return count

    async def _note_failure(self, error: SourceError, due: Sequence[Paper], pace: _Pace) -> None:
        """Pause, longer after each failure on end; find the paper that an answer fails for."""
        now = self.clock()
        pause = min(_FIRST_PAUSE * 2 ** min(pace.failures, 10), _LONGEST_PAUSE)
        pace.failures += 1
        pace.not_before = max(now + pause, error.retry_at or now)
        logger.info(
            "papers not enriched source=%s until=%s reason=%s", error.source, pace.not_before, error.reason
        )
        if isinstance(error, SourceChanged):
            if len(due) == 1 and due[0].id is not None:
                await self.queue.ask_again(error.source, {due[0].id: now + SOON})
            pace.size = max(len(due) // 2, 1)


def next_ask(paper: Paper, now: datetime, *, told: bool) -> datetime:
    """Return when a source should be asked about a paper again.

    What is young changes often; what a source doesn't know yet it may know tomorrow, the older the
    paper the later.
    """
    age = now - (paper.dated_at or now)
    if told:
        return now + (OFTEN if age < YOUNG else SELDOM)
    return now + (max(SOON, min(age / 4, OFTEN)) if age < YOUNG else SELDOM)


def _additions(known: Paper, told: Paper | None) -> Paper | None:
    """Return what a source adds to a paper, None where it speaks of another one.

    Its texts stay, and dates and versions are arXiv's to tell: indexes give the day of another
    version, or of a journal.
    """
    if told is None or not _is_same(known, told):
        return None
    return replace(
        told,
        title=known.title,
        abstract="" if known.abstract else told.abstract,
        arxiv_id=known.arxiv_id or told.arxiv_id,
        doi=known.doi or told.doi,
        version=1,
        versions=(),
        submitted_at=None,
        updated_at=None,
        announced_at=None,
    )


def _is_same(known: Paper, told: Paper) -> bool:
    """Say whether both are one paper: by an id that both bear, else by the title.

    A published paper may be told without the preprint's id by which it was asked for.
    """
    if known.arxiv_id and told.arxiv_id:
        return known.arxiv_id.base == told.arxiv_id.base
    if known.doi and told.doi:
        return known.doi == told.doi
    return title_key(known.title) == title_key(told.title)
