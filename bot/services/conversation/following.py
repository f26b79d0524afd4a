"""What a person follows, in plain words: followed, paused, resumed, let go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from bot.domain.orders import Order, Setting
from bot.domain.watches import (
    AuthorCitationsCriterion,
    AuthorCriterion,
    CategoryCriterion,
    CitationsCriterion,
    Every,
    Filters,
    Manner,
    Place,
    PlaceKind,
    ShelfCriterion,
    SimilarCriterion,
    TopicCriterion,
    Watch,
)
from bot.errors import InvalidIdentifier, InvalidTopic, NotFound
from bot.services.answers import Answer, WatchAnswer, WatchesAnswer, WordsAnswer
from bot.services.conversation.finding import ASKED_SHOWN, Finding
from bot.services.conversation.out_of_reach import is_institution, without_it
from bot.services.conversation.replies import REPLIES
from bot.services.conversation.wishes import Follow, OutOfReach, Target, TargetKind
from bot.services.ports import PaperStore
from bot.services.watches.criteria import names_shelf
from bot.services.watches.watching import Watching
from bot.text.folding import fold, words
from bot.text.identifiers import find_author_id, find_paper_id
from bot.text.markdown import clip, plain
from bot.text.names import name_key
from bot.text.topics import parse_topic, print_topic
from bot.words import _


class Following:
    """Finds out what is meant, and has it watched in the person's direct messages."""

    def __init__(self, *, watching: Watching, finding: Finding, papers: PaperStore) -> None:
        """Take what keeps watches, and what tells names from subjects and papers."""
        self._watching = watching
        self._finding = finding
        self._papers = papers

    async def follow(self, wish: Follow, person: int) -> Answer:
        """Watch what is meant, as often as was said where it is watched already.

        Raises what `Watching` raises.
        """
        answer = await self._follow(wish, person)
        if not isinstance(answer, WatchAnswer) or not answer.existed or wish.every is Every.INSTANT:
            return answer
        if answer.watch.manner.every is wish.every:
            return answer
        return await self._watching.change(
            answer.watch.id or 0, Setting.EVERY, wish.every, guild_id=None, person=person
        )

    async def _follow(self, wish: Follow, person: int) -> Answer:
        target = wish.target
        is_unsure = target.kind is TargetKind.UNSURE
        if is_unsure and await self._finding.are_people(target.text):
            return WordsAnswer(text=_(REPLIES["one by one"]))
        return await self._watched(target, wish, person)

    async def _watched(self, target: Target, wish: Follow, person: int) -> Answer:
        order = Order(
            owner=person,
            place=own_messages(person),
            category=wish.where.category or "",
            topic=wish.topic,
            filters=Filters(
                has_code=wish.where.has_code,
                min_score=wish.where.min_score,
                min_novelty=wish.where.min_novelty,
            ),
            exclude=", ".join(wish.exclude),
            manner=Manner(every=wish.every),
        )
        if target.kind is TargetKind.CATEGORY:
            return await self._watching.watch_category(target.text, order)
        is_unsure = target.kind is TargetKind.UNSURE
        if target.kind is TargetKind.TOPIC or (is_unsure and await self._finding.is_subject(target.text)):
            return await self._watching.watch_topic(target.text, order)
        if target.kind is TargetKind.CITATIONS:
            return await self._watching.watch_citations(target.text, order)
        if target.kind is TargetKind.CITED_AUTHOR:
            return await self._watching.watch_cited_author(target.text, order)
        if target.kind is TargetKind.SIMILAR:
            return await self._watching.watch_similar(target.text, order)
        if find_paper_id(target.text) and not find_author_id(target.text):
            return _what_of(target.text)
        try:
            return await self._watching.watch_author(target.text, order)
        except (NotFound, InvalidIdentifier) as unknown:
            if is_institution(target.text):
                return without_it(OutOfReach(target.text))
            if target.kind is TargetKind.AUTHOR or (isinstance(unknown, NotFound) and unknown.authors):
                raise
        return _nobody(target.text.replace('"', ""))

    async def unfollow(self, target: Target | None, person: int) -> Answer:
        """Let go of what is meant; list what is followed where that is nothing or several."""
        if target is None:
            return await self._watching.list_watches(place=own_messages(person))
        found = await self._followed(target, person)
        if isinstance(found, Watch):
            return await self._watching.remove(found.id or 0, guild_id=None, person=person)
        return found

    async def pause(self, target: Target | None, person: int) -> Answer:
        """Pause what is meant, or everything."""
        if target is None:
            listed = await self._each(self._watching.pause, person)
            said = _(
                "All is paused until you write *resume everything*: a pause has no end of its own. "
                "What comes meanwhile is kept for 14 days and sent then."
            )
            return replace(listed, lead=said)
        found = await self._followed(target, person)
        if isinstance(found, Watch):
            return await self._watching.pause(found.id or 0, guild_id=None, person=person)
        return found

    async def resume(self, target: Target | None, person: int) -> Answer:
        """Take up again what is meant, or everything."""
        if target is None:
            listed = await self._each(self._watching.resume, person)
            return replace(listed, lead=_("All is active again; what waited is sent now."))
        found = await self._followed(target, person)
        if isinstance(found, Watch):
            return await self._watching.resume(found.id or 0, guild_id=None, person=person)
        return found

    async def _each(self, change: Callable[..., Awaitable[object]], person: int) -> WatchesAnswer:
        """Pause or resume all that a person follows, and list it as it is then."""
        place = own_messages(person)
        for watch in (await self._watching.list_watches(place=place)).watches:
            await change(watch.id or 0, guild_id=None, person=person)
        return await self._watching.list_watches(place=place)

    async def _followed(self, target: Target, person: int) -> Watch | Answer:
        """Return the one watch that is meant, else what there is to choose from."""
        listed = await self._watching.list_watches(place=own_messages(person))
        target = await self._by_title(target)
        meant = [watch for watch in listed.watches if _is_meant(watch, target)]
        if len(meant) == 1:
            return meant[0]
        return listed if meant or not listed.watches else WordsAnswer(text=_not_followed(target))

    async def _by_title(self, target: Target) -> Target:
        """Return what is meant by its title where it is a paper's identifier."""
        identifier = find_paper_id(target.text)
        known = await self._papers.find_paper(identifier) if identifier else None
        return replace(target, text=known.title) if known else target


