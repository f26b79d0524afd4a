"""The loops that work behind people's backs: complete papers, ask who cites them, make numbers."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from discord.ext import commands, tasks

from bot.client import HoopoeBot
from bot.errors import HoopoeError
from cogs.pace import keep_pace

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """What is done every so many seconds, by the name that the log knows it by."""

    name: str
    seconds: float
    work: Callable[[], Awaitable[object]]


class Background(commands.Cog):
    """Does each chore at its own interval; a fault in one stops neither it nor the others."""

    def __init__(self, chores: Iterable[Chore]) -> None:
        """Take the chores."""
        self._loops = [_loop_of(chore) for chore in chores]

    async def cog_load(self) -> None:
        """Begin."""
        for loop in self._loops:
            loop.start()

    async def cog_unload(self) -> None:
        """Stop."""
        for loop in self._loops:
            loop.cancel()


def _loop_of(chore: Chore) -> tasks.Loop[Any]:
    @tasks.loop(seconds=chore.seconds)
    async def run() -> None:
        try:
            await chore.work()
        except HoopoeError as error:
            logger.error("%s failed reason=%s", chore.name, error)
        except Exception:  # the first one would end the loop for good
            logger.exception("%s failed", chore.name)
        keep_pace(run, chore.seconds)

    return run


async def setup(bot: HoopoeBot) -> None:
    """Add the cog; one of the processes on a database does what is done once for all."""
    services = bot.services

    async def cite() -> None:
        if bot.may_harvest():
            await services.citing.run()

    async def score() -> None:
        if bot.may_harvest():
            await services.scoring.run()

    await bot.add_cog(
        Background(
            (
                Chore(
                    name="enriching",
                    seconds=60,
                    work=lambda: services.enriching.run(may_ask=bot.may_harvest()),
                ),
                Chore(name="citing", seconds=60, work=cite),
                Chore(name="scoring", seconds=5, work=score),
            )
        )
    )
