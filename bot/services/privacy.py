"""A person's own data: handed out, or deleted."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.privacy import PersonalData
from bot.services.ports import PrivacyStore


class Privacy:
    """Answers for everything that is stored about one person."""

    def __init__(self, *, store: PrivacyStore, forget_talk: Callable[[int], None]) -> None:
        """Take the store, and what forgets a person's last answer, which is in memory alone."""
        self._store = store
        self._forget_talk = forget_talk

    async def export(self, person: int) -> PersonalData:
        """Return everything that is stored about a person."""
        return await self._store.export_person(person)

    async def forget(self, person: int) -> None:
        """Delete everything that is stored about a person."""
        self._forget_talk(person)
        await self._store.forget_person(person)
