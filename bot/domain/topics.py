"""A topic as a tree of conditions on a paper's text; `bot.text.topics` reads and writes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """Where a term is looked for."""

    ANY = ""
    TITLE = "ti"
    ABSTRACT = "abs"
    AUTHORS = "au"


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row, folded: one for a word, several for a phrase; `prefix` opens the last."""

    words: tuple[str, ...]
    field: Field = Field.ANY
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: Topic


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold."""

    parts: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple[Topic, ...]


Topic = Term | Not | And | Or
