"""What a watch would have brought in the last 30 days, by the rules that will decide later."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from bot.domain.feeds import Listing
from bot.domain.numbers import percentiles_of
from bot.domain.papers import AnnounceType, Paper
from bot.domain.search import PaperFilter, WordCounts
from bot.domain.topics import And, Field, Or, Term, Topic
from bot.domain.watches import (
    AuthorCitationsCriterion,
    AuthorCriterion,
    Criterion,
    ShelfCriterion,
    SimilarCriterion,
    TopicCriterion,
    Watch,
)
from bot.services.answers import MAILINGS_A_WEEK, Preview
from bot.services.harvesting.cited_authors import MOST_OWN
from bot.services.harvesting.citing import Citing
from bot.services.matching.listed import NO_COUNTS
from bot.services.matching.nearness import vector_of
from bot.services.matching.wants import rule_of
from bot.services.ports import Clock, PaperStore, WatchStore
from bot.services.vocabulary import Vocabulary
from bot.text.names import family_name
from bot.text.topics import parse_topic

DAYS = 30
EXAMPLES = 5
MOST_LOOKED_AT = 40_000
"""More than all of arXiv announces in the time."""

_MOST_NEEDED = 300


class Previewer:
    """Asks the rules of a watch about the papers of the last 30 days."""

    def __init__(
        self,
        *,
        papers: PaperStore,
        watches: WatchStore,
        citing: Citing,
        vocabulary: Vocabulary,
        clock: Clock,
    ) -> None:
        """Take the stores, who cites whom, how common words are, and the clock."""
        self._citing = citing
        self._watches = watches
        self._papers = papers
        self._vocabulary = vocabulary
        self._clock = clock

    async def preview(self, watch: Watch) -> Preview:
        """Return how many papers the watch would have brought, day by day, and the newest of them."""
        watch = await self._watches.with_parts(watch)
        today = self._clock().date()
        since = today - timedelta(days=DAYS - 1)
        counts = await self._vocabulary.counts() if watch.compares_wording else NO_COUNTS
        category = watch.categories[0] if watch.categories else None
        where = PaperFilter(category=category, announced_since=since, has_code=watch.filters.has_code)
        if watch.follows_citations:
            return await self._preview_citations(watch, counts, since, today)
        papers = await self._papers.list_announced(_necessary(watch, counts), where, limit=MOST_LOOKED_AT)
        listings = [_as_listed(paper, today) for paper in papers]
        wanted = await asyncio.to_thread(_wanted, watch, listings, counts)
        covered = await self._papers.announced_days(PaperFilter(category=category, announced_since=since))
        days = Counter(paper.announced_at.date() for paper in wanted if paper.announced_at)
        return Preview(
            days=tuple((day, days[day]) for day in _each_day(since, today)),
            matched=len(wanted),
            examples=tuple(wanted[:EXAMPLES]),
            covered=covered,
            empty_list=isinstance(watch.criterion, ShelfCriterion) and not watch.criterion.parts,
        )

    async def _preview_citations(self, watch: Watch, counts: WordCounts, since: date, today: date) -> Preview:
        """Return what cited the works in the time, by the day of publication; OpenAlex covers all days."""
        works = watch.followed_works
        own = len(works) if isinstance(watch.criterion, AuthorCitationsCriterion) else 0
        known = await self._citing.list_citing(works, since)
        listings = [_as_listed(one.paper, today, one.cites) for one in known]
        wanted = await asyncio.to_thread(_wanted, watch, listings, counts)
        days = Counter(paper.dated_at.date() for paper in wanted if paper.dated_at)
        return Preview(
            days=tuple((day, days[day]) for day in _each_day(since, today)),
            matched=len(wanted),
            examples=tuple(wanted[:EXAMPLES]),
            # OpenAlex knows of every day: of as many as have mailings in the time.
            covered=DAYS * MAILINGS_A_WEEK // 7,
            followed=own,
            are_some=own >= MOST_OWN,
        )


def _wanted(watch: Watch, listings: Sequence[Listing], counts: WordCounts) -> list[Paper]:
    is_wanted = rule_of(watch, counts)
    return [listing.paper for listing in listings if is_wanted(listing)]


def _as_listed(paper: Paper, today: date, cites: frozenset[str] = frozenset()) -> Listing:
    dated = paper.dated_at.date() if paper.dated_at else None
    score, novelty = percentiles_of(paper.numbers, dated, today)
    categories = (*paper.categories, paper.primary_category) if paper.primary_category else paper.categories
    return Listing(
        paper=paper,
        announce_type=AnnounceType.NEW,
        new_categories=frozenset(categories),
        first=True,
        score=score,
        novelty=novelty,
        cites=cites,
    )


def _necessary(watch: Watch, counts: WordCounts) -> Topic | None:
    """Return a topic that every wanted paper satisfies, so that few have to be looked at."""
    found = [part for one in watch.criteria if (part := _necessary_for(one, counts))]
    return And(tuple(found)) if len(found) > 1 else next(iter(found), None)


def _necessary_for(criterion: Criterion, counts: WordCounts) -> Topic | None:
    match criterion:
        case TopicCriterion(topic=topic):
            return parse_topic(topic)
        case AuthorCriterion(names=names):
            return _any_of((family_name(name) for name in names), Field.AUTHORS)
        case SimilarCriterion():
            return _any_of(_indispensable(criterion, counts), Field.ANY)
        case ShelfCriterion(parts=parts):
            needed = {word for part in parts for word in _indispensable(part, counts)}
            # So many words stand in nearly every paper.
            return _any_of(sorted(needed), Field.ANY) if len(needed) <= _MOST_NEEDED else None
    return None


def _indispensable(criterion: SimilarCriterion, counts: WordCounts) -> Iterator[str]:
    """Yield the heaviest words, until the rest together could not reach the threshold."""
    weights = vector_of(criterion.title, criterion.abstract, counts)
    left = 1.0
    for word in sorted(weights, key=weights.__getitem__, reverse=True):
        if left < criterion.threshold**2:
            return
        left -= weights[word] ** 2
        yield word


def _any_of(found: Iterable[str], field: Field) -> Topic:
    """Return the topic that one of the words stands in a field; where there is none, nothing does."""
    terms = tuple(Term((word,), field) for word in dict.fromkeys(found) if word)
    return terms[0] if len(terms) == 1 else Or(terms)


def _each_day(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)
