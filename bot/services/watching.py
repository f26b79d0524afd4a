"""Create, list, remove and resume watches."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from bot.domain.authors import Author
from bot.domain.categories import nearest_categories, parse_category
from bot.domain.papers import Paper
from bot.domain.search import PaperFilter, Sort
from bot.domain.watches import (
    AuthorCriterion,
    CategoryCriterion,
    Criterion,
    Filters,
    Place,
    PlaceKind,
    TopicCriterion,
    Watch,
)
from bot.errors import InvalidInput, LimitReached, NoSuchWatch
from bot.services.answers import RemovedAnswer, ResumedAnswer, WatchAnswer, WatchesAnswer
from bot.services.harvest import Harvester
from bot.services.lookup import Lookup
from bot.services.ports import AuthorStore, Clock, PaperStore, WatchStore
from bot.text.names import name_key
from bot.text.topics import parse_topic, print_topic

WATCHES_A_SERVER = 100
WATCHES_A_PERSON = 50

_RECENT = timedelta(days=30)
_EXAMPLES = 5


class Watching:
    """Keeps the watches of servers and of people."""

    def __init__(
        self,
        *,
        watches: WatchStore,
        papers: PaperStore,
        authors: AuthorStore,
        lookup: Lookup,
        harvester: Harvester,
        clock: Clock,
    ) -> None:
        """Take the stores and the services that a new watch needs."""
        self._watches = watches
        self._papers = papers
        self._authors = authors
        self._lookup = lookup
        self._harvester = harvester
        self._clock = clock

    async def watch_author(
        self, name: str, *, owner: int, place: Place, strict: bool = False, has_code: bool = False
    ) -> WatchAnswer:
        """Watch an author; raises what `Lookup.author` raises."""
        author = (await self._lookup.author(name, asker=owner)).author
        return await self.watch_known_author(
            author, owner=owner, place=place, strict=strict, has_code=has_code
        )

    async def watch_author_id(self, author_id: int, *, owner: int, place: Place) -> WatchAnswer:
        """Watch an author of the catalogue, as a card's Follow button does."""
        author = (await self._lookup.author_by_id(author_id)).author
        return await self.watch_known_author(author, owner=owner, place=place)

    async def watch_known_author(
        self,
        author: Author,
        *,
        owner: int,
        place: Place,
        strict: bool = False,
        has_code: bool = False,
    ) -> WatchAnswer:
        """Watch this very author."""
        page = await self._authors.papers_of(author, sort=Sort.NEWEST, limit=200)
        criterion = _author_criterion(author, page.papers, strict=strict)
        since = self._clock() - _RECENT
        recent = [p for p in page.papers if p.dated_at and p.dated_at >= since]
        return await self._create(criterion, owner, place, has_code, recent, len(recent))

    async def watch_category(
        self, category: str, *, owner: int, place: Place, primary: bool = False, has_code: bool = False
    ) -> WatchAnswer:
        """Watch a category or an archive; its feed is read first, so that nothing old is sent.

        Raises InvalidInput, with the nearest categories, where there is no such category.
        """
        code = known_category(category)
        answered = await self._harvester.read_now(code)
        where = PaperFilter(category=code, announced_since=self._since(), has_code=has_code)
        page = await self._papers.search(None, where, sort=Sort.NEWEST, limit=_EXAMPLES)
        criterion = CategoryCriterion(category=code, primary=primary)
        return await self._create(
            criterion, owner, place, has_code, page.papers, page.total, answered=answered
        )

    async def watch_topic(
        self, topic: str, *, owner: int, place: Place, has_code: bool = False
    ) -> WatchAnswer:
        """Watch a topic in the topic language; raises InvalidTopic with the place of the fault."""
        tree = parse_topic(topic)
        where = PaperFilter(announced_since=self._since(), has_code=has_code)
        page = await self._papers.search(tree, where, sort=Sort.NEWEST, limit=_EXAMPLES)
        criterion = TopicCriterion(topic=print_topic(tree))
        return await self._create(criterion, owner, place, has_code, page.papers, page.total)

    async def list_watches(self, *, place: Place | None = None, guild_id: int | None = None) -> WatchesAnswer:
        """Return the watches of a place or of a server."""
        watches = await self._watches.list_watches(place=place, guild_id=guild_id)
        return WatchesAnswer(watches=watches)

    async def remove(self, watch_id: int, *, guild_id: int | None, person: int) -> RemovedAnswer:
        """Remove a watch of this server or of this person; raise NoSuchWatch for any other."""
        watch = await self._own(watch_id, guild_id, person)
        await self._watches.remove_watch(watch_id)
        return RemovedAnswer(watch=watch)

    async def resume(self, watch_id: int, *, guild_id: int | None, person: int) -> ResumedAnswer:
        """Make a paused watch active again; what was kept for it becomes due."""
        await self._own(watch_id, guild_id, person)
        held = await self._watches.resume_watch(watch_id)
        return ResumedAnswer(watch=await self._watches.get_watch(watch_id), held=held)

    async def _own(self, watch_id: int, guild_id: int | None, person: int) -> Watch:
        watch = await self._watches.get_watch(watch_id)
        place = watch.place
        own_messages = place.kind is PlaceKind.DIRECT and place.id == person
        if own_messages or (guild_id is not None and place.guild_id == guild_id):
            return watch
        raise NoSuchWatch(f"watch {watch_id}")

    async def _create(
        self,
        criterion: Criterion,
        owner: int,
        place: Place,
        has_code: bool,
        examples: tuple[Paper, ...] | list[Paper],
        matched: int,
        *,
        answered: bool = True,
    ) -> WatchAnswer:
        there = await self._neighbors(place)
        for watch in there:
            same = watch.place == place and watch.filters.has_code == has_code
            if same and _same(watch.criterion, criterion):
                return WatchAnswer(watch=watch, existed=True, matched_30_days=matched)
        limit = WATCHES_A_SERVER if place.guild_id else WATCHES_A_PERSON
        if len(there) >= limit:
            raise LimitReached("watches", limit)
        watch = await self._watches.save_watch(
            Watch(
                owner_id=owner,
                place=place,
                criterion=criterion,
                filters=Filters(has_code=has_code),
                created_at=self._clock(),
            )
        )
        return WatchAnswer(
            watch=watch,
            listed=tuple(examples[:_EXAMPLES]),
            matched_30_days=matched,
            feed_answered=answered,
        )

    async def _neighbors(self, place: Place) -> tuple[Watch, ...]:
        if place.guild_id is not None:
            return await self._watches.list_watches(guild_id=place.guild_id)
        return await self._watches.list_watches(place=place)

    def _since(self) -> date:
        return (self._clock() - _RECENT).date()


