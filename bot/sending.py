"""Puts a card where an interaction's answer belongs, whatever state the interaction is in."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import discord

from bot.cards.card import Card

_ANSWERED = "answered"
"""Key in an interaction's extras: its deferred answer has been filled in."""


async def answer_with(interaction: discord.Interaction[Any], card: Card) -> None:
    """Answer an interaction: at once, in place of the deferral, or below what stands there."""
    response = interaction.response
    if not response.is_done():
        await response.send_message(**card.message(), ephemeral=card.ephemeral)
    elif response.type in _THINKING and not interaction.extras.get(_ANSWERED):
        interaction.extras[_ANSWERED] = True
        await interaction.edit_original_response(**card.edit())
    else:
        await interaction.followup.send(**card.message(), ephemeral=card.ephemeral)


async def change_answer(interaction: discord.Interaction[Any], card: Card) -> None:
    """Put a fuller card in place of the answer that stands, unless that was deleted meanwhile."""
    with suppress(discord.NotFound):
        await interaction.edit_original_response(**card.edit())


_THINKING = frozenset({discord.InteractionResponseType.deferred_channel_message})
