"""What people ask of watches: a new one, or a change of one setting."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.watches import Filters, Manner, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Who wants a watch, where and how, and what must hold besides the criterion, as it was written.

    `preview` asks only to look: nothing is created.
    """

    owner: int
    place: Place
    category: str = ""
    topic: str = ""
    exclude: str = ""
    filters: Filters = field(default_factory=Filters)
    manner: Manner = field(default_factory=Manner)
    preview: bool = False


class Setting(StrEnum):
    """What can be changed of a watch."""

    EVERY = "every"
    MOST = "most"
    ROLE = "role"
    THREAD = "thread"
    CATEGORY = "category"
    PRIMARY = "primary"
    TOPIC = "topic"
    EXCLUDE = "exclude"
    CODE = "code"
    SCORE = "score"
    NOVELTY = "novelty"
    UNSCORED = "unscored"
    VERSIONS = "versions"
    STRICT = "strict"
    THRESHOLD = "threshold"


ON, OFF = "on", "off"
"""The values of settings that are either."""
