"""Takes announcements to Discord, and finds out what arrived there."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import discord

from bot.cards.announcements import render_announcement
from bot.cards.card import Card
from bot.cards.notices import render_notice
from bot.client import HoopoeBot
from bot.domain.watches import Announcement, Place, PlaceKind
from bot.pacing import behind_people
from bot.services.outcomes import HistoryUnreadable, PlaceGone, Refused, TryLater, Unclear
from bot.transport import watched_request
from bot.words import ENGLISH, speaking
from cogs.forums import TagMissing, first_messages, post_name, tags_for

if TYPE_CHECKING:
    from bot.domain.papers import Paper
    from bot.domain.watches import Watch

logger = logging.getLogger(__name__)

NOT_TEXT = 50008
"""Discord's error code for a channel that takes no messages, as a forum."""

GONE = {
    10003: "the channel no longer exists",
    10013: "the account no longer exists",
    50001: "I lack the permission View Channel there",
    50007: "these direct messages are closed to me",
    NOT_TEXT: "messages can't be written there",
    50013: "I lack the permission Send Messages or Embed Links there",
    40067: "this forum demands a tag, and has none that I may use",
    160006: "the server has as many active threads as Discord allows",
    50083: "the thread is archived",
    160005: "the thread is locked",
}
"""Discord's error codes after which asking again is no use, in the words the owner reads."""

LOOK_BACK = timedelta(minutes=5)
"""How much this machine's clock may run ahead of Discord's."""

ON_ITS_WAY = timedelta(seconds=10)
"""How long a post may be on its way: no nonce keeps it from being made twice."""

DEPTH = 1000
"""How many messages of a place are looked through, from the claim on."""

_FAILURES = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
"""What a request can end with: an answer of Discord's, or none."""


class DiscordPostman:
    """Sends by channel id, without a cache of channels; satisfies `bot.services.ports.Postman`."""

    def __init__(self, bot: HoopoeBot) -> None:
        """Take the bot for its connection and its clock."""
        self._bot = bot

    async def send(self, announcement: Announcement, papers: Sequence[Paper]) -> int:
        """Send one message and return its id; raise PlaceGone, TryLater, Refused or Unclear."""
        with speaking(await self._language(announcement.place)):
            card = render_announcement(announcement, papers, now=self._bot.clock())
        with self._allowed(), watched_request() as doubt:
            channel = await self._open(announcement.place)
            try:
                if isinstance(channel, discord.ForumChannel):
                    return await _post(channel, card, papers)
                message = await channel.send(**card.message(), nonce=announcement.nonce)
            except TagMissing:
                raise PlaceGone("this forum demands a tag, and has none that I may use") from None
            except _FAILURES as failure:
                if doubt:
                    raise Unclear from failure
                if not self._bot.is_ready() and getattr(failure, "code", 0) == NOT_TEXT:
                    # Which channels are forums comes with the connection.
                    raise TryLater(60.0) from failure
                raise _refusal(failure) from failure
        if announcement.thread and len(papers) == 1:
            await self._begin_thread(announcement.place, message.id, post_name(papers, ""))
        return message.id

    async def find(self, place: Place, announcements: Sequence[Announcement]) -> dict[int, int]:
        """Return, by the announcements' ids, the messages of the place that carry their buttons."""
        since = min(announcement.claimed_at for announcement in announcements) - LOOK_BACK
        wanted = {announcement.id for announcement in announcements}
        found: dict[int, int] = {}
        seen = False
        with self._allowed():
            channel = await self._open(place)
            if _is_forum(channel) and self._bot.clock() < since + LOOK_BACK + ON_ITS_WAY:
                raise TryLater(ON_ITS_WAY.total_seconds())
            try:
                async for message in _messages(channel, since):
                    seen = True
                    if message.author == self._bot.user:
                        for announcement_id in wanted & _marks(message.components):
                            found.setdefault(announcement_id, message.id)
                    if found.keys() == wanted:
                        break
            except _FAILURES as failure:
                raise _unreadable(failure, has_nonces=not _is_forum(channel)) from failure
            if not seen and not isinstance(channel, discord.ForumChannel):
                await self._check_readable(place, channel)
        return found

    async def tell_owner(self, watches: Sequence[Watch], reason: str) -> None:
        """Tell the owners of paused watches once, in a direct message; never raise."""
        for owner in dict.fromkeys(watch.owner_id for watch in watches):
            theirs = tuple(watch for watch in watches if watch.owner_id == owner)
            try:
                with speaking(await self._bot.services.languages.of(owner)):
                    notice = render_notice(theirs, reason)
                with behind_people():
                    channel = await self._bot.create_dm(discord.Object(owner))
                    await channel.send(**notice.message())
            except _FAILURES as failure:
                logger.warning("owner not told owner=%s reason=%s", owner, failure)

    @contextmanager
    def _allowed(self) -> Iterator[None]:
        """Let people's requests go first, and ask nothing where too many answers were refusals."""
        if pause := self._bot.pacing.pause():
            raise TryLater(pause)
        with behind_people():
            yield

    async def _language(self, place: Place) -> str:
        """Return the language of a place: its server's, or the one the person was last heard in."""
        if place.kind is PlaceKind.DIRECT:
            return await self._bot.services.languages.of(place.id)
        guild = self._bot.get_guild(place.guild_id or 0)
        return str(guild.preferred_locale) if guild else ENGLISH

    async def _begin_thread(self, place: Place, message_id: int, name: str) -> None:
        """Open a thread below a paper's message; without it the message stands all the same."""
        channel = self._bot.get_partial_messageable(place.id, guild_id=place.guild_id)
        try:
            with behind_people():
                await channel.get_partial_message(message_id).create_thread(name=name)
        except _FAILURES as failure:
            logger.warning("thread not opened channel=%s reason=%s", place.id, failure)

    async def _open(self, place: Place) -> discord.abc.Messageable | discord.ForumChannel:
        if place.kind is PlaceKind.CHANNEL:
            known = self._bot.get_channel(place.id)
            if isinstance(known, discord.ForumChannel):
                return known
            return self._bot.get_partial_messageable(place.id, guild_id=place.guild_id)
        try:
            return await self._bot.create_dm(discord.Object(place.id))
        except _FAILURES as failure:
            # Opening a conversation sends nothing, so whatever happened here may be repeated.
            raise _refusal(failure) from failure

    async def _check_readable(self, place: Place, channel: discord.abc.Messageable) -> None:
        """Raise HistoryUnreadable unless an empty history really is one.

        Without Read Message History Discord answers with no messages and no error.
        """
        if place.kind is PlaceKind.DIRECT:
            return
        guild = self._bot.get_guild(place.guild_id or 0)
        known = guild and guild.get_channel_or_thread(place.id)
        if guild and known:
            if not known.permissions_for(guild.me).read_message_history:
                raise HistoryUnreadable
            return
        try:
            if not [message async for message in channel.history(limit=1)]:
                raise HistoryUnreadable
        except _FAILURES as failure:
            raise _unreadable(failure) from failure


