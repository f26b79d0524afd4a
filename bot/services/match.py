"""Which watches want a listing, found through an inverted index of the watches.

A watch is filed under something that every paper it wants must carry: a name, a category, or the
rarest word its topic requires. A paper is looked up by what it carries, and the rules are asked
only of the watches found so. Watches with the same rules are asked once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from operator import attrgetter

from bot.domain.categories import archive_of
from bot.domain.feeds import Listing
from bot.domain.topics import And, Not, Or, Term, Topic
from bot.domain.watches import AuthorCriterion, CategoryCriterion, Criterion, TopicCriterion, Watch
from bot.services.wants import Reading, checks_of
from bot.text.names import family_name, name_key
from bot.text.topics import parse_topic

Anchors = frozenset[str]
"""What a paper must carry at least one of, each with a mark of its kind before it."""

_NAME, _INITIAL, _WORD, _PREFIX, _CATEGORY = "niwpc"
_NEVER = datetime.min.replace(tzinfo=UTC)
_COMMON = {_NAME: 1, _INITIAL: 1, _WORD: 10, _PREFIX: 40, _CATEGORY: 20}


class WatchIndex:
    """The watches, filed; kept in memory and made anew only when watches have changed."""

    def __init__(self) -> None:
        """Begin without watches; `version` is then none that the store gives."""
        self.version = -1
        self._filed: dict[str, list[_Group]] = {}
        self._prefix_lengths: tuple[int, ...] = ()

    def learn(self, watches: Iterable[Watch], version: int) -> None:
        """File these watches in place of all others."""
        groups: dict[object, _Group] = {}
        for watch in watches:
            condition = (watch.criteria, watch.filters)
            group = groups.get(condition)
            if group is None:
                group = groups[condition] = _Group(watch)
            group.members.append(watch)
        filed: defaultdict[str, list[_Group]] = defaultdict(list)
        for group in groups.values():
            group.close()
            for anchor in group.anchors:
                filed[anchor].append(group)
        self._filed = dict(filed)
        self._prefix_lengths = tuple(sorted({len(key) - 1 for key in filed if key[0] == _PREFIX}))
        self.version = version

    def candidates(self, reading: Reading) -> Iterable[_Group]:
        """Return each group of watches that may want the paper, once."""
        found: dict[_Group, None] = {}
        filed = self._filed
        for key in self._carried(reading):
            if key in filed:
                found.update(dict.fromkeys(filed[key]))
        return found

    def _carried(self, reading: Reading) -> Iterator[str]:
        """Yield everything the paper carries that a watch can be filed under."""
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

    def learn(self, watches: Sequence[Watch], version: int) -> None:
        """Take the watches as they are now."""
        self._index.learn(watches, version)

    def __call__(self, listing: Listing) -> list[Watch]:
        """Return the watches that want this listing of the paper."""
        reading = Reading(listing)
        line = self._starting_line(listing)
        wanting: list[Watch] = []
        for group in self._index.candidates(reading):
            if group.is_asked_by(listing) and all(check(reading) for check in group.checks):
                wanting += group.created_until(line)
        return wanting

    def _starting_line(self, listing: Listing) -> datetime | None:
        """Return the moment after which a watch was made too late for this listing; None for none."""
        if not listing.announce_type.is_first_listing:
            # When a replacement was first listed isn't kept, so its mailing's date decides alone.
            return self._dated or _NEVER
        reads = [self._last_read[name] for name in listing.new_categories if name in self._last_read]
        if self._dated is None:
            return None if reads else _NEVER
        return self._dated if not reads or max(reads) < self._dated else None


class _Group:
    """Watches with the same criteria and filters, the oldest first."""

    __slots__ = ("_created", "_has_category", "_versions", "anchors", "checks", "members")

    def __init__(self, watch: Watch) -> None:
        self.checks = checks_of(watch)
        self.anchors = min((_anchors(criterion) for criterion in watch.criteria), key=_cost)
        self.members: list[Watch] = []
        self._created: list[datetime] = []
        self._has_category = bool(watch.categories)
        self._versions = watch.filters.versions

    def close(self) -> None:
        """Put the members in order, when all of them are there."""
        self.members.sort(key=attrgetter("created_at"))
        self._created = [watch.created_at for watch in self.members]

    def is_asked_by(self, listing: Listing) -> bool:
        """Say whether this kind of listing is news here: later cross-lists are to their category alone."""
        if not listing.announce_type.is_first_listing:
            return self._versions
        return listing.first or self._has_category

    def created_until(self, line: datetime | None) -> list[Watch]:
        """Return the members made no later than the line."""
        return self.members if line is None else self.members[: bisect_right(self._created, line)]


def _anchors(criterion: Criterion) -> Anchors:
    match criterion:
        case CategoryCriterion(category=category):
            return frozenset({_CATEGORY + category})
        case AuthorCriterion():
            exact = {_NAME + key for key in criterion.names}
            may_be_short = bool(criterion.coauthors) and not criterion.strict
            return frozenset(exact | ({_INITIAL + _initialled(criterion.name)} if may_be_short else set()))
        case TopicCriterion(topic=topic):
            return _required(parse_topic(topic)) or frozenset()


def _required(topic: Topic) -> Anchors | None:
    """Return words one of which every satisfying text has; None where nothing need be there."""
    match topic:
        case Term(words=said, prefix=prefix):
            whole = {_WORD + word for word in (said[:-1] if prefix else said)}
            return frozenset({max(whole or {_PREFIX + said[-1]}, key=len)})
        case Or(parts=parts):
            found = [_required(part) for part in parts]
            return None if None in found else frozenset().union(*(one for one in found if one))
        case And(parts=parts):
            return min((one for part in parts if (one := _required(part))), key=_cost, default=None)
        case Not():
            return None


def _cost(anchors: Anchors) -> float:
    """Estimate how many papers carry one of these: a word is the rarer the longer it is."""
    return sum(_COMMON[anchor[0]] / len(anchor) for anchor in anchors)


def _initialled(name: str) -> str:
    """Return what two forms of a name share that initials may stand for each other in."""
    return f"{family_name(name)} {name_key(name)[:1]}"
