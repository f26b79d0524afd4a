"""Find what words name: a paper, a person, a person's papers, or whatever a search brings."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace

from bot.domain.papers import Paper
from bot.domain.search import ListRequest, PaperFilter, Sort
from bot.errors import AmbiguousAuthor, InvalidIdentifier, InvalidTopic, NotFound
from bot.services.answers import Answer, HelpAnswer, ListAnswer, WordsAnswer
from bot.services.conversation.guesses import telling_words
from bot.services.conversation.out_of_reach import is_institution, without_it
from bot.services.conversation.phrases import clean, content, trimmed
from bot.services.conversation.wishes import LookUp, OutOfReach, PapersBy, SearchFor, SearchWithout
from bot.services.lookup import Lookup
from bot.services.ports import AuthorStore, PaperStore
from bot.services.search import PAPERS_ABOUT, PAPERS_BY, QUERY_SHOWN, SEARCH, Search
from bot.text.folding import title_key, words
from bot.text.identifiers import find_author_id, find_paper_id
from bot.text.markdown import clip, plain
from bot.text.names import is_name_like
from bot.text.topics import parse_topic, plain_topic
from bot.words import _, marked

ASKED_SHOWN = 120
"""How much of what was asked is repeated in an answer."""

_SHORTEST_TITLE = 4
"""Words from which on a sentence that is understood may also be a paper's title."""

_SHORTEST_BEGINNING = 3
"""Words from which on the beginning of a title names the paper."""

_FEW_WORDS = range(3, 8)
"""How many words a search without any hit must have to be tried with all but one of them."""

_LONGEST_TITLE = 400
_LONGEST_NAME = 5
_LONGEST_SENTENCE = 15
"""Words among which the name of somebody known is looked for."""

_OPERATOR_SIGNS = ('"', ":", "(", "*")


