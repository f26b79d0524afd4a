"""The loop that harvests."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from discord.ext import commands, tasks

from bot.client import HoopoeBot
from bot.errors import HoopoeError
from bot.services.harvesting.harvest import Harvester
from cogs.pace import keep_pace

_SHORTEST = 1.0

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
        seconds = self._interval
        try:
            if self._may_harvest():
                report = await self._harvester.run(seconds=self._interval)
                seconds = self._until(report.again_at)
        except HoopoeError as error:
            logger.error("harvest failed reason=%s", error)
        except Exception:  # the first one would end the loop for good
            logger.exception("harvest failed")
        # Counted from the beginning of this run; without a fault it is what it was.
        self._harvest.change_interval(seconds=seconds)
        keep_pace(self._harvest, seconds)

    def _until(self, again_at: datetime | None) -> float:
        """Return how long after this run's beginning the next one comes: at once where a source
        that failed may be asked again, at the latest after an interval."""
        planned = self._harvest.next_iteration
        if again_at is None or planned is None:
            return self._interval
        began = planned - timedelta(seconds=self._harvest.seconds or self._interval)
        return min(self._interval, max((again_at - began).total_seconds(), _SHORTEST))


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(
        Harvesting(bot.services.harvester, interval=bot.harvest_interval, may_harvest=bot.may_harvest)
    )
