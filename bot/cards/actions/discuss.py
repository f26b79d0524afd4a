"""What the Discuss button does: a thread of the message, or a message in the thread one is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import discord

from bot.cards import limits
from bot.cards.actions.base import Action, Interaction, follow_up, now_of, think
from bot.cards.card import Card
from bot.cards.discussion import render_discussion
from bot.cards.places import home_of
from bot.cards.wording import (
    enumerated,
    label,
)
from bot.errors import NotAllowed
from bot.words import _

if TYPE_CHECKING:
    from bot.domain.papers import Paper
    from bot.services import Services

_HAS_THREAD = 160004
_TOO_MANY_THREADS = 160006
"""Discord's error codes: the message has a thread already; the server has as many as there can be."""


class DiscussButton(Action, template=r"paper:(?P<paper>\d{1,18}):discuss"):
    """Opens a discussion of a paper, or leads to the one there is."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer the person with where it is."""
        _check_allowed(interaction)
        await think(interaction)
        paper = (await services.lookup.paper_by_id(self.number("paper"))).paper
        venue = _Venue(interaction, paper)
        where = await services.discussions.find_or_open(
            interaction.channel_id or 0, self.number("paper"), venue
        )
        said = _("The discussion is here: {place}").format(place=where)
        await follow_up(interaction, Card(content=said, ephemeral=True))


class _Venue:
    """The channel that somebody is in; satisfies `bot.services.ports.Venue`."""

    def __init__(self, interaction: Interaction, paper: Paper) -> None:
        """Take where it is asked for, and the paper."""
        self._interaction = interaction
        self._paper = paper

    async def is_there(self, place: str) -> bool:
        """Say whether a thread, or a message in this one, was not deleted meanwhile."""
        guild = self._interaction.guild
        number = int(place.strip("<#>").rpartition("/")[2])
        try:
            if place.startswith("<#"):
                if guild is None or guild.get_thread(number) is None:
                    await self._interaction.client.fetch_channel(number)
            else:
                await self._channel.fetch_message(number)
        except discord.NotFound:
            return False
        except discord.Forbidden:
            return True
        return True

    async def open(self) -> str:
        """Post the paper's card in a new thread, or in the thread that this is; return its address."""
        card = render_discussion(self._paper, now=now_of(self._interaction))
        if isinstance(self._interaction.channel, discord.Thread):
            return (await self._interaction.channel.send(**card.message())).jump_url
        thread = await self._open_thread()
        await thread.send(**card.message())
        return f"<#{thread.id}>"

    @property
    def _channel(self) -> discord.abc.Messageable:
        return cast("discord.abc.Messageable", self._interaction.channel)

    async def _open_thread(self) -> discord.Thread | discord.PartialMessageable:
        """Open a thread from the message with the button; without it where only the person sees that."""
        message, channel = self._interaction.message, self._interaction.channel
        name = label(self._paper.title, limits.OPTION_TEXT) or _("Untitled")
        try:
            if message is not None and not message.flags.ephemeral:
                return await message.create_thread(name=name)
            if isinstance(channel, discord.TextChannel):
                return await channel.create_thread(name=name, type=discord.ChannelType.public_thread)
        except discord.HTTPException as failure:
            if failure.code == _HAS_THREAD and message is not None:
                client: discord.Client = self._interaction.client
                return client.get_partial_messageable(message.id, guild_id=self._interaction.guild_id)
            if failure.code == _TOO_MANY_THREADS:
                raise NotAllowed(_("room for another active thread in this server"), who="bot") from failure
            if isinstance(failure, discord.Forbidden):
                raise NotAllowed(_("Create Public Threads"), who="bot") from failure
            raise
        raise NotAllowed(_("a channel that can have threads"), who="bot")


def _check_allowed(interaction: Interaction) -> None:
    """Raise NotAllowed where the bot, or the person, may not do what a discussion takes."""
    if home_of(interaction) is None:
        raise NotAllowed(_("a channel of a server that it is a member of"), who="bot")
    for granted, who in ((interaction.permissions, "you"), (interaction.app_permissions, "bot")):
        if missing := _missing(granted, in_thread=isinstance(interaction.channel, discord.Thread)):
            raise NotAllowed(missing, who=who, channel_id=interaction.channel_id)


def _missing(granted: discord.Permissions, *, in_thread: bool) -> str:
    needed = {_("Send Messages in Threads"): granted.send_messages_in_threads}
    if not in_thread:
        needed[_("Create Public Threads")] = granted.create_public_threads
    return enumerated(name for name, there in needed.items() if not there)
