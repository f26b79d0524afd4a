"""Which watches want a listing, found through an inverted index of the watches.

A watch is filed under something that every paper it wants must carry: a name, a category, or the
rarest word its topic requires. A paper is looked up by what it carries, and the rules are asked
only of the watches found so. Watches with the same rules are asked once.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import Protocol

from bot.domain.categories import archive_of
from bot.domain.feeds import Listing
from bot.domain.search import WordCounts
from bot.domain.topics import And, Field, Not, Or, Term, Topic
from bot.domain.watches import (
    AuthorCitationsCriterion,
    AuthorCriterion,
    CategoryCriterion,
    CitationsCriterion,
    CitingCriterion,
    Criterion,
    Filters,
    ShelfCriterion,
    SimilarCriterion,
    TopicCriterion,
    Watch,
    label_of,
)
from bot.metrics.vectors import Vector
from bot.services.nearness import Nearness, ShelfNearness, vector_of
from bot.services.wants import NO_COUNTS, Reading, checks_of, doubt_of
from bot.text.folding import title_key
from bot.text.markdown import clip
from bot.text.names import family_name, name_key
from bot.text.topics import parse_topic

Anchors = frozenset[str]
"""What a paper must carry at least one of, each with a mark of its kind before it."""

_Condition = tuple[tuple[Criterion, ...], Filters]
_NAME, _INITIAL, _WORD, _PREFIX, _CATEGORY, _CITED = "niwpcr"
_NEVER = datetime.min.replace(tzinfo=UTC)
_COMMON = {_NAME: 1, _INITIAL: 1, _WORD: 10, _PREFIX: 40, _CATEGORY: 20, _CITED: 0}
_NEAR_COST = 2.0
_CITED_TITLE = 90
"""So much of a cited paper's title is in a reason, which has to leave room for others."""


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
        self._files = _Files({})

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
        rules = {
            condition: known.get(condition) or _Rules(alike[0], counts)
            for condition, alike in members.items()
        }
        self._files = _Files(
            {condition: _Group(rules[condition], alike) for condition, alike in members.items()}
        )
        self._rules = rules

    def read(self, listing: Listing) -> Reading:
        """Return a listing as the rules of these watches see it."""
        return Reading(listing, self._counts)

    def reason(self, watch: Watch, listing: Listing) -> str:
        """Return what a watch is called where it wants a listing, and what speaks for and against that."""
        rules = self._rules.get((watch.criteria, watch.filters))
        if rules is None or rules.shelf is None:
            return reason_of(watch, listing)
        near = rules.shelf.nearest(self.read(listing).vector, listing.paper.id)
        return reason_of(watch, listing, near)

    def candidates(self, reading: Reading) -> Iterable[_Group]:
        """Return each group of watches that may want the paper, once."""
        return self._files.candidates(reading)


class _Files:
    """Groups of watches by what the papers they want must carry; never changed once it is made."""

    def __init__(self, groups: Mapping[_Condition, _Group]) -> None:
        filed: defaultdict[str, dict[_Group, None]] = defaultdict(dict)
        for group in groups.values():
            for anchor in group.rules.anchors:
                filed[anchor][group] = None
        self._filed = dict(filed)
        self._prefix_lengths = tuple(sorted({len(key) - 1 for key in filed if key[0] == _PREFIX}))
        # A group stands here once for each text that what it wants may be near to.
        self.near = tuple(group for group in groups.values() for _ in group.rules.sought)
        sought = [one for group in groups.values() for one in group.rules.sought]
        self._nearness = Nearness(*zip(*sought, strict=True)) if sought else None

    def candidates(self, reading: Reading) -> Iterable[_Group]:
        found: dict[_Group, None] = {}
        filed = self._filed
        for key in self._carried(reading):
            if key in filed:
                found |= filed[key]
        if self._nearness and not reading.listing.cites:
            found |= dict.fromkeys(map(self.near.__getitem__, self._nearness.near(reading.vector)))
        return found

    def _carried(self, reading: Reading) -> Iterator[str]:
        """Yield everything the paper carries that a watch can be filed under.

        What is news only because it cites something concerns nobody who waits for a feed.
        """
        if reading.listing.cites:
            for work in reading.listing.cites:
                yield _CITED + work
            return
        for category in reading.listing.new_categories:
            yield _CATEGORY + category
            yield _CATEGORY + archive_of(category)
        for key, name in reading.names.items():
            yield _NAME + key
            yield _INITIAL + _initialled(name)
        for word in reading.document.words:
            yield _WORD + word
            for length in self._prefix_lengths:
                if length <= len(word):
                    yield _PREFIX + word[:length]


