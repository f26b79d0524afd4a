"""Links papers to their authors: profiles by identity, everybody else by the printed name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.papers import Authorship, Paper
from bot.storage.columns import among
from bot.storage.names import tier_of, turned
from bot.storage.schema import author_keys, authors, authorships, name_index
from bot.text.names import name_key

Identity = tuple[str, str]
"""`("id", OpenAlex id)` for a person a source vouches for, else `("name", folded name)`."""


@dataclass(slots=True)
class Entry:
    """An author's row while papers are linked to it; `keys` are the names it is indexed under."""

    id: int
    openalex_id: str | None
    name: str
    key: str
    linked: int = 0
    counted: int = 0
    category: str | None = None
    keys: set[str] = field(default_factory=set)
    is_new: bool = False
    was_indexed: frozenset[tuple[int, str]] = frozenset()

    def indexed(self) -> frozenset[tuple[int, str]]:
        """Return the entries this author has in the name index."""
        if not self.counted and self.openalex_id is None:
            return frozenset()
        tier = tier_of(self.counted)
        return frozenset((tier, text) for key in self.keys for text in turned(key))

    def add(self, change: int) -> None:
        """Count papers in or out; a source's larger count stands."""
        given = self.counted if self.counted > self.linked else 0
        self.linked += change
        self.counted = max(self.linked, given)


def identity_of(author: Authorship) -> Identity:
    """Return what an authorship is linked by."""
    if author.openalex_id is not None:
        return ("id", author.openalex_id.value)
    return ("name", name_key(author.name) or author.name)


def identities_of(paper: Paper) -> tuple[Identity, ...]:
    """Return the authors of a paper, each once, in order."""
    return tuple(dict.fromkeys(identity_of(author) for author in paper.authors))


async def link(
    connection: AsyncConnection, added: Sequence[Paper], changed: Sequence[tuple[Paper, Paper]]
) -> None:
    """Link new papers, and those whose authors changed from the first to the second of a pair."""
    moved = [(old, new) for old, new in changed if identities_of(old) != identities_of(new)]
    gone = [old for old, _ in moved]
    come = [*added, *(new for _, new in moved)]
    if not gone and not come:
        return
    entries = await _entries(connection, [*gone, *come])
    for paper in gone:
        for identity in identities_of(paper):
            entries[identity].add(-1)
    for paper in come:
        for identity in identities_of(paper):
            entry = entries[identity]
            entry.add(1)
            entry.category = entry.category or paper.primary_category
    if gone:
        ids = [paper.id for paper in gone]
        await connection.execute(delete(authorships).where(among(authorships.c.paper_id, ids)))
    await save_entries(connection, entries.values())
    rows = [
        {"author_id": entries[identity].id, "paper_id": paper.id, "position": position}
        for paper in come
        for position, identity in enumerate(identities_of(paper))
    ]
    if rows:
        await connection.execute(insert(authorships), sorted(rows, key=_by_author))


async def save_entries(connection: AsyncConnection, entries: Iterable[Entry]) -> None:
    """Write authors' rows, with their names in the indexes."""
    entries = list(entries)
    new = [entry for entry in entries if entry.is_new]
    if new:
        await connection.execute(insert(authors), [_row(entry) for entry in new])
    known = [entry for entry in entries if not entry.is_new]
    if known:
        await connection.execute(_count, [_counts(entry) for entry in known])
    keys = [
        {"key": key, "author_id": entry.id}
        for entry in entries
        if entry.openalex_id is not None
        for key in entry.keys
    ]
    if keys:
        await connection.execute(_add_key, keys)
    await _reindex(connection, entries)


async def next_author_id(connection: AsyncConnection) -> int:
    """Return the first free id; rows of authors are never deleted."""
    return ((await connection.execute(select(func.max(authors.c.id)))).scalar() or 0) + 1


