"""Brings an answer up to date behind the person who was answered at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.services.answers import (
    Answer,
    AuthorAnswer,
    CoauthorsAnswer,
    ComparisonAnswer,
    PaperAnswer,
    ReferenceAnswer,
)
from bot.services.lookup import Lookup
from bot.services.relations import Relations
from bot.text.references import render_references


class Renewal:
    """Knows for each kind of answer what it was made from."""

    def __init__(self, *, lookup: Lookup, relations: Relations) -> None:
        """Take what reads people and papers again, and what was made of several."""
        self._lookup = lookup
        self._relations = relations

    async def refresh(self, answer: Answer) -> Answer | None:
        """Return an answer from newer data; None where nothing a reader sees has changed.

        Answers that the catalogue alone gives, such as lists, have nothing newer behind them.
        """
        match answer:
            case AuthorAnswer():
                return await self._lookup.refresh_author(answer)
            case PaperAnswer():
                return await self._lookup.refresh_paper(answer)
            case ReferenceAnswer():
                return await self._reference(answer)
            case ComparisonAnswer(people=people):
                fresher = await asyncio.gather(*map(self._lookup.refresh_author, people))
                if not any(fresher):
                    return None
                newest = (new or old for new, old in zip(fresher, people, strict=True))
                return replace(answer, people=tuple(newest))
            case CoauthorsAnswer():
                return await self._coauthors(answer)
        return None

    async def _reference(self, answer: ReferenceAnswer) -> ReferenceAnswer | None:
        fresher = await self._lookup.refresh_paper(PaperAnswer(paper=answer.paper))
        if fresher is None:
            return None
        before, now = (render_references([paper], answer.form) for paper in (answer.paper, fresher.paper))
        return None if before == now else replace(answer, paper=fresher.paper)

    async def _coauthors(self, answer: CoauthorsAnswer) -> CoauthorsAnswer | None:
        if not await self._lookup.renew(answer.author) or answer.author.id is None:
            return None
        fresher = await self._relations.coauthors_by_id(answer.author.id)
        return None if _shown(fresher) == _shown(answer) else fresher


def _shown(answer: CoauthorsAnswer) -> tuple[object, ...]:
    return answer.author.name, answer.network, answer.is_whole, answer.unreachable
