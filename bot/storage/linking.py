"""Links papers to their authors: profiles by identity, everybody else by the printed name.

Rows go to the driver as tuples, and what needs no database runs in a thread: a mailing brings
thousands of names while people wait for the event loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.papers import Authorship, Paper
from bot.storage.columns import among, many
from bot.storage.names import tier_of, turned
from bot.storage.schema import author_ids, author_keys, authors, authorships, name_index
from bot.text.names import name_key

Identity = str
"""The OpenAlex id of a person a source vouches for, which has a capital; else the folded name."""


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
    tier_before: int | None = None
    keys_before: frozenset[str] = frozenset()

    @property
    def tier(self) -> int | None:
        """The tier of the name index this author stands in, None for a name without papers."""
        return tier_of(self.counted) if self.counted or self.openalex_id is not None else None

    def remember(self) -> None:
        """Note how the author is indexed now, before anything changes."""
        self.tier_before, self.keys_before = self.tier, frozenset(self.keys)

    def add(self, change: int) -> None:
        """Count papers in or out; a source's larger count stands."""
        given = self.counted if self.counted > self.linked else 0
        self.linked += change
        self.counted = max(self.linked, given)


@dataclass(slots=True)
class Job:
    """Papers that lose and get links, each with its authors, and how these are printed."""

    gone: list[tuple[Paper, tuple[Identity, ...]]] = field(default_factory=list)
    come: list[tuple[Paper, tuple[Identity, ...]]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    people: dict[str, dict[str, None]] = field(default_factory=dict)

    def collect(self, added: Sequence[Paper], changed: Sequence[tuple[Paper, Paper]]) -> None:
        """Take in new papers, and those of the pairs whose authors changed."""
        self.come += [(paper, self._identities(paper)) for paper in added]
        for old, new in changed:
            if [identity_of(author) for author in old.authors] != [identity_of(a) for a in new.authors]:
                self.gone.append((old, self._identities(old)))
                self.come.append((new, self._identities(new)))

    def rename(self, current: Mapping[Identity, Identity]) -> None:
        """Put the ids that people have now in the place of former ones."""
        for former, now in current.items():
            self.people.setdefault(now, {}).update(self.people.pop(former))
        if current:
            for links in (self.gone, self.come):
                links[:] = [
                    (paper, tuple(dict.fromkeys(current.get(person, person) for person in people)))
                    for paper, people in links
                ]

    def _identities(self, paper: Paper) -> tuple[Identity, ...]:
        found: dict[Identity, None] = {}
        for author in paper.authors:
            identity = identity_of(author)
            found[identity] = None
            if author.openalex_id is None:
                self.names.setdefault(identity, author.name)
            else:
                self.people.setdefault(identity, {})[author.name] = None
        return tuple(found)


def identity_of(author: Authorship) -> Identity:
    """Return what an authorship is linked by."""
    if author.openalex_id is not None:
        return author.openalex_id.value
    return name_key(author.name) or author.name


async def link(
    connection: AsyncConnection, added: Sequence[Paper], changed: Sequence[tuple[Paper, Paper]]
) -> None:
    """Link new papers, and those whose authors changed from the first to the second of a pair."""
    job = Job()
    await asyncio.to_thread(job.collect, added, changed)
    if not job.come and not job.gone:
        return
    if job.people:
        job.rename(await _current_ids(connection, list(job.people)))
    known: list[Entry] = []
    if job.names:
        by_name = authors.c.openalex_id.is_(None) & among(authors.c.name_key, list(job.names))
        known += await entries_of(connection, by_name)
    if job.people:
        known += await entries_of(connection, among(authors.c.openalex_id, list(job.people)))
    free = await next_author_id(connection)
    entries, rows = await asyncio.to_thread(_settle, job, known, free)
    if job.gone:
        ids = [paper.id for paper, _ in job.gone]
        await connection.execute(delete(authorships).where(among(authorships.c.paper_id, ids)))
    await save_entries(connection, entries)
    await many(connection, _add_authorship, rows)


async def _current_ids(connection: AsyncConnection, ids: Sequence[Identity]) -> dict[Identity, Identity]:
    """Return what ids that a source has merged into others are now."""
    query = (
        select(author_ids.c.openalex_id, authors.c.openalex_id.label("now"))
        .join(authors, authors.c.id == author_ids.c.author_id)
        .where(among(author_ids.c.openalex_id, ids))
    )
    return {row.openalex_id: row.now for row in (await connection.execute(query)).all()}


async def save_entries(connection: AsyncConnection, entries: Iterable[Entry]) -> None:
    """Write authors' rows, with their names in the indexes."""
    new, known, keys, gone, come = await asyncio.to_thread(_rows, list(entries))
    await many(connection, _add_author, new)
    await many(connection, _count, known)
    await many(connection, _add_key, keys)
    await many(connection, _drop_name, gone)
    await many(connection, _add_name, come)


async def next_author_id(connection: AsyncConnection) -> int:
    """Return the first free id; rows of authors are never deleted."""
    return ((await connection.execute(select(func.max(authors.c.id)))).scalar() or 0) + 1


async def entries_of(connection: AsyncConnection, condition: Any) -> list[Entry]:
    """Return the authors that satisfy a condition, with their keys."""
    found = (await connection.execute(_columns.where(condition))).all()
    entries = {row.id: _entry(row) for row in found}
    profiles = [entry.id for entry in entries.values() if entry.openalex_id is not None]
    if profiles:
        query = select(author_keys).where(among(author_keys.c.author_id, profiles))
        for row in (await connection.execute(query)).all():
            entries[row.author_id].keys.add(row.key)
    for entry in entries.values():
        entry.remember()
    return list(entries.values())


def _entry(row: Any) -> Entry:
    return Entry(
        id=row.id,
        openalex_id=row.openalex_id,
        name=row.name,
        key=row.name_key,
        linked=row.linked_count,
        counted=row.paper_count,
        category=row.primary_category,
        keys={row.name_key},
    )


def _settle(
    job: Job, known: Sequence[Entry], free: int
) -> tuple[Iterable[Entry], list[tuple[int, int | None, int]]]:
    """Count every author's papers, new authors under fresh ids; return them with the new links."""
    entries = {entry.openalex_id or entry.key: entry for entry in known}
    for key, name in job.names.items():
        if key not in entries:
            entries[key] = Entry(free, None, name, key, keys={key}, is_new=True)
            free += 1
    for openalex_id, forms in job.people.items():
        entry = entries.get(openalex_id)
        if entry is None:
            name = next(iter(forms))
            entry = Entry(free, openalex_id, name, name_key(name) or name, is_new=True)
            entries[openalex_id] = entry
            free += 1
        entry.keys.update(name_key(form) or form for form in forms)
    for _, people in job.gone:
        for identity in people:
            entries[identity].add(-1)
    for paper, people in job.come:
        for identity in people:
            entry = entries[identity]
            entry.add(1)
            entry.category = entry.category or paper.primary_category
    links = [
        (entries[identity].id, paper.id, position)
        for paper, people in job.come
        for position, identity in enumerate(people)
    ]
    return entries.values(), sorted(links)


Rows = list[tuple[Any, ...]]


def _rows(entries: Sequence[Entry]) -> tuple[Rows, Rows, Rows, Rows, Rows]:
    """Return new authors, counts of known ones, keys of profiles, and names that leave and enter."""
    new: Rows = []
    known: Rows = []
    keys: Rows = []
    gone: Rows = []
    come: Rows = []
    for entry in entries:
        if entry.is_new:
            row = (entry.id, entry.openalex_id, None, entry.name, entry.key, entry.linked, entry.counted)
            new.append((*row, entry.category, None))
        else:
            known.append((entry.linked, entry.counted, entry.category, entry.id))
        if entry.openalex_id is not None:
            keys += [(key, entry.id) for key in entry.keys - entry.keys_before]
        if entry.tier != entry.tier_before or entry.keys != entry.keys_before:
            leaving, entering = _moved(entry)
            gone += [(entry.tier_before, text, entry.id) for text in leaving]
            come += [(entry.tier, text, entry.id) for text in entering]
    return new, known, keys, sorted(gone), sorted(come)


def _moved(entry: Entry) -> tuple[set[str], set[str]]:
    """Return the texts that leave the old tier and those that enter the new one."""
    now = _indexed(entry.keys)
    # Mostly the same name moves to another tier, and is turned only once for that.
    before = now if entry.keys == entry.keys_before else _indexed(entry.keys_before)
    if entry.tier == entry.tier_before:
        return before - now, now - before
    return before if entry.tier_before is not None else set(), now if entry.tier is not None else set()


def _indexed(keys: Iterable[str]) -> set[str]:
    return {text for key in keys for text in turned(key)}


_columns = select(
    authors.c.id,
    authors.c.openalex_id,
    authors.c.name,
    authors.c.name_key,
    authors.c.linked_count,
    authors.c.paper_count,
    authors.c.primary_category,
)
_add_author = insert(authors)
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
_add_name = insert(name_index)
_drop_name = delete(name_index).where(
    name_index.c.tier == bindparam("t"),
    name_index.c.text == bindparam("x"),
    name_index.c.author_id == bindparam("a"),
)
_add_authorship = insert(authorships)
