"""Finds authors by what is typed of their names, and by names that are misspelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, Connection, Row, select

from bot.domain.authors import Author
from bot.domain.categories import category_name
from bot.domain.identifiers import OpenAlexId
from bot.domain.search import Suggestion
from bot.storage import codec
from bot.storage.columns import among, fetch
from bot.storage.names import LAST, TEXT_LENGTH, TOP_TIER
from bot.storage.schema import authors
from bot.text.markdown import clean, clip
from bot.text.names import name_key

LONGEST_INPUT = 200
CHOICE_LENGTH = 100
"""Discord's limit for the label and the value of a choice."""

READ = 32
MOST_READ = 128
"""Index entries read for a list of choices: namesakes and other turns of a name are left out, and where
too few are left, more are read."""

SCANNED = 400
"""Index entries looked at where the typed words don't follow each other in the name."""

MOST_WORDS = 4
"""Of more words than these, the rest is only looked at in what was found."""

CHECKED = 400
"""Index entries read for each beginning that a misspelled name may have."""

ENOUGH = 70.0
"""How alike, of 100, two names must be to be offered for each other."""

_INITIAL = 80.0

every_column = select(*authors.c)


class Found(NamedTuple):
    """An author as the name index finds it."""

    id: int
    openalex_id: str | None
    name: str
    name_key: str
    paper_count: int
    primary_category: str | None


def names_from(connection: Connection, key: str, limit: int) -> list[Found]:
    """Return those whose names begin so when turned, the most published first."""
    return _beginning(connection, key, limit)


def names_where(connection: Connection, condition: ColumnElement[bool]) -> list[Found]:
    """Return the names as such, and the profiles, that satisfy a condition."""
    query = select(
        authors.c.id,
        authors.c.openalex_id,
        authors.c.name,
        authors.c.name_key,
        authors.c.paper_count,
        authors.c.primary_category,
    ).where(condition)
    return [Found(*row) for row in connection.execute(query)]


def author_from(row: Row[Any]) -> Author:
    """Return the author of a row with every column of the table."""
    if row.profile is None:
        return Author(
            id=row.id,
            name=row.name,
            openalex_id=OpenAlexId(row.openalex_id) if row.openalex_id else None,
            primary_category=row.primary_category,
        )
    author = codec.decode_author(row.profile)
    return replace(author, id=row.id, primary_category=author.primary_category or row.primary_category)


def suggest(connection: Connection, typed: str, limit: int) -> tuple[Suggestion, ...]:
    """Return choices by any part of a name, the most published first."""
    key = name_key(typed[:LONGEST_INPUT])
    if typed.endswith(" ") and key:
        key += " "
    for read in (READ, MOST_READ):
        rows = _beginning(connection, key, read)
        is_all = len(rows) < read
        if len(rows) < limit and " " in key.strip():
            rows += _scattered(connection, key.split())
        choices = _choices(rows, limit)
        if is_all or len(choices) == limit:
            break
    return choices


def _choices(rows: Sequence[Found], limit: int) -> tuple[Suggestion, ...]:
    known = {row.name_key for row in rows if row.openalex_id is not None}
    choices: dict[str, Suggestion] = {}
    for row in sorted(dict.fromkeys(rows), key=_most_published):
        # A bare name beside a profile of that name is most likely the same person.
        choice = _suggestion(row) if row.openalex_id is not None or row.name_key not in known else None
        if choice is not None:
            choices.setdefault(choice.value, choice)
        if len(choices) == limit:
            break
    return tuple(choices.values())


def nearest(connection: Connection, typed: str, limit: int) -> tuple[Author, ...]:
    """Return the authors with the most similar names, out of those that begin alike."""
    key = name_key(typed[:LONGEST_INPUT])
    found: dict[int, Found] = {}
    for beginning in _beginnings(key.split()[:6]):
        found |= {row.id: row for row in _beginning(connection, beginning, CHECKED)}
    rated = [(_likeness(key, row.name_key), row.paper_count, row.id) for row in found.values()]
    best = [id_ for score, _, id_ in sorted(rated, reverse=True) if score >= ENOUGH][:limit]
    rows = {row.id: row for row in connection.execute(every_column.where(among(authors.c.id, best)))}
    return tuple(author_from(rows[id_]) for id_ in best if id_ in rows)


