"""Bring sent messages up to date when their papers change: edited, and answered where that is set."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.papers import Paper
from bot.domain.revisions import RevisedMessage
from bot.domain.watches import Place
from bot.services.announcing.outcomes import (
    HistoryUnreadable,
    MessageGone,
    PlaceGone,
    Refused,
    TryLater,
    Unclear,
)
from bot.services.announcing.retrying import LAST_ATTEMPT, NONCE_MEMORY, retry_pause
from bot.services.ports import Clock, PaperStore, RevisionPostman, RevisionStore

logger = logging.getLogger(__name__)

A_RUN = 100
"""Messages that one run revises: what is new goes first, so a run must not take long."""


class Reviser:
    """Revises messages, those of a place one after the other; nobody waits for it.

    What can't be revised is let go of without a word to anybody: the paper was announced, and a
    place that can't be written to is found out by the next paper.
    """

    def __init__(self, *, revisions: RevisionStore, papers: PaperStore, clock: Clock) -> None:
        """Take the stores; nothing is claimed before `run`."""
        self._revisions = revisions
        self._papers = papers
        self._clock = clock
        self._doubtful: set[int] = set()

    async def run(self, postman: RevisionPostman) -> int:
        """Revise what is due; return how many messages. One bad place harms no other."""
        unclear = _by_place(await self._revisions.list_unclear())
        await asyncio.gather(*(self._settle(place, waiting, postman) for place, waiting in unclear.items()))
        claimed = await self._revisions.claim(self._clock(), limit=A_RUN)
        papers = await self._papers_of(claimed)
        lanes = [self._revise_all(waiting, papers, postman) for waiting in _by_place(claimed).values()]
        return sum(await asyncio.gather(*lanes))

    async def _papers_of(self, messages: Sequence[RevisedMessage]) -> Mapping[int, Paper]:
        ids = {one.paper_id for message in messages for one in message.announcement.deliveries}
        found = await self._papers.find_papers(sorted(ids)) if ids else ()
        return {paper.id: paper for paper in found if paper.id is not None}

    async def _revise_all(
        self, waiting: Sequence[RevisedMessage], papers: Mapping[int, Paper], postman: RevisionPostman
    ) -> int:
        """Revise the messages of one place; after a failure the rest waits too."""
        answers: dict[int, int | None] = {}
        for position, message in enumerate(waiting):
            try:
                answers[message.id] = await self._revise(message, papers, postman)
            except (MessageGone, Refused) as gone:
                await self._drop([message], repr(gone))
            except PlaceGone as gone:
                await self._drop(waiting[position:], gone.reason)
                break
            except TryLater as wait:
                later = max(self._retry_at(message), self._clock() + timedelta(seconds=wait.seconds))
                await self._give_back([message], later, failed=True)
                await self._give_back(waiting[position + 1 :], later)
                break
            except Unclear:
                # Left claimed: the next run looks for the answer before it sends another.
                self._doubtful.add(message.id)
                await self._give_back(waiting[position + 1 :], self._retry_at(message))
                break
        if answers:
            await self._revisions.mark_told(answers)
        return len(answers)

    async def _revise(
        self, message: RevisedMessage, papers: Mapping[int, Paper], postman: RevisionPostman
    ) -> int | None:
        """Edit one message, and return its answer if it gets one."""
        if message.attempts >= LAST_ATTEMPT:
            raise PlaceGone("Discord has not taken it for two weeks")
        carried = [papers[one.paper_id] for one in message.announcement.deliveries if one.paper_id in papers]
        try:
            return await postman.revise(message, carried)
        except (MessageGone, PlaceGone, Refused, TryLater, Unclear):
            raise
        except Exception as error:  # whatever it is, it must not keep other messages back
            logger.exception("message not revised id=%s", message.message_id)
            raise Refused from error

    async def _settle(
        self, place: Place, waiting: Sequence[RevisedMessage], postman: RevisionPostman
    ) -> None:
        """Find out what an earlier try did: an edit is repeated, an answer looked for first."""
        answered = [message for message in waiting if message.is_answered]
        await self._try_again([message for message in waiting if not message.is_answered])
        if not answered:
            return
        try:
            found = await postman.find_answers(place, answered)
        except (TryLater, Unclear, Refused):
            return
        except PlaceGone as gone:
            await self._drop(answered, gone.reason)
            return
        except HistoryUnreadable:
            known = [one for one in answered if self._clock() < one.claimed_at + NONCE_MEMORY]
            await self._try_again(known)
            await self._drop([one for one in answered if one not in known], "the history is unreadable")
            return
        if found:
            await self._revisions.mark_told(dict(found))
        await self._try_again([message for message in answered if message.id not in found])

    async def _try_again(self, messages: Sequence[RevisedMessage]) -> None:
        """Make due again what may not have arrived: at once where a process ended, else after a pause."""
        for message in messages:
            failed = message.id in self._doubtful
            self._doubtful.discard(message.id)
            not_before = self._retry_at(message) if failed else self._clock()
            await self._give_back([message], not_before, failed=failed)

    async def _give_back(
        self, messages: Sequence[RevisedMessage], not_before: datetime, *, failed: bool = False
    ) -> None:
        if messages:
            ids = [message.id for message in messages]
            await self._revisions.give_back(ids, not_before, failed=failed)

    async def _drop(self, messages: Sequence[RevisedMessage], reason: str) -> None:
        if messages:
            await self._revisions.drop([message.id for message in messages])
            logger.info("messages not revised count=%d reason=%s", len(messages), reason)

    def _retry_at(self, message: RevisedMessage) -> datetime:
        return self._clock() + retry_pause(message.attempts)


def _by_place(messages: Sequence[RevisedMessage]) -> Mapping[Place, list[RevisedMessage]]:
    places: defaultdict[Place, list[RevisedMessage]] = defaultdict(list)
    for message in messages:
        places[message.announcement.place].append(message)
    return places
