"""Authors' rows while papers are linked to them, with their names in the indexes.

An import would move nearly every name that it meets from tier to tier of the index behind
autocomplete, over and over: half of all work. So it may leave bare names where they stand. Which
these are, and where they stand, is written down in the same transaction, and they are moved later;
who saves such a name in the usual way moves it along.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, func, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import codec
from bot.storage.columns import among, many
from bot.storage.names import tier_of, turned
from bot.storage.schema import author_keys, authors, misplaced_names, name_index

Rows = list[tuple[Any, ...]]


class Entry(msgspec.Struct):
    """An author's row while papers are linked to it; `keys` are the names it is indexed under.

    `tier_before` and `keys_before` say how it stands in the index of names; `is_misplaced`, that
    this is written down as not being its place.
    """

    id: int
    openalex_id: str | None
    name: str
    key: str
    linked: int = 0
    counted: int = 0
    category: str | None = None
    keys: set[str] = msgspec.field(default_factory=set)
    is_new: bool = False
    is_misplaced: bool = False
    tier_before: int | None = None
    keys_before: frozenset[str] = frozenset()

    @property
    def tier(self) -> int | None:
        """The tier of the name index this author belongs in, None for a name without papers."""
        return tier_of(self.counted) if self.counted or self.openalex_id is not None else None

    def add(self, change: int) -> None:
        """Count papers in or out; a source's larger count stands."""
        given = self.counted if self.counted > self.linked else 0
        self.linked += change
        self.counted = max(self.linked, given)


async def next_author_id(connection: AsyncConnection) -> int:
    """Return the first free id; rows of authors are never deleted."""
    return ((await connection.execute(select(func.max(authors.c.id)))).scalar() or 0) + 1


async def entries_of(connection: AsyncConnection, condition: Any) -> list[Entry]:
    """Return the authors that satisfy a condition, with their keys."""
    found = (await connection.execute(_columns.where(condition))).all()
    entries = await asyncio.to_thread(_read, found)
    profiles = [entry for entry in entries if entry.openalex_id is not None]
    if profiles:
        by_id = {entry.id: entry for entry in profiles}
        query = select(author_keys).where(among(author_keys.c.author_id, list(by_id)))
        for row in (await connection.execute(query)).all():
            by_id[row.author_id].keys.add(row.key)
        for entry in profiles:
            entry.keys_before = frozenset(entry.keys)
    return entries


async def save_entries(
    connection: AsyncConnection, entries: Iterable[Entry], *, in_bulk: bool = False
) -> None:
    """Write authors' rows, with their names in the indexes; in bulk, bare names stay where they stand."""
    writes = await asyncio.to_thread(_writes_for, list(entries), in_bulk)
    await many(connection, _add_author, writes.new)
    if writes.new and in_bulk:
        await connection.execute(_misplace_from, {"first": writes.new[0][0]})
    await many(connection, _count, writes.counted)
    await many(connection, _add_key, writes.keys)
    await many(connection, _drop_name, writes.gone)
    await many(connection, _add_name, writes.come)
    await many(connection, _misplace, writes.misplaced)
    await many(connection, _put_right, writes.placed)


async def move_names(connection: AsyncConnection, limit: int) -> bool:
    """Move so many of the names that an import left where they stood; say whether there were any."""
    rows = (await connection.execute(_waiting, {"limit": limit})).all()
    gone, come = await asyncio.to_thread(_moves, rows)
    await many(connection, _drop_name, gone)
    for tier, names in come.items():
        await connection.execute(_add_names, {"tier": tier, "names": names})
    if rows:
        await connection.execute(_put_right_up_to, {"last": rows[-1].id})
    return bool(rows)


def _moves(rows: Sequence[Any]) -> tuple[Rows, Mapping[int, str]]:
    """Return the names that leave the index, and those that enter it: each tier's as JSON, by author.

    Each row has an author's id, folded name and number of papers, and the tier where the name stands.
    """
    gone: Rows = []
    come: defaultdict[int, dict[int, list[str]]] = defaultdict(dict)
    for author_id, key, counted, before in rows:
        now = tier_of(counted) if counted else None
        if now != before:
            texts = list(turned(key))
            if before is not None:
                gone += [(before, text, author_id) for text in texts]
            if now is not None:
                come[now][author_id] = texts
    gone.sort()
    return gone, {tier: codec.encode(names) for tier, names in sorted(come.items())}


