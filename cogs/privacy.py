"""/privacy: what is stored about you."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.cards.privacy import render_forget_question, render_personal_data
from bot.client import HoopoeBot
from bot.sending import answer_with
from bot.services.privacy import Privacy
from cogs.options import Interaction, everywhere


@everywhere
class PrivacyCommands(commands.GroupCog, group_name="privacy"):
    """Your own data: a copy of it, or the end of it."""

    def __init__(self, privacy: Privacy) -> None:
        """Take what answers for personal data."""
        self._privacy = privacy

    @app_commands.command()
    async def export(self, interaction: Interaction) -> None:
        """Get everything that is stored about you, as a file."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        await answer_with(interaction, render_personal_data(await self._privacy.export(interaction.user.id)))

    @app_commands.command()
    async def forget(self, interaction: Interaction) -> None:
        """Delete everything that is stored about you; asks first."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        await answer_with(interaction, render_forget_question(interaction.user.id))


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(PrivacyCommands(bot.services.privacy))
