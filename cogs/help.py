"""/help: what Hoopoe can do, in one card."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.cards.answers import render_answer
from bot.client import HoopoeBot
from bot.sending import answer_with
from bot.services.answers import HelpAnswer
from bot.services.ports import Clock
from cogs.options import Interaction, everywhere


class Help(commands.Cog):
    """Help."""

    def __init__(self, clock: Clock) -> None:
        """Take the clock by which cards write dates."""
        self._clock = clock

    @app_commands.command()
    @everywhere
    async def help(self, interaction: Interaction) -> None:
        """Show what Hoopoe can do, with examples."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        await answer_with(interaction, await render_answer(HelpAnswer(), now=self._clock()))


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Help(bot.clock))
