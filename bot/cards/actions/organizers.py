"""Who may change what is announced in a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.cards.places import home_of
from bot.errors import NotAllowed
from bot.words import _

if TYPE_CHECKING:
    from bot.services.permits import Permits


async def is_organizer(interaction: discord.Interaction[Any], permits: Permits) -> bool:
    """Say whether the person manages the server, or has the role that it named; alone, everybody does."""
    home = home_of(interaction)
    if home is None or interaction.permissions.manage_guild:
        return True
    # A role that was deleted is nobody's, though the member's data may still name it.
    roles = {role.id for role in getattr(interaction.user, "roles", ())}
    return await permits.allows(home, roles)


async def demand_organizer(interaction: discord.Interaction[Any], permits: Permits) -> None:
    """Raise NotAllowed, with the role's name, where the person may not manage the watches."""
    if not await is_organizer(interaction, permits):
        raise NotAllowed(await what_it_takes(interaction, permits))


async def what_it_takes(interaction: discord.Interaction[Any], permits: Permits) -> str:
    """Return the permission in words, and the role as long as there is one."""
    guild = interaction.guild
    named = await permits.role(interaction.guild_id) if interaction.guild_id else None
    role = guild.get_role(named) if guild and named else None
    if role is None:
        return _("Manage Server")
    return _("Manage Server, or the role {role}").format(role=role.name)
