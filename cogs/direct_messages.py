"""Plain words: direct messages, and messages that mention the bot."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import discord
from discord.ext import commands

from bot.cards.answers import render_answer
from bot.cards.card import Card
from bot.cards.errors import render_error
from bot.cards.here import as_here
from bot.cards.places import stand_in
from bot.client import HoopoeBot
from bot.errors import LimitReached
from bot.failures import log_error, unwrap
from bot.services.answers import Answer
from bot.services.plain_words import PlainWords
from bot.words import marked, speak
from cogs.said import forwarded_in

MESSAGES, SECONDS = 10, 30.0
"""How many messages of one person are answered in how many seconds."""


class DirectMessages(commands.Cog):
    """Answers what people write to the bot."""

    def __init__(self, bot: HoopoeBot, plain_words: PlainWords) -> None:
        """Take the bot for its own id and its clock, and what understands plain words."""
        self._bot = bot
        self._plain_words = plain_words
        self._pace = commands.CooldownMapping[discord.Message].from_cooldown(
            MESSAGES, SECONDS, commands.BucketType.user
        )

    @commands.Cog.listener("on_message")
    async def answer(self, message: discord.Message) -> None:
        """Answer a message that is meant for the bot; whatever goes wrong, something is said."""
        text = self._words_for_us(message)
        if text is None:
            return
        try:
            speak(await self._language(message, text))
            stand_in(has_threads=message.guild is not None)
            async with _typing(message.channel):
                answer = await self._answer(message, text)
                guild_id = message.guild.id if message.guild else None
                answer = await as_here(
                    answer, self._bot.services, message.channel, guild_id, message.author.id
                )
                card = await render_answer(answer, now=self._bot.clock())
        except Exception as error:  # noqa: BLE001 - a person is waiting: every fault becomes a card
            cause = unwrap(error)
            reference = log_error(cause, where="message")
            await self._reply(message, render_error(cause, reference, asker=message.author.id))
            return
        sent = await self._reply(message, card)
        if sent is not None:
            await self._bot.standing.renew(sent, self._bot.services.renewal.refresh(answer))

    def _words_for_us(self, message: discord.Message) -> str | None:
        """Return what is said to the bot, None where nothing is.

        A reply to the bot's own message mentions it too, but says nothing to it.
        """
        me = self._bot.user
        if me is None or message.author.bot or message.type not in _SPOKEN:
            return None
        if message.guild is None:
            return message.content or forwarded_in(message)
        if me.id not in message.raw_mentions:
            return None
        return re.sub(rf"<@!?{me.id}>", " ", message.content).strip()

    async def _language(self, message: discord.Message, text: str) -> str:
        """Return the server's language; in a direct message, the text's, or the one last heard."""
        if message.guild is not None:
            return str(message.guild.preferred_locale)
        return await self._bot.services.languages.of_message(text, message.author.id)

    async def _answer(self, message: discord.Message, text: str) -> Answer:
        written = message.created_at.timestamp()
        bucket = self._pace.get_bucket(message, written)
        if bucket is not None and bucket.update_rate_limit(written):
            raise LimitReached(marked("messages in half a minute"), MESSAGES)
        return await self._plain_words.answer(text, person=message.author.id)

    async def _reply(self, message: discord.Message, card: Card) -> discord.Message | None:
        try:
            if message.guild is None:
                return await message.channel.send(**card.message())
            return await message.reply(**card.message(), mention_author=False)
        except (discord.HTTPException, OSError) as failure:
            log_error(failure, where="reply")
            return None


@asynccontextmanager
async def _typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show that an answer is on its way, behind its making: where that fails, nobody waits for it."""

    async def show() -> None:
        with suppress(discord.DiscordException, OSError):
            async with channel.typing():
                await asyncio.get_running_loop().create_future()

    task = asyncio.create_task(show())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


_SPOKEN = frozenset({discord.MessageType.default, discord.MessageType.reply})


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(DirectMessages(bot, bot.services.plain_words))
