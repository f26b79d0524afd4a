"""Introduce the bot to a server that invited it: once, whatever happens in between."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from bot.domain.welcomes import Welcome
from bot.services.announcing.outcomes import TryLater, Unclear
from bot.services.ports import Clock, Greeter, StateStore, WelcomeStore

logger = logging.getLogger(__name__)

PATIENCE = timedelta(days=1)
"""How long a place to speak in is waited for in a server that has none."""

INVITED_BEFORE = timedelta(days=1)
"""How long before its first start ever the bot may have been invited, and is still new there."""

_BEGAN = "welcomes_began"
"""State key: who invited the bot before this moment knows it already."""

_EVER_RAN = "commands:"
"""Beginning of the state keys that every bot writes at its first start."""


class Welcoming:
    """Knows every server that the bot was ever in, and says hello to those that are new."""

    def __init__(self, *, store: WelcomeStore, state: StateStore, clock: Clock) -> None:
        """Take the stores and the clock."""
        self._store = store
        self._state = state
        self._clock = clock
        self._met: set[int] = set()
        self._began: datetime | None = None
        self._lock = asyncio.Lock()

    async def begin(self) -> None:
        """Read which servers are known; to be called before the bot connects."""
        stored = await self._state.get_state(_BEGAN)
        if stored is None:
            is_new = not await self._state.list_states(_EVER_RAN)
            stored = (self._clock() - (INVITED_BEFORE if is_new else timedelta())).isoformat()
            await self._state.set_state(_BEGAN, stored)
        self._began = datetime.fromisoformat(stored)
        self._met = set(await self._store.list_met())

    async def meet(self, servers: Mapping[int, datetime | None], *, invited: Collection[int] = ()) -> None:
        """Take note of servers the bot is in, with when it joined each where that is known.

        To those that were never met and joined since this began, or have just `invited` it, the bot
        is yet to be introduced.
        """
        new = servers.keys() - self._met
        if not new:
            return
        strangers = {one for one in new if one in invited or self._joined_since(servers[one])}
        now = self._clock()
        await self._store.meet(new - strangers, now, settled=True)
        await self._store.meet(strangers, now, settled=False)
        self._met |= new

    async def greet(self, here: Collection[int], greeter: Greeter) -> None:
        """Introduce the bot where that is still to be done, in those servers that are `here`."""
        async with self._lock:
            for welcome in await self._store.list_open():
                if welcome.guild_id in here:
                    await self._greet(welcome, greeter)

    def _joined_since(self, joined_at: datetime | None) -> bool:
        return joined_at is not None and self._began is not None and joined_at >= self._began

    async def _greet(self, welcome: Welcome, greeter: Greeter) -> None:
        server = welcome.guild_id
        try:
            if welcome.claimed_at is not None and await greeter.has_greeted(server, welcome.claimed_at):
                await self._store.settle(server)
                return
            await self._store.claim(server, self._clock())
            if await greeter.greet(server) or self._clock() - welcome.met_at > PATIENCE:
                await self._store.settle(server)
            else:
                await self._store.release(server)
        except TryLater as failure:
            logger.info("welcome put off server=%s seconds=%s", server, failure.seconds)
            if welcome.claimed_at is None:
                await self._store.release(server)
        except Unclear:
            logger.warning("welcome in doubt server=%s", server)
