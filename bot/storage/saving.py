"""Writes papers: inserts or merges, and keeps the text index and the links to authors true."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.identifiers import ArxivId
from bot.domain.papers import Paper
from bot.storage.accounts import note_gains
from bot.storage.columns import among, many
from bot.storage.linking import link
from bot.storage.merge import merge_papers
from bot.storage.paper_rows import arxiv_id_in, every_column, indexed_text, paper_from, row_of
from bot.storage.schema import authorships, deliveries, listings, papers

CHUNK = 200
"""Papers a transaction: few enough that nobody else waits 100 ms to write."""

Key = tuple[str, str]
Rows = list[tuple[Any, ...]]


@dataclass(slots=True)
class Plan:
    """What a chunk of papers changes; `results` are the ids of the papers given, in order."""

    free_id: int
    current: dict[int, Paper] = field(default_factory=dict)
    before: dict[int, Paper] = field(default_factory=dict)
    by_key: dict[Key, int] = field(default_factory=dict)
    absorbed: dict[int, int] = field(default_factory=dict)
    results: list[int] = field(default_factory=list)

    def add_known(self, paper: Paper) -> None:
        """Take in a stored paper."""
        assert paper.id is not None  # noqa: S101 -- it comes from the table
        self.before[paper.id] = self.current[paper.id] = paper
        self.by_key.update(dict.fromkeys(keys_of(paper), paper.id))

    def add(self, paper: Paper) -> None:
        """Take in a paper to be stored: merged with those that are the same, else new."""
        paper = self._without_foreign_keys(paper)
        # The lowest id first: it is a stored row where there is one, so that others can point at it.
        same = sorted({self.by_key[key] for key in keys_of(paper) if key in self.by_key})
        if same:
            target, *others = same
            merged = self.current[target]
            for other in others:
                merged = merge_papers(merged, self.current.pop(other))
                self.absorbed[other] = target
            merged = merge_papers(merged, paper)
        else:
            target, self.free_id = self.free_id, self.free_id + 1
            merged = replace(paper, id=target)
        self.current[target] = merged
        for key, owner in list(self.by_key.items()) if same and len(same) > 1 else ():
            self.by_key[key] = self.absorbed.get(owner, owner)
        self.by_key.update(dict.fromkeys(keys_of(merged), target))
        self.results.append(target)

    def stored(self) -> tuple[Paper, ...]:
        """Return the papers given as they are now."""
        return tuple(self.current[self.absorbed.get(result, result)] for result in self.results)

    def _without_foreign_keys(self, paper: Paper) -> Paper:
        """Take off a DOI or OpenAlex id that belongs to another arXiv paper: some share a DOI."""
        if paper.arxiv_id is None and paper.doi and (base := arxiv_id_in(paper.doi.value)):
            paper = replace(paper, arxiv_id=ArxivId(base))
        elif paper.arxiv_id is not None and paper.arxiv_id.version is not None:
            paper = replace(paper, arxiv_id=paper.arxiv_id.unversioned)
        if paper.arxiv_id is None:
            return paper
        if paper.doi and self._is_anothers(("doi", paper.doi.value), paper):
            paper = replace(paper, doi=None)
        if paper.openalex_id and self._is_anothers(("openalex_id", paper.openalex_id.value), paper):
            paper = replace(paper, openalex_id=None)
        return paper

    def _is_anothers(self, key: Key, paper: Paper) -> bool:
        owner = self.by_key.get(key)
        return owner is not None and self.current[owner].arxiv_id not in (None, paper.arxiv_id)


def keys_of(paper: Paper) -> Iterator[Key]:
    """Yield the outside identifiers of a paper, the surest first."""
    if paper.arxiv_id is not None:
        yield "arxiv_id", paper.arxiv_id.base
    if paper.doi is not None:
        yield "doi", paper.doi.value
    if paper.openalex_id is not None:
        yield "openalex_id", paper.openalex_id.value


async def store(connection: AsyncConnection, given: Sequence[Paper]) -> tuple[Paper, ...]:
    """Insert or merge papers within the caller's transaction; return them as stored."""
    known = await _same_papers(connection, given)
    free_id = await next_paper_id(connection)
    plan = await asyncio.to_thread(_plan, given, known, free_id)
    for gone, target in plan.absorbed.items():
        await _absorb(connection, plan, gone, target)
    added = [paper for id_, paper in plan.current.items() if id_ not in plan.before]
    changed = [
        (plan.before[id_], paper)
        for id_, paper in plan.current.items()
        if id_ in plan.before and plan.before[id_] != paper
    ]
    if added:
        rows, entries = await asyncio.to_thread(_rows, added)
        await many(connection, _add, rows)
        await many(connection, _index, entries)
    if changed:
        await _update(connection, changed)
    await link(connection, added, changed)
    await note_gains(connection, given, _is_gain(plan, added, changed))
    return plan.stored()


