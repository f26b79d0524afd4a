"""The settings of a server or a person: hours, and who may manage watches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import discord

from bot.cards.card import Card, fit
from bot.cards.colors import NEUTRAL
from bot.cards.components import rows
from bot.cards.setup import setup_button
from bot.domain.picks import WEEKDAYS, PickTime
from bot.domain.revisions import Telling
from bot.domain.schedule import Hours, next_digest
from bot.words import _, marked

TELLINGS = {
    Telling.EDIT: marked("Edit the announcement"),
    Telling.ANSWER: marked("Edit the announcement and answer it"),
}
"""What becomes of an announcement when its paper changes, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organizers:
    """Who may manage a server's watches: whoever manages the server, and a role as long as it is there."""

    role_id: int | None
    is_there: bool

    @property
    def text(self) -> str:
        """The same in words."""
        if self.role_id is None:
            return _("whoever has Manage Server")
        if self.is_there:
            return _("{role}, and whoever has Manage Server").format(role=f"<@&{self.role_id}>")
        return _("whoever has Manage Server; the role that was named is gone, choose another one")


def render_settings(
    hours: Hours,
    *,
    now: datetime,
    changed: bool,
    organizers: Organizers | None,
    picks: PickTime | None = None,
) -> Card:
    """Return when papers are announced here, and in a server who may say which."""
    embed = discord.Embed(
        title=_("Changed") if changed else _("Settings"),
        description=_("They hold for papers found from now on; what waits already keeps its hour.")
        if changed
        else _("`/settings` with options changes these. `/watch edit` says whether a watch sends digests."),
        color=NEUTRAL,
    )
    quiet = _("None")
    if hours.quiet_from is not None and hours.quiet_until is not None:
        quiet = _("{begin}:00 to {end}:00").format(begin=hours.quiet_from, end=hours.quiet_until)
    following = discord.utils.format_dt(next_digest(hours, now), "R")
    embed.add_field(name=_("Time zone"), value=f"**{hours.time_zone}**")
    embed.add_field(
        name=_("Digests"),
        value=_("**{hour}:00**, the next {moment}").format(hour=hours.digest_hour, moment=following),
    )
    embed.add_field(name=_("Quiet hours"), value=f"**{quiet}**")
    embed.add_field(name=_("New versions"), value=f"**{_(TELLINGS[hours.telling])}**", inline=False)
    if organizers:
        embed.add_field(name=_("Weekly picks"), value=_picks(picks), inline=False)
        embed.add_field(name=_("Watches are managed by"), value=organizers.text, inline=False)
    return fit(Card(embeds=(embed,), view=rows(setup_button()), ephemeral=True))


DAYS = {
    "monday": marked("Monday"),
    "tuesday": marked("Tuesday"),
    "wednesday": marked("Wednesday"),
    "thursday": marked("Thursday"),
    "friday": marked("Friday"),
    "saturday": marked("Saturday"),
    "sunday": marked("Sunday"),
}


def _picks(time: PickTime | None) -> str:
    """Return when the reading list has its picks."""
    if time is None:
        return _("**Off**. `/settings picks` posts the most voted papers of the reading list once a week.")
    channel = f"<#{time.channel_id}>"
    if time.next_at is None:
        return _(
            "**Stopped**: {channel} could not be written to. `/settings picks` starts them again."
        ).format(channel=channel)
    return _("**{day}, {hour}:00** in {channel}, the next {moment}").format(
        day=_(DAYS[WEEKDAYS[time.weekday]]),
        hour=time.hour,
        channel=channel,
        moment=discord.utils.format_dt(time.next_at, "R"),
    )
