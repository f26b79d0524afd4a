"""Puts a card where an interaction's answer belongs, whatever state the interaction is in."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import discord

from bot.cards.actions.base import ANSWERED
from bot.cards.answers import render_answer
from bot.cards.card import Card
from bot.cards.places import has_company, must_whisper
from bot.services.answers import Answer

if TYPE_CHECKING:
    from bot.client import HoopoeBot

GRACE_SECONDS = 0.06
"""How long an answer is waited for before it is promised; first responses are to come within 100 ms."""

_PROMISE = "promise"
"""Key in an interaction's extras: the promise of its answer, once there is or may be one."""


class Promise:
    """The promise of an answer, made only where the answer does not come at once.

    An answer is seen by those who saw its promise, and an error in its place too. So what is known at
    once is not promised: it goes out as the first response, and an error to the person alone.
    """

    def __init__(self, interaction: discord.Interaction[Any], *, is_whispered: bool) -> None:
        """Begin to wait; `is_whispered` says that the answer is for the person alone."""
        self.is_whispered = is_whispered
        self._interaction = interaction
        self._is_made = False
        self._timer = asyncio.create_task(self._make_in_time())

    async def _make_in_time(self) -> None:
        await asyncio.sleep(GRACE_SECONDS)
        # From here to the request nothing is awaited, so that `settle` finds it sent or never to be.
        self._is_made = True
        await self._interaction.response.defer(thinking=True, ephemeral=self.is_whispered)

    async def settle(self) -> None:
        """Return when the promise is made, or will never be; raises what it failed with."""
        if self._is_made:
            await self._timer
        else:
            self._timer.cancel()


def promise(interaction: discord.Interaction[Any], *, is_own: bool = False) -> None:
    """Promise an answer that does not come at once.

    The person alone sees both where it is their own, or others may not see it.
    """
    is_whispered = must_whisper(interaction) or (is_own and has_company(interaction))
    interaction.extras[_PROMISE] = Promise(interaction, is_whispered=is_whispered)


def is_for_all(interaction: discord.Interaction[Any]) -> bool:
    """Say whether the answer that was promised is for others too."""
    promised: Promise | None = interaction.extras.get(_PROMISE)
    return promised is not None and not promised.is_whispered and has_company(interaction)


async def answer_with(interaction: discord.Interaction[Any], card: Card) -> discord.Message:
    """Answer an interaction: at once, in place of its promise, or below what stands there.

    What is for the person alone never takes the place of a promise that others see.
    """
    promised: Promise | None = interaction.extras.get(_PROMISE)
    if promised is not None:
        await promised.settle()
    is_whispered = card.ephemeral or (promised is not None and promised.is_whispered)
    response = interaction.response
    if not response.is_done():
        sent = await response.send_message(**card.message(), ephemeral=is_whispered)
        return cast("discord.Message", sent.resource)
    if response.type in _THINKING and not interaction.extras.get(ANSWERED):
        interaction.extras[ANSWERED] = True
        if not (is_whispered and is_for_all(interaction)):
            return await interaction.edit_original_response(**card.edit())
        await _take_back(interaction)
    return await interaction.followup.send(**card.message(), ephemeral=is_whispered, wait=True)


async def _take_back(interaction: discord.Interaction[Any]) -> None:
    """Delete a promise that others saw.

    It is filled in first: after one that was deleted while still open, Discord may refuse what follows
    as part of it (https://github.com/discord/discord-api-docs/issues/3087).
    """
    with suppress(discord.NotFound):
        await interaction.edit_original_response(content="…")
        await interaction.delete_original_response()


async def answer_and_renew(interaction: discord.Interaction[HoopoeBot], *answers: Answer) -> None:
    """Answer at once, a message each, and edit those where newer data changes what a reader sees."""
    bot = interaction.client
    shown = [
        await answer_with(interaction, await render_answer(answer, now=bot.clock())) for answer in answers
    ]
    await asyncio.gather(
        *(
            bot.standing.renew(message, bot.services.renewal.refresh(answer))
            for message, answer in zip(shown, answers, strict=True)
        )
    )


_THINKING = frozenset({discord.InteractionResponseType.deferred_channel_message})
