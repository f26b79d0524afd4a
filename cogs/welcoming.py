"""The bot's introduction to servers that invite it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import aiohttp
import discord
from discord.ext import commands, tasks

from bot.cards.welcome import render_welcome
from bot.client import HoopoeBot
from bot.errors import HoopoeError
from bot.pacing import behind_people
from bot.services.announcing.outcomes import TryLater, Unclear
from bot.services.welcoming import Welcoming as Welcomes
from bot.transport import watched_request
from bot.words import speaking

logger = logging.getLogger(__name__)

AGAIN_SECONDS = 600.0
"""How often what could not be said at once is tried again."""

RETRY_SECONDS = 60.0

LOOK_BACK = timedelta(minutes=5)
"""How much this machine's clock may run ahead of Discord's."""

DEPTH = 100
"""How many messages of a channel are looked through for one that may have arrived."""

_FAILURES = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)


class Welcoming(commands.Cog):
    """Says hello where the bot is new; satisfies `bot.services.ports.Greeter`."""

    def __init__(self, bot: HoopoeBot, welcomes: Welcomes) -> None:
        """Take the bot for its servers, and what knows which of them are new."""
        self._bot = bot
        self._welcomes = welcomes
        self._at_start: set[int] = set()

    async def cog_load(self) -> None:
        """Begin."""
        await self._welcomes.begin()
        self._look_around.start()

    async def cog_unload(self) -> None:
        """Stop."""
        self._look_around.cancel()

    @commands.Cog.listener()
    async def on_connect(self) -> None:
        """Remember which servers Discord named at the connection: nobody has just invited the bot there."""
        self._at_start |= {guild.id for guild in self._bot.guilds}

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Say hello at once to whoever invites the bot."""
        await self._meet([guild], invited=guild.id not in self._at_start)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Take note of a server that comes with the connection, or comes back."""
        if self._bot.is_ready():
            await self._meet([guild])

    async def greet(self, guild_id: int) -> bool:
        """Send the message to the first channel where that is allowed; return whether there is one."""
        guild = self._bot.get_guild(guild_id)
        for channel in _channels(guild):
            with behind_people(), watched_request() as doubt, speaking(str(channel.guild.preferred_locale)):
                try:
                    await channel.send(**render_welcome().message(), nonce=f"w-{guild_id}")
                except (discord.Forbidden, discord.NotFound):
                    continue
                except _FAILURES as failure:
                    if doubt:
                        raise Unclear from failure
                    raise TryLater(RETRY_SECONDS) from failure
            return True
        return False

    async def has_greeted(self, guild_id: int, since: datetime) -> bool:
        """Say whether the message arrived; also where that can't be found out."""
        guild = self._bot.get_guild(guild_id)
        for channel in _channels(guild):
            try:
                with behind_people():
                    async for message in channel.history(limit=DEPTH, after=since - LOOK_BACK):
                        if message.author == self._bot.user and message.components:
                            return True
            except discord.Forbidden:
                return True
            except _FAILURES as failure:
                raise TryLater(RETRY_SECONDS) from failure
            if guild is not None and not channel.permissions_for(guild.me).read_message_history:
                return True
            # Whatever was sent went to the first of them.
            break
        return False

    @tasks.loop(seconds=AGAIN_SECONDS)
    async def _look_around(self) -> None:
        await self._meet(self._bot.guilds)

    @_look_around.before_loop
    async def _connected(self) -> None:
        await self._bot.wait_until_ready()

    async def _meet(self, guilds: Sequence[discord.Guild], *, invited: bool = False) -> None:
        try:
            joined = {guild.id: guild.me.joined_at if guild.me else None for guild in guilds}
            await self._welcomes.meet(joined, invited=joined if invited else ())
            await self._welcomes.greet({guild.id for guild in self._bot.guilds}, self)
        except HoopoeError as error:
            logger.error("welcoming failed reason=%s", error)
        except Exception:  # the first one would end the loop for good
            logger.exception("welcoming failed")


def _channels(guild: discord.Guild | None) -> Iterator[discord.TextChannel]:
    """Yield the channels where the bot may speak: the system channel, then the others, the rules last."""
    if guild is None or guild.me is None:
        return
    others = sorted(guild.text_channels, key=lambda one: (one == guild.rules_channel, one.position, one.id))
    for channel in dict.fromkeys(filter(None, (guild.system_channel, *others))):
        granted = channel.permissions_for(guild.me)
        if granted.view_channel and granted.send_messages and granted.embed_links:
            yield channel


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Welcoming(bot, bot.services.welcoming))