class Finding:
    """Answers from the catalogue, and from the sources where the catalogue has nothing."""

    def __init__(self, *, lookup: Lookup, search: Search, papers: PaperStore, authors: AuthorStore) -> None:
        """Take the services that answer, and the catalogue, which tells names from titles."""
        self._lookup = lookup
        self._search = search
        self._papers = papers
        self._authors = authors

    async def titled(self, text: str) -> Paper | None:
        """Return the paper whose title a text is, or a sentence of it, as in a reference.

        Titles may read like wishes ("Similar to us: …"); those of the catalogue are known.
        """
        said = clean(text[:_LONGEST_TITLE])
        for part in dict.fromkeys((said, *re.split(r"[.!?]\s+", said))):
            if len(words(part)) >= _SHORTEST_TITLE and (known := await self._papers.find_by_title(part)):
                return known
        return None

    async def identified(self, identifier: str, person: int) -> Answer:
        """Return the paper or the person that an identifier or a link names."""
        if find_author_id(identifier):
            try:
                return await self._lookup.author(identifier, asker=person)
            except NotFound:
                # A bare OpenAlex id may be a work's.
                if not find_paper_id(identifier):
                    raise
        return await self._lookup.paper(identifier)

    async def person(self, name: str, text: str, person: int) -> Answer:
        """Return a person asked for as such; words that name nobody may name a subject."""
        try:
            return await self._lookup.author(name, asker=person)
        except NotFound as unknown:
            # "Emma Strubells h-index".
            if name.endswith("s") and await self._authors.find_authors(name[:-1]):
                return await self._lookup.author(name[:-1], asker=person)
            if unknown.authors or is_name_like(name):
                raise
            return await self._listed(_search(name)) or not_understood(text)

    async def papers_by(self, wish: PapersBy, person: int) -> Answer:
        """List a person's papers, or those that several people share."""
        if len(wish.names) > 1:
            return await self._papers_of(wish, wish.names)
        try:
            author = (await self._lookup.author(wish.names[0], asker=person)).author
        except NotFound:
            if not is_institution(wish.names[0]):
                raise
            # Institutions sign as authors now and then, but most of their papers bear names of people.
            return without_it(OutOfReach(wish.names[0], f"papers on {wish.about}" if wish.about else ""))
        if wish.about:
            return await self._papers_of(wish, (author.name,))
        request = ListRequest(
            title=PAPERS_BY,
            named={"name": (author.name,)},
            author_id=author.id,
            author=author.name,
            where=wish.where,
            sort=wish.sort,
        )
        return await self._search.first_page(request)

    async def _papers_of_name(self, name: str, where: PaperFilter, person: int) -> Answer:
        """List a person's papers; a reference's name and year may tell namesakes apart."""
        wish = PapersBy((name,), where)
        try:
            return await self.papers_by(wish, person)
        except AmbiguousAuthor:
            found = await self._papers_of(wish, wish.names) if where.since and where.until else None
            if isinstance(found, ListAnswer) and found.page.papers:
                return found
            raise

    async def _papers_of(self, wish: PapersBy, names: tuple[str, ...]) -> Answer:
        """List what several people wrote together, or one wrote about something."""
        query = " ".join([*(f'au:"{name.replace(chr(34), "")}"' for name in names), *words(wish.about)])
        request = ListRequest(
            title=PAPERS_ABOUT if wish.about else PAPERS_BY,
            named={"name": names, "topic": (wish.about,)},
            query=query,
            where=wish.where,
            sort=wish.sort,
        )
        found = await self._listed(request) or await self._left_empty(request)
        if found is not None:
            return found
        said = _("The catalogue has no paper by {names} together.")
        if wish.about:
            said = _("The catalogue has no paper by {names} about {topic}.")
        shown = _(" and ").join(plain(clip(name, QUERY_SHOWN)) for name in names)
        return WordsAnswer(text=said.format(names=shown, topic=plain(clip(wish.about, QUERY_SHOWN))))

    async def search_for(self, wish: SearchFor) -> Answer:
        """List what a search brings, else what comes nearest."""
        found = await self._listed(_search(wish.query, wish.where, wish.sort))
        found = found or await self._nearly(wish.query, wish.where, wish.sort)
        return found or await self._left_empty(_search(wish.query, wish.where)) or not_understood(wish.query)

    async def is_said(self, wish: SearchWithout) -> bool:
        """Say whether papers on the subject have in a row what would be left out: "without labels"."""
        topic = parse_topic(f'{" ".join(words(wish.wanted))} "{" ".join(words(wish.phrase))}"')
        return (await self._papers.search(topic, PaperFilter(), limit=1)).total > 0

    async def search_without(self, wish: SearchWithout) -> Answer:
        """List what is about one thing and not another; arXiv is asked for the one where nothing is."""
        request = _search(wish.query, wish.where, wish.sort)
        found = await self._listed(request)
        if found is None and await self._listed(_search(wish.wanted, wish.where, wish.sort)):
            return await self._search.first_page(request)
        return found or await self._left_empty(request) or not_understood(wish.query)

    async def look_up(self, wish: LookUp, person: int) -> Answer:
        """Find out whether words are a name, a title or a search, asking the catalogue first."""
        text, where = wish.text, wish.where
        if known := await self._papers.find_by_title(text):
            return await self._lookup.paper_by_id(known.id or 0)
        text = trimmed(text)[1]
        if not content(text):
            return not_understood(wish.text)
        unknown: NotFound | None = None
        if await self.is_name(text):
            try:
                if wish.listed or where != PaperFilter():
                    return await self._papers_of_name(text, where, person)
                return await self._lookup.author(text, asker=person)
            except NotFound as error:
                unknown = error
        if found := await self._listed(_search(text, where, wish.sort)):
            return await self._paper_so_called(text, found) or found
        return await self._last_resort(wish, unknown, person)

    async def is_name(self, text: str) -> bool:
        """Say whether words rather name a person than a subject.

        Subjects are written like names ("Gaussian Splatting"), and names like subjects ("luccioni"):
        what counts is whether more papers are by somebody so called than about such a thing.
        """
        said = words(text)
        if not said or len(said) > _LONGEST_NAME or len(text) > ASKED_SHOWN:
            return False
        if len(said) > 1 and await self._authors.find_authors(text):
            return True
        by = " ".join(f"au:{word}" for word in said)
        about = " ".join(f"(ti:{word} OR abs:{word})" for word in said)
        pages = [
            await self._papers.search(parse_topic(topic), PaperFilter(), limit=1) for topic in (by, about)
        ]
        if pages[1].total > pages[0].total:
            return False
        return is_name_like(text) or (pages[0].total > 0 and await self._lookup.knows_person(text))

    async def _name_within(self, text: str) -> str:
        """Return the longest name of somebody known that stands in a text with other words, or nothing."""
        said = [word.strip(" .,;:!?'\"()").removesuffix("'s") for word in text.split()[:_LONGEST_SENTENCE]]
        for length in range(_LONGEST_NAME - 1, 1, -1):
            for start in range(len(said) - length + 1):
                name = " ".join(said[start : start + length])
                if len(content(name)) == length and await self._authors.find_authors(name):
                    return name
        return ""

    async def are_people(self, text: str) -> bool:
        """Say whether commas or "and" join names of people, which may be written small."""
        names = [name for name in re.split(r"\s*(?:,|;|&|\band\b)\s*", text) if name]
        return 1 < len(names) < _LONGEST_NAME and all([await self.is_name(name) for name in names])

    async def is_subject(self, text: str) -> bool:
        """Say whether there are papers about these words, which name nobody."""
        topic = plain_topic(text)
        if topic is None or await self.is_name(text):
            return False
        return (await self._papers.search(topic, PaperFilter(), limit=1)).total > 0

    async def _paper_so_called(self, text: str, found: ListAnswer) -> Answer | None:
        """Return the one paper whose title is this text, or begins with it."""
        key = title_key(text)
        papers = found.page.papers
        begun = [paper for paper in papers if f"{title_key(paper.title)} ".startswith(f"{key} ")]
        is_only = found.page.total == 1 and set(words(text)) <= set(words(papers[0].title))
        if is_only or (len(begun) == 1 and len(key.split()) >= _SHORTEST_BEGINNING):
            return await self._lookup.paper_by_id((begun or papers)[0].id or 0)
        return None

    async def _last_resort(self, wish: LookUp, unknown: NotFound | None, person: int) -> Answer:
        """Ask the sources for a title or a name that the catalogue does not have."""
        text, count = wish.text, len(words(wish.text))
        with suppress(InvalidIdentifier):
            try:
                if count >= _SHORTEST_TITLE:
                    return await self._lookup.paper(text)
                if unknown is None and count > 1:
                    return await self._lookup.author(text, asker=person)
            except NotFound as error:
                unknown = error if unknown is None or not unknown.authors else unknown
        if unknown is not None and unknown.authors:
            raise unknown
        if name := await self._name_within(text):
            if wish.listed or wish.where != PaperFilter():
                return await self.papers_by(PapersBy((name,), wish.where), person)
            return await self._lookup.author(name, asker=person)
        if found := await self._nearly(text, wish.where, wish.sort):
            return found
        if unknown is not None and (unknown.papers or unknown.unreachable):
            raise unknown
        return await self._left_empty(_search(text, wish.where)) or not_understood(text)

    async def _left_empty(self, request: ListRequest) -> ListAnswer | None:
        """Return an empty list, which says its conditions, where these are why nothing is found."""
        if request.where == PaperFilter():
            return None
        found = await self._listed(replace(request, where=PaperFilter()))
        return await self._search.first_page(replace(found.request, where=request.where)) if found else None

    async def _listed(self, request: ListRequest) -> ListAnswer | None:
        """Return a search's first page, from arXiv too where the catalogue has nothing; None if empty."""
        query = request.query
        try:
            answer = await self._search.first_page(request)
        except InvalidTopic:
            if '"' in query or ":" in query:
                raise
            # Not meant as an expression: an "AND" of an ordinary sentence.
            answer = await self._search.first_page(replace(request, query=" ".join(words(query))))
        if not answer.page.papers:
            answer = await self._search.widen(answer) or answer
        return answer if answer.page.papers or answer.unreachable else None

    async def _nearly(self, text: str, where: PaperFilter, sort: Sort) -> ListAnswer | None:
        """Search as it was probably meant, for the words that count, then for all but any one of them."""
        if meant := await self._search.put_right(text):
            text = meant
            if found := await self._listed(_search(meant, where, sort)):
                return found
        said = list(dict.fromkeys(content(text)))
        if any(sign in text for sign in _OPERATOR_SIGNS) or not said:
            return None
        queries = [" ".join(said)]
        if (telling := list(dict.fromkeys(telling_words(text)))) and len(telling) < len(said):
            # "Shows that transformers need a lot of energy" is about two of these words.
            said = telling
            queries.append(" ".join(said))
        if len(said) in _FEW_WORDS:
            queries.append(
                " OR ".join(f"({' '.join([*said[:at], *said[at + 1 :]])})" for at in range(len(said)))
            )
        for query in queries:
            request = ListRequest(
                title=marked("Nearest to: {query}"),
                named={"query": (clip(" ".join(said), QUERY_SHOWN),)},
                query=query,
                where=where,
                sort=sort,
            )
            if (answer := await self._search.first_page(request)).page.papers:
                return answer
        return None


def _search(query: str, where: PaperFilter = PaperFilter(), sort: Sort = Sort.RELEVANCE) -> ListRequest:
    return ListRequest(
        title=SEARCH, named={"query": (clip(query, QUERY_SHOWN),)}, query=query, where=where, sort=sort
    )


def not_understood(text: str) -> HelpAnswer:
    """Return what can be asked, below what was asked in vain."""
    return HelpAnswer(about=clip(text, ASKED_SHOWN))
