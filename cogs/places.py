"""Options that name a channel, and which watches belong to where a command was given."""

from __future__ import annotations

from typing import Any, TypedDict

import discord
from discord import app_commands

from bot.cards.places import ANNOUNCEABLE, direct, home_of
from bot.domain.watches import Place

Channel = app_commands.AppCommandChannel | app_commands.AppCommandThread


class ChannelOption(app_commands.Transformer):
    """A channel or thread that messages can be written in, whether the bot sees it or not."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Return the kind of option."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Return what Discord offers."""
        return ANNOUNCEABLE

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Channel:  # noqa: ARG002 - library's form
        """Return the channel as Discord sent it along."""
        channel: Channel = value
        return channel


AnnouncementChannel = app_commands.Transform[Channel, ChannelOption]


class WatchesHere(TypedDict, total=False):
    """Which watches belong to where a command was given."""

    place: Place
    guild_id: int


def watches_here(interaction: discord.Interaction[Any]) -> WatchesHere:
    """Return a server's watches, or those of the person's direct messages."""
    home = home_of(interaction)
    if home is not None:
        return {"guild_id": home}
    return {"place": direct(interaction.user.id)}
