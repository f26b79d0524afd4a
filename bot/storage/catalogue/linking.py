"""Links papers to their authors: profiles by identity, everybody else by the printed name.

Rows go to the driver as tuples, and what needs no database runs in a thread: a mailing brings
thousands of names while people wait for the event loop.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.papers import Authorship, Paper
from bot.storage import codec
from bot.storage.catalogue.entries import Entry, entries_of, next_author_id, save_entries
from bot.storage.columns import among
from bot.storage.schema import author_ids, authors, authorships
from bot.text.names import name_key

Identity = str
"""The OpenAlex id of a person a source vouches for, which has a capital; else the folded name."""

Links = tuple[int, str | None, tuple[Identity, ...]]
"""A paper's id, its primary category, and its authors."""


@dataclass(slots=True)
class Job:
    """Papers that lose and get links, each with its authors, and how these are printed."""

    gone: list[Links] = field(default_factory=list)
    come: list[Links] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    people: dict[str, dict[str, None]] = field(default_factory=dict)
    _folded: dict[str, Identity] = field(default_factory=dict)

    def add(self, id_: int, paper: Paper) -> None:
        """Take in a new paper under its id."""
        self.come.append((id_, paper.primary_category, self._identities(paper)))

    def change(self, old: Paper, new: Paper) -> None:
        """Take in a paper whose authors may have changed."""
        if [identity_of(author) for author in old.authors] != [identity_of(a) for a in new.authors]:
            id_ = new.id or 0
            self.gone.append((id_, old.primary_category, self._identities(old)))
            self.come.append((id_, new.primary_category, self._identities(new)))

    def rename(self, current: Mapping[Identity, Identity]) -> None:
        """Put the ids that people have now in the place of former ones."""
        for former, now in current.items():
            self.people.setdefault(now, {}).update(self.people.pop(former))
        if current:
            for links in (self.gone, self.come):
                links[:] = [
                    (id_, category, tuple(dict.fromkeys(current.get(person, person) for person in people)))
                    for id_, category, people in links
                ]

    def _identities(self, paper: Paper) -> tuple[Identity, ...]:
        found: dict[Identity, None] = {}
        for author in paper.authors:
            if author.openalex_id is None:
                # Each name is folded once, and most of a batch's are met again.
                identity = self._folded.get(author.name)
                if identity is None:
                    identity = self._folded[author.name] = identity_of(author)
                    self.names.setdefault(identity, author.name)
            else:
                identity = author.openalex_id.value
                self.people.setdefault(identity, {})[author.name] = None
            found[identity] = None
        return tuple(found)


def identity_of(author: Authorship) -> Identity:
    """Return what an authorship is linked by."""
    if author.openalex_id is not None:
        return author.openalex_id.value
    return name_key(author.name) or author.name


async def link(connection: AsyncConnection, job: Job, *, in_bulk: bool = False) -> None:
    """Write the links that a job gives and takes; for `in_bulk` see `bot.storage.catalogue.entries`."""
    if not job.come and not job.gone:
        return
    if job.people:
        job.rename(await _current_ids(connection, list(job.people)))
    known: list[Entry] = []
    # In this order the index of names is read and written fastest.
    job.names = dict(sorted(job.names.items()))
    if job.names:
        by_name = authors.c.openalex_id.is_(None) & among(authors.c.name_key, list(job.names))
        known += await entries_of(connection, by_name)
    if job.people:
        known += await entries_of(connection, among(authors.c.openalex_id, list(job.people)))
    free = await next_author_id(connection)
    entries, links = await asyncio.to_thread(_settle, job, known, free)
    if job.gone:
        ids = [id_ for id_, _, _ in job.gone]
        await connection.execute(delete(authorships).where(among(authorships.c.paper_id, ids)))
    await save_entries(connection, entries, in_bulk=in_bulk)
    await connection.execute(_add_authorships, {"links": links})


async def _current_ids(connection: AsyncConnection, ids: Sequence[Identity]) -> dict[Identity, Identity]:
    """Return what ids that a source has merged into others are now."""
    query = (
        select(author_ids.c.openalex_id, authors.c.openalex_id.label("now"))
        .join(authors, authors.c.id == author_ids.c.author_id)
        .where(among(author_ids.c.openalex_id, ids))
    )
    return {row.openalex_id: row.now for row in (await connection.execute(query)).all()}


def _settle(job: Job, known: Sequence[Entry], free: int) -> tuple[Iterable[Entry], str]:
    """Count every author's papers, new authors under fresh ids; return them with the new links as JSON."""
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
    changes = Counter(chain.from_iterable(people for _, _, people in job.come))
    changes.subtract(chain.from_iterable(people for _, _, people in job.gone))
    for identity, change in changes.items():
        entries[identity].add(change)
    links = {}
    for id_, category, people in job.come:
        linked = [entries[identity] for identity in people]
        for entry in linked:
            if not entry.category:
                entry.category = category
        links[id_] = [entry.id for entry in linked]
    return entries.values(), codec.encode(links)


# From an object that names the authors of each paper: in rows of three it takes SQLite as long, and
# Python as long again to make and to sort them.
_add_authorships = text(
    "INSERT INTO authorships (author_id, paper_id, position)"
    " SELECT author.value, CAST(paper.key AS INTEGER), author.key"
    " FROM json_each(:links) AS paper, json_each(paper.value) AS author ORDER BY 1, 2"
)
