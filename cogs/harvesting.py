"""The loop that harvests."""

from __future__ import annotations

import logging
from collections.abc import Callable

from discord.ext import commands, tasks

from bot.client import HoopoeBot
from bot.errors import HoopoeError
from bot.services.harvest import Harvester
from cogs.pace import keep_pace

logger = logging.getLogger(__name__)


class Harvesting(commands.Cog):
    """Asks for new papers at start and then at every interval."""

    def __init__(self, harvester: Harvester, *, interval: float, may_harvest: Callable[[], bool]) -> None:
        """Take what harvests, how often, and whether it is this process's turn."""
        self._harvester = harvester
        self._may_harvest = may_harvest
        self._interval = interval
        self._harvest.change_interval(seconds=interval)

    async def cog_load(self) -> None:
        """Begin; the first harvest runs at once."""
        self._harvest.start()

    async def cog_unload(self) -> None:
        """Stop."""
        self._harvest.cancel()

    @tasks.loop()
    async def _harvest(self) -> None:
        try:
            if self._may_harvest():
                await self._harvester.run()
        except HoopoeError as error:
            logger.error("harvest failed reason=%s", error)
        except Exception:  # the first one would end the loop for good
            logger.exception("harvest failed")
        keep_pace(self._harvest, self._interval)


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(
        Harvesting(bot.services.harvester, interval=bot.harvest_interval, may_harvest=bot.may_harvest)
    )