def _read(rows: Sequence[Any]) -> list[Entry]:
    entries = []
    for id_, openalex_id, name, key, linked, counted, category, misplaced, tier in rows:
        entry = Entry(id_, openalex_id, name, key, linked, counted, category, {key})
        entry.is_misplaced = misplaced is not None
        entry.tier_before = tier if entry.is_misplaced else entry.tier
        entry.keys_before = frozenset((key,))
        entries.append(entry)
    return entries


@dataclass(frozen=True, slots=True)
class _Writes:
    """Rows of new authors, counts of known ones, keys of profiles, names that leave the index and
    enter it, names left where they stand, and those of them that are where they belong again."""

    new: Rows = field(default_factory=list)
    counted: Rows = field(default_factory=list)
    keys: Rows = field(default_factory=list)
    gone: Rows = field(default_factory=list)
    come: Rows = field(default_factory=list)
    misplaced: Rows = field(default_factory=list)
    placed: Rows = field(default_factory=list)

    def move(self, entry: Entry) -> None:
        """Let an author stand in the index where it belongs."""
        if entry.is_misplaced:
            self.placed.append((entry.id,))
        if entry.tier != entry.tier_before or entry.keys != entry.keys_before:
            leaving, entering = _moved(entry)
            self.gone.extend((entry.tier_before, text, entry.id) for text in leaving)
            self.come.extend((entry.tier, text, entry.id) for text in entering)


def _writes_for(entries: Sequence[Entry], in_bulk: bool) -> _Writes:
    writes = _Writes()
    for entry in entries:
        if entry.is_new:
            row = (entry.id, entry.openalex_id, entry.name, entry.key, entry.linked, entry.counted)
            writes.new.append((*row, entry.category))
        else:
            writes.counted.append((entry.linked, entry.counted, entry.category, entry.id))
        if entry.openalex_id is not None:
            writes.keys.extend((key, entry.id) for key in entry.keys - entry.keys_before)
        if not in_bulk or entry.openalex_id is not None:
            writes.move(entry)
        elif not entry.is_new and not entry.is_misplaced and entry.tier != entry.tier_before:
            writes.misplaced.append((entry.id, entry.tier_before))
    writes.counted.sort(key=itemgetter(-1))
    writes.gone.sort()
    writes.come.sort()
    return writes


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
    misplaced_names.c.author_id,
    misplaced_names.c.tier,
).select_from(authors.outerjoin(misplaced_names, misplaced_names.c.author_id == authors.c.id))
_waiting = (
    select(authors.c.id, authors.c.name_key, authors.c.paper_count, misplaced_names.c.tier)
    .join(misplaced_names, misplaced_names.c.author_id == authors.c.id)
    .order_by(misplaced_names.c.author_id)
    .limit(bindparam("limit"))
)
# Without what is always NULL, which takes the driver longer than any value.
_add_author = insert(authors).values(
    {column.name: bindparam(column.name) for column in authors.c if column.name not in ("orcid", "profile")}
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
_add_name = insert(name_index)
# Of a hundred thousand names, made, sorted and given row by row takes twice as long.
_add_names = text(
    "INSERT INTO name_index (tier, text, author_id)"
    " SELECT :tier, text.value, CAST(author.key AS INTEGER)"
    " FROM json_each(:names) AS author, json_each(author.value) AS text ORDER BY 2, 3"
)
_drop_name = delete(name_index).where(
    name_index.c.tier == bindparam("t"),
    name_index.c.text == bindparam("x"),
    name_index.c.author_id == bindparam("a"),
)
_misplace = insert(misplaced_names)
# New names stand nowhere in the index; one statement says so of a whole batch.
_misplace_from = text(
    "INSERT INTO misplaced_names (author_id) SELECT id FROM authors NOT INDEXED"
    " WHERE id >= :first AND openalex_id IS NULL AND paper_count > 0"
)
_put_right_up_to = delete(misplaced_names).where(misplaced_names.c.author_id <= bindparam("last"))
_put_right = delete(misplaced_names).where(misplaced_names.c.author_id == bindparam("a"))
