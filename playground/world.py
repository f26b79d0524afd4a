"""A simulated Discord with Hoopoe in it; the one module that knows simcord.

simcord's clock stands unless it is moved, its page shows one channel, and shows only what was
published to it. While somebody's act is under way nothing else may touch the world, so acts, time
and publishing take turns here.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

import discord
import simcord
from simcord.backend.cdn import CDN_BASE
from simcord.backend.errors import SetupError
from simcord.builders import ChannelHandle, UserHandle
from simcord.preview import Preview
from simcord.preview._markdown import _FIELD_POLICIES

from bot.domain.watches import Place, PlaceKind

logger = logging.getLogger(__name__)

SETTLE_SECONDS = 30.0
"""How long the bot may work on one act; simcord gives up after it."""

_LONGEST_STEP = 30.0
_KEPT_RECORDS = 500
_KEPT_HAPPENINGS = 100
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place that can be opened in the browser, and who looks at it."""

    key: str
    name: str
    channel: ChannelHandle
    viewers: tuple[simcord.MemberActor | UserHandle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A message of the bot: where it stands and what it is about."""

    number: int
    at: datetime
    spot: str
    place: str
    text: str
    is_answer: bool


class World:
    """One server with three channels and two members, and the bot among them."""

    def __init__(self, env: simcord.Env) -> None:
        """Furnish a started environment."""
        self._env = env
        self._turn = asyncio.Lock()
        self._opening = asyncio.Lock()
        self._republished: set[tuple[str, int | None, int]] = set()
        self._preview: Preview | None = None
        self._shown: Spot | None = None
        self._is_stale = False
        self._seen: dict[int, int] = {}
        self._count = 0
        self._ahead = timedelta()
        self.happenings: deque[Happening] = deque(maxlen=_KEPT_HAPPENINGS)

        self.guild = env.create_guild("Reading Group")
        organizers = self.guild.create_role(
            "Organizer", permissions=discord.Permissions(manage_guild=True), color=0xC27C4E
        )
        self.ines = env.create_user("ines", global_name="Ines")
        self.kofi = env.create_user("kofi", global_name="Kofi")
        members = (
            self.guild.add_member(self.ines, roles=[organizers]),
            self.guild.add_member(self.kofi),
        )
        papers = self.guild.create_text_channel("papers", topic="Ask Hoopoe about authors and papers")
        announcements = self.guild.create_text_channel("announcements", topic="New papers, as they appear")
        self._forum = self.guild.create_forum_channel("discussions")
        self._members = members
        picture = resources.files("playground").joinpath("static", f"{_AVATAR}.png").read_bytes()
        address = f"{CDN_BASE}/avatars/{env.backend.bot_user.id}/{_AVATAR}.png"
        self._assets = {address: (f"{_AVATAR}.png", picture)}
        self._rooms = {
            "papers": Spot(key="papers", name="#papers", channel=papers, viewers=members),
            "announcements": Spot(
                key="announcements", name="#announcements", channel=announcements, viewers=members
            ),
            "ines": Spot(
                key="ines", name="Ines's messages", channel=self.ines.dm_channel, viewers=(self.ines,)
            ),
            "kofi": Spot(
                key="kofi", name="Kofi's messages", channel=self.kofi.dm_channel, viewers=(self.kofi,)
            ),
        }

    @property
    def announcements(self) -> Place:
        """#announcements as a watch knows it."""
        return Place(
            kind=PlaceKind.CHANNEL, id=self._rooms["announcements"].channel.id, guild_id=self.guild.id
        )

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Everything that can be opened: the rooms, and the forum by its newest post."""
        posts = sorted(self._forum.threads, key=lambda thread: thread.id)
        forum = posts[-1] if posts else self._forum
        return (
            *self._rooms.values(),
            Spot(key="forum", name=f"discussions: {forum.name}", channel=forum, viewers=self._members),
        )

    @property
    def shown(self) -> str:
        """The key of the place that is open in the browser, empty if none is."""
        return self._shown.key if self._shown else ""

    async def start_post(self, name: str, text: str) -> Place:
        """Have the bot open a post in the forum; return it as a watch knows it."""
        forum = self._env.bot.get_channel(self._forum.id)
        assert isinstance(forum, discord.ForumChannel)  # noqa: S101 - made as one above
        post = await forum.create_thread(name=name, content=text)
        return Place(kind=PlaceKind.CHANNEL, id=post.thread.id, guild_id=self.guild.id)

    async def open(self, key: str, timezone: str = "UTC") -> str:
        """Show a place in simcord's page instead of the present one; return the page's address.

        Raises KeyError for an unknown place. The address is a secret and good for this visit.
        """
        spot = {spot.key: spot for spot in self.spots}[key]
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
            self._look_around()
            self._forget()

    async def skip(self, time: timedelta, seconds: float) -> None:
        """Set the world's clock forward, and let so many seconds pass there, for what is due by then."""
        async with self._turn:
            self._env.backend.clock._epoch += time
            await self._advance(seconds)
            self._ahead += time + timedelta(seconds=seconds)
            await self._publish()
            self._look_around()

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

    def _look_around(self) -> None:
        """Write down the bot's new messages that everybody there can see."""
        bot_id = self._env.backend.bot_user.id
        for spot in self.spots:
            messages = self._env.backend.messages.get(spot.channel.id, {})
            newest = max(messages, default=0)
            seen = self._seen.get(spot.channel.id, 0)
            for number in sorted(number for number in messages if number > seen) if newest > seen else ():
                message = messages[number]
                if message.author_id == bot_id and not message.is_ephemeral:
                    title = next((embed["title"] for embed in message.embeds if embed.get("title")), "")
                    self._note(spot, title or message.content, bool(message.interaction_metadata))
            self._seen[spot.channel.id] = newest

    def _note(self, spot: Spot, text: str, is_answer: bool) -> None:
        self._count += 1
        self.happenings.append(
            Happening(
                number=self._count,
                at=self._env.now(),
                spot=spot.key,
                place=spot.name,
                text=text.replace("\\", ""),
                is_answer=is_answer or spot.channel.guild is None,
            )
        )

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
    env = simcord.Env(bot, settle_timeout=SETTLE_SECONDS)
    env.backend.clock._epoch = datetime.now(UTC)
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
