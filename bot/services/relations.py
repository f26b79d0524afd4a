"""Authors beside each other: who writes with whom, and how several compare."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from bot.domain.authors import Author
from bot.domain.papers import Authorship
from bot.domain.search import Sort
from bot.errors import InvalidInput
from bot.metrics.network import network_of
from bot.services.answers import AuthorAnswer, CoauthorsAnswer, ComparisonAnswer
from bot.services.lookup import Lookup
from bot.services.ports import AuthorStore
from bot.text.names import initials_compatible, name_key
from bot.words import _

NEWEST = 500
"""How many of an author's papers are looked at, the newest first."""


class Relations:
    """Answers about several people at once."""

    def __init__(self, *, lookup: Lookup, authors: AuthorStore) -> None:
        """Take what finds authors, and the catalogue's authors."""
        self._lookup = lookup
        self._authors = authors

    async def coauthors(self, name: str, *, asker: int | None = None) -> CoauthorsAnswer:
        """Return who writes with an author; raise as `Lookup.author` does."""
        return await self._coauthors_of(await self._lookup.author(name, asker=asker))

    async def coauthors_by_id(self, author_id: int) -> CoauthorsAnswer:
        """Return who writes with a known author."""
        return await self._coauthors_of(await self._lookup.author_by_id(author_id))

    async def compare(self, names: Sequence[str], *, asker: int | None = None) -> ComparisonAnswer:
        """Return two to four authors side by side; raise as `Lookup.author` does.

        Raises InvalidInput where two of the names are one person's.
        """
        answers = await asyncio.gather(*(self._lookup.author(name, asker=asker) for name in names))
        if len({answer.author.id for answer in answers}) < len(answers):
            raise InvalidInput(", ".join(names), _("a list of different people"))
        return ComparisonAnswer(people=tuple(answers))

    async def _coauthors_of(self, found: AuthorAnswer) -> CoauthorsAnswer:
        author = found.author
        page = await self._authors.papers_of(author, sort=Sort.NEWEST, limit=NEWEST)
        return CoauthorsAnswer(
            author=author,
            # Many papers take long enough that others would notice.
            network=await asyncio.to_thread(network_of, page.papers, _signed_by(author)),
            is_whole=page.total <= NEWEST,
            unreachable=found.unreachable,
        )


def _signed_by(author: Author) -> Callable[[Authorship], bool]:
    """Return whether a signature is the author's: by id, else by a form of the name."""
    keys = {name_key(name) for name in (author.name, *author.aliases)}

    def is_author(person: Authorship) -> bool:
        if person.openalex_id is not None and author.openalex_id is not None:
            return person.openalex_id == author.openalex_id
        return name_key(person.name) in keys or initials_compatible(person.name, author.name)

    return is_author