def _same(one: Criterion, other: Criterion) -> bool:
    """Say whether two criteria ask for the same; what is known of an author may have grown."""
    if isinstance(one, AuthorCriterion) and isinstance(other, AuthorCriterion):
        return (one.author_id, one.strict) == (other.author_id, other.strict)
    return one == other


def _author_criterion(author: Author, papers: tuple[Paper, ...], *, strict: bool) -> AuthorCriterion:
    """Return what identifies the author in a feed, which knows printed names only."""
    names = {name_key(name) for name in (author.name, *author.aliases)}
    signed = Counter(name_key(one.name) for paper in papers for one in paper.authors)
    fields = Counter(c for paper in papers for c in paper.categories)
    return AuthorCriterion(
        author_id=author.id or 0,
        name=author.name,
        names=tuple(sorted(names)),
        categories=tuple(code for code, _ in fields.most_common(10)),
        coauthors=tuple(name for name, _ in signed.most_common(200) if name not in names),
        strict=strict,
    )


def known_category(text: str) -> str:
    """Return the code of a category; raise InvalidInput, with the nearest categories, where there is none."""
    code = parse_category(text)
    if code is None:
        nearest = list(dict.fromkeys((*nearest_categories(text), "cs.CL", "math.NT", "hep-th")))[:3]
        raise InvalidInput(text, f"a category of arXiv, such as {', '.join(nearest)}")
    return code