async def entries_of(connection: AsyncConnection, condition: Any) -> list[Entry]:
    """Return the authors that satisfy a condition, with their keys."""
    found = (await connection.execute(_columns.where(condition))).all()
    entries = {
        row.id: Entry(
            id=row.id,
            openalex_id=row.openalex_id,
            name=row.name,
            key=row.name_key,
            linked=row.linked_count,
            counted=row.paper_count,
            category=row.primary_category,
            keys={row.name_key},
        )
        for row in found
    }
    profiles = [entry.id for entry in entries.values() if entry.openalex_id is not None]
    if profiles:
        query = select(author_keys).where(among(author_keys.c.author_id, profiles))
        for row in (await connection.execute(query)).all():
            entries[row.author_id].keys.add(row.key)
    for entry in entries.values():
        entry.was_indexed = entry.indexed()
    return list(entries.values())


async def _entries(connection: AsyncConnection, papers: Sequence[Paper]) -> dict[Identity, Entry]:
    """Return every author of these papers, those not yet stored with a fresh id."""
    printed: dict[Identity, Counter[str]] = {}
    for paper in papers:
        for author in paper.authors:
            printed.setdefault(identity_of(author), Counter())[author.name] += 1
    entries: dict[Identity, Entry] = {}
    names = [value for kind, value in printed if kind == "name"]
    if names:
        condition = authors.c.openalex_id.is_(None) & among(authors.c.name_key, names)
        entries |= {("name", entry.key): entry for entry in await entries_of(connection, condition)}
    ids = [value for kind, value in printed if kind == "id"]
    if ids:
        found = await entries_of(connection, among(authors.c.openalex_id, ids))
        entries |= {("id", entry.openalex_id or ""): entry for entry in found}
    free = await next_author_id(connection)
    for identity, forms in printed.items():
        entry = entries.get(identity)
        if entry is None:
            kind, value = identity
            name = forms.most_common(1)[0][0]
            key = name_key(name) or name
            entry = Entry(free, value if kind == "id" else None, name, key, is_new=True)
            free += 1
            entries[identity] = entry
        entry.keys.update(name_key(form) or form for form in forms)
    return entries


async def _reindex(connection: AsyncConnection, entries: Sequence[Entry]) -> None:
    gone, come = [], []
    for entry in entries:
        now = entry.indexed()
        gone += [(tier, text, entry.id) for tier, text in entry.was_indexed - now]
        come += [(tier, text, entry.id) for tier, text in now - entry.was_indexed]
    if gone:
        await connection.execute(_drop_name, [{"t": t, "x": text, "a": a} for t, text, a in sorted(gone)])
    if come:
        rows = [{"tier": tier, "text": text, "author_id": id_} for tier, text, id_ in sorted(come)]
        await connection.execute(insert(name_index), rows)


def _by_author(row: Mapping[str, Any]) -> tuple[int, int]:
    return row["author_id"], row["paper_id"]


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "openalex_id": entry.openalex_id,
        "name": entry.name,
        "name_key": entry.key,
        "linked_count": entry.linked,
        "paper_count": entry.counted,
        "primary_category": entry.category,
    }


def _counts(entry: Entry) -> dict[str, Any]:
    return {"of": entry.id, "linked": entry.linked, "counted": entry.counted, "category": entry.category}


_columns = select(
    authors.c.id,
    authors.c.openalex_id,
    authors.c.name,
    authors.c.name_key,
    authors.c.linked_count,
    authors.c.paper_count,
    authors.c.primary_category,
)
_count = (
    update(authors)
    .where(authors.c.id == bindparam("of"))
    .values(
        linked_count=bindparam("linked"),
        paper_count=bindparam("counted"),
        primary_category=bindparam("category"),
    )
)
_add_key = upsert(author_keys).on_conflict_do_nothing()
_drop_name = delete(name_index).where(
    name_index.c.tier == bindparam("t"),
    name_index.c.text == bindparam("x"),
    name_index.c.author_id == bindparam("a"),
)
