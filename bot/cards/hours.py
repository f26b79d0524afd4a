"""The hours of a server or a person."""

from __future__ import annotations

from datetime import datetime

import discord

from bot.cards.card import Card, fit
from bot.cards.colors import NEUTRAL
from bot.domain.schedule import Hours, next_digest


def render_hours(hours: Hours, *, now: datetime, changed: bool) -> Card:
    """Return when papers are announced here."""
    embed = discord.Embed(
        title="Changed" if changed else "Settings",
        description="They hold for papers found from now on; what waits already keeps its hour."
        if changed
        else "`/settings` with an option changes it. `/watch` says which watch has a digest.",
        color=NEUTRAL,
    )
    quiet = "None"
    if hours.quiet_from is not None and hours.quiet_until is not None:
        quiet = f"{hours.quiet_from}:00 to {hours.quiet_until}:00"
    following = discord.utils.format_dt(next_digest(hours, now), "R")
    embed.add_field(name="Time zone", value=f"**{hours.time_zone}**")
    embed.add_field(name="Digests", value=f"**{hours.digest_hour}:00**, the next {following}")
    embed.add_field(name="Quiet hours", value=f"**{quiet}**")
    return fit(Card(embeds=(embed,), ephemeral=True))
