"""/status: sources, harvest, queue, catalogue."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.cards.answers import render_answer
from bot.cards.places import home_of
from bot.client import HoopoeBot
from bot.sending import answer_with
from bot.services.ports import Clock
from bot.services.status import Status
from cogs.options import Interaction, everywhere


class Condition(commands.Cog):
    """How the bot is doing."""

    def __init__(self, status: Status, clock: Clock) -> None:
        """Take what gathers the figures and the clock by which cards write dates."""
        self._status = status
        self._clock = clock

    @app_commands.command()
    @everywhere
    async def status(self, interaction: Interaction) -> None:
        """Show whether everything works: sources, last harvest, queue and catalogue."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        answer = await self._status.report()
        if home_of(interaction) is None or not interaction.permissions.manage_guild:
            answer = answer.for_everybody
        await answer_with(interaction, await render_answer(answer, now=self._clock()))


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Condition(bot.services.status, bot.clock))
