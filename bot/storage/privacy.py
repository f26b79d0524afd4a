"""What is stored about a person: all of it, and the end of it."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, delete, select, update

from bot.domain.library import Shelf, ShelfKind
from bot.domain.privacy import PersonalData, language_key
from bot.domain.schedule import Hours, hours_key
from bot.domain.watches import Place, PlaceKind
from bot.storage import codec
from bot.storage.columns import among
from bot.storage.database import Database
from bot.storage.library import forget_shelved, shelved_by
from bot.storage.outgoing.holding import at
from bot.storage.outgoing.watch_rows import watch_from
from bot.storage.people import people
from bot.storage.schema import (
    announcements,
    authors,
    choices,
    deliveries,
    delivery_watches,
    requests,
    states,
    watches,
)

NOBODY = 0
"""Whose watches of a server are that were made by somebody who is forgotten."""


class Privacy:
    """Finds and deletes what is stored under a person's id."""

    def __init__(self, database: Database) -> None:
        """Take the open database."""
        self._database = database

    async def export_person(self, person_id: int) -> PersonalData:
        """Return everything that is stored about a person."""
        return await self._database.read(lambda connection: _export(connection, person_id))

    async def forget_person(self, person_id: int) -> None:
        """Delete everything that is stored about a person, in one transaction.

        What a server watches and reads stays, without their name; their own direct messages' watches
        and what waits to be sent there go.
        """
        place = Place(kind=PlaceKind.DIRECT, id=person_id)
        own = select(watches.c.id).where(at(watches, place))
        sent = select(deliveries.c.id).where(at(deliveries, place))
        shelf = Shelf(kind=ShelfKind.PERSON, id=person_id)
        async with self._database.write() as connection:
            await connection.execute(
                delete(delivery_watches).where(
                    delivery_watches.c.watch_id.in_(own) | delivery_watches.c.delivery_id.in_(sent)
                )
            )
            await connection.execute(delete(deliveries).where(at(deliveries, place)))
            await connection.execute(delete(announcements).where(at(announcements, place)))
            await connection.execute(delete(watches).where(at(watches, place)))
            await connection.execute(
                update(watches).where(watches.c.owner_id == person_id).values(owner_id=NOBODY)
            )
            await connection.execute(delete(choices).where(choices.c.person_id == person_id))
            facts = (hours_key(place), language_key(person_id))
            await connection.execute(delete(states).where(states.c.key.in_(facts)))
            # A list's description names the shelf it pages through.
            await connection.execute(
                delete(requests).where(requests.c.body.contains(f'"shelf":{codec.encode(shelf)}'))
            )
            await forget_shelved(connection, person_id)


def _export(connection: Connection, person_id: int) -> PersonalData:
    place = Place(kind=PlaceKind.DIRECT, id=person_id)
    made = (
        select(watches).where((watches.c.owner_id == person_id) | at(watches, place)).order_by(watches.c.id)
    )
    chosen = connection.execute(select(choices).where(choices.c.person_id == person_id)).all()
    meant = connection.execute(
        people.every_column.where(among(authors.c.id, [row.author_id for row in chosen]))
    ).all()
    by_id = {row.id: people.author_from(row) for row in meant}
    facts = {
        key: connection.execute(select(states.c.value).where(states.c.key == key)).scalar()
        for key in (hours_key(place), language_key(person_id))
    }
    hours, language = facts.values()
    return PersonalData(
        person_id=person_id,
        watches=tuple(watch_from(row) for row in connection.execute(made)),
        choices=tuple((row.name_key, by_id[row.author_id]) for row in chosen if row.author_id in by_id),
        shelved=shelved_by(connection, person_id),
        hours=msgspec.json.decode(hours, type=Hours) if hours else None,
        language=language,
    )
