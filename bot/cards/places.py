"""Where something happens in Discord, and whether the bot may write there."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

import aiohttp
import discord

from bot.cards.wording import (
    enumerated,
)
from bot.domain.watches import Place, PlaceKind
from bot.errors import NotAllowed, PlaceMissing
from bot.words import _, marked

ANNOUNCEABLE = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
]
"""Where papers can be announced."""


_NO_CHANNEL, _NO_ACCESS = 10003, 50001
"""Discord's error codes: there is no such channel; the bot may not see it."""

NO_MEMBER = marked("membership of this server; add me to it first")
"""What a guest lacks for anything that is the server's."""

_threads_here: ContextVar[bool] = ContextVar("threads_here", default=False)


def stand_in(*, has_threads: bool) -> None:
    """Say, to the end of the running task, whether what is answered stands where threads can be opened."""
    _threads_here.set(has_threads)


def has_threads() -> bool:
    """Say whether a card that is rendered now stands where threads can be opened."""
    return _threads_here.get()


def direct(person_id: int) -> Place:
    """Return a person's direct messages as a place."""
    return Place(kind=PlaceKind.DIRECT, id=person_id)


def is_guest(interaction: discord.Interaction[Any]) -> bool:
    """Say whether the app came to a server on the person's account alone, and is no member there."""
    return interaction.is_user_integration() and not interaction.is_guild_integration()


def home_of(interaction: discord.Interaction[Any]) -> int | None:
    """Return the server whose watches, settings and reading list are meant.

    None in direct messages, and where the app is a guest: then the person's own are.
    """
    return None if is_guest(interaction) else interaction.guild_id


def has_company(interaction: discord.Interaction[Any]) -> bool:
    """Say whether others are where the interaction comes from: in a server, or in messages among people."""
    return interaction.guild_id is not None or interaction.context.private_channel


def spot_of(interaction: discord.Interaction[Any]) -> Any:
    """Return the channel if papers can be announced in it; None where the bot is no member."""
    is_foreign = is_guest(interaction) and interaction.guild_id is not None
    return None if is_foreign or interaction.context.private_channel else interaction.channel


def must_whisper(interaction: discord.Interaction[Any]) -> bool:
    """Say whether a guest's answer may be seen by nobody but the person, who lacks Use External Apps.

    Discord sees to it too: https://docs.discord.com/developers/topics/permissions
    """
    is_in_server = interaction.guild_id is not None
    return is_in_server and is_guest(interaction) and not interaction.permissions.use_external_apps


def chosen_place(interaction: discord.Interaction[Any], channel_id: int | None) -> Place:
    """Return the channel chosen, or the one the interaction comes from.

    Where the app is a guest, that is the person's direct messages. Raises NotAllowed where the bot
    can't announce in the channel.
    """
    guild = interaction.guild
    if guild is None or (channel_id is None and is_guest(interaction)):
        return direct(interaction.user.id)
    chosen = channel_id or interaction.channel_id or 0
    if guild.me is None or is_guest(interaction):
        raise NotAllowed(NO_MEMBER, who="bot")
    known = guild.get_channel_or_thread(chosen)
    granted = known.permissions_for(guild.me) if known else discord.Permissions.none()
    if chosen == interaction.channel_id and interaction.app_permissions.value:
        # What Discord says of the bot here: it also knows of a timeout, and of places nobody told of.
        granted = granted & interaction.app_permissions if known else interaction.app_permissions
    if missing := _missing(granted, in_thread=isinstance(known, discord.Thread)):
        raise NotAllowed(missing, who="bot", channel_id=chosen)
    return Place(kind=PlaceKind.CHANNEL, id=chosen, guild_id=guild.id)


async def demand_open(interaction: discord.Interaction[Any], place: Place) -> None:
    """Raise PlaceMissing where a channel is no more, NotAllowed where the bot can't write in it.

    Discord is asked: an archived thread is there and in no cache. While it does not answer, nothing is known.
    """
    guild = interaction.guild
    if place.kind is PlaceKind.DIRECT or guild is None or guild.me is None:
        return
    try:
        # Not as a channel of the library's, which knows no kinds newer than itself.
        await interaction.client.http.get_channel(place.id)
    except (discord.DiscordException, aiohttp.ClientError, OSError) as failure:
        code = getattr(failure, "code", 0)
        if code == _NO_CHANNEL:
            raise PlaceMissing(str(place.id)) from failure
        if code == _NO_ACCESS:
            raise NotAllowed(_("View Channel"), who="bot", channel_id=place.id) from failure
    known = guild.get_channel_or_thread(place.id)
    if known and (
        missing := _missing(known.permissions_for(guild.me), in_thread=isinstance(known, discord.Thread))
    ):
        raise NotAllowed(missing, who="bot", channel_id=place.id)


def _missing(granted: discord.Permissions, *, in_thread: bool) -> str:
    needed = {
        _("View Channel"): granted.view_channel,
        _("Send Messages in Threads") if in_thread else _("Send Messages"): (
            granted.send_messages_in_threads if in_thread else granted.send_messages
        ),
        _("Embed Links"): granted.embed_links,
    }
    return enumerated(name for name, there in needed.items() if not there)
