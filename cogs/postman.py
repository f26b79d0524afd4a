"""Takes announcements to Discord, and finds out what arrived there."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord.http import Route

from bot.cards.announcements import render_announcement, write_announcement
from bot.cards.card import Card
from bot.cards.components import custom_ids
from bot.cards.notices import render_notice
from bot.cards.revisions import render_revision
from bot.client import HoopoeBot
from bot.domain.deliveries import Announcement
from bot.domain.watches import Place, PlaceKind
from bot.pacing import behind_people
from bot.services.announcing.outcomes import HistoryUnreadable, PlaceGone, TryLater, Unclear
from bot.transport import watched_request
from bot.words import ENGLISH, marked, speaking
from cogs.forums import TagMissing, begin_post, first_messages, post_name
from cogs.refusals import (
    ARCHIVED,
    FAILURES,
    NO_HISTORY,
    NOT_TEXT,
    message_refusal_of,
    refusal_of,
    unreadable_of,
)

if TYPE_CHECKING:
    from bot.domain.papers import Paper
    from bot.domain.revisions import RevisedMessage
    from bot.domain.watches import Watch

logger = logging.getLogger(__name__)

LOOK_BACK = timedelta(minutes=5)
"""How much this machine's clock may run ahead of Discord's."""

ON_ITS_WAY = timedelta(seconds=10)
"""How long a post may be on its way: no nonce keeps it from being made twice."""

DEPTH = 1000
"""How many messages of a place are looked through, from the claim on."""


class DiscordPostman:
    """Sends by channel id, without a cache of channels; satisfies `bot.services.ports.Postman`."""

    def __init__(self, bot: HoopoeBot) -> None:
        """Take the bot for its connection and its clock."""
        self._bot = bot

    async def send(self, announcement: Announcement, papers: Sequence[Paper]) -> int:
        """Send one message and return its id; raise PlaceGone, TryLater, Refused or Unclear."""
        spoken = await self._language(announcement.place)
        with self._allowed(), watched_request() as doubt:
            channel = await self._open(announcement.place)
            # Before the request: an error of our own is none of Discord's.
            with speaking(spoken):
                sending = self._sending(channel, announcement, papers)
            try:
                message_id = await sending
            except TagMissing:
                raise PlaceGone(marked("this forum demands a tag, and has none that I may use")) from None
            except FAILURES as failure:
                if doubt:
                    raise Unclear from failure
                if not self._bot.is_ready() and getattr(failure, "code", 0) == NOT_TEXT:
                    # Which channels are forums comes with the connection.
                    raise TryLater(60.0) from failure
                raise refusal_of(failure) from failure
        if announcement.thread and len(papers) == 1 and not isinstance(channel, discord.ForumChannel):
            await self._begin_thread(announcement.place, message_id, post_name(papers, ""))
        return message_id

    def _sending(
        self,
        channel: discord.PartialMessageable | discord.DMChannel | discord.ForumChannel,
        announcement: Announcement,
        papers: Sequence[Paper],
    ) -> Coroutine[Any, Any, int]:
        """Write a message in the language spoken, and return what sends it."""
        now = self._bot.clock()
        if isinstance(channel, discord.ForumChannel):
            return begin_post(channel, render_announcement(announcement, papers, now=now), papers)
        return self._say(channel.id, write_announcement(announcement, papers, now=now))

    async def _say(self, channel_id: int, text: bytes) -> int:
        """Post a message that is written out, and return its id.

        Nothing else of the answer is wanted: `channel.send` makes a message of it, its seven components
        read again, which takes a seventh of what sending does.
        """
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        body = aiohttp.BytesPayload(text, content_type="application/json")
        return int((await self._bot.http.request(route, data=body))["id"])

    async def find(self, place: Place, announcements: Sequence[Announcement]) -> dict[int, int]:
        """Return, by the announcements' ids, the messages of the place that carry their buttons."""
        with self._allowed():
            return await self._find(place, await self._open(place), announcements, "announcement")

    async def revise(self, message: RevisedMessage, papers: Sequence[Paper]) -> int | None:
        """Edit a message, and answer it where that is wanted; return the answer's id."""
        announcement = message.announcement
        with speaking(await self._language(announcement.place)):
            now = self._bot.clock()
            card = render_announcement(announcement, papers, now=now, revisions=message.revisions)
            answer = render_revision(message, papers)
        with self._allowed(), watched_request() as doubt:
            channel = await self._holding(announcement.place, message.message_id)
            sent = channel.get_partial_message(message.message_id)
            try:
                await self._edit(sent, card, reopen=bool(message.fresh))
                return await _answer(sent, answer, message.nonce) if message.is_answered else None
            except FAILURES as failure:
                if doubt:
                    raise Unclear from failure
                raise message_refusal_of(failure) from failure

    async def find_answers(self, place: Place, messages: Sequence[RevisedMessage]) -> dict[int, int]:
        """Return, by the messages' own ids, the answers that arrived in a place."""
        found: dict[int, int] = {}
        with self._allowed():
            holders: dict[int, list[RevisedMessage]] = {}
            for message in messages:
                channel = await self._holding(place, message.message_id)
                holders.setdefault(channel.id, []).append(message)
            for theirs in holders.values():
                channel = await self._holding(place, theirs[0].message_id)
                found |= await self._find(place, channel, theirs, "revision")
        return found

    async def _find(
        self,
        place: Place,
        channel: discord.abc.Messageable | discord.ForumChannel,
        sought: Sequence[Announcement] | Sequence[RevisedMessage],
        mark: str,
    ) -> dict[int, int]:
        """Return the messages that carry a button with this mark and one of the numbers sought."""
        since = min(one.claimed_at for one in sought) - LOOK_BACK
        wanted = {one.id for one in sought}
        found: dict[int, int] = {}
        seen = False
        if isinstance(channel, discord.ForumChannel) and self._bot.clock() < since + LOOK_BACK + ON_ITS_WAY:
            raise TryLater(ON_ITS_WAY.total_seconds())
        try:
            async for message in _messages(channel, since):
                seen = True
                if message.author == self._bot.user:
                    for number in wanted & _marks(message.components, mark):
                        found.setdefault(number, message.id)
                if found.keys() == wanted:
                    break
        except FAILURES as failure:
            raise unreadable_of(
                failure, has_nonces=not isinstance(channel, discord.ForumChannel)
            ) from failure
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
            except FAILURES as failure:
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
        except FAILURES as failure:
            logger.warning("thread not opened channel=%s reason=%s", place.id, failure)

    async def _holding(self, place: Place, message_id: int) -> discord.PartialMessageable | discord.DMChannel:
        """Return the channel that a message of a place stands in: of a forum, the post it began."""
        channel = await self._open(place)
        if isinstance(channel, discord.ForumChannel):
            return self._bot.get_partial_messageable(message_id, guild_id=place.guild_id)
        return channel

    async def _edit(self, message: discord.PartialMessage, card: Card, *, reopen: bool) -> None:
        """Edit a message; one in an archived thread only if it is worth opening that again."""
        change: dict[str, Any] = {"embeds": list(card.embeds), "view": card.view}
        try:
            await message.edit(**change)
        except discord.HTTPException as failure:
            if failure.code != ARCHIVED or not reopen:
                raise
            thread = await self._bot.fetch_channel(message.channel.id)
            if not isinstance(thread, discord.Thread):
                raise
            await thread.edit(archived=False)
            await message.edit(**change)

    async def _open(
        self, place: Place
    ) -> discord.PartialMessageable | discord.DMChannel | discord.ForumChannel:
        if place.kind is PlaceKind.CHANNEL:
            guild = self._bot.get_guild(place.guild_id or 0)
            # The bot's own `get_channel` asks one server after the other, for every message.
            known = guild.get_channel(place.id) if guild else self._bot.get_channel(place.id)
            if isinstance(known, discord.ForumChannel):
                return known
            return self._bot.get_partial_messageable(place.id, guild_id=place.guild_id)
        try:
            return await self._bot.create_dm(discord.Object(place.id))
        except FAILURES as failure:
            # Opening a conversation sends nothing, so whatever happened here may be repeated.
            raise refusal_of(failure) from failure

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
        except FAILURES as failure:
            raise unreadable_of(failure) from failure


def _messages(
    channel: discord.abc.Messageable | discord.ForumChannel, since: datetime
) -> AsyncIterator[discord.Message]:
    """Return a place's messages since a moment, the oldest first; of a forum, those that posts begin with."""
    if isinstance(channel, discord.ForumChannel):
        return first_messages(channel, since)
    return channel.history(limit=DEPTH, after=since, oldest_first=True)


async def _answer(message: discord.PartialMessage, card: Card, nonce: str) -> int:
    """Answer a message; below it, without a reference, where its history may not be read."""
    reference = message.to_reference(fail_if_not_exists=False)
    try:
        return (await message.channel.send(**card.message(), nonce=nonce, reference=reference)).id
    except discord.HTTPException as failure:
        if failure.code != NO_HISTORY:
            raise
        return (await message.channel.send(**card.message(), nonce=nonce)).id


def _marks(components: Sequence[Any], mark: str) -> set[int]:
    """Return the numbers in the buttons below a message that begin with a mark."""
    parts = (custom_id.split(":") for custom_id in custom_ids(components))
    return {int(part[1]) for part in parts if part[0] == mark and part[1].isdecimal()}
