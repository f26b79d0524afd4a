"""Saves papers: reads what the catalogue knows of them, decides, and writes what changes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.papers import Paper
from bot.domain.records import Record
from bot.storage.accounts import note_gains
from bot.storage.catalogue.merging import log_joints
from bot.storage.catalogue.paper_rows import arxiv_id_in, record_from, short_title_key, whole_record
from bot.storage.catalogue.paper_writes import next_paper_id, write_records
from bot.storage.catalogue.planning import Change, Key, Plan, keys_of
from bot.storage.catalogue.revising import note_revisions
from bot.storage.columns import among, many
from bot.storage.schema import merges, paper_names, papers


async def store(connection: AsyncConnection, given: Sequence[Paper]) -> tuple[Paper, ...]:
    """Insert or merge papers within the caller's transaction; return them as stored."""
    return (await take_in(connection, given)).stored()


async def take_in(connection: AsyncConnection, given: Sequence[Paper], *, in_bulk: bool = False) -> Plan:
    """Insert or merge papers within the caller's transaction; return what was decided.

    For `in_bulk` see `write_records`.
    """
    names = await _names(connection, given)
    known = await _same_papers(connection, given, names.values())
    titles = await _reads_titles(connection, given)
    if titles:
        known |= await _same_titles(connection, given)
    plan = Plan(
        await next_paper_id(connection),
        apart=await _apart(connection) if known else frozenset(),
        reads_titles=titles,
    )
    await asyncio.to_thread(_fill, plan, given, known.values(), names)
    await log_joints(connection, plan)
    added, changed = plan.added(), plan.changed()
    await write_records(connection, added, changed, in_bulk=in_bulk)
    await note_revisions(connection, [(old.paper, new.paper) for old, new in changed])
    await many(connection, _add_name, [(kind, value, plan.now(id_)) for kind, value, id_ in plan.names])
    await note_gains(connection, given, _is_gain(plan, added, changed))
    return plan


def _is_gain(plan: Plan, added: Iterable[int], changed: Sequence[Change]) -> list[bool]:
    """Say of each paper given whether the catalogue knows more by it than when it was read."""
    gained: set[int | None] = {*added}
    for old, new in changed:
        if replace(old.paper, fetched_at=new.paper.fetched_at) != new.paper:
            gained.add(new.paper.id)
    return [plan.now(result) in gained for result in plan.results]


def _fill(plan: Plan, given: Sequence[Paper], known: Iterable[Record], names: dict[Key, int]) -> None:
    for record in known:
        plan.add_known(record)
    for key, paper_id in names.items():
        plan.add_name(key, paper_id)
    for paper in given:
        plan.add(paper)


async def _names(connection: AsyncConnection, given: Sequence[Paper]) -> dict[Key, int]:
    """Return the rows that are known by an identifier of the papers besides their own."""
    found: dict[Key, int] = {}
    for kind in ("doi", "openalex_id"):
        values = [value for paper in given for name, value in keys_of(paper) if name == kind]
        if values:
            query = select(paper_names).where(paper_names.c.kind == kind, among(paper_names.c.value, values))
            found |= {(kind, row.value): row.paper_id for row in (await connection.execute(query)).all()}
    return found


async def _same_papers(
    connection: AsyncConnection, given: Sequence[Paper], ids: Iterable[int]
) -> dict[int, Record]:
    wanted: dict[str, set[object]] = {"arxiv_id": set(), "doi": set(), "openalex_id": set(), "id": set(ids)}
    for paper in given:
        for name, value in keys_of(paper):
            wanted[name].add(value)
        if paper.doi is not None and (base := arxiv_id_in(paper.doi.value)):
            wanted["arxiv_id"].add(base)
    found: dict[int, Record] = {}
    for name, values in wanted.items():
        if values:
            found |= await _records(connection, among(papers.c[name], sorted(values, key=str)))
    return found


async def _reads_titles(connection: AsyncConnection, given: Sequence[Paper]) -> bool:
    """Say whether a title can tell anything: two arXiv papers are two works whatever their titles."""
    if any(paper.arxiv_id is None for paper in given):
        return True
    unlisted = select(papers.c.id).where(papers.c.arxiv_id.is_(None)).limit(1)
    return (await connection.execute(unlisted)).first() is not None


async def _same_titles(connection: AsyncConnection, given: Sequence[Paper]) -> dict[int, Record]:
    titles = {paper.arxiv_id is None: set[str]() for paper in given}
    for paper in given:
        titles[paper.arxiv_id is None].add(short_title_key(paper.title))
    found: dict[int, Record] = {}
    for unlisted, keys in titles.items():
        condition = among(papers.c.title_key, sorted(keys - {""}))
        found |= await _records(
            connection, condition if unlisted else condition & papers.c.arxiv_id.is_(None)
        )
    return found


async def _records(connection: AsyncConnection, condition: ColumnElement[bool]) -> dict[int, Record]:
    rows = (await connection.execute(whole_record.where(condition))).all()
    return {row.id: record_from(row) for row in rows}


async def _apart(connection: AsyncConnection) -> frozenset[frozenset[int]]:
    """Return the rows that somebody said are two works; these are few."""
    query = select(merges.c.kept_id, merges.c.gone_id).where(merges.c.undone_at.is_not(None))
    return frozenset(frozenset(row) for row in (await connection.execute(query)).all())


_add_name = upsert(paper_names).on_conflict_do_nothing()
