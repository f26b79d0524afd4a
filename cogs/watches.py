"""/watch: what is announced, and where."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.answers import render_answer
from bot.client import HoopoeBot
from bot.sending import answer_with
from bot.services.ports import Clock
from bot.services.watching import Watching
from cogs.options import QUERY_LENGTH, Author, Category, Interaction, WatchNumber
from cogs.places import AnnouncementChannel, chosen_place, watches_here

CHANNEL_HELP = "Where to announce; this channel, if left out"
CODE_HELP = "Only papers that come with code"


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
@app_commands.default_permissions(manage_guild=True)
class Watches(
    commands.GroupCog, group_name="watch", group_description="New papers, announced as they appear"
):
    """Watches of a server, or of a person's direct messages."""

    def __init__(self, watching: Watching, clock: Clock) -> None:
        """Take what keeps watches and the clock by which cards write dates."""
        self._watching = watching
        self._clock = clock

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let only those who manage a server change what is announced in it.

        `default_permissions` is what Discord shows; a server's settings may override it.
        """
        if interaction.guild_id is not None and not interaction.permissions.manage_guild:
            raise app_commands.MissingPermissions(["manage_guild"])
        return True

    @app_commands.command()
    @app_commands.describe(
        author="A name, an ORCID iD or an OpenAlex id",
        channel=CHANNEL_HELP,
        code=CODE_HELP,
        strict="Only papers signed with the full name; initials don't count",
    )
    async def author(
        self,
        interaction: Interaction,
        author: Author,
        channel: AnnouncementChannel | None = None,
        code: bool = False,
        strict: bool = False,
    ) -> None:
        """Announce an author's new papers."""
        place = chosen_place(interaction, channel)
        await interaction.response.defer(thinking=True, ephemeral=True)
        answer = await self._watching.watch_author(
            author, owner=interaction.user.id, place=place, strict=strict, has_code=code
        )
        await answer_with(interaction, await render_answer(answer, now=self._clock()))

    @app_commands.command()
    @app_commands.describe(
        category="A category such as cs.CY, or a whole archive such as math",
        channel=CHANNEL_HELP,
        code=CODE_HELP,
        primary="Only papers that have it as their first category; no cross-lists",
    )
    async def category(
        self,
        interaction: Interaction,
        category: Category,
        channel: AnnouncementChannel | None = None,
        code: bool = False,
        primary: bool = False,
    ) -> None:
        """Announce a category's new papers."""
        place = chosen_place(interaction, channel)
        await interaction.response.defer(thinking=True, ephemeral=True)
        answer = await self._watching.watch_category(
            category, owner=interaction.user.id, place=place, primary=primary, has_code=code
        )
        await answer_with(interaction, await render_answer(answer, now=self._clock()))

    @app_commands.command()
    @app_commands.describe(
        topic='Words, "phrases", prefix*, AND OR NOT, ti: abs: au:', channel=CHANNEL_HELP, code=CODE_HELP
    )
    async def topic(
        self,
        interaction: Interaction,
        topic: app_commands.Range[str, 1, QUERY_LENGTH],
        channel: AnnouncementChannel | None = None,
        code: bool = False,
    ) -> None:
        """Announce new papers about a topic."""
        place = chosen_place(interaction, channel)
        await interaction.response.defer(thinking=True, ephemeral=True)
        answer = await self._watching.watch_topic(
            topic, owner=interaction.user.id, place=place, has_code=code
        )
        await answer_with(interaction, await render_answer(answer, now=self._clock()))

    @app_commands.command(name="list")
    async def list_watches(self, interaction: Interaction) -> None:
        """List what is watched here."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        answer = await self._watching.list_watches(**watches_here(interaction))
        await answer_with(interaction, await render_answer(answer, now=self._clock()))

    @app_commands.command()
    @app_commands.describe(watch="Which one; suggested while you type")
    async def remove(self, interaction: Interaction, watch: WatchNumber) -> None:
        """End a watch."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        answer = await self._watching.remove(watch, guild_id=interaction.guild_id, person=interaction.user.id)
        await answer_with(interaction, await render_answer(answer, now=self._clock()))

    @app_commands.command()
    @app_commands.describe(watch="Which one; suggested while you type")
    async def resume(self, interaction: Interaction, watch: WatchNumber) -> None:
        """Take a paused watch up again; what was kept for it is sent."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        answer = await self._watching.resume(watch, guild_id=interaction.guild_id, person=interaction.user.id)
        await answer_with(interaction, await render_answer(answer, now=self._clock()))


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Watches(bot.services.watching, bot.clock))
