"""Numbers of people whom OpenAlex has no profile of, from the next source that knows them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.authors import Author
from bot.domain.papers import Paper
from bot.errors import SourceError
from bot.services.ports import AuthorStore, Clock, PersonSource, StateStore

logger = logging.getLogger(__name__)

KNOWN_AGE = timedelta(days=7)
UNKNOWN_AGE = timedelta(days=1)
"""How long somebody is not asked about again, where a source knew them and where none did."""

_MOST_WAITING = 100
_EVIDENCE = 20


@dataclass(slots=True)
class Facts:
    """Asks the sources in their order about the people whose cards were shown, behind the cards."""

    sources: Sequence[PersonSource]
    authors: AuthorStore
    state: StateStore
    clock: Clock
    _waiting: dict[int, tuple[Author, tuple[Paper, ...]]] = field(default_factory=dict, init=False)

    def want(self, author: Author, papers: Sequence[Paper]) -> None:
        """Note that somebody looks at a person who is only a name on papers of the catalogue.

        Numbers are kept by that name, so namesakes whom evidence tells apart keep our own.
        """
        is_bare = author.openalex_id is None and not author.invented and not author.evidence
        if author.id is not None and is_bare and papers and len(self._waiting) < _MOST_WAITING:
            self._waiting[author.id] = (author, tuple(papers[:_EVIDENCE]))

    async def run(self) -> int:
        """Ask about everybody who waits; return of how many something was told."""
        waiting, self._waiting = self._waiting, {}
        return sum([await self._complete(author, papers) for author, papers in waiting.values()])

    async def _complete(self, author: Author, papers: Sequence[Paper]) -> bool:
        now, key = self.clock(), f"asked-for-facts:{author.id}"
        last = await self.state.get_state(key)
        age = KNOWN_AGE if author.h_index else UNKNOWN_AGE
        if last is not None and now - datetime.fromisoformat(last) < age:
            return False
        for source in self.sources:
            try:
                told = await source.fetch_person(author.name, papers)
            except SourceError as error:
                logger.info("facts not read source=%s reason=%s", error.source, error.reason)
                continue
            if told is not None:
                await self.authors.save_author(_with_facts(author, told))
                await self.state.set_state(key, now.isoformat())
                return True
        await self.state.set_state(key, now.isoformat())
        return False


def _with_facts(author: Author, told: Author) -> Author:
    """Return the person with a source's numbers, the name as it is printed."""
    return replace(
        author,
        institutions=author.institutions or told.institutions,
        h_index=told.h_index or author.h_index,
        paper_count=told.paper_count or author.paper_count,
        citation_count=told.citation_count or author.citation_count,
    )
