"""What every button and menu shares: it is known by its `custom_id`, and its faults reach the person."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, Self, cast

import discord

from bot.cards.actions.standing import Standing
from bot.cards.card import Card
from bot.cards.here import as_here
from bot.cards.places import has_company, home_of, spot_of, stand_in
from bot.errors import Outdated
from bot.words import speak

if TYPE_CHECKING:
    from bot.services import Services
    from bot.services.answers import Answer, PaperAnswer
    from bot.services.ports import Clock


class Host(Protocol):
    """What a button needs of the client that received it."""

    services: Services
    clock: Clock
    standing: Standing

    async def report_error(self, interaction: discord.Interaction[Any], error: BaseException, /) -> None:
        """Show the person what went wrong."""


ANSWERED = "answered"
"""Key in an interaction's extras: its promised answer has been given, so what is said next goes below."""

Interaction = discord.Interaction[Any]


class Action(discord.ui.DynamicItem[discord.ui.Item[Any]], template=r"(?!)"):
    """A component that is known by its `custom_id` alone; its faults go to the client's reporter."""

    def __init__(self, item: discord.ui.Item[Any], match: re.Match[str]) -> None:
        """Keep what the `custom_id` says."""
        super().__init__(item)
        self.said = match

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the item for an interaction that has just arrived."""
        return cls(item, match)

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Let everybody act, and speak their language from here on."""
        speak_with(interaction)
        return True

    async def callback(self, interaction: Interaction) -> None:
        """Act, and report what goes wrong."""
        host = cast("Host", interaction.client)
        try:
            await self.act(interaction, host.services)
        except Exception as error:  # noqa: BLE001 - discord.py would log it and tell nobody
            await host.report_error(interaction, error)

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Do what the component promises."""
        raise NotImplementedError

    def number(self, name: str) -> int:
        """Return a number of the `custom_id`."""
        return int(self.said[name])

    @property
    def chosen(self) -> int:
        """The chosen option of a menu; raises Outdated where it is none of those that menus have now."""
        value = self.value
        if not re.fullmatch(r"\d{1,18}", value, re.ASCII):
            raise Outdated("a choice")
        return int(value)

    @property
    def value(self) -> str:
        """The chosen option of a menu, as it is written there; raises Outdated where there is none."""
        values = cast("discord.ui.Select[Any]", self.item).values
        if not values:
            raise Outdated("a choice")
        return str(values[0])


def speak_with(interaction: Interaction) -> None:
    """Speak the person's language, else their server's, and know the place, to the end of the task."""
    stand_in(has_threads=home_of(interaction) is not None)
    speak(str(interaction.locale or interaction.guild_locale or ""))


def now_of(interaction: Interaction) -> datetime:
    """Return the present moment by the client's clock."""
    return cast("Host", interaction.client).clock()


async def paper_here(interaction: Interaction, services: Services, paper_id: int) -> PaperAnswer:
    """Return a paper with what the place of an interaction knows of it."""
    answer = await services.lookup.paper_by_id(paper_id)
    person = interaction.user.id
    return await as_here(answer, services, spot_of(interaction), interaction.guild_id, person)


async def think(interaction: Interaction) -> None:
    """Promise a new answer: among others to the asking person alone, as they did not ask."""
    await interaction.response.defer(ephemeral=has_company(interaction), thinking=True)


async def follow_up(interaction: Interaction, card: Card) -> discord.Message:
    """Fulfil the promise; return the message."""
    interaction.extras[ANSWERED] = True
    return await interaction.followup.send(**card.message(), ephemeral=has_company(interaction), wait=True)


async def replace(interaction: Interaction, card: Card) -> discord.Message:
    """Turn the message that carries the component into another card; return it."""
    if interaction.message is not None:
        await cast("Host", interaction.client).standing.release(interaction.message.id)
    return await interaction.edit_original_response(**card.edit())


async def settle(interaction: Interaction, card: Card, *, for_all: bool) -> discord.Message:
    """Put a card in place of a question; one for everybody below it, as only the person saw that."""
    if not for_all:
        return await replace(interaction, card)
    shown = await interaction.followup.send(**card.message(), wait=True)
    with suppress(discord.NotFound):
        await interaction.delete_original_response()
    return shown


async def keep_current(
    interaction: Interaction, services: Services, answer: Answer, shown: discord.Message
) -> None:
    """Edit the message that shows an answer where newer data changes what a reader sees."""
    await cast("Host", interaction.client).standing.renew(shown, services.renewal.refresh(answer))
