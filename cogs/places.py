"""Where a command was given, and whether the bot may write there."""

from __future__ import annotations

from typing import Any, TypedDict

import discord
from discord import app_commands

from bot.domain.watches import Place, PlaceKind
from bot.errors import NotAllowed

Channel = app_commands.AppCommandChannel | app_commands.AppCommandThread

WRITABLE = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
]


class ChannelOption(app_commands.Transformer):
    """A channel or thread that messages can be written in, whether the bot sees it or not."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Return the kind of option."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Return what Discord offers."""
        return WRITABLE

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Channel:  # noqa: ARG002 - library's form
        """Return the channel as Discord sent it along."""
        channel: Channel = value
        return channel


AnnouncementChannel = app_commands.Transform[Channel, ChannelOption]


class WatchesHere(TypedDict, total=False):
    """Which watches belong to where a command was given."""

    place: Place
    guild_id: int


def direct(person_id: int) -> Place:
    """Return a person's direct messages as a place."""
    return Place(kind=PlaceKind.DIRECT, id=person_id)


def watches_here(interaction: discord.Interaction[Any]) -> WatchesHere:
    """Return a server's watches, or those of the person's direct messages."""
    if interaction.guild_id is not None:
        return {"guild_id": interaction.guild_id}
    return {"place": direct(interaction.user.id)}


def chosen_place(interaction: discord.Interaction[Any], channel: Channel | None) -> Place:
    """Return the channel chosen, or the one the command was given in.

    Raises NotAllowed where the bot can't announce there.
    """
    guild = interaction.guild
    if interaction.guild_id is None or guild is None:
        return direct(interaction.user.id)
    channel_id = channel.id if channel else interaction.channel_id or 0
    if guild.me is None:
        raise NotAllowed("membership of this server; add me to it first", who="bot")
    known = guild.get_channel_or_thread(channel_id)
    if known is not None:
        granted = known.permissions_for(guild.me)
    elif channel is None:
        granted = interaction.app_permissions
    else:
        granted = discord.Permissions.none()
    if missing := _missing(granted, in_thread=isinstance(known, discord.Thread)):
        raise NotAllowed(missing, who="bot", channel_id=channel_id)
    return Place(kind=PlaceKind.CHANNEL, id=channel_id, guild_id=interaction.guild_id)


def _missing(granted: discord.Permissions, *, in_thread: bool) -> str:
    needed = {
        "View Channel": granted.view_channel,
        "Send Messages in Threads" if in_thread else "Send Messages": (
            granted.send_messages_in_threads if in_thread else granted.send_messages
        ),
        "Embed Links": granted.embed_links,
    }
    return " and ".join(name for name, there in needed.items() if not there)
