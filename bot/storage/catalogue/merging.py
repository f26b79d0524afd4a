"""Writes down which papers became one, follows rows that are gone, and takes merges back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, delete, insert, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.library import ShelfKind
from bot.domain.papers import Paper
from bot.domain.records import Merge, Record
from bot.storage import codec
from bot.storage.catalogue.paper_rows import record_from, row_of, whole_record
from bot.storage.catalogue.paper_writes import next_paper_id, remove_record, write_records
from bot.storage.catalogue.parting import part
from bot.storage.catalogue.planning import TITLE, TITLE_LENGTH, Joint, Plan, keys_of
from bot.storage.catalogue.references import Moved, repoint, restore
from bot.storage.columns import among
from bot.storage.schema import merges, paper_names, papers
from bot.text.folding import title_key

_NOW: ColumnElement[int] = literal_column("CAST(strftime('%s', 'now') AS INTEGER) * 1000000")
_EMPTY = {column.name: None if column.nullable else "" for column in papers.c}
"""What a column holds in a body that was written before the column was made."""


async def log_joints(connection: AsyncConnection, plan: Plan) -> None:
    """Write down what became one, and let what points at a row that is gone point at the other."""
    for joint in plan.joints:
        moved = Moved()
        if joint.gone_id is not None:
            moved = await repoint(connection, joint.gone_id, joint.kept_id)
            await remove_record(connection, plan.before.pop(joint.gone_id))
        await connection.execute(
            insert(merges).values(
                kept_id=joint.kept_id,
                gone_id=joint.gone_id,
                evidence=joint.evidence,
                merged_at=_NOW,
                body=_body(joint, moved),
            )
        )


def follow(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    """Return the rows that rows which are gone have become."""
    query = select(merges.c.gone_id, merges.c.kept_id).where(
        among(merges.c.gone_id, ids), merges.c.undone_at.is_(None)
    )
    became = {row.gone_id: row.kept_id for row in connection.execute(query)}
    if further := became and follow(connection, list(became.values())):
        became = {gone: further.get(kept, kept) for gone, kept in became.items()}
    return became


def list_merges(connection: Connection, paper_id: int | None, limit: int) -> tuple[Merge, ...]:
    """Return merges, the last first: all, or those of one paper."""
    query = select(merges).order_by(merges.c.id.desc()).limit(limit)
    if paper_id is not None:
        query = query.where((merges.c.kept_id == paper_id) | (merges.c.gone_id == paper_id))
    return tuple(_merge_from(row) for row in connection.execute(query))


async def undo_merge(connection: AsyncConnection, paper_id: int) -> tuple[int, int] | None:
    """Take back the last merge that made a paper; return both rows, None where there was none."""
    last = select(merges).where(merges.c.kept_id == paper_id, merges.c.undone_at.is_(None))
    row = (await connection.execute(last.order_by(merges.c.id.desc()).limit(1))).first()
    if row is None:
        return None
    body = msgspec.json.decode(row.body)
    stored = (await connection.execute(whole_record.where(papers.c.id == paper_id))).one()
    now, gone_id = record_from(stored), row.gone_id or await next_paper_id(connection)
    kept, gone = part(now, _record(body["kept"]), _record(body["gone"]))
    kept = replace(kept, paper=replace(kept.paper, id=paper_id))
    gone = replace(gone, paper=replace(gone.paper, id=gone_id))
    await write_records(connection, {}, [(now, kept)])
    await write_records(connection, {gone_id: gone}, ())
    await restore(connection, Moved(**body["moved"]), gone_id, paper_id)
    await _forget_names(connection, kept.paper, gone.paper)
    done = update(merges).where(merges.c.id == row.id).values(undone_at=_NOW, gone_id=gone_id)
    await connection.execute(done)
    return paper_id, gone_id


async def forget_person(connection: AsyncConnection, person_id: int) -> None:
    """Take a person out of what undoing a merge would bring back."""
    query = select(merges.c.id, merges.c.body).where(merges.c.body.contains(str(person_id)))
    for row in (await connection.execute(query)).all():
        body = msgspec.json.decode(row.body)
        for rows in (*body["moved"]["moved"].values(), *body["moved"]["dropped"].values()):
            rows[:] = [kept for kept in rows if not _is_persons(kept, person_id)]
            for kept in rows:
                if kept.get("saved_by") == person_id:
                    kept["saved_by"] = None
        change = update(merges).where(merges.c.id == row.id)
        await connection.execute(change.values(body=codec.encode(body)))


def _is_persons(row: dict[str, Any], person_id: int) -> bool:
    own = row.get("shelf_kind") == ShelfKind.PERSON and row.get("shelf_id") == person_id
    return own or row.get("person_id") == person_id


async def _forget_names(connection: AsyncConnection, kept: Paper, gone: Paper) -> None:
    """Let a paper no longer be found by what names the other."""
    foreign = [*keys_of(gone), (TITLE, title_key(gone.title)[:TITLE_LENGTH])]
    for kind, value in foreign:
        await connection.execute(
            delete(paper_names).where(
                paper_names.c.kind == kind, paper_names.c.value == value, paper_names.c.paper_id == kept.id
            )
        )


def _body(joint: Joint, moved: Moved) -> str:
    kept, gone = (_values(record) for record in (joint.kept, joint.gone))
    return codec.encode({"kept": kept, "gone": gone, "moved": asdict(moved)})


def _values(record: Record) -> dict[str, Any]:
    return dict(zip(papers.c.keys(), (record.paper.id, *row_of(record)), strict=True))


def _record(values: dict[str, Any]) -> Record:
    known = _EMPTY | values
    return record_from([known[column.name] for column in whole_record.selected_columns])


def _merge_from(row: Row[Any]) -> Merge:
    body = msgspec.json.decode(row.body)
    return Merge(
        id=row.id,
        kept=replace(_record(body["kept"]).paper, id=row.kept_id),
        gone=replace(_record(body["gone"]).paper, id=row.gone_id),
        evidence=row.evidence,
        merged_at=row.merged_at,
        undone_at=row.undone_at,
    )
