"""Create, change, pause, resume, list and remove watches."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from bot.domain.authors import Author
from bot.domain.orders import Order, Setting
from bot.domain.search import Sort
from bot.domain.watches import (
    AuthorCitationsCriterion,
    CategoryCriterion,
    CitationsCriterion,
    CitingCriterion,
    Criterion,
    Place,
    PlaceKind,
    Watch,
)
from bot.errors import LimitReached, NoSuchWatch, NotFound
from bot.services.announcing.lanes import HeldBack
from bot.services.answers import (
    PausedAnswer,
    RemovedAnswer,
    ResumedAnswer,
    WatchAnswer,
    WatchesAnswer,
)
from bot.services.harvesting.citing import Citing
from bot.services.harvesting.harvest import Harvester
from bot.services.lookup import Lookup
from bot.services.ports import AuthorStore, Clock, PaperStore, WatchStore
from bot.services.vocabulary import Vocabulary
from bot.services.watches.changes import changed, settings_of
from bot.services.watches.criteria import (
    FEWEST_WORDS,
    author_criterion,
    excluded_words,
    known_category,
    names_shelf,
    paper_criterion,
    sentence_criterion,
    shelf_criterion,
    topic_criterion,
)
from bot.services.watches.preview import Previewer
from bot.services.watches.sameness import are_same
from bot.text.folding import words
from bot.text.identifiers import find_author_id, looks_like_identifier
from bot.text.names import is_name_like
from bot.words import marked

WATCHES_A_SERVER = 100
WATCHES_A_PERSON = 50

CITATIONS_A_DAY = 10
"""Papers citing another that come one by one where nobody says how many; the rest is a list."""

BY_HAND = marked("by hand")
"""Why a watch is paused that somebody paused."""


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
        citing: Citing,
        vocabulary: Vocabulary,
        held_back: HeldBack,
        clock: Clock,
    ) -> None:
        """Take the stores, the services that a new watch needs, and what keeps back what one sends."""
        self._watches = watches
        self._papers = papers
        self._authors = authors
        self._lookup = lookup
        self._harvester = harvester
        self._citing = citing
        self._held_back = held_back
        self._previewer = Previewer(
            papers=papers, watches=watches, citing=citing, vocabulary=vocabulary, clock=clock
        )
        self._clock = clock

    async def watch_author(self, name: str, order: Order, *, strict: bool = False) -> WatchAnswer:
        """Watch an author; raises what `Lookup.author` raises."""
        author = (await self._lookup.author(name, asker=order.owner)).author
        return await self._watch_author(author, order, strict=strict)

    async def watch_author_id(self, author_id: int, order: Order) -> WatchAnswer:
        """Watch an author of the catalogue, as a card's Follow button does."""
        author = (await self._lookup.author_by_id(author_id)).author
        return await self._watch_author(author, order, strict=False)

    async def watch_category(self, category: str, order: Order, *, primary: bool = False) -> WatchAnswer:
        """Watch a category or an archive; its feed is read first, so that nothing old is sent.

        Raises InvalidInput, with the nearest categories, where there is no such category.
        """
        criterion = CategoryCriterion(category=known_category(category), primary=primary)
        return await self._create(criterion, replace(order, category=""))

    async def watch_topic(self, topic: str, order: Order) -> WatchAnswer:
        """Watch a topic in the topic language; raises InvalidTopic with the place of the fault."""
        return await self._create(topic_criterion(topic), replace(order, topic=""))

    async def watch_similar(self, text: str, order: Order, *, threshold: float | None = None) -> WatchAnswer:
        """Watch what is worded like a paper, named by title, id or link, like a sentence, or like
        what is on the reading list."""
        if names_shelf(text):
            return await self._create(shelf_criterion(order.place, threshold), order)
        if looks_like_identifier(text):
            paper = (await self._lookup.paper(text)).paper
            return await self._create(paper_criterion(paper, threshold), order)
        known = await self._papers.find_by_title(text)
        if known is None and len(words(text)) < FEWEST_WORDS:
            # Too short for a sentence: the beginning of a title, as look-ups take it, or nothing.
            with suppress(NotFound):
                known = (await self._lookup.paper(text)).paper
        criterion = paper_criterion(known, threshold) if known else sentence_criterion(text, threshold)
        return await self._create(criterion, order)

    async def watch_citations(self, text: str, order: Order) -> WatchAnswer:
        """Watch who cites a paper, or any paper of somebody: a known title comes before a name.

        Raises NotIndexed where OpenAlex doesn't know what is meant, NotFound with the nearest of both.
        """
        if await self._names_author(text):
            return await self.watch_cited_author(text, order)
        try:
            paper = (await self._lookup.paper(text)).paper
        except NotFound as unknown:
            if not is_name_like(text):
                raise
            try:
                return await self.watch_cited_author(text, order)
            except NotFound as nobody:
                raise NotFound(
                    text,
                    authors=nobody.authors,
                    papers=unknown.papers,
                    unreachable=tuple(dict.fromkeys((*nobody.unreachable, *unknown.unreachable))),
                ) from nobody
        works = await self._citing.works_of(paper)
        return await self._watch_citing(
            CitationsCriterion(paper_id=paper.id or 0, title=paper.title, works=works), order
        )

    async def watch_cited_author(self, name: str, order: Order) -> WatchAnswer:
        """Watch who cites any paper of an author; raises what `Lookup.author` raises, and NotIndexed."""
        author = (await self._lookup.author(name, asker=order.owner)).author
        criterion = AuthorCitationsCriterion(author_id=author.id or 0, name=author.name)
        return await self._watch_citing(criterion, order)

    async def list_watches(self, *, place: Place | None = None, guild_id: int | None = None) -> WatchesAnswer:
        """Return the watches of a place or of a server, with what became of each."""
        watches = await self._watches.list_watches(place=place, guild_id=guild_id)
        tallies = await self._watches.tally([watch.id for watch in watches if watch.id is not None])
        return WatchesAnswer(watches=watches, tallies=tallies)

    async def show(self, watch_id: int, *, guild_id: int | None, person: int) -> WatchAnswer:
        """Return a watch as it stands, with its preview; raise NoSuchWatch for what belongs elsewhere."""
        watch = await self._own(watch_id, guild_id, person)
        preview = await self._previewer.preview(watch)
        return WatchAnswer(watch=watch, existed=True, preview=preview, settings=settings_of(watch))

    async def settings(self, watch_id: int, *, guild_id: int | None, person: int) -> dict[Setting, str]:
        """Return what can be changed of a watch, with its present value."""
        return settings_of(await self._own(watch_id, guild_id, person))

    async def change(
        self, watch_id: int, setting: Setting, text: str, *, guild_id: int | None, person: int
    ) -> WatchAnswer:
        """Change one setting of a watch; it stays the same watch, with what it brought.

        Raises InvalidInput for what can't be set, WatchExists where another watch is like that already.
        """
        before = await self._own(watch_id, guild_id, person)
        watch = changed(before, setting, text)
        answered = watch.categories == before.categories or await self._read_feeds(watch)
        await self._watches.change_watches([watch])
        return WatchAnswer(
            watch=watch,
            changed=True,
            preview=await self._previewer.preview(watch),
            feed_answered=answered,
            settings=settings_of(watch),
        )

    async def remove(self, watch_id: int, *, guild_id: int | None, person: int) -> RemovedAnswer:
        """Remove a watch of this server or of this person; raise NoSuchWatch for any other."""
        watch = await self._own(watch_id, guild_id, person)
        async with self._held_back(watch.place):
            await self._watches.remove_watch(watch_id)
        return RemovedAnswer(watch=watch)

    async def pause(self, watch_id: int, *, guild_id: int | None, person: int) -> PausedAnswer:
        """Pause a watch; what it wants meanwhile is kept for it."""
        watch = await self._own(watch_id, guild_id, person)
        if not watch.paused_reason:
            async with self._held_back(watch.place):
                await self._watches.pause_watch(watch_id, BY_HAND)
            watch = replace(watch, paused_reason=BY_HAND)
        return PausedAnswer(watch=watch)

    async def place_of(self, watch_id: int, *, guild_id: int | None, person: int) -> Place:
        """Return where a watch announces; raise NoSuchWatch for what belongs elsewhere."""
        return (await self._own(watch_id, guild_id, person)).place

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

    async def _watch_author(self, author: Author, order: Order, *, strict: bool) -> WatchAnswer:
        page = await self._authors.papers_of(author, sort=Sort.NEWEST, limit=200)
        return await self._create(author_criterion(author, page.papers, strict=strict), order)

    async def _names_author(self, text: str) -> bool:
        """Say whether a text names a person of the catalogue, and no paper of it."""
        if find_author_id(text):
            return True
        if looks_like_identifier(text) or await self._papers.find_by_title(text):
            return False
        return await self._lookup.knows_person(text)

    async def _watch_citing(self, criterion: CitingCriterion, order: Order) -> WatchAnswer:
        """Where nobody says how many a day, a few come at once and the rest in the digest."""
        if order.manner.most_a_day is None:
            order = replace(order, manner=replace(order.manner, most_a_day=CITATIONS_A_DAY))
        return await self._create(criterion, order)

    async def _create(self, criterion: Criterion, order: Order) -> WatchAnswer:
        watch = self._watch_of(criterion, order)
        there = await self._neighbors(watch.place)
        known = next((one for one in there if are_same(one, watch)), None)
        limit = WATCHES_A_SERVER if watch.place.guild_id else WATCHES_A_PERSON
        if known is None and not order.preview and len(there) >= limit:
            raise LimitReached(marked("watches"), limit)
        answered = await self._read_feeds(watch)
        # Its preview is what the feed listed before it began.
        preview = await self._previewer.preview(watch)
        if known is not None:
            return WatchAnswer(watch=known, existed=True, preview=preview, feed_answered=answered)
        if order.preview:
            return WatchAnswer(watch=watch, preview=preview, feed_answered=answered)
        watch = replace(watch, created_at=self._clock())
        saved = await self._watches.save_watch(watch)
        # Somebody else may have made it meanwhile.
        existed = saved != replace(watch, id=saved.id)
        return WatchAnswer(watch=saved, existed=existed, preview=preview, feed_answered=answered)

    def _watch_of(self, criterion: Criterion, order: Order) -> Watch:
        narrowed: list[Criterion] = []
        if order.category:
            narrowed.append(CategoryCriterion(category=known_category(order.category)))
        if order.topic.strip():
            narrowed.append(topic_criterion(order.topic))
        return Watch(
            owner_id=order.owner,
            place=order.place,
            criterion=criterion,
            narrowed=tuple(narrowed),
            filters=replace(order.filters, exclude=excluded_words(order.exclude)),
            manner=order.manner,
            created_at=self._clock(),
        )

    async def _read_feeds(self, watch: Watch) -> bool:
        """Read what is the watch's starting line, the feeds of its categories or who cites the papers
        already; say whether all answered."""
        if isinstance(watch.criterion, CitingCriterion):
            return await self._citing.read_now(watch.criterion)
        return all([await self._harvester.read_now(category) for category in watch.categories])

    async def _neighbors(self, place: Place) -> tuple[Watch, ...]:
        if place.guild_id is not None:
            return await self._watches.list_watches(guild_id=place.guild_id)
        return await self._watches.list_watches(place=place)
