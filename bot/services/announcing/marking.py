"""Writes down what was sent, many messages in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection

from bot.errors import HoopoeError
from bot.services.ports import Clock, DeliveryStore

logger = logging.getLogger(__name__)

GATHER_SECONDS = 2.0
"""How long a sent message waits for others. A crash meanwhile leaves it to be looked up."""


class Marking:
    """Collects Discord's ids and writes them together: a transaction each costs more than sending."""

    def __init__(self, deliveries: DeliveryStore, clock: Clock) -> None:
        """Take where messages are kept."""
        self._deliveries = deliveries
        self._clock = clock
        self._sent: dict[int, int] = {}
        self._writing: asyncio.Task[None] | None = None

    @property
    def ids(self) -> Collection[int]:
        """The messages that were sent and are not written down yet."""
        return self._sent.keys()

    def note(self, announcement_id: int, message_id: int) -> None:
        """Have a message written down soon."""
        self._sent[announcement_id] = message_id
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_soon())

    async def write(self) -> None:
        """Write down now what is known; what can't be written is kept for the next time."""
        batch = dict(self._sent)
        if not batch:
            return
        await self._deliveries.mark_sent(batch, self._clock())
        for announcement_id in batch:
            self._sent.pop(announcement_id, None)

    async def close(self) -> None:
        """Write down the last ones."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)
        await self.write()

    async def _write_soon(self) -> None:
        while self._sent:
            await asyncio.sleep(GATHER_SECONDS)
            try:
                await self.write()
            except HoopoeError as error:
                logger.error("messages not marked as sent count=%d reason=%s", len(self._sent), error)
