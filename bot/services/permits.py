"""Who may create and manage a server's watches besides whoever manages the server."""

from __future__ import annotations

from collections.abc import Collection

from bot.services.ports import StateStore


class Permits:
    """Keeps the role of each server that may manage its watches."""

    def __init__(self, state: StateStore) -> None:
        """Take where facts are remembered."""
        self._state = state

    async def role(self, guild_id: int) -> int | None:
        """Return the role that a server named, whether it still exists or not."""
        stored = await self._state.get_state(_key(guild_id))
        return int(stored) if stored else None

    async def name_role(self, guild_id: int, role_id: int | None) -> None:
        """Let the members of a role manage the watches; None leaves it to whoever manages the server."""
        await self._state.set_state(_key(guild_id), str(role_id or ""))

    async def allows(self, guild_id: int, roles: Collection[int]) -> bool:
        """Say whether somebody who has these roles may manage the watches of a server."""
        return await self.role(guild_id) in roles


def _key(guild_id: int) -> str:
    return f"watch-role:server:{guild_id}"
