"""A stand-in for arXiv's feeds, in which new papers appear while somebody looks on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from math import inf

from bot.domain.categories import CATEGORIES, is_within
from bot.domain.feeds import Feed, FeedItem, Listing, Validators
from bot.domain.papers import AnnounceType, Paper
from bot.domain.watches import Watch
from bot.services.matching.wants import wants
from bot.services.ports import Clock
from playground.invented import Inventor

FIRST_PAPER = timedelta(seconds=20)
"""How soon the first new paper appears, and one for a new watch."""

_A_DAY = 4
"""So many papers of each category are in a whole day's mailing."""

_SLOWEST = timedelta(minutes=5)
_FIRST_LIVE_NUMBER, _MOST_NUMBERS = 500, 1000
_ATTEMPTS = 200


class SampleFeed:
    """Stands in for arXiv's feeds, in which new papers appear while somebody looks on.

    Each new paper is invented for one of the watches there are, so that whoever makes a watch
    sees what it does. Satisfies `bot.services.ports.FeedSource`.
    """

    def __init__(self, inventor: Inventor, today: Iterable[Paper], clock: Clock) -> None:
        """Take who invents the papers, and what today's mailing lists already."""
        self._inventor = inventor
        self._clock = clock
        now = clock()
        self._opened = datetime.combine(now.date(), time(), now.tzinfo)
        self._listed = list(today)
        self._new: list[Paper] = []
        self._served: dict[int, float] = {}
        self._pause = FIRST_PAPER
        self._next_at = now + FIRST_PAPER

    @property
    def appeared(self) -> tuple[Paper, ...]:
        """The papers that have appeared since it was opened."""
        return tuple(self._new)

    @property
    def next_in(self) -> int:
        """Return in how many seconds the next paper appears."""
        return max(0, round((self._next_at - self._clock()).total_seconds()))

    async def fetch_feed(
        self,
        categories: Sequence[str],
        validators: Validators,
        *,
        waiting: bool = False,  # noqa: ARG002 - nobody queues here
    ) -> Feed | None:
        """Return today's mailing of the categories together, None where it is unchanged."""
        wanted = frozenset(categories)
        papers = [paper for paper in (*self._listed, *self._new) if wanted & set(paper.categories)]
        dated = max((paper.announced_at for paper in papers if paper.announced_at), default=self._opened)
        current = Validators(etag=f'"{len(papers)}"')
        if validators == current:
            return None
        items = tuple(
            FeedItem(
                paper=paper,
                announce_type=AnnounceType.NEW if paper.primary_category in wanted else AnnounceType.CROSS,
            )
            for paper in papers
        )
        return Feed(categories=tuple(categories), dated=dated, items=items, validators=current)

    def let_appear(self, watches: Sequence[Watch]) -> Paper | None:
        """List a new paper if it is time for one; return it."""
        now = self._clock()
        waiting = [watch for watch in watches if not watch.paused_reason and watch.id is not None]
        if any(watch.id not in self._served for watch in waiting):
            self._next_at = min(self._next_at, now + FIRST_PAPER)
        for watch in waiting:
            self._served.setdefault(watch.id or 0, 0)
        if now < self._next_at:
            return None
        self._pause = min(self._pause * 1.3, _SLOWEST)
        self._next_at = now + max(self._pause, 2 * FIRST_PAPER)
        paper = self._invent(waiting, now)
        return self._list(paper) if paper else None

    def let_mailing_appear(self) -> None:
        """List a day's papers at once, some of every category; none where there were too many days."""
        now = self._clock()
        for category in self._inventor.categories * _A_DAY:
            if (number := _FIRST_LIVE_NUMBER + len(self._new)) < _MOST_NUMBERS:
                self._list(replace(self._inventor.paper(number, category, now), announced_at=now))

    def _list(self, paper: Paper) -> Paper:
        self._inventor.keep(paper)
        self._new.append(paper)
        return paper

    def _invent(self, watches: Sequence[Watch], now: datetime) -> Paper | None:
        """Invent a paper for the watch that has had the fewest; one nobody asked for, if need be."""
        number = _FIRST_LIVE_NUMBER + len(self._new)
        if number >= _MOST_NUMBERS:
            return None
        for watch in sorted(watches, key=lambda one: (self._served[one.id or 0], -(one.id or 0))):
            for attempt in range(_ATTEMPTS):
                category = self._category(watch, number + attempt)
                paper = replace(self._inventor.paper(number, category, now, attempt), announced_at=now)
                if wants(watch, _as_new(paper)):
                    self._served[watch.id or 0] += 1
                    return paper
            # Nothing that can be invented will do: a real person's papers, say.
            self._served[watch.id or 0] = inf
        category = self._inventor.categories[number % len(self._inventor.categories)]
        return replace(self._inventor.paper(number, category, now), announced_at=now)

    def _category(self, watch: Watch, number: int) -> str:
        choices: Sequence[str] = self._inventor.categories
        for name in watch.categories[:1]:
            choices = [one for one in choices if is_within(one, name)] or [
                one for one in CATEGORIES if is_within(one, name)
            ]
        return choices[number % len(choices)]


def _as_new(paper: Paper) -> Listing:
    """Return the paper as its first mailing lists it."""
    return Listing(
        paper=paper,
        announce_type=AnnounceType.NEW,
        new_categories=frozenset(paper.categories),
        first=True,
    )