def _is_gain(plan: Plan, added: Sequence[Paper], changed: Sequence[tuple[Paper, Paper]]) -> list[bool]:
    """Say of each paper given whether the catalogue knows more by it than when it was read."""
    gained = {paper.id for paper in added}
    gained |= {new.id for old, new in changed if replace(old, fetched_at=new.fetched_at) != new}
    return [plan.absorbed.get(result, result) in gained for result in plan.results]


def _plan(given: Sequence[Paper], known: Sequence[Paper], free_id: int) -> Plan:
    plan = Plan(free_id)
    for paper in known:
        plan.add_known(paper)
    for paper in given:
        plan.add(paper)
    return plan


def _rows(added: Sequence[Paper]) -> tuple[Rows, Rows]:
    return [row_of(paper) for paper in added], [indexed_text(paper) for paper in added]


async def _same_papers(connection: AsyncConnection, given: Sequence[Paper]) -> list[Paper]:
    wanted: dict[str, set[str]] = {"arxiv_id": set(), "doi": set(), "openalex_id": set()}
    for paper in given:
        for name, value in keys_of(paper):
            wanted[name].add(value)
            if name == "doi" and (base := arxiv_id_in(value)):
                wanted["arxiv_id"].add(base)
    found: dict[int, Paper] = {}
    for name, values in wanted.items():
        if values:
            query = every_column.where(among(papers.c[name], sorted(values)))
            found |= {row.id: paper_from(row) for row in (await connection.execute(query)).all()}
    return list(found.values())


async def next_paper_id(connection: AsyncConnection) -> int:
    """Return the id that the next new paper gets."""
    last = (await connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'papers'"))).scalar()
    return (last or 0) + 1


async def _update(connection: AsyncConnection, changed: Sequence[tuple[Paper, Paper]]) -> None:
    rows, gone, come = await asyncio.to_thread(_changes, changed)
    await many(connection, _change, rows)
    await many(connection, _unindex, gone)
    await many(connection, _index, come)


def _changes(changed: Sequence[tuple[Paper, Paper]]) -> tuple[Rows, Rows, Rows]:
    """Return changed rows, and the entries of the text index that leave and enter."""
    rows = [(*row[1:], row[0]) for row in (row_of(new) for _, new in changed)]
    entries = [(indexed_text(old), indexed_text(new)) for old, new in changed]
    entries = [(old, new) for old, new in entries if old != new]
    return rows, [old for old, _ in entries], [new for _, new in entries]


async def _absorb(connection: AsyncConnection, plan: Plan, gone: int, target: int) -> None:
    """Take out a row that turned out to be the same paper; what points at it points on."""
    paper = plan.before.pop(gone, None)
    if paper is None:
        return
    moved = insert(listings).prefix_with("OR IGNORE")
    rows = (await connection.execute(select(listings).where(listings.c.paper_id == gone))).all()
    if rows:
        await connection.execute(moved, [{**row._mapping, "paper_id": target} for row in rows])
    await connection.execute(delete(listings).where(listings.c.paper_id == gone))
    told = update(deliveries).prefix_with("OR IGNORE").where(deliveries.c.paper_id == gone)
    await connection.execute(told.values(paper_id=target))
    await connection.execute(delete(deliveries).where(deliveries.c.paper_id == gone))
    await many(connection, _unindex, [indexed_text(paper)])
    await link(connection, (), [(paper, replace(paper, authors=()))])
    await connection.execute(delete(authorships).where(authorships.c.paper_id == gone))
    await connection.execute(delete(papers).where(papers.c.id == gone))


_add = insert(papers)
_change = (
    update(papers)
    .where(papers.c.id == bindparam("of"))
    .values({column.name: bindparam(f"new_{column.name}") for column in papers.c if column.name != "id"})
)
_index = text(
    "INSERT INTO papers_index (rowid, title, abstract, authors, categories) VALUES (:a, :b, :c, :d, :e)"
)
_unindex = text(
    "INSERT INTO papers_index (papers_index, rowid, title, abstract, authors, categories)"
    " VALUES ('delete', :a, :b, :c, :d, :e)"
)
