"""What the bot said in the simulated Discord where everybody there can see it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import simcord

from playground.server import Spot

_KEPT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A message of the bot: where it stands and what it is about."""

    number: int
    at: datetime
    spot: str
    place: str
    text: str
    is_answer: bool


class Diary:
    """The bot's last messages, the oldest first."""

    def __init__(self, env: simcord.Env) -> None:
        """Begin with none, in a started environment."""
        self._env = env
        self._seen: dict[int, int] = {}
        self._count = 0
        self.happenings: deque[Happening] = deque(maxlen=_KEPT)

    def look_around(self, spots: Iterable[Spot]) -> None:
        """Write down the bot's new messages that everybody there can see."""
        bot_id = self._env.backend.bot_user.id
        for spot in spots:
            messages = self._env.backend.messages.get(spot.channel.id, {})
            newest = max(messages, default=0)
            seen = self._seen.get(spot.channel.id, 0)
            for number in sorted(number for number in messages if number > seen) if newest > seen else ():
                message = messages[number]
                if message.author_id == bot_id and not message.is_ephemeral:
                    title = next((embed["title"] for embed in message.embeds if embed.get("title")), "")
                    self._note(spot, title or message.content, bool(message.interaction_metadata))
            self._seen[spot.channel.id] = newest

    def _note(self, spot: Spot, text: str, is_answer: bool) -> None:
        self._count += 1
        self.happenings.append(
            Happening(
                number=self._count,
                at=self._env.now(),
                spot=spot.key,
                place=spot.name,
                text=text.replace("\\", ""),
                is_answer=is_answer or spot.channel.guild is None,
            )
        )
