"""A person's own data: handed out, or deleted."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.privacy import PersonalData
from bot.domain.watches import Place, PlaceKind
from bot.services.announcing.lanes import HeldBack
from bot.services.ports import PrivacyStore


class Privacy:
    """Answers for everything that is stored about one person."""

    def __init__(
        self, *, store: PrivacyStore, forget_talk: Callable[[int], None], held_back: HeldBack
    ) -> None:
        """Take the store, what forgets a person's last answer, which is in memory alone, and what keeps
        back what would be sent to them."""
        self._store = store
        self._held_back = held_back
        self._forget_talk = forget_talk

    async def export(self, person: int) -> PersonalData:
        """Return everything that is stored about a person."""
        return await self._store.export_person(person)

    async def forget(self, person: int) -> None:
        """Delete everything that is stored about a person."""
        self._forget_talk(person)
        async with self._held_back(Place(kind=PlaceKind.DIRECT, id=person)):
            await self._store.forget_person(person)
