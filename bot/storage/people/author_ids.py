"""The ids that a profile had before OpenAlex made two profiles one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.catalogue.entries import Entry, entries_of
from bot.storage.columns import among
from bot.storage.schema import attributions, author_ids, author_keys, authors, authorships, choices


def row_now(connection: Connection, author_id: int) -> int:
    """Return the row that an author's row has become; buttons and watches keep its number."""
    became = (
        select(author_ids.c.author_id)
        .join(authors, authors.c.openalex_id == author_ids.c.openalex_id)
        .where(authors.c.id == author_id)
    )
    return int(connection.execute(became).scalar() or author_id)


async def take_over(connection: AsyncConnection, entry: Entry, former: Collection[str]) -> list[Entry]:
    """Give an author what its former profiles have; return these, which nothing finds by name any more."""
    gone = [
        other
        for other in await entries_of(connection, among(authors.c.openalex_id, sorted(former)))
        if other.id != entry.id
    ]
    for other in gone:
        await _move(connection, other.id, entry.id)
        entry.keys |= other.keys
        other.linked, other.counted, other.keys = 0, 0, set()
    if gone:
        links = select(func.count()).where(authorships.c.author_id == entry.id)
        entry.add((await connection.execute(links)).scalar_one() - entry.linked)
    return gone


async def remember(connection: AsyncConnection, author_id: int, former: Sequence[str]) -> None:
    """Write down whom these ids mean now, and those that meant them before."""
    if not former:
        return
    rows = [{"openalex_id": value, "author_id": author_id} for value in former]
    known = upsert(author_ids)
    await connection.execute(
        known.on_conflict_do_update(
            index_elements=["openalex_id"], set_={"author_id": known.excluded.author_id}
        ),
        rows,
    )
    shells = select(authors.c.id).where(among(authors.c.openalex_id, list(former)))
    await connection.execute(
        update(author_ids).where(author_ids.c.author_id.in_(shells)).values(author_id=author_id)
    )


async def _move(connection: AsyncConnection, old: int, new: int) -> None:
    links = update(authorships).prefix_with("OR IGNORE").where(authorships.c.author_id == old)
    await connection.execute(links.values(author_id=new))
    await connection.execute(delete(authorships).where(authorships.c.author_id == old))
    theirs = update(attributions).where(attributions.c.person_id == old)
    await connection.execute(theirs.values(person_id=new))
    await connection.execute(update(choices).where(choices.c.author_id == old).values(author_id=new))
    await connection.execute(delete(author_keys).where(author_keys.c.author_id == old))
