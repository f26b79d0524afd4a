"""The conversation, loaded when somebody first writes: whoever only gives commands needs none of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.services.answers import Answer

if TYPE_CHECKING:
    from bot.services.conversation.converse import Conversation


class PlainWords:
    """Answers what people write; understanding them takes nine hundred patterns, which take time to load."""

    def __init__(self, load: Callable[[], Conversation]) -> None:
        """Take what loads and makes the conversation, in a thread."""
        self._load = load
        self._conversation: Conversation | None = None
        self._loading = asyncio.Lock()

    async def answer(self, text: str, *, person: int) -> Answer:
        """Answer one message; raises what the services raise, and never stays silent."""
        async with self._loading:
            if self._conversation is None:
                self._conversation = await asyncio.to_thread(self._load)
        return await self._conversation.answer(text, person=person)

    def forget(self, person: int) -> None:
        """Forget what a person was answered last."""
        if self._conversation is not None:
            self._conversation.forget(person)