async def _post(forum: discord.ForumChannel, card: Card, papers: Sequence[Paper]) -> int:
    """Begin a post with a card, tagged by its papers' categories; return its id."""
    tags = tags_for(forum, papers)
    title = card.embeds[0].title or ""
    post = await forum.create_thread(name=post_name(papers, title), applied_tags=tags, **card.message())
    return post.message.id


def _is_forum(channel: object) -> bool:
    return isinstance(channel, discord.ForumChannel)


def _messages(
    channel: discord.abc.Messageable | discord.ForumChannel, since: datetime
) -> AsyncIterator[discord.Message]:
    """Return a place's messages since a moment, the oldest first; of a forum, those that posts begin with."""
    if isinstance(channel, discord.ForumChannel):
        return first_messages(channel, since)
    return channel.history(limit=DEPTH, after=since, oldest_first=True)


def _marks(components: Sequence[Any]) -> set[int]:
    """Return the announcements whose buttons stand below a message."""
    parts = (custom_id.split(":") for custom_id in _custom_ids(components))
    return {int(part[1]) for part in parts if part[0] == "announcement" and part[1].isdecimal()}


def _custom_ids(components: Sequence[Any]) -> list[str]:
    """Return the custom_ids of components, those inside rows and containers too."""
    found: list[str] = []
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            found.append(custom_id)
        found += _custom_ids(getattr(component, "children", ()))
        if (accessory := getattr(component, "accessory", None)) is not None:
            found += _custom_ids([accessory])
    return found


def _refusal(failure: BaseException) -> PlaceGone | TryLater | Refused:
    """Return what a request that had no effect means for the place."""
    if isinstance(failure, discord.RateLimited):
        return TryLater(failure.retry_after)
    if not isinstance(failure, discord.HTTPException):
        return TryLater(5.0)
    if failure.code in GONE:
        return PlaceGone(GONE[failure.code])
    if failure.status == 403:
        return PlaceGone("Discord does not let me write there")
    if failure.status == 404:
        return PlaceGone("the place no longer exists")
    if failure.status == 400:
        logger.error("message refused code=%s", failure.code, exc_info=failure)
        return Refused()
    # A token that Discord does not know any more says nothing about the place.
    return TryLater({401: 900.0, 429: 60.0}.get(failure.status, 5.0))


def _unreadable(
    failure: BaseException, *, has_nonces: bool = True
) -> PlaceGone | TryLater | Refused | HistoryUnreadable:
    """Return what a failed look into the history means.

    A missing permission does not say that nothing arrived, so the message is not sent again.
    """
    refusal = _refusal(failure)
    if isinstance(failure, discord.Forbidden):
        return HistoryUnreadable(has_nonces=has_nonces)
    return refusal
