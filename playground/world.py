"""A simulated Discord with Hoopoe in it: its time, its acts and its page.

simcord's clock stands unless it is moved, its page shows one channel, and shows only what was
published to it. While somebody's act is under way nothing else may touch the world, so acts, time
and publishing take turns here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

import discord
import simcord
from simcord.backend.cdn import CDN_BASE
from simcord.backend.errors import SetupError
from simcord.preview import Preview
from simcord.preview._markdown import _FIELD_POLICIES

from playground.bodies import read_written_bodies
from playground.happenings import Diary, Happening
from playground.server import Server, Spot

logger = logging.getLogger(__name__)

SETTLE_SECONDS = 30.0
"""How long the bot may work on one act; simcord gives up after it."""

_BEHIND = timedelta(seconds=20)
"""The world begins behind the visitor's clock: while the bot starts simcord lets more time pass than real."""

_LONGEST_STEP = 30.0
_KEPT_RECORDS = 500
_AVATAR = "avatar"
_WRITES = frozenset({"POST", "PATCH", "PUT", "DELETE"})


class WorldClock:
    """The simulated Discord's time; the real one until there is a world."""

    def __init__(self) -> None:
        """Start with real time."""
        self.env: simcord.Env | None = None

    def __call__(self) -> datetime:
        """Return the present moment, aware, UTC."""
        return self.env.now() if self.env else datetime.now(UTC)


class World:
    """The server and the bot in it, as time passes and somebody looks on."""

    def __init__(self, env: simcord.Env) -> None:
        """Furnish a started environment."""
        self.server = Server(env)
        self._diary = Diary(env)
        self._env = env
        self._turn = asyncio.Lock()
        self._opening = asyncio.Lock()
        self._republished: set[tuple[str, int | None, int]] = set()
        self._preview: Preview | None = None
        self._shown: Spot | None = None
        self._is_stale = False
        self._ahead = -_BEHIND
        picture = resources.files("playground").joinpath("static", f"{_AVATAR}.png").read_bytes()
        address = f"{CDN_BASE}/avatars/{env.backend.bot_user.id}/{_AVATAR}.png"
        self._assets = {address: (f"{_AVATAR}.png", picture)}

    @property
    def happenings(self) -> Iterable[Happening]:
        """The bot's last messages that everybody there can see, the oldest first."""
        return self._diary.happenings

    @property
    def shown(self) -> str:
        """The key of the place that is open in the browser, empty if none is."""
        return self._shown.key if self._shown else ""

    async def open(self, key: str, timezone: str = "UTC") -> str:
        """Show a place in simcord's page instead of the present one; return the page's address.

        Raises KeyError for an unknown place. The address is a secret and good for this visit.
        """
        spot = {spot.key: spot for spot in self.server.spots}[key]
        async with self._opening:
            await self._close_preview()
            async with self._turn:
                preview = self._env.preview(
                    spot.channel,
                    viewers=spot.viewers,
                    layout="channel",
                    timezone=_known_timezone(timezone),
                    assets=self._assets,
                )
                self._preview = await preview.__aenter__()
                self._let_acts_wait(preview)
                self._shown = spot
                return preview.url

    async def pass_time(self) -> None:
        """Let the world's clock catch up with the real one."""
        async with self._turn:
            seconds = (datetime.now(UTC) + self._ahead - self._env.now()).total_seconds()
            if seconds > _LONGEST_STEP:
                # The machine slept: what lies between did not happen, rather than all at once.
                self._env.backend.clock._epoch += timedelta(seconds=seconds - 1)
                seconds = 1.0
            if seconds > 0:
                await self._advance(seconds)
            await self._publish()
            self._diary.look_around(self.server.spots)
            self._forget()

    async def skip(self, time: timedelta, seconds: float) -> None:
        """Set the world's clock forward, and let so many seconds pass there, for what is due by then."""
        async with self._turn:
            self._env.backend.clock._epoch += time
            await self._advance(seconds)
            self._ahead += time + timedelta(seconds=seconds)
            await self._publish()
            self._diary.look_around(self.server.spots)

    async def close(self) -> None:
        """Close the open page."""
        async with self._opening:
            await self._close_preview()

    async def _close_preview(self) -> None:
        async with self._turn:
            preview, self._preview, self._shown = self._preview, None, None
        if preview is not None:
            # Not in turn: it waits for acts that may be waiting for theirs.
            await preview.close()

    def _let_acts_wait(self, preview: Preview) -> None:
        """Let somebody's act wait for its turn, and take one begun on the page as it just was.

        By itself simcord refuses both; the controls an act names are looked up again in any case.
        """
        act = preview._action

        async def act_in_turn(context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
            async with self._turn:
                page = preview._pages.get(context_id or "")
                if page and (page.id, body.get("published_revision"), page.revision) in self._republished:
                    body = {**body, "published_revision": page.revision}
                return await act(context_id, body)

        preview._action = act_in_turn  # type: ignore[method-assign]  # simcord offers no other way in

    async def _advance(self, seconds: float) -> None:
        before = len(self._env.backend.http_requests)
        try:
            await self._env.advance_time(seconds)
        except TimeoutError:
            logger.warning("the simulated Discord waits for the bot", exc_info=True)
        # Only what was written while time passed: the page publishes what follows from its own acts.
        for request in self._env.backend.http_requests[before:]:
            self._is_stale |= request.method in _WRITES and self._is_shown(request.path)

    def _is_shown(self, path: str) -> bool:
        """Say whether a request may have changed what the open page shows."""
        parts = path.split("/")
        return self._shown is not None and (
            str(self._shown.channel.id) in parts or "webhooks" in parts or "interactions" in parts
        )

    async def _publish(self) -> None:
        if not self._is_stale or self._preview is None:
            return
        before = {page.id: page.revision for page in self._preview._pages.values()}
        try:
            await self._preview.refresh()
        except (SetupError, TimeoutError):
            logger.warning("the page is not up to date", exc_info=True)
            return
        self._is_stale = False
        self._republished = {
            (page.id, before.get(page.id), page.revision) for page in self._preview._pages.values()
        }

    def _forget(self) -> None:
        """Keep the world's records of requests and events short."""
        for records in (self._env.backend.http_requests, self._env.backend.transcript):
            del records[:-_KEPT_RECORDS]


@asynccontextmanager
async def open_world(bot: discord.Client, clock: WorldClock) -> AsyncIterator[World]:
    """Start the bot in a world of its own, at the present moment, and end both."""
    for part in ("embed_description", "embed_field_value"):
        # Discord shows a channel by its name there; simcord's page would show "<#1234>".
        _FIELD_POLICIES[part]["mentions"] = True
    read_written_bodies()
    env = simcord.Env(bot, settle_timeout=SETTLE_SECONDS)
    env.backend.clock._epoch = datetime.now(UTC) - _BEHIND
    clock.env = env
    await env.start()
    try:
        if bot.user is not None:
            await bot.user.edit(username="Hoopoe")
        env.backend.bot_user.avatar = _AVATAR
        world = World(env)
        await env.settle()
        yield world
        await world.close()
    finally:
        await env.shutdown()


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return "UTC"
    return name
