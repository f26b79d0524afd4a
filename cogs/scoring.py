"""The loop that makes numbers of papers behind people's backs."""

from __future__ import annotations

import logging
from collections.abc import Callable

from discord.ext import commands, tasks

from bot.client import HoopoeBot
from bot.errors import HoopoeError
from bot.services.scoring import Scoring
from cogs.pace import keep_pace

logger = logging.getLogger(__name__)

INTERVAL_SECONDS = 5.0


class Scores(commands.Cog):
    """Scores what is new every few seconds, in one of the processes on a database."""

    def __init__(self, scoring: Scoring, *, may_score: Callable[[], bool]) -> None:
        """Take what scores, and whether it is this process's turn."""
        self._scoring = scoring
        self._may_score = may_score

    async def cog_load(self) -> None:
        """Begin."""
        self._run.start()

    async def cog_unload(self) -> None:
        """Stop."""
        self._run.cancel()

    @tasks.loop(seconds=INTERVAL_SECONDS)
    async def _run(self) -> None:
        try:
            if self._may_score():
                await self._scoring.run()
        except HoopoeError as error:
            logger.error("scoring failed reason=%s", error)
        except Exception:  # the first one would end the loop for good
            logger.exception("scoring failed")
        keep_pace(self._run, INTERVAL_SECONDS)


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Scores(bot.services.scoring, may_score=bot.may_harvest))
