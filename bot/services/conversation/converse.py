"""Answer what people write in plain words."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.authors import Author
from bot.domain.papers import Paper
from bot.domain.search import ListRequest, Sort
from bot.errors import AmbiguousAuthor, NotFound
from bot.services.answers import (
    Answer,
    HelpAnswer,
    ListAnswer,
    WordsAnswer,
)
from bot.services.conversation.about_list import Beyond, Counted, Export, First, Pick, Turn
from bot.services.conversation.about_paper import Rewritten, name_of
from bot.services.conversation.adjusting import Adjust
from bot.services.conversation.finding import Finding
from bot.services.conversation.follow_ups import Elsewhere, FollowUp, read_follow_up
from bot.services.conversation.following import Following
from bot.services.conversation.fulfilling import Fulfilling
from bot.services.conversation.german import in_english
from bot.services.conversation.guesses import Guess, read_guess
from bot.services.conversation.languages import Languages
from bot.services.conversation.last_answers import LastAnswers, Talk
from bot.services.conversation.narrowing import Narrow
from bot.services.conversation.news import News
from bot.services.conversation.offered import Offer, Taken, WhichOfThem
from bot.services.conversation.replies import beyond, in_a_channel, none_is_first
from bot.services.conversation.sentences import parse_sentence
from bot.services.conversation.wishes import Identified, LookUp
from bot.services.harvesting.harvest import Harvester
from bot.services.library import ReadingList
from bot.services.lookup import Lookup
from bot.services.ports import AuthorStore, Clock, PaperStore
from bot.services.relations import Relations
from bot.services.search import PAGE_SIZE, Search
from bot.services.status import Status
from bot.services.timetable import Timetable
from bot.services.watches.watching import Watching
from bot.words import _


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
        self._finding = Finding(lookup=lookup, search=search, papers=papers, authors=authors)
        self._news = News(search=search, harvester=harvester, clock=clock)
        self._fulfilling = Fulfilling(
            finding=self._finding,
            news=self._news,
            following=Following(watching=watching, finding=self._finding, papers=papers),
            lookup=lookup,
            search=search,
            watching=watching,
            relations=relations,
            library=library,
            status=status,
            timetable=timetable,
            languages=languages,
            clock=clock,
        )
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
            first = await self._first_of(talk.listed.request, meant.sort)
            if first is None:
                return WordsAnswer(text=none_is_first(talk.listed.page.papers))
            text = said = f"{meant.verb} {name_of(first)}{meant.form}".strip()
        elif meant and (answer := await self._go_on(meant, talk, person)):
            return answer
        wish = parse_sentence(text, self._clock().date())
        if not isinstance(wish, Identified) and (known := await self._finding.titled(said)):
            return await self._lookup.paper_by_id(known.id or 0)
        try:
            if isinstance(wish, LookUp) and not (wish.listed or wish.is_title):
                return await self._looked_up(wish, text, person)
            return await self._fulfilling.fulfill(wish, text, person)
        except (NotFound, AmbiguousAuthor) as error:
            self._last.offer(person, Offer.of(text, error))
            raise

    async def _looked_up(self, wish: LookUp, text: str, person: int) -> Answer:
        """Look up words that may be a name, a title or a subject, or guess what a sentence asks.

        What speaks to nobody may be a title, and is guessed at only where nothing else is found.
        """
        guess = read_guess(text, self._clock().date())
        is_addressed = isinstance(guess, Guess) and guess.is_addressed
        if not is_addressed:
            try:
                found = await self._fulfilling.fulfill(wish, text, person)
            except NotFound as unknown:
                if guess is None or unknown.authors or unknown.papers or unknown.unreachable:
                    raise
            else:
                if guess is None or not isinstance(found, HelpAnswer):
                    return found
        if isinstance(guess, Guess):
            is_person = await self._finding.is_name(guess.core)
            meant = guess.of_person() if is_person else guess.of_subject()
        else:
            meant = guess or wish
        return await self._fulfilling.fulfill(meant, text, person)

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

    async def _first_of(self, request: ListRequest, sort: Sort) -> Paper | None:
        """Return the first paper of a list in another order; None where nothing is known to order by."""
        ordered = await self._news.narrowed(request, Narrow(request.where, sort))
        first = next(iter(ordered.page.papers), None)
        is_known = first and (sort is not Sort.CITATIONS or first.citation_count)
        return first if is_known else None

    async def _put_right(self, offer: Offer, meant: Author | Paper, person: int) -> str:
        """Return the message with the one who is meant; a namesake's choice is remembered."""
        if offer.namesakes and meant.id is not None:
            await self._lookup.author_by_id(meant.id, asker=person, chosen_for=offer.asked)
        return offer.put_right(meant)
