"""Which rows are this process's, where several share one database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, true

from bot.storage.columns import among

Shards = tuple[tuple[int, ...], int]
"""The shards of this process, and how many there are in all."""


def in_shards(table: Any, shards: Shards | None) -> ColumnElement[bool]:
    """Return the condition that a row of a place lies in these shards; without any, all do.

    https://discord.com/developers/docs/events/gateway#sharding; direct messages are shard 0's.
    """
    if shards is None:
        return true()
    ids, count = shards
    return among(func.coalesce(table.c.guild_id, 0).op(">>")(22) % count, ids)
