"""The loop that completes papers behind people's backs."""

from __future__ import annotations

import logging
from collections.abc import Callable

from discord.ext import commands, tasks

from bot.client import HoopoeBot
from bot.errors import HoopoeError
from bot.services.citing import Citing
from bot.services.enriching import Enriching
from cogs.pace import keep_pace

logger = logging.getLogger(__name__)

INTERVAL_SECONDS = 60.0


class Completing(commands.Cog):
    """Asks the enrichers for a batch each minute, and who cites what is followed, in one of the processes."""

    def __init__(self, enriching: Enriching, citing: Citing, *, may_ask: Callable[[], bool]) -> None:
        """Take what asks, who follows citations, and whether it is this process's turn."""
        self._enriching = enriching
        self._citing = citing
        self._may_ask = may_ask

    async def cog_load(self) -> None:
        """Begin."""
        self._run.start()

    async def cog_unload(self) -> None:
        """Stop."""
        self._run.cancel()

    @tasks.loop(seconds=INTERVAL_SECONDS)
    async def _run(self) -> None:
        try:
            await self._enriching.run(may_ask=self._may_ask())
            if self._may_ask():
                await self._citing.run()
        except HoopoeError as error:
            logger.error("enriching failed reason=%s", error)
        except Exception:  # the first one would end the loop for good
            logger.exception("enriching failed")
        keep_pace(self._run, INTERVAL_SECONDS)


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Completing(bot.services.enriching, bot.services.citing, may_ask=bot.may_harvest))
