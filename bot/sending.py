"""Puts a card where an interaction's answer belongs, whatever state the interaction is in."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, cast

import discord

from bot.cards.answers import render_answer
from bot.cards.card import Card
from bot.cards.places import has_company, must_whisper
from bot.services.answers import Answer
from bot.services.ports import Clock
from bot.services.renewal import Renewal

_ANSWERED = "answered"
"""Key in an interaction's extras: its deferred answer has been filled in."""


async def promise(interaction: discord.Interaction[Any], *, is_own: bool = False) -> None:
    """Promise an answer, to the person alone where it is their own or others may not see it."""
    whispered = must_whisper(interaction) or (is_own and has_company(interaction))
    await interaction.response.defer(thinking=True, ephemeral=whispered)


async def answer_with(interaction: discord.Interaction[Any], card: Card) -> discord.Message:
    """Answer an interaction: at once, in place of the deferral, or below what stands there."""
    response = interaction.response
    if not response.is_done():
        sent = await response.send_message(**card.message(), ephemeral=card.ephemeral)
        return cast("discord.Message", sent.resource)
    if response.type in _THINKING and not interaction.extras.get(_ANSWERED):
        interaction.extras[_ANSWERED] = True
        return await interaction.edit_original_response(**card.edit())
    return await interaction.followup.send(**card.message(), ephemeral=card.ephemeral, wait=True)


async def change_answer(message: discord.Message, card: Card) -> None:
    """Put a fuller card in place of an answer that stands, unless that was deleted meanwhile."""
    with suppress(discord.NotFound):
        await message.edit(**card.edit())


async def answer_and_renew(
    interaction: discord.Interaction[Any], answer: Answer, *, renewal: Renewal, clock: Clock
) -> None:
    """Answer at once, and edit the answer where newer data changes what a reader sees."""
    message = await answer_with(interaction, await render_answer(answer, now=clock()))
    if fresher := await renewal.refresh(answer):
        await change_answer(message, await render_answer(fresher, now=clock()))


_THINKING = frozenset({discord.InteractionResponseType.deferred_channel_message})
