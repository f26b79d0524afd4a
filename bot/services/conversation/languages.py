"""The language that each person was last heard in."""

from __future__ import annotations

import asyncio

from bot.domain.privacy import language_key
from bot.services.ports import StateStore
from bot.text.tongues import is_plainly_german
from bot.words import ENGLISH, GERMAN, language_of


class Languages:
    """Remembers people's languages for what is not said in answer to an interaction."""

    def __init__(self, state: StateStore) -> None:
        """Take where facts are remembered."""
        self._state = state

    async def of(self, person: int) -> str:
        """Return a person's language, English where nothing is known."""
        return await self._state.get_state(language_key(person)) or ENGLISH

    async def of_message(self, text: str, person: int) -> str:
        """Return the language of a person's words; where these don't tell, the one last heard."""
        return GERMAN if await asyncio.to_thread(_is_german, text) else await self.of(person)

    async def remember(self, person: int, locale: str) -> None:
        """Keep the language of a person's Discord, if it is another than before."""
        spoken = language_of(locale)
        if spoken != await self.of(person):
            await self._state.set_state(language_key(person), spoken)


def _is_german(text: str) -> bool:
    # Loaded with the first words of anybody: its patterns take a while.
    from bot.services.conversation.german import in_english

    return bool(in_english(text)) or is_plainly_german(text)
