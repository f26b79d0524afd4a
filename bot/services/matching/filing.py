"""The watches, filed under what the papers they want must carry.

A paper is looked up by what it carries, and the rules are asked only of the watches found so.
Watches with the same rules are asked once.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import Protocol

from bot.domain.feeds import Listing
from bot.domain.search import WordCounts
from bot.domain.watches import (
    Criterion,
    Filters,
    PlaceWanting,
    ShelfCriterion,
    SimilarCriterion,
    Watch,
    wanting_there,
)
from bot.metrics.vectors import Vector
from bot.services.matching.anchors import (
    PREFIX,
    WORD,
    anchors_of,
    carried_by,
    companion_of,
    cost_of,
    is_proven,
)
from bot.services.matching.listed import NO_COUNTS, Listed
from bot.services.matching.nearness import Nearness, vector_of
from bot.services.matching.reasons import reason_of
from bot.services.matching.wants import checks_of

_Condition = tuple[tuple[Criterion, ...], Filters]
_Member = tuple[datetime, PlaceWanting]
"""When a watch was made, and what is handed out for it."""

_Handing = tuple[str, str, bool, bool, bool]
"""Anchor and companion, whether it is the only anchor, and what decides which kinds of listings are news."""


class Words(Protocol):
    """Says how common words are; see `bot.services.vocabulary`."""

    @property
    def is_old(self) -> bool:
        """Whether words would be counted again."""

    async def counts(self) -> WordCounts:
        """Return how many papers have each word."""


class WatchIndex:
    """The watches, filed; kept in memory and made anew only when watches have changed."""

    def __init__(self, vocabulary: Words) -> None:
        """Begin without watches; `vocabulary` is asked only where wording is watched."""
        self._vocabulary = vocabulary
        self._version = -1
        self._counts = NO_COUNTS
        self._rules: dict[_Condition, _Rules] = {}
        self._files = _Files(())

    @property
    def version(self) -> int:
        """Which state of the watches is filed; none that a store gives where they must be filed anew."""
        return -1 if self._files.near and self._vocabulary.is_old else self._version

    async def learn(self, watches: Sequence[Watch], version: int) -> None:
        """File these watches in place of all others, in a thread; rules that are known are kept."""
        if any(watch.compares_wording for watch in watches):
            counts = await self._vocabulary.counts()
            if counts is not self._counts:
                self._counts, self._rules = counts, {}
        await asyncio.to_thread(self._file, watches, self._counts)
        self._version = version

    def _file(self, watches: Iterable[Watch], counts: WordCounts) -> None:
        members: defaultdict[_Condition, list[Watch]] = defaultdict(list)
        for watch in watches:
            members[watch.criteria, watch.filters].append(watch)
        known = self._rules
        self._rules = {
            condition: known.get(condition) or _Rules(alike[0], counts)
            for condition, alike in members.items()
        }
        self._files = _Files([(self._rules[condition], alike) for condition, alike in members.items()])

    @property
    def newest(self) -> datetime | None:
        """When the newest watch was made; None where there is none."""
        return self._files.newest

    def read(self, listing: Listing) -> Listed:
        """Return a listing as the rules of these watches see it."""
        return Listed(listing, self._counts)

    def candidates(self, paper: Listed) -> tuple[Iterable[Group], Iterable[Group]]:
        """Return the groups of watches to be asked about a paper, each once, and those that share watches.

        The latter have nothing to ask, and give the same object wherever they give the same watch.
        """
        return self._files.candidates(paper)


class Group:
    """Watches that want the same papers, the oldest first; `checks` is what must be asked of a paper."""

    __slots__ = ("_created", "_has_category", "_reason", "_versions", "_wanting", "checks")

    def __init__(self, rules: _Rules, members: Iterable[_Member]) -> None:
        """Take the rules of all, and each of them."""
        self.checks = rules.checks
        self._has_category = rules.has_category
        self._versions = rules.versions
        self._reason = rules.reason
        oldest_first = sorted(members, key=itemgetter(0))
        self._created = [created for created, _ in oldest_first]
        self._wanting = [wanting for _, wanting in oldest_first]

    def is_asked_by(self, listing: Listing) -> bool:
        """Say whether this kind of listing is news here: later cross-lists are to their category alone."""
        if not listing.announce_type.is_first_listing:
            return self._versions
        return listing.first or self._has_category

    def wanting(self, paper: Listed, line: datetime | None) -> Sequence[PlaceWanting]:
        """Return the watches made no later than the line, each with why it wants the paper."""
        found = self._wanting
        if line is not None and self._created[-1] > line:
            found = found[: bisect_right(self._created, line)]
        if self._reason is None or not found:
            return found
        reason = self._reason(paper)
        return [(place, ((watch, reason),)) for place, ((watch, _),) in found]


class _Rules:
    """What watches with the same criteria and filters want, made ready.

    `reason` says why they want a paper, and is None where that is the same for each: the `label`.
    """

    __slots__ = ("anchors", "checks", "companion", "has_category", "label", "reason", "sought", "versions")

    def __init__(self, watch: Watch, counts: WordCounts) -> None:
        narrowest = min(watch.criteria, key=lambda one: cost_of(one, counts))
        proven = watch.criteria.index(narrowest) if is_proven(narrowest) else -1
        checks = checks_of(watch, counts)
        self.checks = tuple(check for place, check in enumerate(checks) if place != proven)
        self.sought = _sought(narrowest, counts)
        self.anchors = anchors_of(narrowest, counts)
        self.companion = companion_of(narrowest, counts)
        self.has_category = bool(watch.categories)
        self.versions = watch.filters.versions
        self.label = watch.label
        self.reason = reason_of(watch, counts)

    @property
    def is_met(self) -> bool:
        """Whether any paper found by anchor and companion is wanted, and for the same reason."""
        return not self.checks and self.reason is None


class _Drawer:
    """The groups filed under one anchor: those filed nowhere else, and those filed elsewhere too.

    Of the former, `paired` want a second word too; of the latter, `overlapping` have nothing to ask.
    """

    __slots__ = ("alone", "overlapping", "paired", "shared")

    def __init__(self) -> None:
        self.alone: list[Group] = []
        self.paired: defaultdict[str, list[Group]] = defaultdict(list)
        self.shared: list[Group] = []
        self.overlapping: list[Group] = []

    def put_alone(self, group: Group, companion: str) -> None:
        """Take a group that is filed here alone."""
        (self.paired[companion] if companion else self.alone).append(group)


class _Files:
    """Groups of watches by what the papers they want must carry; never changed once it is made."""

    def __init__(self, filed: Iterable[tuple[_Rules, Sequence[Watch]]]) -> None:
        drawers: defaultdict[str, _Drawer] = defaultdict(_Drawer)
        met: defaultdict[_Handing, list[tuple[_Rules, list[_Member]]]] = defaultdict(list)
        sought: list[tuple[Vector, float]] = []
        near: list[Group] = []
        made: set[datetime] = set()
        for rules, watches in filed:
            # Made once: handing out half a million matches a day costs little more than reading these.
            members = [(watch.created_at, wanting_there(watch, rules.label)) for watch in watches]
            made.update(watch.created_at for watch in watches)
            is_alone = len(rules.anchors) == 1
            if rules.is_met:
                for anchor in rules.anchors:
                    kind = anchor, rules.companion, is_alone, rules.has_category, rules.versions
                    met[kind].append((rules, members))
                continue
            group = Group(rules, members)
            for anchor in rules.anchors:
                if is_alone:
                    drawers[anchor].put_alone(group, rules.companion)
                else:
                    drawers[anchor].shared.append(group)
            # A group stands here once for each text that what it wants may be near to.
            near += [group] * len(rules.sought)
            sought += rules.sought
        # Whatever their rules are, all that want each paper with the anchor are handed out in one piece.
        for (anchor, companion, is_alone, *_), alike in met.items():
            merged = Group(alike[0][0], chain.from_iterable(members for _, members in alike))
            if is_alone:
                drawers[anchor].put_alone(merged, companion)
            else:
                drawers[anchor].overlapping.append(merged)
        self.newest = max(made, default=None)
        self.near = tuple(near)
        self._nearness = Nearness(*zip(*sought, strict=True)) if sought else None
        self._by_word = {key[1:]: drawer for key, drawer in drawers.items() if key[0] == WORD}
        self._others = {key: drawer for key, drawer in drawers.items() if key[0] != WORD}
        self._prefix_lengths = tuple(sorted({len(key) - 1 for key in drawers if key[0] == PREFIX}))

    def candidates(self, paper: Listed) -> tuple[Iterable[Group], Iterable[Group]]:
        others = self._others
        drawers = [others[key] for key in carried_by(paper, self._prefix_lengths) if key in others]
        shared: list[Group] = []
        if not paper.listing.cites:
            drawers += map(self._by_word.__getitem__, paper.document.words & self._by_word.keys())
            if self._nearness:
                shared += map(self.near.__getitem__, self._nearness.near(paper.vector))
        for drawer in drawers:
            shared += drawer.shared
        alone = [drawer.alone for drawer in drawers]
        for drawer in drawers:
            if drawer.paired:
                alone += map(drawer.paired.__getitem__, paper.document.words.intersection(drawer.paired))
        overlapping = chain.from_iterable(drawer.overlapping for drawer in drawers)
        return chain(chain.from_iterable(alone), dict.fromkeys(shared)), overlapping


def _sought(criterion: Criterion, counts: WordCounts) -> tuple[tuple[Vector, float], ...]:
    """Return the texts, weighed, one of which a paper must be near, and how near."""
    parts: tuple[SimilarCriterion, ...] = ()
    match criterion:
        case SimilarCriterion():
            parts = (criterion,)
        case ShelfCriterion():
            parts = criterion.parts
    return tuple((vector_of(one.title, one.abstract, counts), one.threshold) for one in parts)
