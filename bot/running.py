"""Runs the bot: connects, keeps connected, keeps harvesting while Discord is away, writes a heartbeat."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.app import make_bot, open_services, shards_of
from bot.config import Settings
from bot.errors import HoopoeError, SettingError
from bot.outside import utc_now
from bot.report_json import status_json
from bot.services import Services
from bot.services.ports import Clock
from bot.storage.locks import HarvestLock, hold_shards

if TYPE_CHECKING:
    from bot.client import HoopoeBot

logger = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 60.0

_SHOWN = 200
_FIRST_PAUSE = 5.0
_LONGEST_PAUSE = 300.0


async def run_bot(settings: Settings, *, clock: Clock = utc_now) -> None:
    """Run the bot until it is canceled; while Discord can't be reached, try again and again.

    Raises SettingError where Discord refuses what was set, DatabaseBusy where another process has
    these shards.
    """
    shards = shards_of(settings)
    lock = HarvestLock(settings.database_url)
    with hold_shards(settings.database_url, shards[0] if shards else ()):
        try:
            async with open_services(settings, clock=clock) as services:
                beat = asyncio.create_task(_keep_heartbeat(settings, services))
                try:
                    await _keep_connected(settings, services, clock, lock)
                finally:
                    beat.cancel()
                    await asyncio.gather(beat, return_exceptions=True)
        finally:
            lock.release()


async def sync_commands(settings: Settings) -> None:
    """Send the commands to Discord, changed or not."""
    async with open_services(settings) as services, make_bot(settings, services) as bot:
        with _told_in_a_line(), _refusals_named(settings):
            await bot.login(settings.discord_token)
            await bot.sync_commands(force=True)


async def bot_name(settings: Settings) -> str:
    """Return under which name Discord knows the token; raise what Discord says against it."""
    import discord
    from discord.http import Route

    if settings.discord_api_url:
        Route.BASE = settings.discord_api_url
    async with discord.Client(intents=discord.Intents.none()) as client:
        with _told_in_a_line(), _refusals_named(settings):
            await client.login(settings.discord_token)
        return str(client.user)


async def _keep_connected(settings: Settings, services: Services, clock: Clock, lock: HarvestLock) -> None:
    import aiohttp
    import discord
    from discord.ext.commands import ExtensionError

    pause = _FIRST_PAUSE
    while True:
        bot = make_bot(settings, services, clock=clock, lock=lock)
        logged_in = False
        try:
            async with bot:
                with _refusals_named(settings):
                    await bot.login(settings.discord_token)
                    logged_in = True
                    _spare_what_stays()
                    await _stay_connected(bot)
            return
        except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
            logger.warning("discord not reached error=%s next_try_seconds=%d", error, pause)
        except (HoopoeError, ExtensionError):
            raise
        except Exception as error:
            # What the library can't make sense of ends its connection; another may make more.
            if logged_in:
                logger.exception("connection not understood next_try_seconds=%d", pause)
            else:
                # A web page where an answer should be, as of something that stands before Discord.
                logger.warning("discord not understood error=%r next_try_seconds=%d", error, pause)
                logger.debug("discord not understood", exc_info=True)
        async with _harvesting_alone(settings, services, lock):
            await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


async def _stay_connected(bot: HoopoeBot) -> None:
    """Keep the connection until it ends or this is canceled.

    The library keeps a cancellation that comes while it connects again to itself, and would go on.
    Canceled here, it ends when the bot is closed.
    """
    connection = asyncio.create_task(bot.connect())
    try:
        await asyncio.wait({connection})
    finally:
        connection.cancel()
    connection.result()


def _spare_what_stays() -> None:
    """Have what start-up made left out when garbage is looked for: that holds up answers again and again."""
    # What an earlier attempt to connect left behind is garbage by now.
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def _harvesting_alone(settings: Settings, services: Services, lock: HarvestLock) -> AsyncIterator[None]:
    """Harvest where it is due while Discord can't be reached; the loop for it lives in the bot."""

    async def harvest() -> None:
        seconds = settings.harvest_interval_seconds
        try:
            if lock.take() and await services.harvester.is_due(timedelta(seconds=seconds)):
                await services.harvester.run(seconds=seconds)
        except Exception:  # what is broken here must not keep the bot from Discord
            logger.exception("harvest failed")

    task = asyncio.create_task(harvest())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@contextmanager
def _told_in_a_line() -> Iterator[None]:
    """Turn what is no answer of Discord's into an error of ours: the library stumbles over it somewhere."""
    import aiohttp
    import discord

    try:
        yield
    except HoopoeError:
        raise
    except discord.HTTPException as error:
        raise HoopoeError(f"Discord answers {' '.join(str(error).split())[:_SHOWN]}") from error
    except (aiohttp.ClientError, OSError) as error:
        raise HoopoeError(f"Discord cannot be reached ({str(error) or type(error).__name__})") from error
    except Exception as error:
        raise HoopoeError(f"Discord's answer is not understood ({error!r:.{_SHOWN}})") from error


@contextmanager
def _refusals_named(settings: Settings) -> Iterator[None]:
    """Turn what Discord will refuse at every try into the setting that is wrong."""
    import discord

    try:
        yield
    except discord.LoginFailure as error:
        raise SettingError(_REFUSED) from error
    except discord.ConnectionClosed as error:
        if error.code == _CLOSE_NOT_AUTHENTICATED:
            raise SettingError(_REFUSED) from error
        if error.code == _CLOSE_INTENTS:
            raise SettingError(_INTENTS) from error
        if error.code in _CLOSE_SHARDING:
            raise SettingError(
                f"SHARD_COUNT is {settings.shard_count or 'not set'}; Discord wants other shards: "
                "leave SHARD_COUNT and SHARD_IDS out, or raise SHARD_COUNT"
            ) from error
        raise
    except discord.PrivilegedIntentsRequired as error:
        raise SettingError(_INTENTS) from error
    except discord.Forbidden as error:
        if settings.dev_guild_id is None:
            raise
        raise SettingError(
            f'DEV_GUILD_ID is "{settings.dev_guild_id}"; allowed: a server that the bot was invited to'
        ) from error


_REFUSED = (
    "DISCORD_TOKEN is refused by Discord; reset the token on the Bot page of your application at "
    "https://discord.com/developers/applications and set the new one"
)
_INTENTS = (
    "Discord refuses the intents that Hoopoe asks for, though none of them is privileged; check on the Bot "
    "page at https://discord.com/developers/applications that DISCORD_TOKEN is this application's"
)
# https://docs.discord.com/developers/topics/opcodes-and-status-codes, close event codes
_CLOSE_NOT_AUTHENTICATED = 4004
_CLOSE_SHARDING = frozenset({4010, 4011})
_CLOSE_INTENTS = 4013


async def _keep_heartbeat(settings: Settings, services: Services) -> None:
    """Write down every minute how the bot is doing, for `hoopoe status`."""
    while True:
        try:
            status = status_json(await services.status.report(), written_at=utc_now())
            await services.state.set_state(settings.heartbeat_key, json.dumps(status))
        except Exception:  # the next beat may succeed; a missing one is what `hoopoe status` reports
            logger.exception("heartbeat not written")
        await asyncio.sleep(HEARTBEAT_SECONDS)
