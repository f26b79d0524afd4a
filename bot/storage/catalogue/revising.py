"""Notes what becomes different of announced papers, in the transaction that changes them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deliveries import MessageState
from bot.domain.papers import Paper
from bot.domain.revisions import Change, Revision
from bot.storage import codec
from bot.storage.columns import EPOCH, among
from bot.storage.schema import deliveries, revisions
from bot.text.differences import revision_between

DUE = MessageState.DUE.value
_ANNOUNCED = (MessageState.SENDING.value, MessageState.SENT.value)


async def note_revisions(connection: AsyncConnection, changed: Sequence[tuple[Paper, Paper]]) -> None:
    """Note for each place that was told of a paper what it does not know, from what the paper was."""
    if not changed:
        return
    ids = [after.id for _, after in changed]
    announced = select(deliveries.c.id, deliveries.c.paper_id).where(
        among(deliveries.c.paper_id, ids), deliveries.c.state.in_(_ANNOUNCED)
    )
    rows = (await connection.execute(announced)).all()
    told = {row.paper_id for row in rows}
    pairs = [(before, after) for before, after in changed if after.id in told]
    found = await asyncio.to_thread(_compare, pairs) if pairs else {}
    if found:
        await connection.run_sync(_note, [(row.id, found[row.paper_id]) for row in rows if row[1] in found])


def changes_from(row: Row[Any]) -> tuple[Change, ...]:
    """Return what a stored revision changed."""
    return tuple(Change(change) for change in msgspec.json.decode(row.changes))


def _compare(pairs: Sequence[tuple[Paper, Paper]]) -> dict[int, Revision]:
    found = {after.id or 0: revision_between(before, after) for before, after in pairs}
    return {paper_id: revision for paper_id, revision in found.items() if revision is not None}


def _note(connection: Connection, noted: Sequence[tuple[int, Revision]]) -> None:
    """Write revisions down by their deliveries; one that nobody has been told of yet takes them in."""
    waiting = select(revisions).where(
        among(revisions.c.delivery_id, [delivery for delivery, _ in noted]),
        revisions.c.state == DUE,
        revisions.c.told_as.is_(None),
    )
    known = {row.delivery_id: row for row in connection.execute(waiting)}
    new = [_values(revision) | {"delivery_id": one} for one, revision in noted if one not in known]
    grown = [
        _values(_both(known[one], revision)) | {"of": known[one].id}
        for one, revision in noted
        if one in known
    ]
    if new:
        fresh = {"state": DUE, "attempts": 0, "not_before": EPOCH}
        connection.execute(insert(revisions), [row | fresh for row in new])
    if grown:
        connection.execute(_grow, grown)


def _both(row: Row[Any], later: Revision) -> Revision:
    """Return two revisions as one."""
    changes = {*changes_from(row), *later.changes}
    if changes >= {Change.WITHDRAWN, Change.RESTORED}:
        changes -= {Change.WITHDRAWN, Change.RESTORED}
    return Revision(
        version=max(row.version, later.version),
        changes=tuple(change for change in Change if change in changes),
        former_title=row.former_title or later.former_title,
    )


def _values(revision: Revision) -> dict[str, Any]:
    return {
        "version": revision.version,
        "changes": codec.encode(revision.changes),
        "former_title": revision.former_title,
    }


_grow = (
    update(revisions)
    .where(revisions.c.id == bindparam("of"))
    .values(
        version=bindparam("version"), changes=bindparam("changes"), former_title=bindparam("former_title")
    )
)
