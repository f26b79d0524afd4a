"""The reading list of a server, or of a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.papers import Paper


class ShelfKind(StrEnum):
    """Whose reading list it is."""

    SERVER = "server"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A reading list: a server's, by the server's id, or a person's own, by the person's."""

    kind: ShelfKind
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """What one person did with a paper of a reading list: saved it, or votes for it, or both."""

    shelf: Shelf
    paper: Paper
    saved: bool
    voted: bool
