"""Answer what people write in plain words."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.authors import Author
from bot.domain.library import Shelf, ShelfKind
from bot.domain.papers import Paper
from bot.domain.search import ListRequest
from bot.errors import AmbiguousAuthor, NotFound
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
from bot.services.conversation.about_paper import Rewritten, name_of
from bot.services.conversation.adjusting import Adjust
from bot.services.conversation.finding import Finding, not_understood
from bot.services.conversation.follow_ups import (
    Beyond,
    Counted,
    Elsewhere,
    Export,
    First,
    FollowUp,
    Pick,
    Turn,
    read_follow_up,
)
from bot.services.conversation.following import Following, own_messages
from bot.services.conversation.german import in_english
from bot.services.conversation.languages import Languages
from bot.services.conversation.last_answers import LastAnswers, Talk
from bot.services.conversation.narrowing import Narrow
from bot.services.conversation.news import News
from bot.services.conversation.offered import Offer, Taken, WhichOfThem
from bot.services.conversation.out_of_reach import without_it
from bot.services.conversation.replies import REPLIES, between_hours, beyond, in_a_channel
from bot.services.conversation.sentences import parse_sentence
from bot.services.conversation.wishes import (
    BetweenHours,
    Cite,
    CiteAuthor,
    CoauthorsOf,
    Compare,
    Count,
    ExportSaved,
    Follow,
    HelpWanted,
    Identified,
    ListFollowed,
    ListSaved,
    LookUp,
    NewIn,
    Nothing,
    OutOfReach,
    PapersBy,
    PapersNamed,
    Pause,
    Person,
    PrivacyWanted,
    Resume,
    Save,
    Say,
    SearchFor,
    SearchWithout,
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
from bot.services.harvesting.harvest import Harvester
from bot.services.library import ReadingList, list_of
from bot.services.lookup import Lookup
from bot.services.ports import AuthorStore, Clock, PaperStore
from bot.services.relations import Relations
from bot.services.search import PAGE_SIZE, Search
from bot.services.status import Status
from bot.services.timetable import Timetable
from bot.services.watches.criteria import known_category
from bot.services.watches.watching import Watching
from bot.text.identifiers import find_paper_ids
from bot.words import _, speak


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
        self._relations = relations
        self._library = library
        self._status = status
        self._timetable = timetable
        self._languages = languages
        self._finding = Finding(lookup=lookup, search=search, papers=papers, authors=authors)
        self._news = News(search=search, harvester=harvester, clock=clock)
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
        meant = read_follow_up(text, talk, self._clock().date())
        if isinstance(meant, Rewritten):
            text = meant.text
        elif isinstance(meant, Taken) and talk.offer:
            text = said = await self._put_right(talk.offer, meant.meant, person)
        elif isinstance(meant, First) and talk.listed:
            text = said = await self._first_of(talk.listed.request, meant) or text
        elif meant and (answer := await self._go_on(meant, talk, person)):
            return answer
        wish = parse_sentence(text, self._clock().date())
        if not isinstance(wish, Identified) and (known := await self._finding.titled(said)):
            return await self._lookup.paper_by_id(known.id or 0)
        try:
            return await self._fulfill(wish, text, person)
        except (NotFound, AmbiguousAuthor) as error:
            self._last.offer(person, Offer.of(text, error))
            raise

    async def _go_on(self, meant: FollowUp, talk: Talk, person: int) -> Answer | None:
        """Answer what is said after the last answer, with what that was."""
        listed = talk.listed
        match meant:
            case WhichOfThem():
                said = _("Which one? Press its button, or write *the first one*.")
                return WordsAnswer(text=said, asks_which=True)
            case Elsewhere(channel=channel):
                return WordsAnswer(text=in_a_channel(talk, channel))
            case Export(author=author, form=form, where=where):
                found = await self._lookup.author(author, asker=person)
                return await self._search.references(found.author, form, where)
            case Pick(paper=paper):
                return await self._lookup.paper_by_id(paper.id or 0)
            case Beyond(shown=shown, has_more=has_more):
                return WordsAnswer(text=beyond(shown, has_more))
            case Turn(pages=pages) if listed:
                return await self._search.page(listed.request_id, listed.page.offset + pages * PAGE_SIZE)
            case Adjust(watch_id=watch_id, setting=setting, text=text):
                return await self._watching.change(watch_id, setting, text, guild_id=None, person=person)
            case Counted(of=of):
                answer = await self._go_on(of, talk, person)
                return replace(answer, counted=True) if isinstance(answer, ListAnswer) else answer
            case Narrow() if listed:
                return await self._news.narrowed(listed.request, meant)
        return None

    async def _first_of(self, request: ListRequest, meant: First) -> str:
        """Return what is wished with the paper in its place; empty where the list has none."""
        ordered = await self._news.narrowed(request, Narrow(request.where, meant.sort))
        papers = ordered.page.papers[:1]
        return f"{meant.verb} {name_of(papers[0])}{meant.form}" if papers else ""

    async def _put_right(self, offer: Offer, meant: Author | Paper, person: int) -> str:
        """Return the message with the one who is meant; a namesake's choice is remembered."""
        if offer.namesakes and meant.id is not None:
            await self._lookup.author_by_id(meant.id, asker=person, chosen_for=offer.asked)
        return offer.put_right(meant)

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
                return (await self._status.report()).for_everybody
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
                return await self._news.new_in(wish)
            case SearchFor():
                return await self._finding.search_for(wish)
            case Count(of=listed):
                answer = await self._fulfill(listed, text, person)
                return replace(answer, counted=True) if isinstance(answer, ListAnswer) else answer
            case OutOfReach():
                return without_it(wish)
            case SearchWithout(otherwise=otherwise):
                if otherwise and await self._finding.is_said(wish):
                    return await self._fulfill(otherwise, text, person)
                return await self._finding.search_without(wish)
            case LookUp():
                return await self._finding.look_up(wish, person)
            case Follow(hour=hour):
                if hour is not None:
                    await self._timetable.change(own_messages(person), digest_hour=hour)
                return await self._following.follow(wish, person)
            case Unfollow(target=target):
                return await self._following.unfollow(target, person)
            case Pause(target=target):
                return await self._following.pause(target, person)
            case Resume(target=target):
                return await self._following.resume(target, person)
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
            case Save(paper=paper):
                return await self._library.save(paper, _own_shelf(person), person=person)
            case Unsave(paper=paper):
                return await self._library.remove(paper, _own_shelf(person), person=person, may_all=True)
            case ExportSaved(form=form):
                return await self._library.export(_own_shelf(person), form)
            case ListSaved():
                return await self._search.first_page(list_of(_own_shelf(person)))
            case BetweenHours(hour=hour):
                return WordsAnswer(text=between_hours(hour))
            case SetHours():
                return await self._set_hours(wish, person)
            case ListFollowed():
                return await self._watching.list_watches(place=own_messages(person))

    async def _set_hours(self, wish: SetHours, person: int) -> HoursAnswer:
        hours = await self._timetable.change(
            own_messages(person), time_zone=wish.time_zone, digest_hour=wish.digest_hour, quiet=wish.quiet
        )
        return HoursAnswer(hours=hours, changed=wish != SetHours())


def _own_shelf(person: int) -> Shelf:
    return Shelf(kind=ShelfKind.PERSON, id=person)
