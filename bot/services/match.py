"""Which watches want a paper: pure rules over a listing and the active watches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from bot.domain.categories import is_within
from bot.domain.feeds import FeedItem
from bot.domain.papers import Paper
from bot.domain.topics import Topic
from bot.domain.watches import AuthorCriterion, CategoryCriterion, TopicCriterion, Watch
from bot.text.names import initials_compatible, name_key
from bot.text.topics import matches, parse_topic


class Matcher:
    """Decides for one mailing which watches want which of its papers.

    A watch starts with papers that a feed first lists after its creation, whatever date they
    bear. Where the mailing is dated before the creation and had never been read, it already
    stood there when the watch was made, so it is the watch's starting line and not news.
    """

    def __init__(self, dated: datetime | None, last_read: Mapping[str, datetime]) -> None:
        """Take the mailing's date and when each category's feed was last read before it."""
        self._dated = dated
        self._last_read = last_read

    def __call__(
        self,
        item: FeedItem,
        paper: Paper,
        new_categories: frozenset[str],
        first: bool,
        watches: Sequence[Watch],
    ) -> Sequence[Watch]:
        """Return the watches that want this listing of the paper."""
        if not item.announce_type.is_first_listing:
            return ()
        return [
            watch
            for watch in watches
            if (first or isinstance(watch.criterion, CategoryCriterion))
            and wants(watch, paper, new_categories)
            and not self._stood_before(watch, new_categories)
        ]

    def _stood_before(self, watch: Watch, new_categories: frozenset[str]) -> bool:
        reads = [self._last_read[name] for name in new_categories if name in self._last_read]
        if self._dated is None:
            return not reads
        return self._dated < watch.created_at and (not reads or max(reads) < self._dated)


def wants(watch: Watch, paper: Paper, categories: frozenset[str]) -> bool:
    """Say whether a watch wants a paper that is listed in these categories."""
    if watch.has_code and not paper.code_url:
        return False
    match watch.criterion:
        case CategoryCriterion(category=category, primary=primary):
            if primary:
                return paper.primary_category is not None and is_within(paper.primary_category, category)
            return any(is_within(name, category) for name in categories)
        case TopicCriterion(topic=topic):
            names = ", ".join(author.name for author in paper.authors)
            return matches(_parsed(topic), paper.title, paper.abstract, names)
        case AuthorCriterion() as criterion:
            return _is_by(criterion, paper)


def _is_by(criterion: AuthorCriterion, paper: Paper) -> bool:
    """Say whether a paper is by the watched author.

    A printed form of the name counts by itself. Unless the watch is strict, an initialled form
    counts where a known co-author signs too.
    """
    printed = {name_key(author.name): author.name for author in paper.authors}
    if not printed.keys().isdisjoint(criterion.names):
        return True
    if criterion.strict or printed.keys().isdisjoint(criterion.coauthors):
        return False
    return any(initials_compatible(name, criterion.name) for name in printed.values())


@lru_cache(maxsize=4096)
def _parsed(topic: str) -> Topic:
    return parse_topic(topic)
