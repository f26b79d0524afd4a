"""What Discord shows of commands in other languages: descriptions, those of options, and names of choices."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Place

from bot.words import ENGLISH, _, language_of, speaking

SAID_AS_WRITTEN = frozenset({Place.command_name, Place.group_name, Place.parameter_name})
"""Names stay as they are written about, in every language."""


class CommandWords(app_commands.Translator):
    """Takes the texts of commands from the catalogues."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],
    ) -> str | None:
        """Return a text in a language, None where Discord is to show it in English."""
        if context.location in SAID_AS_WRITTEN or language_of(locale.value) == ENGLISH:
            return None
        with speaking(locale.value):
            text = _(string.message)
        return text if text != string.message else None
