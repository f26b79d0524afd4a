"""Answer what people write in plain words."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.library import Shelf, ShelfKind
from bot.domain.orders import Setting
from bot.domain.search import ListRequest, PaperFilter, Sort
from bot.errors import Missing
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
from bot.services.criteria import known_category
from bot.services.finding import Finding, not_understood
from bot.services.follow_ups import Beyond, Narrow, Pace, Pick, Rewritten, Turn, read_follow_up
from bot.services.following import Following, own_messages
from bot.services.german import in_english
from bot.services.harvest import Harvester
from bot.services.languages import Languages
from bot.services.last_answers import LastAnswers
from bot.services.library import ReadingList, list_of
from bot.services.lookup import Lookup
from bot.services.ports import AuthorStore, Clock, PaperStore
from bot.services.relations import Relations
from bot.services.search import PAGE_SIZE, Search, field_named
from bot.services.sentences import parse_sentence
from bot.services.smalltalk import REPLIES
from bot.services.status import Status
from bot.services.timetable import Timetable
from bot.services.watching import Watching
from bot.services.wishes import (
    Cite,
    CiteAuthor,
    CoauthorsOf,
    Compare,
    ExportSaved,
    Follow,
    HelpWanted,
    Identified,
    ListFollowed,
    ListSaved,
    LookUp,
    NewIn,
    Nothing,
    PapersBy,
    PapersNamed,
    Pause,
    Person,
    PrivacyWanted,
    Resume,
    Save,
    Say,
    SearchFor,
    SetHours,
    SetUpWanted,
    SimilarTo,
    Speak,
    StatusWanted,
    Trending,
    Unfollow,
    Unsave,
    Wish,
)
from bot.text.identifiers import find_paper_ids
from bot.words import _, counted, marked, speak

RECENT = timedelta(days=7)
"""How far back "new in" goes where nobody says since when."""

_PATIENCE_SECONDS = 20.0
_NEW = marked("New in {field}")
_ALL = marked("Papers in {field}")


class Conversation:
    """Understands sentences, and answers each with what the other services know."""

    def __init__(
        self,
        *,
        lookup: Lookup,
        search: Search,
        watching: Watching,
        harvester: Harvester,
        relations: Relations,
        library: ReadingList,
        status: Status,
        timetable: Timetable,
        languages: Languages,
        papers: PaperStore,
        authors: AuthorStore,
        clock: Clock,
    ) -> None:
        """Take the services that answer, and the catalogue, which tells names from titles."""
        self._lookup = lookup
        self._search = search
        self._watching = watching
        self._harvester = harvester
        self._relations = relations
        self._library = library
        self._status = status
        self._timetable = timetable
        self._languages = languages
        self._finding = Finding(lookup=lookup, search=search, papers=papers, authors=authors)
        self._following = Following(watching=watching, finding=self._finding, papers=papers)
        self._clock = clock
        self._last = LastAnswers()

    async def answer(self, text: str, *, person: int) -> Answer:
        """Answer one message; raises what the services raise, and never stays silent.

        What is followed is announced in the person's direct messages, wherever they asked for it.
        """
        answer = await self._answer(text, person)
        self._last.remember(person, answer)
        return answer

    def forget(self, person: int) -> None:
        """Forget what a person was answered last."""
        self._last.forget(person)

    async def _answer(self, text: str, person: int) -> Answer:
        said, text = text, in_english(text) or text
        talk = self._last.find(person)
        listed = talk.listed
        match read_follow_up(text, talk, self._clock().date()):
            case Rewritten(text=rewritten):
                text = rewritten
            case Pick(paper=paper):
                return await self._lookup.paper_by_id(paper.id or 0)
            case Beyond(shown=shown, has_more=has_more):
                return WordsAnswer(text=_beyond(shown, has_more))
            case Turn(pages=pages) if listed:
                return await self._search.page(listed.request_id, listed.page.offset + pages * PAGE_SIZE)
            case Pace(watch_id=watch_id, every=every):
                return await self._watching.change(
                    watch_id, Setting.EVERY, every, guild_id=None, person=person
                )
            case Narrow(where=where, sort=sort) if listed:
                return await self._narrowed(listed.request, where, sort)
        wish = parse_sentence(text, self._clock().date())
        if not isinstance(wish, Identified) and (known := await self._finding.titled(said)):
            return await self._lookup.paper_by_id(known.id or 0)
        return await self._fulfill(wish, text, person)

    async def _fulfill(self, wish: Wish, text: str, person: int) -> Answer:  # noqa: C901 - one arm a kind of wish
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
                return await self._status.report()
            case Identified(text=identifier):
                return await self._finding.identified(identifier, person)
            case PapersNamed(text=named):
                papers, ids = await self._lookup.papers_in(named), find_paper_ids(named)
                if len(papers) < 2:
                    return await self._finding.identified(str(ids[0]), person)
                return PapersAnswer(papers=papers, named=len(ids))
            case Person(name=name):
                return await self._finding.person(name, text, person)
            case PapersBy():
                return await self._finding.papers_by(wish, person)
            case NewIn():
                return await self._new_in(wish)
            case SearchFor():
                return await self._finding.search_for(wish)
            case LookUp():
                return await self._finding.look_up(wish, person)
            case Follow():
                return await self._following.follow(wish, person)
            case Unfollow(target=target):
                return await self._following.unfollow(target, person)
            case Pause(target=target):
                return await self._following.pause(target, person)
            case Resume(target=target):
                return await self._following.resume(target, person)
            case Cite(paper=paper, form=form):
                return ReferenceAnswer(paper=(await self._lookup.paper(paper)).paper, form=form)
            case CiteAuthor(name=name, form=form):
                author = (await self._lookup.author(name, asker=person)).author
                return await self._search.references(author, form)
            case SimilarTo(paper=paper):
                return await self._search.similar((await self._lookup.paper(paper)).paper)
            case Trending(category=written, days=days):
                category = known_category(written) if written else None
                return await self._search.trending(category, days, self._clock().date())
            case Compare(names=names):
                return await self._relations.compare(names, asker=person)
            case CoauthorsOf(name=name):
                return await self._relations.coauthors(name, asker=person)
            case Save(paper=paper):
                return await self._library.save(paper, _own_shelf(person), person=person)
            case Unsave(paper=paper):
                return await self._library.remove(paper, _own_shelf(person), person=person, may_all=True)
            case ExportSaved(form=form):
                return await self._library.export(_own_shelf(person), form)
            case ListSaved():
                return await self._search.first_page(list_of(_own_shelf(person)))
            case SetHours():
                return await self._set_hours(wish, person)
            case ListFollowed():
                return await self._watching.list_watches(place=own_messages(person))

    # What is new

    async def _new_in(self, wish: NewIn) -> Answer:
        """List what was announced, or all there is in another order.

        What is new in a category that nobody harvests is read now.
        """
        where = wish.where
        category = known_category(where.category) if where.category else None
        unreachable: tuple[Missing, ...] = ()
        where = replace(where, category=category)
        recent = self._clock().date() - RECENT
        title = _ALL
        is_old = where.until is not None and where.until < recent
        # Few papers reach a number that is asked for; a week has hardly any.
        is_rare = where.since is None and (where.min_score or where.min_novelty)
        if wish.sort is Sort.NEWEST and not is_old and not is_rare:
            where = replace(where, since=None, until=None, announced_since=where.since or recent)
            title = _NEW
            if category and not await self._read_now(category):
                unreachable = (Missing("arXiv"),)
        answer = await self._search.first_page(
            ListRequest(title=title, named=field_named(category), where=where, sort=wish.sort)
        )
        return ListAnswer(
            request=answer.request, request_id=answer.request_id, page=answer.page, unreachable=unreachable
        )

    async def _narrowed(self, request: ListRequest, where: PaperFilter, sort: Sort) -> Answer:
        """List the same with more conditions, under a title that is still true."""
        if request.title == _NEW and (where.since or where.until):
            return await self._new_in(NewIn(replace(where, announced_since=None), sort))
        named = request.named
        if "{field}" in request.title:
            named = {**named, **field_named(where.category)}
        return await self._search.first_page(replace(request, named=named, where=where, sort=sort))

    async def _read_now(self, category: str) -> bool:
        """Read a category's feed, but no longer than somebody waits: a harvest may be under way."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await self._harvester.read_now(category)
        except TimeoutError:
            return False

    async def _set_hours(self, wish: SetHours, person: int) -> HoursAnswer:
        hours = await self._timetable.change(
            own_messages(person), time_zone=wish.time_zone, digest_hour=wish.digest_hour, quiet=wish.quiet
        )
        return HoursAnswer(hours=hours, changed=wish != SetHours())


def _beyond(shown: int, has_more: bool) -> str:
    if has_more:
        return _("That list shows {count} papers here; *more* turns the page.").format(count=shown)
    return counted(shown, "That list shows {count} paper here.", "That list shows {count} papers here.")


def _own_shelf(person: int) -> Shelf:
    return Shelf(kind=ShelfKind.PERSON, id=person)
