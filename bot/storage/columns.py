"""Column types that the tables share, and conditions on lists of any length."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, overload

import msgspec
from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Dialect,
    Executable,
    Integer,
    TypeDecorator,
    bindparam,
    func,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

BIG = BigInteger().with_variant(Integer(), "sqlite")
"""Discord's ids; STRICT tables of SQLite know INTEGER alone, which has 64 bits there."""


class UtcMoment(TypeDecorator[datetime]):
    """A moment as microseconds since 1970 UTC; naive values are refused on the way in."""

    impl = BIG
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 -- a TypeDecorator
        """Turn an aware moment into a number."""
        return to_number(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- a TypeDecorator
        """Turn a stored number into an aware moment."""
        return to_moment(value)


@overload
def to_number(moment: None) -> None: ...
@overload
def to_number(moment: datetime) -> int: ...
def to_number(moment: datetime | None) -> int | None:
    """Return microseconds since 1970 UTC; a naive moment is a mistake of the caller."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone; moments are stored as UTC")
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


@overload
def to_moment(number: None) -> None: ...
@overload
def to_moment(number: int) -> datetime: ...
def to_moment(number: int | None) -> datetime | None:
    """Return the moment of a stored number."""
    return None if number is None else EPOCH + timedelta(microseconds=number)


def day_of(number: int) -> date:
    """Return the day, UTC, of a stored moment."""
    return (EPOCH + timedelta(microseconds=number)).date()


def among(column: ColumnElement[int] | ColumnElement[str], values: Sequence[object]) -> ColumnElement[bool]:
    """Return the condition that a column holds one of the values, as one parameter of any length."""
    return among_given(column, bindparam(None, as_list(values)))


def among_given(
    column: ColumnElement[int] | ColumnElement[str], values: BindParameter[str]
) -> ColumnElement[bool]:
    """Return the same for a statement that is made once: its parameter is given as `as_list` has it."""
    return column.in_(select(func.json_each(values).table_valued("value").c.value))


def as_list(values: Iterable[object]) -> str:
    """Return values as one parameter."""
    return msgspec.json.encode(list(values)).decode()


async def many(connection: AsyncConnection, statement: Executable, rows: Sequence[tuple[Any, ...]]) -> None:
    """Execute one statement for many rows, given as the driver wants them.

    SQLAlchemy's own way looks at every value of every row, which takes longer than SQLite does.
    The values stand in the order of the statement's parameters: for an insert, the table's.
    """
    await connection.run_sync(run_many, statement, rows)


def run_many(connection: Connection, statement: Executable, rows: Sequence[tuple[Any, ...]]) -> None:
    """Execute one statement for many rows like `many`, within a step of a transaction."""
    if rows:
        connection.exec_driver_sql(_sql(statement, connection.dialect), list(rows))


def plain_rows(
    connection: Connection, statement: Executable, values: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    """Return the rows of a statement that is made once, as the driver gives and takes values.

    Moments are numbers on both sides. For what is read by the thousand.
    """
    sql, names, known = _parts(statement, connection.dialect)
    given = {**known, **values}
    return fetch(connection, sql, [given[name] for name in names])


def fetch(
    connection: Connection, sql: str, values: Mapping[str, Any] | Sequence[Any]
) -> list[tuple[Any, ...]]:
    """Return the rows of one of our own statements as the driver gives them.

    For what a person waits for while typing: SQLAlchemy's result costs more than SQLite's search.
    """
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
    finally:
        cursor.close()


@lru_cache(maxsize=64)
def _parts(statement: Executable, dialect: Dialect) -> tuple[str, Sequence[str], Mapping[str, Any]]:
    """Return a statement's text, the names of its parameters in order, and the values of those it knows."""
    made: Any = statement.compile(dialect=dialect)  # type: ignore[attr-defined]  # untyped in SQLAlchemy
    return str(made), made.positiontup, made.params


@lru_cache(maxsize=64)
def _sql(statement: Executable, dialect: Dialect) -> str:
    return str(statement.compile(dialect=dialect))  # type: ignore[attr-defined]  # untyped in SQLAlchemy
