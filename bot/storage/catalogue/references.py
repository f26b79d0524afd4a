"""What points at a paper's row: it follows when two rows become one, and goes back when they part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deliveries import MessageState
from bot.storage.schema import authorships, metadata

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Moved:
    """By table: the keys of rows that point elsewhere now, and whole rows that had to go."""

    moved: dict[str, list[Row]] = field(default_factory=dict)
    dropped: dict[str, list[Row]] = field(default_factory=dict)


def referring_columns() -> tuple[Column[Any], ...]:
    """Return every column that holds a paper's row; links to authors are written with the paper."""
    return tuple(
        table.c.paper_id
        for table in metadata.sorted_tables
        if "paper_id" in table.c and table is not authorships
    )


async def repoint(connection: AsyncConnection, gone: int, target: int) -> Moved:
    """Let everything that points at one row point at another; return what is needed to go back.

    A row moves before those that hang on it, and one that can't move, as the other paper has its
    like already, goes after them.
    """
    result = Moved()
    result.dropped.update(await _join_deliveries(connection, gone, target))
    columns = referring_columns()
    before = {column.table.name: await _pointing(connection, column, gone) for column in columns}
    for column in columns:
        table = column.table.name
        await connection.exec_driver_sql(
            f"UPDATE OR IGNORE {table} SET {column.name} = ? WHERE {column.name} = ?",  # noqa: S608 -- our names
            (target, gone),
        )
    for column in reversed(columns):
        table = column.table.name
        left = await _pointing(connection, column, gone)
        await connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE {column.name} = ?",  # noqa: S608 -- our names
            (gone,),
        )
        if moved := [_key(column, row) for row in before[table] if row not in left]:
            result.moved[table] = moved
        if left:
            result.dropped.setdefault(table, []).extend(left)
    return result


async def restore(connection: AsyncConnection, moved: Moved, gone: int, target: int) -> None:
    """Let point at a row again what did before; what has been deleted since stays so."""
    columns = {column.table.name: column for column in referring_columns()}
    for table in [table.name for table in metadata.sorted_tables]:
        for key in moved.moved.get(table, ()):
            condition = "".join(f" AND {name} = ?" for name in key)
            column = columns[table].name
            await connection.exec_driver_sql(
                f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?{condition}",  # noqa: S608 -- our words
                (gone, target, *key.values()),
            )
        for row in moved.dropped.get(table, ()):
            marks = ", ".join("?" for _ in row)
            await connection.exec_driver_sql(
                f"INSERT OR IGNORE INTO {table} ({', '.join(row)}) VALUES ({marks})",  # noqa: S608 -- our names
                tuple(row.values()),
            )


_ADVANCE = (
    MessageState.EXPIRED,
    MessageState.HELD,
    MessageState.DUE,
    MessageState.UNCLEAR,
    MessageState.SENDING,
    MessageState.SENT,
)
"""Of two deliveries to one place the one further on stays: what was announced is announced."""


async def _join_deliveries(connection: AsyncConnection, gone: int, target: int) -> dict[str, list[Row]]:
    """Take out one of two deliveries to the same place; the other gets its reasons."""
    rows = await _rows(
        connection, "SELECT * FROM deliveries WHERE paper_id IN (?, ?) ORDER BY id", (gone, target)
    )
    by_place: dict[tuple[Any, Any], list[Row]] = {}
    for row in rows:
        by_place.setdefault((row["place_kind"], row["place_id"]), []).append(row)
    dropped: dict[str, list[Row]] = {}
    for pair in by_place.values():
        if len(pair) < 2:
            continue
        less, more = sorted(pair, key=lambda row: (_ADVANCE.index(row["state"]), row["paper_id"] == target))
        reasons = await _rows(
            connection, "SELECT * FROM delivery_watches WHERE delivery_id = ?", (less["id"],)
        )
        await connection.exec_driver_sql(
            "UPDATE OR IGNORE delivery_watches SET delivery_id = ? WHERE delivery_id = ?",
            (more["id"], less["id"]),
        )
        await connection.exec_driver_sql("DELETE FROM deliveries WHERE id = ?", (less["id"],))
        await _close_empty(connection, less["announcement_id"])
        dropped.setdefault("deliveries", []).append(less)
        dropped.setdefault("delivery_watches", []).extend(reasons)
    return dropped


async def _close_empty(connection: AsyncConnection, announcement_id: int | None) -> None:
    """Let go of a message that waits and carries nothing any more."""
    await connection.exec_driver_sql(
        "UPDATE announcements SET state = ? WHERE id = ? AND state IN (?, ?)"
        " AND NOT EXISTS (SELECT 1 FROM deliveries WHERE announcement_id = announcements.id)",
        (MessageState.EXPIRED.value, announcement_id, MessageState.DUE.value, MessageState.HELD.value),
    )


def _key(column: Column[Any], row: Mapping[str, Any]) -> Row:
    """Return by what else a row that points at a paper is known."""
    return {key.name: row[key.name] for key in column.table.primary_key if key.name != column.name}


async def _pointing(connection: AsyncConnection, column: Column[Any], paper_id: int) -> list[Row]:
    sql = f"SELECT * FROM {column.table.name} WHERE {column.name} = ?"  # noqa: S608 -- our names
    return await _rows(connection, sql, (paper_id,))


async def _rows(connection: AsyncConnection, sql: str, values: Sequence[Any]) -> list[Row]:
    return [dict(row) for row in (await connection.exec_driver_sql(sql, tuple(values))).mappings()]
