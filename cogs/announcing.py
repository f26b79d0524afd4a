"""The loop that announces, and then brings up to date what was announced."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from discord.ext import commands, tasks

from bot.client import HoopoeBot
from bot.errors import HoopoeError
from bot.services.announcing.announce import Announcer
from bot.services.announcing.revise import Reviser
from cogs.pace import keep_pace
from cogs.postman import DiscordPostman

logger = logging.getLogger(__name__)

CONNECTED_SECONDS = 60.0
"""How long announcing waits for the gateway at start."""


class Announcing(commands.Cog):
    """Sends what is due, as soon as the bot is connected and then at every interval."""

    def __init__(self, bot: HoopoeBot, announcer: Announcer, reviser: Reviser) -> None:
        """Take the bot, which carries the messages, and what knows those that are due."""
        self._bot = bot
        self._announcer = announcer
        self._reviser = reviser
        self._postman = DiscordPostman(bot)
        self._announce.change_interval(seconds=bot.announce_interval)

    async def cog_load(self) -> None:
        """Begin."""
        self._announce.start()

    async def cog_unload(self) -> None:
        """Stop, and let nothing be sent any more."""
        self._announce.cancel()
        await self._announcer.close()

    @tasks.loop()
    async def _announce(self) -> None:
        try:
            await self._bot.services.picks.run()
            await self._announcer.run(self._postman)
            await self._reviser.run(self._postman)
        except HoopoeError as error:
            logger.error("announcing failed reason=%s", error)
        except Exception:  # the first one would end the loop for good
            logger.exception("announcing failed")
        keep_pace(self._announce, self._bot.announce_interval)

    @_announce.before_loop
    async def _connected(self) -> None:
        # Whether a history may be read is known from the servers that come with the connection.
        # Without one, messages go out all the same: sending needs no gateway.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CONNECTED_SECONDS):
                await self._bot.wait_until_ready()


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Announcing(bot, bot.services.announcer, bot.services.reviser))
