"""The simulated Discord's one server: its people and its places."""

from __future__ import annotations

from dataclasses import dataclass

import discord
import simcord
from simcord.builders import ChannelHandle, UserHandle

from bot.domain.watches import Place, PlaceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place that can be opened in the browser, and who looks at it."""

    key: str
    name: str
    channel: ChannelHandle
    viewers: tuple[simcord.MemberActor | UserHandle, ...]


class Server:
    """One server with three channels and two members."""

    def __init__(self, env: simcord.Env) -> None:
        """Furnish a started environment."""
        self._env = env
        self._guild = env.create_guild("Reading Group")
        organizers = self._guild.create_role(
            "Organizer", permissions=discord.Permissions(manage_guild=True), color=0xC27C4E
        )
        self.ines = env.create_user("ines", global_name="Ines")
        kofi = env.create_user("kofi", global_name="Kofi")
        members = (self._guild.add_member(self.ines, roles=[organizers]), self._guild.add_member(kofi))
        papers = self._guild.create_text_channel("papers", topic="Ask Hoopoe about authors and papers")
        news = self._guild.create_text_channel("announcements", topic="New papers, as they appear")
        self._forum = self._guild.create_forum_channel("discussions")
        self._members = members
        self._rooms = (
            Spot(key="papers", name="#papers", channel=papers, viewers=members),
            Spot(key="announcements", name="#announcements", channel=news, viewers=members),
            Spot(key="ines", name="Ines's messages", channel=self.ines.dm_channel, viewers=(self.ines,)),
            Spot(key="kofi", name="Kofi's messages", channel=kofi.dm_channel, viewers=(kofi,)),
        )
        self.announcements = Place(kind=PlaceKind.CHANNEL, id=news.id, guild_id=self._guild.id)
        """#announcements as a watch knows it."""

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Everything that can be opened: the rooms, and the forum by its newest post."""
        posts = sorted(self._forum.threads, key=lambda thread: thread.id)
        forum = posts[-1] if posts else self._forum
        return (
            *self._rooms,
            Spot(key="forum", name=f"discussions: {forum.name}", channel=forum, viewers=self._members),
        )

    async def start_post(self, name: str, text: str) -> Place:
        """Have the bot open a post in the forum; return it as a watch knows it."""
        forum = self._env.bot.get_channel(self._forum.id)
        assert isinstance(forum, discord.ForumChannel)  # noqa: S101 - made as one above
        post = await forum.create_thread(name=name, content=text)
        return Place(kind=PlaceKind.CHANNEL, id=post.thread.id, guild_id=self._guild.id)
