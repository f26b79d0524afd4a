"""The language that each person was last heard in."""

from __future__ import annotations

from bot.domain.privacy import language_key
from bot.services.ports import StateStore
from bot.words import ENGLISH, language_of


class Languages:
    """Remembers people's languages for what is not said in answer to an interaction."""

    def __init__(self, state: StateStore) -> None:
        """Take where facts are remembered."""
        self._state = state

    async def of(self, person: int) -> str:
        """Return a person's language, English where nothing is known."""
        return await self._state.get_state(language_key(person)) or ENGLISH

    async def remember(self, person: int, locale: str) -> None:
        """Keep the language of a person's Discord, if it is another than before."""
        spoken = language_of(locale)
        if spoken != await self.of(person):
            await self._state.set_state(language_key(person), spoken)