def _likeness(typed: str, name: str) -> float:
    """Return how well, of 100, every typed word is found among a name's words."""
    words, names = typed.split(), name.split()
    return sum(max(_alike(word, other) for other in names) for word in words) / max(len(words), 1)


def _alike(typed: str, word: str) -> float:
    """Return how well a typed word stands for a word of a name; an initial does."""
    return _INITIAL if len(typed) == 1 and word[:1] == typed else fuzz.ratio(typed, word)


def _beginnings(words: Sequence[str]) -> list[str]:
    """Return beginnings that a misspelled name may share with the right one, each word first."""
    found = []
    for place, word in enumerate(words):
        rest = words[(place + 1) % len(words)]
        if len(words) > 1:
            found += [f"{word} {rest[:2]}", f"{word} {rest[:1]}", f"{word[:3]}"]
        found += [word[:length] for length in (len(word), len(word) - 2, 4, 3, 2) if length > 1]
    return list(dict.fromkeys(found))


def _beginning(connection: Connection, key: str, limit: int) -> list[Found]:
    beginning = key[:TEXT_LENGTH]
    values = {"low": beginning, "high": beginning + LAST, "limit": limit}
    rows = [Found._make(row) for row in fetch(connection, _BY_BEGINNING, values)]
    if len(key) <= TEXT_LENGTH:
        return rows
    words = key.split()
    return [row for row in rows if _holds(row.name_key, words)]


def _scattered(connection: Connection, words: Sequence[str]) -> list[Found]:
    """Return people whose names have all words in any order, out of those with the longest one."""
    longest, *others = sorted(dict.fromkeys(words), key=len, reverse=True)
    values = {"low": longest[:TEXT_LENGTH], "high": longest[:TEXT_LENGTH] + LAST, "limit": SCANNED}
    values |= {f"word{n}": f"% {other}%" for n, other in enumerate(others[:MOST_WORDS])}
    rows = [Found(*row) for row in fetch(connection, _SCATTERED[len(others[:MOST_WORDS])], values)]
    return [row for row in rows if _holds(row.name_key, words)]


def _holds(name: str, words: Sequence[str]) -> bool:
    """Say whether each word begins some word of the name."""
    padded = f" {name}"
    return all(f" {word}" in padded for word in words)


def _most_published(row: Found) -> tuple[int, str]:
    return -row.paper_count, row.name_key


def _suggestion(row: Found) -> Suggestion | None:
    name = clean(row.name)
    value = row.openalex_id or row.name
    if not name or len(value) > CHOICE_LENGTH:
        return None
    field = f" · {category_name(row.primary_category)}" if row.primary_category else ""
    unit = "paper" if row.paper_count == 1 else "papers"
    count = f" · {row.paper_count:,} {unit}" if row.paper_count else ""
    room = CHOICE_LENGTH - len(field) - len(count)
    return Suggestion(label=clip(name, max(room, 20)) + field + count, value=value)


# One statement for all tiers: the outer loop goes from the most published down and stops at the limit.
_TIERS = ", ".join(f"({tier})" for tier in range(TOP_TIER, -1, -1))
_INDEXED = (
    f"FROM (VALUES {_TIERS}) AS t CROSS JOIN name_index AS n ON n.tier = t.column1"
    " AND n.text >= :low AND n.text < :high"
)
_FOUND = "SELECT a.id, a.openalex_id, a.name, a.name_key, a.paper_count, a.primary_category"
_BY_BEGINNING = f"{_FOUND} {_INDEXED} CROSS JOIN authors AS a ON a.id = n.author_id LIMIT :limit"
# What the index holds of a name is looked at before the author's row is; a cut one may hold more.
_SCATTERED = tuple(
    f"{_FOUND} FROM (SELECT n.text, n.author_id {_INDEXED} LIMIT :limit) AS n"
    f" CROSS JOIN authors AS a ON a.id = n.author_id WHERE length(n.text) = {TEXT_LENGTH} OR (TRUE"
    + "".join(f" AND ' ' || n.text LIKE :word{word}" for word in range(words))
    + f") LIMIT {READ}"
    for words in range(MOST_WORDS + 1)
)
