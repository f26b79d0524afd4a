"""Answer what people write in plain words."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

from bot.domain.categories import category_name
from bot.domain.search import ListRequest, PaperFilter, Sort
from bot.domain.watches import AuthorCriterion, CategoryCriterion, Place, PlaceKind, TopicCriterion, Watch
from bot.errors import InvalidIdentifier, InvalidTopic, NotFound
from bot.services.answers import Answer, HelpAnswer, ListAnswer, WordsAnswer
from bot.services.harvest import Harvester
from bot.services.lookup import Lookup
from bot.services.ports import AuthorStore, Clock, PaperStore
from bot.services.search import Search
from bot.services.sentences import parse_sentence
from bot.services.status import Status
from bot.services.targets import is_name_like
from bot.services.watching import Watching
from bot.services.wishes import (
    Follow,
    Greeting,
    HelpWanted,
    Identified,
    ListFollowed,
    LookUp,
    NewIn,
    Nothing,
    NotYet,
    PapersBy,
    Person,
    Resume,
    SearchFor,
    StatusWanted,
    Target,
    TargetKind,
    Thanks,
    Unfollow,
    Wish,
)
from bot.text.folding import fold, title_key, words
from bot.text.identifiers import find_author_id
from bot.text.markdown import clip, plain
from bot.text.names import name_key
from bot.text.topics import parse_topic, print_topic

RECENT = timedelta(days=7)
"""How far back "new in" goes where nobody says since when."""

_PATIENCE_SECONDS = 20.0
_SHORTEST_TITLE = 4
"""Words from which on a sentence that is understood may also be a paper's title."""

_LONGEST_TITLE = 400
_ASKED_SHOWN = 120

_PLANNED = {
    "similar": "I can't look for similar papers yet. I can search: *papers about energy use since 2024*.",
    "compare": "I can't put authors side by side yet. I can show each of them: write a name.",
    "cite": "I can't write citations yet. A paper's card has its DOI and links: send its title or arXiv id.",
    "trending": "I don't rank papers yet. I can list what is new: *new in cs.CL this week*.",
    "coauthors": "I can't show co-authors yet. I can list an author's papers: *papers by Sasha Luccioni*.",
    "citing": "I can't list citing papers yet. A paper's card says how often it is cited: send its title.",
    "library": "There is no reading list yet. I can follow authors, categories and topics: *follow cs.CY*.",
    "pause": "I can't pause a watch yet. *unfollow* ends one, and *following* lists them all.",
    "privacy": "I can't export or delete your data yet. What I keep is what you follow, which *following* "
    "lists, and whom you mean by an ambiguous name.",
}  # fmt: skip


