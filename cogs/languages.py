"""Remembers the language of people's Discord, for direct messages, which come without it."""

from __future__ import annotations

from typing import Any

import discord
from discord.ext import commands

from bot.client import HoopoeBot
from bot.services.conversation.languages import Languages

_OWN_DATA = "privacy"
"""What begins with this hands out or deletes what is stored: it must not store anything itself."""


class Hearing(commands.Cog):
    """Listens to every interaction, beside its answer."""

    def __init__(self, languages: Languages) -> None:
        """Take where languages are remembered."""
        self._languages = languages

    @commands.Cog.listener("on_interaction")
    async def remember(self, interaction: discord.Interaction[Any]) -> None:
        """Keep the language of whoever did something; typing in an option is nothing yet."""
        if interaction.type is discord.InteractionType.autocomplete:
            return
        data: Any = interaction.data or {}
        if not str(data.get("custom_id") or data.get("name", "")).startswith(_OWN_DATA):
            await self._languages.remember(interaction.user.id, str(interaction.locale))


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Hearing(bot.services.languages))