def own_messages(person: int) -> Place:
    """Return a person's direct messages."""
    return Place(kind=PlaceKind.DIRECT, id=person)


def _what_of(paper: str) -> WordsAnswer:
    return WordsAnswer(
        text=_(
            "What of that paper? Who cites it: *follow citations of {paper}*. "
            "Papers worded like it: *follow papers like {paper}*."
        ).format(paper=plain(clip(paper, ASKED_SHOWN)))
    )


def _nobody(name: str) -> WordsAnswer:
    """Return that nobody bears a name, and how its words are followed as a topic."""
    said = _('I know nobody called {name}. For a topic, use quotes: *follow "{name}"*.')
    clipped = clip(name, ASKED_SHOWN)
    return WordsAnswer(text=said.format(name=plain(clipped)), then=f'follow "{clipped}"')


def _not_followed(target: Target) -> str:
    shown = plain(clip(target.text, ASKED_SHOWN))
    return _("You don't follow {name}. *following* lists what you follow.").format(name=shown)


def _is_meant(watch: Watch, target: Target) -> bool:
    """Say whether words name this watch: its category, its topic, or a part of the author's name."""
    if (target.kind in (TargetKind.CITATIONS, TargetKind.CITED_AUTHOR)) != watch.follows_citations:
        return False
    match watch.criterion:
        case CategoryCriterion(category=category):
            return target.kind is TargetKind.CATEGORY and category == target.text
        case TopicCriterion(topic=topic):
            return target.kind is not TargetKind.CATEGORY and _topic_key(topic) == _topic_key(target.text)
        case AuthorCriterion(name=name, names=names):
            return name_key(target.text) in names or _is_part_of(target.text, name)
        case AuthorCitationsCriterion(name=name):
            return _is_part_of(target.text, name)
        case ShelfCriterion():
            return names_shelf(target.text)
        case SimilarCriterion(title=title) | CitationsCriterion(title=title):
            return words(title) == words(target.text)


def _is_part_of(text: str, name: str) -> bool:
    """Say whether a text is a name, or a part of it."""
    key = name_key(text)
    return bool(key) and set(key.split()) <= set(name_key(name).split())


def _topic_key(text: str) -> str:
    """Return a topic as it is stored, whatever way it was written; its words where it is none."""
    with suppress(InvalidTopic):
        text = print_topic(parse_topic(text))
    return " ".join(words(fold(text)))
