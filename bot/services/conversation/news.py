"""Lists of what was announced lately, and lists with more conditions than they had."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.search import ListRequest, Sort
from bot.errors import Missing
from bot.services.answers import ListAnswer
from bot.services.conversation.last_answers import author_of
from bot.services.conversation.narrowing import Narrow
from bot.services.conversation.wishes import NewIn
from bot.services.harvesting.harvest import Harvester
from bot.services.ports import Clock
from bot.services.search import PAPERS_ABOUT, QUERY_SHOWN, SEARCH, Search, field_named
from bot.services.watches.criteria import known_category
from bot.text.folding import words
from bot.text.markdown import clip
from bot.text.topics import uses_operators
from bot.words import marked

RECENT = timedelta(days=7)
"""How far back "new in" goes where nobody says since when."""

_JUST_NOW = timedelta(days=1)
_PATIENCE_SECONDS = 20.0
_NEW = marked("New in {field}")
_ALL = marked("Papers in {field}")


class News:
    """Lists what is new, of a category or of all."""

    def __init__(self, *, search: Search, harvester: Harvester, clock: Clock) -> None:
        """Take what lists papers, what reads a category's feed, and the clock that says what is new."""
        self._search = search
        self._harvester = harvester
        self._clock = clock

    async def new_in(self, wish: NewIn) -> ListAnswer:
        """List what was announced, or all there is in another order.

        What is new in a category that nobody harvests is read now.
        """
        where = wish.where
        category = known_category(where.category) if where.category else None
        unreachable: tuple[Missing, ...] = ()
        where = replace(where, category=category)
        recent = self._clock().date() - RECENT
        title = _ALL
        # What ended before yesterday is listed by its own days: announcements have no end here.
        is_over = where.until is not None and where.until < self._clock().date() - _JUST_NOW
        # Few papers reach a number that is asked for; a week has hardly any.
        is_rare = where.since is None and (where.min_score or where.min_novelty)
        if wish.sort is Sort.NEWEST and not is_over and not is_rare:
            where = replace(where, since=None, until=None, announced_since=where.since or recent)
            title = _NEW
            if category and not await self._read_now(category):
                unreachable = (Missing("arXiv"),)
        answer = await self._search.first_page(
            ListRequest(title=title, named=field_named(category), where=where, sort=wish.sort)
        )
        return replace(answer, unreachable=unreachable)

    async def narrowed(self, request: ListRequest, narrow: Narrow) -> ListAnswer:
        """List the same with other conditions, under a title that is still true."""
        where, sort = narrow.where, narrow.sort
        if narrow.by:
            return await self._search.search(_by(request, narrow))
        if narrow.about:
            return await self._search.search(_about(request, narrow))
        title = request.title
        if title == _NEW and (where.since or where.until):
            return await self.new_in(NewIn(replace(where, announced_since=None), sort))
        if title == _NEW and not where.announced_since:
            title = _ALL
        named = request.named
        if "{field}" in title:
            kept = {place: said for place, said in named.items() if place != "field"}
            named = kept | field_named(where.category)
        return await self._search.first_page(
            replace(request, title=title, named=named, where=where, sort=sort)
        )

    async def _read_now(self, category: str) -> bool:
        """Read a category's feed, but no longer than somebody waits: a harvest may be under way."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await self._harvester.read_now(category)
        except TimeoutError:
            return False


def _by(request: ListRequest, narrow: Narrow) -> ListRequest:
    """Return a search for what somebody wrote of it, or with the author whose list it is."""
    query = f"({request.query})" if uses_operators(request.query) else request.query
    if request.author_id is not None:
        query = f'au:"{request.author.replace(chr(34), "")}"'
    whom = f'au:"{narrow.by.replace(chr(34), "")}"'
    shown = " ".join((*request.named.get("query", (request.query or request.author,)), narrow.by))
    named = {"query": (clip(shown, QUERY_SHOWN),)}
    return replace(
        request,
        title=SEARCH,
        named=named,
        query=f"{query} {whom}",
        author="" if request.author_id is not None else request.author,
        author_id=None,
        where=narrow.where,
        sort=narrow.sort,
    )


def _about(request: ListRequest, narrow: Narrow) -> ListRequest:
    """Return a list with what it is, or is not, to be about besides."""
    subject = " ".join(words(narrow.about))
    query = f"({request.query})" if uses_operators(request.query) else request.query
    if request.author_id is not None:
        query = f'au:"{request.author.replace(chr(34), "")}"'
    author = author_of(request)
    about = ListRequest(
        title=PAPERS_ABOUT,
        named={"name": (author,), "topic": (narrow.about,)},
        query=f'{query} -"{subject}"' if narrow.without else f"{query} {subject}".strip(),
        author=request.author,
        where=narrow.where,
        sort=narrow.sort,
    )
    if author and not narrow.without:
        return about
    asked = f'-"{narrow.about}"' if narrow.without else narrow.about
    shown = " ".join((*request.named.get("query", (author,) if author else ()), asked))
    return replace(about, title=SEARCH, named={"query": (clip(shown, QUERY_SHOWN),)})