class Matcher:
    """Decides for one mailing which watches want which of its papers.

    A watch starts with papers that a feed first lists after its creation, whatever date they
    bear. Where the mailing is dated before the creation and had never been read, it already
    stood there when the watch was made, so it is the watch's starting line and not news.
    """

    def __init__(self, index: WatchIndex, dated: datetime | None, last_read: Mapping[str, datetime]) -> None:
        """Take the filed watches, the mailing's date, and when each category was last read before it."""
        self._index = index
        self._dated = dated
        self._last_read = last_read

    @property
    def version(self) -> int:
        """Which state of the watches is known."""
        return self._index.version

    async def learn(self, watches: Sequence[Watch], version: int) -> None:
        """Take the watches as they are now."""
        await self._index.learn(watches, version)

    def __call__(self, listing: Listing) -> list[Watch]:
        """Return the watches that want this listing of the paper."""
        reading = self._index.read(listing)
        line = self._starting_line(listing)
        is_news = listing.first and listing.announce_type.is_first_listing
        wanting: list[Watch] = []
        for group in self._index.candidates(reading):
            if not (is_news or group.is_asked_by(listing)):
                continue
            for check in group.checks:
                if not check(reading):
                    break
            else:
                wanting += group.created_until(line)
        return wanting

    def label(self, watch: Watch, listing: Listing) -> str:
        """Return what a watch is called where it wants the listing."""
        return self._index.reason(watch, listing)

    def _starting_line(self, listing: Listing) -> datetime | None:
        """Return the moment after which a watch was made too late for this listing; None for none."""
        if not listing.announce_type.is_first_listing:
            # When a replacement was first listed isn't kept, so its mailing's date decides alone.
            return self._dated or _NEVER
        reads = [self._last_read[name] for name in listing.new_categories if name in self._last_read]
        if self._dated is None:
            return None if reads else _NEVER
        return self._dated if not reads or max(reads) < self._dated else None


def reason_of(watch: Watch, listing: Listing, near: SimilarCriterion | None = None) -> str:
    """Return what a watch is called where it wants a listing, and why that may be a namesake's.

    `near` is the paper of a reading list that it is worded like.
    """
    reading = Reading(listing)
    doubts = [
        doubt
        for one in watch.criteria
        if isinstance(one, AuthorCriterion) and (doubt := doubt_of(one, reading))
    ]
    label = watch.label
    if isinstance(watch.criterion, AuthorCitationsCriterion):
        cited = _cited_of(watch.criterion, listing)
        label = label.replace(label_of(watch.criterion), cited, 1)
    if near is not None:
        label = label.replace(label_of(watch.criterion), f"{label_of(watch.criterion)} ({near.title})", 1)
    return f"{label} (or a namesake: {', '.join(doubts)})" if doubts else label


def _cited_of(criterion: AuthorCitationsCriterion, listing: Listing) -> str:
    """Return which papers of an author are cited: the most cited of them, and how many more."""
    titles = {title_key(one.title): one.title for one in criterion.works if one.work in listing.cites}
    if not titles:
        return label_of(criterion)
    more = f" and {len(titles) - 1} more" if len(titles) > 1 else ""
    return f"cites {clip(next(iter(titles.values())), _CITED_TITLE)}{more} (by {criterion.name})"


class _Rules:
    """What watches with the same criteria and filters want, made ready."""

    __slots__ = ("anchors", "checks", "has_category", "shelf", "sought", "versions")

    def __init__(self, watch: Watch, counts: WordCounts) -> None:
        narrowest = min(watch.criteria, key=lambda one: _cost_of(one, counts))
        proven = watch.criteria.index(narrowest) if _is_proven(narrowest) else -1
        checks = checks_of(watch, counts)
        self.checks = tuple(check for place, check in enumerate(checks) if place != proven)
        first = watch.criterion
        self.shelf = ShelfNearness(first, counts) if isinstance(first, ShelfCriterion) else None
        self.sought = _sought(narrowest, counts)
        self.anchors = _anchors(narrowest, counts)
        self.has_category = bool(watch.categories)
        self.versions = watch.filters.versions


