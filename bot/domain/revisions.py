"""What becomes different of a paper after it was announced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.deliveries import Announcement


class Change(StrEnum):
    """A difference that a reader of an announcement notices; their order is that of a sentence."""

    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    TITLE = "title"
    AUTHORS = "authors"
    ABSTRACT = "abstract"
    PUBLISHED = "published"


class Telling(StrEnum):
    """How a place is told of changes: its message is edited, or edited and answered as well."""

    EDIT = "edit"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a paper's newest version, or its publication, changed; nothing where nobody would notice.

    `former_title` is the one that was announced, empty where the title stayed.
    """

    version: int
    changes: tuple[Change, ...] = ()
    former_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisedMessage:
    """A sent message that is to be brought up to date, and answered where its place wants that.

    `revisions` are the last ones that a reader notices, by the papers' ids, and `fresh` the papers
    whose place has not been told. `id` is the same at every try.
    """

    id: int
    announcement: Announcement
    message_id: int
    revisions: Mapping[int, Revision]
    fresh: tuple[int, ...]
    is_answered: bool
    claimed_at: datetime
    attempts: int = 0

    @property
    def nonce(self) -> str:
        """A nonce of the answer that is the same at every try, within Discord's 25 characters."""
        return f"hoopoe-v{self.id}"