class Conversation:
    """Understands sentences, and answers each with what the other services know."""

    def __init__(
        self,
        *,
        lookup: Lookup,
        search: Search,
        watching: Watching,
        harvester: Harvester,
        status: Status,
        papers: PaperStore,
        authors: AuthorStore,
        clock: Clock,
    ) -> None:
        """Take the services that answer, and the catalogue, which tells names from titles."""
        self._lookup = lookup
        self._search = search
        self._watching = watching
        self._harvester = harvester
        self._status = status
        self._papers = papers
        self._authors = authors
        self._clock = clock

    async def answer(self, text: str, *, person: int) -> Answer:
        """Answer one message; raises what the services raise, and never stays silent.

        What is followed is announced in the person's direct messages, wherever they asked for it.
        """
        wish = parse_sentence(text, self._clock().date())
        may_be_title = len(words(text)) >= _SHORTEST_TITLE and not isinstance(wish, Identified)
        # Titles may read like wishes ("Similar to us: …"); those of the catalogue are known.
        if may_be_title and (known := await self._papers.find_by_title(text[:_LONGEST_TITLE])):
            return await self._lookup.paper_by_id(known.id or 0)
        return await self._fulfill(wish, text, person)

    async def _fulfill(self, wish: Wish, text: str, person: int) -> Answer:  # noqa: C901 - one arm a kind of wish
        match wish:
            case Greeting():
                return WordsAnswer(
                    text="Hello! Send me an author's name, a paper's title or an arXiv link, or *help*."
                )
            case Thanks():
                return WordsAnswer(text="You're welcome.")
            case HelpWanted():
                return HelpAnswer()
            case Nothing():
                return HelpAnswer(about=clip(text.strip(), _ASKED_SHOWN))
            case NotYet(what=what):
                return WordsAnswer(text=_PLANNED[what])
            case StatusWanted():
                return await self._status.report()
            case Identified(text=identifier):
                return await self._identified(identifier, person)
            case Person(name=name):
                return await self._person(name, text, person)
            case PapersBy():
                return await self._papers_by(wish, person)
            case NewIn():
                return await self._new_in(wish)
            case SearchFor(query=query, where=where, sort=sort):
                return await self._listed(query, where, sort) or HelpAnswer(about=clip(query, _ASKED_SHOWN))
            case LookUp():
                return await self._look_up(wish, person)
            case Follow():
                return await self._follow(wish, person)
            case Unfollow(target=target):
                return await self._unfollow(target, person)
            case Resume(target=target):
                return await self._resume(target, person)
            case ListFollowed():
                return await self._watching.list_watches(place=_direct(person))

    # Look-ups

    async def _identified(self, identifier: str, person: int) -> Answer:
        if find_author_id(identifier):
            try:
                return await self._lookup.author(identifier, asker=person)
            except NotFound:
                # A bare OpenAlex id may be a work's.
                pass
        return await self._lookup.paper(identifier)

    async def _person(self, name: str, text: str, person: int) -> Answer:
        try:
            return await self._lookup.author(name, asker=person)
        except NotFound as unknown:
            if unknown.authors or is_name_like(name):
                raise
            return await self._listed(name, PaperFilter(), Sort.RELEVANCE) or HelpAnswer(
                about=clip(text, _ASKED_SHOWN)
            )

    async def _look_up(self, wish: LookUp, person: int) -> Answer:
        """Find out whether words are a name, a title or a search, asking the catalogue first."""
        text, where = wish.text, wish.where
        if known := await self._papers.find_by_title(text):
            return await self._lookup.paper_by_id(known.id or 0)
        is_name = is_name_like(text) or bool(await self._authors.find_authors(text))
        if is_name and where != PaperFilter():
            return await self._papers_by(PapersBy((text,), where), person)
        unknown: NotFound | None = None
        if is_name:
            try:
                return await self._lookup.author(text, asker=person)
            except NotFound as error:
                unknown = error
        if found := await self._listed(text, where, Sort.RELEVANCE):
            exact = [paper for paper in found.page.papers if title_key(paper.title) == title_key(text)]
            return await self._lookup.paper_by_id(exact[0].id or 0) if exact else found
        return await self._last_resort(text, unknown, person)

    async def _last_resort(self, text: str, unknown: NotFound | None, person: int) -> Answer:
        """Ask the sources for a title or a name that the catalogue does not have."""
        count = len(words(text))
        with suppress(InvalidIdentifier):
            try:
                if count >= _SHORTEST_TITLE:
                    return await self._lookup.paper(text)
                if unknown is None and count > 1:
                    return await self._lookup.author(text, asker=person)
            except NotFound as error:
                unknown = error if unknown is None or not unknown.authors else unknown
        if unknown is not None and (unknown.authors or unknown.papers or unknown.unreachable):
            raise unknown
        return HelpAnswer(about=clip(text, _ASKED_SHOWN))

    # Lists

    async def _papers_by(self, wish: PapersBy, person: int) -> Answer:
        if len(wish.names) > 1:
            query = " ".join(f'au:"{name.replace(chr(34), "")}"' for name in wish.names)
            found = await self._listed(
                query, wish.where, wish.sort, title=f"Papers by {' and '.join(wish.names)}"
            )
            return found or HelpAnswer(about=clip(f"papers by {' and '.join(wish.names)}", _ASKED_SHOWN))
        author = (await self._lookup.author(wish.names[0], asker=person)).author
        request = ListRequest(
            title=f"Papers by {author.name}",
            author_id=author.id,
            author=author.name,
            where=wish.where,
            sort=wish.sort,
        )
        return await self._search.first_page(request)

    async def _new_in(self, wish: NewIn) -> Answer:
        """List what was announced; a category that nobody harvests is read now."""
        unreachable = () if not wish.category or await self._read_now(wish.category) else ("arXiv",)
        where = PaperFilter(
            category=wish.category,
            announced_since=wish.since or self._clock().date() - RECENT,
            has_code=wish.has_code,
        )
        name = f"{category_name(wish.category)} ({wish.category})" if wish.category else "the catalogue"
        answer = await self._search.first_page(
            ListRequest(title=f"New in {name}", where=where, sort=Sort.NEWEST)
        )
        return ListAnswer(
            request=answer.request, request_id=answer.request_id, page=answer.page, unreachable=unreachable
        )

    async def _read_now(self, category: str) -> bool:
        """Read a category's feed, but no longer than somebody waits: a harvest may be under way."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await self._harvester.read_now(category)
        except TimeoutError:
            return False

    async def _listed(
        self, query: str, where: PaperFilter, sort: Sort, *, title: str = ""
    ) -> ListAnswer | None:
        """Return a search's first page, from arXiv too where the catalogue has nothing; None if empty."""
        request = ListRequest(
            title=title or f"Search: {clip(query, 80)}", query=query, where=where, sort=sort
        )
        try:
            answer = await self._search.first_page(request)
        except InvalidTopic:
            if '"' in query or ":" in query:
                raise
            # Not meant as an expression: an "AND" of an ordinary sentence.
            answer = await self._search.first_page(
                ListRequest(title=request.title, query=" ".join(words(query)), where=where, sort=sort)
            )
        if not answer.page.papers:
            answer = await self._search.widen(answer) or answer
        return answer if answer.page.papers or answer.unreachable else None

    # Following

    async def _follow(self, wish: Follow, person: int) -> Answer:
        target, place, has_code = wish.target, _direct(person), wish.has_code
        if target.kind is TargetKind.CATEGORY:
            return await self._watching.watch_category(
                target.text, owner=person, place=place, has_code=has_code
            )
        if target.kind is TargetKind.TOPIC:
            return await self._watching.watch_topic(target.text, owner=person, place=place, has_code=has_code)
        try:
            return await self._watching.watch_author(
                target.text, owner=person, place=place, has_code=has_code
            )
        except (NotFound, InvalidIdentifier) as unknown:
            if target.kind is TargetKind.AUTHOR or (isinstance(unknown, NotFound) and unknown.authors):
                raise
        shown = plain(clip(target.text.replace('"', ""), _ASKED_SHOWN))
        return WordsAnswer(text=f'I know nobody called {shown}. For a topic, use quotes: *follow "{shown}"*.')

    async def _unfollow(self, target: Target | None, person: int) -> Answer:
        listed = await self._watching.list_watches(place=_direct(person))
        if target is None or not listed.watches:
            return listed
        meant = [watch for watch in listed.watches if _is_meant(watch, target)]
        if len(meant) == 1:
            return await self._watching.remove(meant[0].id or 0, guild_id=None, person=person)
        return listed if meant else WordsAnswer(text=_not_followed(target))

    async def _resume(self, target: Target, person: int) -> Answer:
        listed = await self._watching.list_watches(place=_direct(person))
        meant = [watch for watch in listed.watches if _is_meant(watch, target)]
        if len(meant) == 1:
            return await self._watching.resume(meant[0].id or 0, guild_id=None, person=person)
        return listed if meant or not listed.watches else WordsAnswer(text=_not_followed(target))


def _direct(person: int) -> Place:
    return Place(kind=PlaceKind.DIRECT, id=person)


def _not_followed(target: Target) -> str:
    shown = plain(clip(target.text, _ASKED_SHOWN))
    return f"You don't follow {shown}. *following* lists what you follow."


def _is_meant(watch: Watch, target: Target) -> bool:
    """Say whether words name this watch: its category, its topic, or a part of the author's name."""
    match watch.criterion:
        case CategoryCriterion(category=category):
            return target.kind is TargetKind.CATEGORY and category == target.text
        case TopicCriterion(topic=topic):
            return target.kind is not TargetKind.CATEGORY and _topic_key(topic) == _topic_key(target.text)
        case AuthorCriterion(name=name, names=names):
            key = name_key(target.text)
            return bool(key) and (key in names or set(key.split()) <= set(name_key(name).split()))


def _topic_key(text: str) -> str:
    """Return a topic as it is stored, whatever way it was written; its words where it is none."""
    with suppress(InvalidTopic):
        text = print_topic(parse_topic(text))
    return " ".join(words(fold(text)))
