"""Finds papers by their titles: whole, as far as typed, or misspelled."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz
from sqlalchemy import Connection, select

from bot.domain.papers import Paper
from bot.domain.search import Suggestion
from bot.storage import codec
from bot.storage.catalogue.number_rows import with_numbers
from bot.storage.catalogue.paper_rows import KEY_LENGTH, every_column, paper_from
from bot.storage.catalogue.planning import TITLE, TITLE_LENGTH
from bot.storage.catalogue.search import read_papers
from bot.storage.columns import among, fetch, to_moment
from bot.storage.names import LAST
from bot.storage.schema import paper_names, papers
from bot.text.folding import title_key
from bot.text.latex import to_unicode
from bot.text.markdown import clean, clip

LONGEST_INPUT = 300
"""Discord's option holds 6,000 characters; no title needs more than these."""

WORDS = 12
SHORTEST_PREFIX = 3
"""A shorter beginning of a word, alone, would read half of the index."""

CANDIDATES = 200
CHOICE_LENGTH = 100
"""Discord's limit for the label of a choice."""

ENOUGH = 60.0
"""How alike, of 100, two titles must be to be offered for each other."""

PART = 90.0
"""How alike a title and some of its words are taken to be."""


def exact(connection: Connection, title: str) -> Paper | None:
    """Return the paper with this title, the most cited and newest of several."""
    key = title_key(title[: 10 * LONGEST_INPUT])
    if not key:
        return None
    query = (
        every_column.where(papers.c.title_key == key[:KEY_LENGTH])
        .order_by(papers.c.citation_count.desc().nulls_last(), papers.c.id.desc())
        .limit(CANDIDATES)
    )
    for row in connection.execute(query):
        if title_key(row.title) == key:
            return with_numbers(connection, [paper_from(row)])[0]
    return _formerly(connection, key)


def _formerly(connection: Connection, key: str) -> Paper | None:
    """Return the newest paper that had, or has elsewhere, this title."""
    named = select(paper_names.c.paper_id).where(
        paper_names.c.kind == TITLE, paper_names.c.value == key[:TITLE_LENGTH]
    )
    query = every_column.where(papers.c.id.in_(named)).order_by(papers.c.id.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else paper_from(row)


def suggest(connection: Connection, typed: str, limit: int) -> tuple[Suggestion, ...]:
    """Return choices for what is typed: titles that begin so first, then titles with its words."""
    key = title_key(typed[:LONGEST_INPUT])
    if not key:
        return _suggestions(connection, _newest(connection, limit))
    ids = _beginning(connection, key, limit)
    if len(ids) < limit:
        ids += [id_ for id_ in _containing(connection, key.split(), limit) if id_ not in ids]
    return _suggestions(connection, ids[:limit])


def nearest(connection: Connection, typed: str, limit: int) -> tuple[Paper, ...]:
    """Return the papers with the most similar titles, out of those that share a word's beginning."""
    key = title_key(typed[:LONGEST_INPUT])
    words = sorted(dict.fromkeys(key.split()), key=len, reverse=True)[:WORDS]
    found: dict[int, None] = {}
    for word in words:
        beginning = word if len(word) <= SHORTEST_PREFIX else word[: max(4, len(word) - 3)]
        expression = f'{{title}} : "{beginning}"' + (" *" if len(word) > SHORTEST_PREFIX else "")
        found |= dict.fromkeys(_matching(connection, expression, CANDIDATES))
    query = select(papers.c.id, papers.c.title).where(among(papers.c.id, list(found)))
    rated = [(_likeness(key, title_key(row.title)), row.id) for row in connection.execute(query)]
    best = sorted((pair for pair in rated if pair[0] >= ENOUGH), reverse=True)[:limit]
    return read_papers(connection, [id_ for _, id_ in best])


def _likeness(typed: str, title: str) -> float:
    """Return how alike, of 100, a typed title and a title are; a part of the title is like it."""
    is_part = set(typed.split()) <= set(title.split())
    return max(PART if is_part else 0.0, fuzz.token_sort_ratio(typed, title))


def _beginning(connection: Connection, key: str, limit: int) -> list[int]:
    low = key[:KEY_LENGTH]
    return [
        row[0] for row in fetch(connection, _BY_BEGINNING, {"low": low, "high": low + LAST, "limit": limit})
    ]


def _containing(connection: Connection, words: Sequence[str], limit: int) -> list[int]:
    """Return the newest papers with all words in the title, the last perhaps unfinished."""
    *whole, last = words[:WORDS]
    parts = [f'"{word}"' for word in whole]
    if len(last) >= SHORTEST_PREFIX or len(words) > WORDS:
        parts.append(f'"{last}" *')
    if not parts:
        return []
    return _matching(connection, " AND ".join(f"({{title}} : {part})" for part in parts), limit)


def _matching(connection: Connection, expression: str, limit: int) -> list[int]:
    return [row[0] for row in fetch(connection, _BY_WORDS, {"match": expression, "limit": limit})]


def _newest(connection: Connection, limit: int) -> list[int]:
    newest = "SELECT id FROM papers ORDER BY id DESC LIMIT :limit"
    return [row[0] for row in fetch(connection, newest, {"limit": limit})]


def _suggestions(connection: Connection, ids: Sequence[int]) -> tuple[Suggestion, ...]:
    rows = {row[0]: row[1:] for row in fetch(connection, _LABELLED, {"ids": codec.encode(ids)})}
    choices = (_suggestion(*rows[id_]) for id_ in ids if id_ in rows)
    return tuple({choice.value: choice for choice in choices if choice is not None}.values())


def _suggestion(value: str | None, title: str, dated_at: int | None) -> Suggestion | None:
    title = clean(to_unicode(title))
    if not title or value is None or len(value) > CHOICE_LENGTH:
        return None
    dated = to_moment(dated_at)
    year = f" ({dated.year})" if dated else ""
    return Suggestion(label=clip(title, CHOICE_LENGTH - len(year)) + year, value=value)


_BY_BEGINNING = "SELECT id FROM papers WHERE title_key >= :low AND title_key < :high LIMIT :limit"
_BY_WORDS = "SELECT rowid FROM papers_index WHERE papers_index MATCH :match ORDER BY rowid DESC LIMIT :limit"
_LABELLED = (
    "SELECT id, coalesce(arxiv_id, doi, openalex_id), title, dated_at FROM papers"
    " WHERE id IN (SELECT value FROM json_each(:ids))"
)
