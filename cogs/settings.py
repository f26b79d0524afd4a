"""/settings: when papers are announced here, and who may say which."""

from __future__ import annotations

from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.hours import TELLINGS, Organizers, render_settings
from bot.cards.places import NO_MEMBER, chosen_place, direct, home_of
from bot.client import HoopoeBot
from bot.domain.revisions import Telling
from bot.domain.watches import Place, PlaceKind
from bot.errors import NotAllowed
from bot.sending import answer_with
from bot.services.permits import Permits
from bot.services.picks import Picks
from bot.services.ports import Clock
from bot.services.timetable import Timetable, known_zone, zones_like
from bot.words import _
from cogs.options import CHOICE_LENGTH, MOST_CHOICES, Choices, Interaction, everywhere
from cogs.places import AnnouncementChannel

PickDay = Literal["off", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
HOUR = app_commands.Range[int, 0, 23]


class ZoneOption(app_commands.Transformer[HoopoeBot]):
    """A time zone by its name."""

    @property
    def max_value(self) -> int:
        """Return the longest text Discord lets through."""
        return CHOICE_LENGTH

    async def transform(self, _interaction: Interaction, value: str, /) -> str:
        """Return the zone's name as it is written."""
        return known_zone(value)

    async def autocomplete(self, _interaction: Interaction, value: str, /) -> Choices:  # type: ignore[override]  # texts alone
        """Offer the zones that hold what is typed."""
        return [app_commands.Choice(name=name, value=name) for name in zones_like(value)[:MOST_CHOICES]]


Zone = app_commands.Transform[str, ZoneOption]


class Settings(commands.Cog):
    """Settings of a server, or of a person's direct messages."""

    def __init__(self, timetable: Timetable, permits: Permits, picks: Picks, clock: Clock) -> None:
        """Take what keeps the settings, and the clock by which cards write dates."""
        self._timetable = timetable
        self._permits = permits
        self._picks = picks
        self._clock = clock

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let only those who manage a server change its settings."""
        if home_of(interaction) is not None and not interaction.permissions.manage_guild:
            raise app_commands.MissingPermissions(["manage_guild"])
        return True

    @app_commands.command()
    @app_commands.describe(
        time_zone="Whose clock digests and quiet hours go by",
        digest_hour="When daily and weekly digests come, from 0 to 23",
        quiet="Hours without announcements, such as 22-7, or off",
        watch_role="A role that may create and change watches too; @everyone: only Manage Server again",
        picks="Post the most voted papers of the reading list once a week, on this day; or off",
        picks_channel="Where they are posted; this channel, if left out",
        picks_hour="At which hour, from 0 to 23; the digest hour, if left out",
        new_versions="What becomes of an announcement when its paper changes",
    )
    @app_commands.choices(
        new_versions=[
            app_commands.Choice(name=text, value=telling.value) for telling, text in TELLINGS.items()
        ]
    )
    @everywhere
    @app_commands.default_permissions(manage_guild=True)
    async def settings(
        self,
        interaction: Interaction,
        time_zone: Zone | None = None,
        digest_hour: HOUR | None = None,
        quiet: app_commands.Range[str, 1, 20] | None = None,
        watch_role: discord.Role | None = None,
        new_versions: str | None = None,
        picks: PickDay | None = None,
        picks_channel: AnnouncementChannel | None = None,
        picks_hour: HOUR | None = None,
    ) -> None:
        """Show or change how papers are announced here, and who may say which."""
        home = home_of(interaction)
        wants_picks = any(one is not None for one in (picks, picks_channel, picks_hour))
        if wants_picks:
            await self._check_picks(interaction, picks, picks_channel)
        if watch_role is not None and home is None:
            raise NotAllowed(NO_MEMBER, who="bot")
        await interaction.response.defer(thinking=True, ephemeral=True)
        hours = await self._timetable.change(
            _here(interaction),
            time_zone=time_zone,
            digest_hour=digest_hour,
            quiet=quiet,
            telling=Telling(new_versions) if new_versions else None,
        )
        if watch_role is not None and home is not None:
            await self._permits.name_role(home, None if watch_role.is_default() else watch_role.id)
        given = (time_zone, digest_hour, quiet, watch_role, new_versions)
        changed = wants_picks or any(one is not None for one in given)
        if time_zone is not None:
            await self._picks.follow_hours(_here(interaction))
        picked = (
            await self._picks.change(
                _here(interaction),
                day=picks,
                channel_id=picks_channel.id if picks_channel else None,
                hour=picks_hour,
            )
            if wants_picks
            else await self._picks.find(home or 0)
        )
        card = render_settings(
            hours,
            now=self._clock(),
            changed=changed,
            organizers=await self._organizers(interaction),
            picks=picked,
        )
        await answer_with(interaction, card)

    async def _organizers(self, interaction: Interaction) -> Organizers | None:
        """Return who may manage the watches here; None in direct messages, where everybody may."""
        home = home_of(interaction)
        if home is None:
            return None
        role = await self._permits.role(home)
        is_there = bool(interaction.guild and role and interaction.guild.get_role(role))
        return Organizers(role_id=role, is_there=is_there)

    async def _check_picks(
        self, interaction: Interaction, day: str | None, channel: AnnouncementChannel | None
    ) -> None:
        """Raise NotAllowed where there is nobody to pick for, or the picks could not be posted."""
        home = home_of(interaction)
        if home is None:
            raise NotAllowed(_("a server: nobody votes on a reading list of your own"))
        if day == "off":
            return
        known = None if channel else await self._picks.find(home)
        chosen_place(interaction, channel.id if channel else known.channel_id if known else None)


def _here(interaction: Interaction) -> Place:
    """Return a place of the server, or the person's direct messages: their hours are the same."""
    home = home_of(interaction)
    if home is None:
        return direct(interaction.user.id)
    return Place(kind=PlaceKind.CHANNEL, id=interaction.channel_id or 0, guild_id=home)


async def setup(bot: HoopoeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Settings(bot.services.timetable, bot.services.permits, bot.services.picks, bot.clock))