class _Group:
    """Watches with the same rules, the oldest first."""

    __slots__ = ("_created", "checks", "members", "rules")

    def __init__(self, rules: _Rules, watches: Iterable[Watch]) -> None:
        self.rules = rules
        self.checks = rules.checks
        self.members = sorted(watches, key=attrgetter("created_at"))
        self._created = [watch.created_at for watch in self.members]

    def is_asked_by(self, listing: Listing) -> bool:
        """Say whether this kind of listing is news here: later cross-lists are to their category alone."""
        if not listing.announce_type.is_first_listing:
            return self.rules.versions
        return listing.first or self.rules.has_category

    def created_until(self, line: datetime | None) -> list[Watch]:
        """Return the members made no later than the line."""
        if line is None or self._created[-1] <= line:
            return self.members
        return self.members[: bisect_right(self._created, line)]


def _sought(criterion: Criterion, counts: WordCounts) -> tuple[tuple[Vector, float], ...]:
    """Return the texts, weighed, one of which a paper must be near, and how near."""
    parts: tuple[SimilarCriterion, ...] = ()
    match criterion:
        case SimilarCriterion():
            parts = (criterion,)
        case ShelfCriterion():
            parts = criterion.parts
    return tuple((vector_of(one.title, one.abstract, counts), one.threshold) for one in parts)


def _cost_of(criterion: Criterion, counts: WordCounts) -> float:
    if isinstance(criterion, SimilarCriterion):
        return _NEAR_COST
    if isinstance(criterion, ShelfCriterion):
        return _NEAR_COST * len(criterion.parts)
    if isinstance(criterion, CitingCriterion):
        return -1.0
    return _cost(_anchors(criterion, counts), counts)


def _is_proven(criterion: Criterion) -> bool:
    """Say whether whatever carries one of the anchors satisfies the criterion."""
    match criterion:
        case CategoryCriterion(primary=primary):
            return not primary
        case AuthorCriterion():
            return not criterion.has_evidence
        case TopicCriterion(topic=topic):
            return _is_words(parse_topic(topic))
        case SimilarCriterion() | ShelfCriterion():
            return False
        case CitationsCriterion() | AuthorCitationsCriterion():
            return True


def _is_words(topic: Topic) -> bool:
    """Say whether a topic asks for one word, or one of several, anywhere."""
    if isinstance(topic, Or):
        return all(_is_words(part) for part in topic.parts)
    return isinstance(topic, Term) and len(topic.words) == 1 and topic.field is Field.ANY


def _anchors(criterion: Criterion, counts: WordCounts) -> Anchors:
    match criterion:
        case CategoryCriterion(category=category):
            return frozenset({_CATEGORY + category})
        case AuthorCriterion():
            exact = {_NAME + key for key in criterion.names}
            may_be_short = bool(criterion.coauthors) and not criterion.strict
            return frozenset(exact | ({_INITIAL + _initialled(criterion.name)} if may_be_short else set()))
        case TopicCriterion(topic=topic):
            return _required(parse_topic(topic), counts) or frozenset()
        case SimilarCriterion() | ShelfCriterion():
            # What is near is found by all its words together.
            return frozenset()
        case CitationsCriterion(works=works):
            return frozenset(_CITED + work for work in works)
        case AuthorCitationsCriterion(works=own):
            return frozenset(_CITED + one.work for one in own)


def _required(topic: Topic, counts: WordCounts) -> Anchors | None:
    """Return words one of which every satisfying text has; None where nothing need be there."""
    match topic:
        case Term(words=said, prefix=prefix):
            whole = [frozenset({_WORD + word}) for word in (said[:-1] if prefix else said)]
            return min(whole or [frozenset({_PREFIX + said[-1]})], key=lambda one: _cost(one, counts))
        case Or(parts=parts):
            found = [_required(part, counts) for part in parts]
            return None if None in found else frozenset().union(*(one for one in found if one))
        case And(parts=parts):
            required = [one for part in parts if (one := _required(part, counts))]
            return min(required, key=lambda one: _cost(one, counts), default=None)
        case Not():
            return None


def _cost(anchors: Anchors, counts: WordCounts) -> float:
    """Estimate how many of a hundred papers carry one of these.

    Where words were not counted, one is the rarer the longer it is.
    """
    return sum(
        100 * counts.papers_with.get(anchor[1:], 0) / counts.papers
        if counts.papers and anchor[0] == _WORD
        else _COMMON[anchor[0]] / len(anchor)
        for anchor in anchors
    )


def _initialled(name: str) -> str:
    """Return what two forms of a name share that initials may stand for each other in."""
    return f"{family_name(name)} {name_key(name)[:1]}"
