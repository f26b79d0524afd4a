"""Answers that stand as they were given, until newer data or a person changes them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable

import discord

from bot.cards.answers import render_answer
from bot.errors import HoopoeError, UserError
from bot.services.answers import Answer
from bot.services.ports import Clock

logger = logging.getLogger(__name__)


class Standing:
    """Knows which messages wait for newer data, so that this never undoes what somebody did meanwhile."""

    def __init__(self, clock: Clock) -> None:
        """Take the clock by which cards write dates."""
        self._clock = clock
        self._turns: dict[int, asyncio.Lock] = {}

    async def renew(self, shown: discord.Message, newer: Awaitable[Answer | None]) -> None:
        """Edit a message when newer data has come, unless it was turned into something else or deleted.

        What was answered stands if that fails.
        """
        turn = self._turns[shown.id] = asyncio.Lock()
        try:
            if (answer := await newer) is None:
                return
            card = await render_answer(answer, now=self._clock())
            async with turn:
                if self._turns.get(shown.id) is turn:
                    await shown.edit(**card.edit())
        except discord.NotFound:
            return
        except (HoopoeError, discord.HTTPException, OSError) as failure:
            # What somebody wrote may be part of a user's error: the log keeps its kind alone.
            reason = type(failure).__name__ if isinstance(failure, UserError) else failure
            logger.warning("answer not renewed reason=%s", reason)
        finally:
            if self._turns.get(shown.id) is turn:
                del self._turns[shown.id]

    async def release(self, message_id: int) -> None:
        """Let nothing newer into a message from here on; an edit that is on its way is waited for."""
        if turn := self._turns.pop(message_id, None):
            async with turn:
                pass
