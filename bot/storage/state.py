"""Small facts the bot remembers about itself, and the lists behind its buttons."""

from __future__ import annotations

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.search import ListRequest
from bot.errors import NotFound
from bot.storage import codec
from bot.storage.database import Database
from bot.storage.schema import requests, states

FORECAST_MODEL = "forecast-model"
"""Under this key is the model that the host trained (`bot.metrics.weights`)."""


class State:
    """Keeps texts by key and lists by number."""

    def __init__(self, database: Database) -> None:
        """Take the open database."""
        self._database = database

    async def get_state(self, key: str) -> str | None:
        """Return a remembered text."""
        query = select(states.c.value).where(states.c.key == key)
        return await self._database.read(lambda connection: connection.execute(query).scalar())

    async def list_states(self, prefix: str) -> tuple[str, ...]:
        """Return the remembered texts whose keys begin so."""
        query = select(states.c.value).where(states.c.key.startswith(prefix, autoescape=True))
        return tuple(await self._database.read(lambda connection: connection.execute(query).scalars().all()))

    async def set_state(self, key: str, value: str) -> None:
        """Remember a text."""
        async with self._database.write() as connection:
            await connection.execute(
                upsert(states)
                .values(key=key, value=value)
                .on_conflict_do_update(index_elements=["key"], set_={"value": value})
            )

    async def keep_request(self, request: ListRequest) -> int:
        """Keep a list's description for its buttons; an equal one keeps its number."""
        body = codec.encode(request)
        query = select(requests.c.id).where(requests.c.body == body)
        known = await self._database.read(lambda connection: connection.execute(query).scalar())
        if known is not None:
            return int(known)
        async with self._database.write() as connection:
            await connection.execute(upsert(requests).values(body=body).on_conflict_do_nothing())
            return int((await connection.execute(query)).scalar_one())

    async def get_request(self, request_id: int) -> ListRequest:
        """Return a kept description; raise NotFound where there is none."""
        query = select(requests.c.body).where(requests.c.id == request_id)
        body = await self._database.read(lambda connection: connection.execute(query).scalar())
        if body is None:
            raise NotFound(str(request_id))
        return msgspec.json.decode(body, type=ListRequest)
