"""What is stored about one person."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.authors import Author
from bot.domain.library import Shelved
from bot.domain.schedule import Hours
from bot.domain.watches import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """Everything that is stored under a person's id.

    `watches` are those they made, wherever they announce; `choices` whom they mean by an ambiguous
    name; `shelved` what they saved or vote for; `hours` their own settings, None where they set none;
    `language` the one they were last heard in, None where they never were.
    """

    person_id: int
    watches: tuple[Watch, ...]
    choices: tuple[tuple[str, Author], ...]
    shelved: tuple[Shelved, ...]
    hours: Hours | None
    language: str | None = None


def language_key(person_id: int) -> str:
    """Return under which key a person's language is remembered."""
    return f"language:{person_id}"
