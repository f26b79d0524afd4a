"""Fulfill what is wished in plain words: each kind of wish by the service that can."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.library import Shelf, ShelfKind
from bot.services.answers import (
    Answer,
    HelpAnswer,
    HoursAnswer,
    ListAnswer,
    PapersAnswer,
    PrivacyAnswer,
    ReferenceAnswer,
    SetUpAnswer,
    WordsAnswer,
)
from bot.services.conversation.finding import Finding, not_understood
from bot.services.conversation.following import Following, own_messages
from bot.services.conversation.languages import Languages
from bot.services.conversation.news import News
from bot.services.conversation.out_of_reach import without_it
from bot.services.conversation.replies import REPLIES, between_hours
from bot.services.conversation.wishes import (
    BetweenHours,
    Cite,
    CiteAuthor,
    CoauthorsOf,
    Compare,
    Count,
    ExportSaved,
    Follow,
    Followed,
    HelpWanted,
    Identified,
    Listed,
    ListFollowed,
    ListSaved,
    LookUp,
    Named,
    NewIn,
    Nothing,
    Ordered,
    OutOfReach,
    PapersBy,
    PapersNamed,
    Pause,
    Person,
    PrivacyWanted,
    Resume,
    Save,
    Saved,
    Say,
    SearchFor,
    SearchWithout,
    SetHours,
    SetUpWanted,
    SimilarTo,
    Speak,
    StatusWanted,
    Told,
    Trending,
    Unfollow,
    Unsave,
    Wish,
)
from bot.services.library import ReadingList, list_of
from bot.services.lookup import Lookup
from bot.services.ports import Clock
from bot.services.relations import Relations
from bot.services.search import Search
from bot.services.status import Status
from bot.services.timetable import Timetable
from bot.services.watches.criteria import known_category
from bot.services.watches.watching import Watching
from bot.text.identifiers import find_paper_ids
from bot.words import _, speak


class Fulfilling:
    """Answers wishes; what a person keeps is in their own messages and on their own shelf."""

    def __init__(
        self,
        *,
        finding: Finding,
        news: News,
        following: Following,
        lookup: Lookup,
        search: Search,
        watching: Watching,
        relations: Relations,
        library: ReadingList,
        status: Status,
        timetable: Timetable,
        languages: Languages,
        clock: Clock,
    ) -> None:
        """Take the services that answer."""
        self._finding = finding
        self._news = news
        self._following = following
        self._lookup = lookup
        self._search = search
        self._watching = watching
        self._relations = relations
        self._library = library
        self._status = status
        self._timetable = timetable
        self._languages = languages
        self._clock = clock

    async def fulfill(self, wish: Wish, text: str, person: int) -> Answer:
        """Answer a wish that was read in a text; raises what the services raise."""
        if isinstance(wish, Told):
            return await self._tell(wish, text, person)
        if isinstance(wish, Named):
            return await self._show(wish, text, person)
        if isinstance(wish, Listed):
            return await self._list(wish, person)
        if isinstance(wish, Ordered):
            return await self._carry_out(wish, person)
        if isinstance(wish, Saved):
            return await self._save(wish, person)
        return await self._follow(wish, person)

    async def _tell(self, wish: Told, text: str, person: int) -> Answer:
        match wish:
            case Say(what=what):
                return WordsAnswer(text=_(REPLIES[what]))
            case HelpWanted():
                return HelpAnswer()
            case PrivacyWanted(forget=forget):
                return PrivacyAnswer(person=person, forget=forget)
            case Speak(language=language):
                await self._languages.remember(person, language)
                speak(language)
                return WordsAnswer(text=_(REPLIES["language"]))
            case Nothing():
                return not_understood(text.strip())
            case SetUpWanted():
                return SetUpAnswer()
            case StatusWanted():
                return (await self._status.report()).for_everybody
            case OutOfReach():
                return without_it(wish)
            case BetweenHours(hour=hour):
                return WordsAnswer(text=between_hours(hour))

    async def _show(self, wish: Named, text: str, person: int) -> Answer:
        match wish:
            case Identified(text=identifier):
                return await self._finding.identified(identifier, person)
            case PapersNamed(text=named):
                papers, ids = await self._lookup.papers_in(named), find_paper_ids(named)
                if len(papers) < 2:
                    return await self._finding.identified(str(ids[0]), person)
                return PapersAnswer(papers=papers, named=len(ids))
            case Person(name=name):
                return await self._finding.person(name, text, person)

    async def _list(self, wish: Listed, person: int) -> Answer:
        match wish:
            case PapersBy():
                return await self._finding.papers_by(wish, person)
            case NewIn():
                return await self._news.new_in(wish)
            case SearchFor():
                return await self._finding.search_for(wish)
            case Count(of=listed):
                answer = await self._list(listed, person)
                return replace(answer, counted=True) if isinstance(answer, ListAnswer) else answer
            case SearchWithout(otherwise=otherwise):
                if otherwise and await self._finding.is_said(wish):
                    return await self._list(otherwise, person)
                return await self._finding.search_without(wish)
            case LookUp():
                return await self._finding.look_up(wish, person)

    async def _carry_out(self, wish: Ordered, person: int) -> Answer:
        match wish:
            case Cite(paper=paper, form=form):
                return ReferenceAnswer(paper=(await self._lookup.paper(paper)).paper, form=form)
            case CiteAuthor(name=name, form=form, where=where):
                author = (await self._lookup.author(name, asker=person)).author
                return await self._search.references(author, form, where)
            case SimilarTo(paper=paper):
                return await self._search.similar((await self._lookup.paper(paper)).paper)
            case Trending(category=written, days=days):
                category = known_category(written) if written else None
                return await self._search.trending(category, days, self._clock().date())
            case Compare(names=names):
                return await self._relations.compare(names, asker=person)
            case CoauthorsOf(name=name):
                return await self._relations.coauthors(name, asker=person)

    async def _save(self, wish: Saved, person: int) -> Answer:
        shelf = Shelf(kind=ShelfKind.PERSON, id=person)
        match wish:
            case Save(paper=paper):
                return await self._library.save(paper, shelf, person=person)
            case Unsave(paper=paper):
                return await self._library.remove(paper, shelf, person=person, may_all=True)
            case ExportSaved(form=form):
                return await self._library.export(shelf, form)
            case ListSaved():
                return await self._search.first_page(list_of(shelf))

    async def _follow(self, wish: Followed, person: int) -> Answer:
        match wish:
            case Follow(hour=hour):
                followed = await self._following.follow(wish, person)
                if hour is not None and not isinstance(followed, WordsAnswer):
                    await self._timetable.change(own_messages(person), digest_hour=hour)
                return followed
            case Unfollow(target=target):
                return await self._following.unfollow(target, person)
            case Pause(target=target):
                return await self._following.pause(target, person)
            case Resume(target=target):
                return await self._following.resume(target, person)
            case ListFollowed():
                return await self._watching.list_watches(place=own_messages(person))
            case SetHours():
                return await self._set_hours(wish, person)

    async def _set_hours(self, wish: SetHours, person: int) -> HoursAnswer:
        hours = await self._timetable.change(
            own_messages(person), time_zone=wish.time_zone, digest_hour=wish.digest_hour, quiet=wish.quiet
        )
        return HoursAnswer(hours=hours, changed=wish != SetHours())
