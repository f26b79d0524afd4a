"""Where papers are discussed: one place a paper and channel, found again by whoever asks next."""

from __future__ import annotations

from bot.services.flight import SingleFlight
from bot.services.ports import StateStore, Venue


class Discussions:
    """Remembers where a channel's discussions are, and has each opened once."""

    def __init__(self, state: StateStore) -> None:
        """Take where facts are remembered."""
        self._state = state
        self._opening = SingleFlight[str]()

    async def find_or_open(self, channel_id: int, paper_id: int, venue: Venue) -> str:
        """Return the address of a paper's discussion in a channel, as the venue named it.

        Several people who ask at once get the same; one that was deleted is opened anew.
        """
        key = f"discussion:{channel_id}:{paper_id}"

        async def find_or_open() -> str:
            known = await self._state.get_state(key)
            if known is not None and await venue.is_there(known):
                return known
            opened = await venue.open()
            await self._state.set_state(key, opened)
            return opened

        return await self._opening.run(key, find_or_open)
