"""What is read from a file of records, and how far it was read."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Which records of a file are wanted; years, both included, are those of the first version."""

    categories: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None


EVERYTHING = Narrowing()


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line that is no record; numbers count from 1."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """How far a file was read: whole lines and their bytes once unpacked, and these bytes' digest.

    `imported`, `new` and `bad` count the records so far: stored, not known before, no records.
    """

    lines: int = 0
    position: int = 0
    digest: str = ""
    imported: int = 0
    new: int = 0
    bad: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The records of some lines; `bytes_read` is the place in the file as it lies on the disk."""

    papers: tuple[Paper, ...]
    bad: tuple[BadLine, ...]
    lines: int
    position: int
    digest: str
    bytes_read: int
