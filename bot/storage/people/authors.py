"""The catalogue's authors: profiles that a source vouches for, and names printed on papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.authors import Author
from bot.domain.identifiers import AuthorId, OpenAlexId, Orcid
from bot.domain.search import Page, PaperFilter, Sort, Suggestion
from bot.errors import NotFound
from bot.storage import codec
from bot.storage.catalogue.entries import Entry, entries_of, next_author_id, save_entries
from bot.storage.catalogue.merge import merge_authors
from bot.storage.catalogue.queries import conditions_of, order_of
from bot.storage.catalogue.search import read_papers
from bot.storage.columns import among
from bot.storage.database import Database
from bot.storage.people import people
from bot.storage.people.author_ids import remember, row_now, take_over
from bot.storage.people.namesakes import sort_name
from bot.storage.schema import attributions, author_ids, author_keys, authors, authorships, choices
from bot.text.names import name_key


class Authors:
    """Finds and keeps authors."""

    def __init__(self, database: Database) -> None:
        """Take the open database."""
        self._database = database

    async def save_author(self, author: Author) -> Author:
        """Insert or update a profile by its OpenAlex id, without one by its name; return it as stored."""
        async with self._database.write() as connection:
            return await _save(connection, author)

    async def get_author(self, author_id: int) -> Author:
        """Return an author by the catalogue's id; raise NotFound where there is none."""
        now = await self._database.read(lambda connection: row_now(connection, author_id))
        found = await self._first(authors.c.id == now)
        if found is None:
            raise NotFound(str(author_id))
        return found

    async def find_author(self, author_id: AuthorId) -> Author | None:
        """Return a profile by an outside identifier."""
        match author_id:
            case OpenAlexId(value=value):
                became = select(author_ids.c.author_id).where(author_ids.c.openalex_id == value)
                merged = await self._first(authors.c.id.in_(became))
                return merged or await self._first(authors.c.openalex_id == value)
            case Orcid(value=value):
                return await self._first(authors.c.orcid == value)

    async def find_authors(self, name: str) -> tuple[Author, ...]:
        """Return all authors with this name or alias (folded, any order of particles as printed).

        Profiles come first; a bare name comes last, and only if papers carry it.
        """
        key = name_key(name)
        if not key:
            return ()
        known = select(author_keys.c.author_id).where(author_keys.c.key == key)
        bare = authors.c.openalex_id.is_(None) & (authors.c.name_key == key) & (authors.c.paper_count > 0)
        query = people.every_column.where(or_(authors.c.id.in_(known), bare)).order_by(
            authors.c.openalex_id.is_(None), authors.c.paper_count.desc(), authors.c.id
        )
        return await self._database.read(
            lambda connection: tuple(people.author_from(row) for row in connection.execute(query))
        )

    async def people_called(self, name: str) -> tuple[Author, ...]:
        """Return the people of this name, told apart by evidence where no source tells them apart.

        The name alone comes last, and only with papers that are nobody's else.
        """
        await sort_name(self._database, name)
        return await self._database.read(lambda connection: _people_called(connection, name_key(name)))

    async def papers_of(
        self,
        author: Author,
        where: PaperFilter = PaperFilter(),
        *,
        sort: Sort = Sort.CITATIONS,
        limit: int = 5,
        offset: int = 0,
    ) -> Page:
        """Return a page of an author's papers: by identity, by evidence, else by name where unambiguous."""
        return await self._database.read(
            lambda connection: _papers_of(connection, author, where, sort, limit, offset)
        )

    async def nearest_names(self, text: str, *, limit: int = 3) -> tuple[Author, ...]:
        """Return the authors whose names are nearest in spelling."""
        return await self._database.read(lambda connection: people.nearest(connection, text, limit))

    async def suggest_authors(self, text: str, *, limit: int = 25) -> tuple[Suggestion, ...]:
        """Return autocomplete choices by any part of a name, the most published first."""
        return await self._database.read(lambda connection: people.suggest(connection, text, limit))

    async def remember_choice(self, person_id: int, name: str, author_id: int) -> None:
        """Keep whom this person means by a name."""
        row = {"person_id": person_id, "name_key": name_key(name), "author_id": author_id}
        async with self._database.write() as connection:
            await connection.execute(
                upsert(choices)
                .values(row)
                .on_conflict_do_update(
                    index_elements=["person_id", "name_key"], set_={"author_id": author_id}
                )
            )

    async def find_choice(self, person_id: int, name: str) -> Author | None:
        """Return whom this person means by a name."""
        chosen = select(choices.c.author_id).where(
            choices.c.person_id == person_id, choices.c.name_key == name_key(name)
        )
        return await self._first(authors.c.id.in_(chosen))

    async def _first(self, condition: Any) -> Author | None:
        query = people.every_column.where(condition).limit(1)
        row = await self._database.read(lambda connection: connection.execute(query).first())
        return None if row is None else people.author_from(row)


async def _save(connection: AsyncConnection, author: Author) -> Author:
    openalex_id = author.openalex_id.value if author.openalex_id else None
    key = name_key(author.name) or author.name
    same = authors.c.openalex_id == openalex_id
    if openalex_id is None:
        same = authors.c.openalex_id.is_(None) & (authors.c.name_key == key)
    found = await entries_of(connection, same)
    former = [id_.value for id_ in author.former_ids if id_.value != openalex_id]
    if not found and former:
        # The one known under its former id alone goes on under the new one.
        found = (await entries_of(connection, among(authors.c.openalex_id, former)))[:1]
    if found:
        entry = found[0]
        query = people.every_column.where(authors.c.id == entry.id)
        author = merge_authors(people.author_from((await connection.execute(query)).one()), author)
    else:
        free = await next_author_id(connection)
        entry = Entry(free, openalex_id, author.name, key, is_new=True)
    author = replace(author, id=entry.id)
    entry.name, entry.key = author.name, key
    entry.keys.add(key)
    if openalex_id is not None:
        entry.keys |= {name_key(alias) for alias in author.aliases} - {""}
    entry.category = author.primary_category or entry.category
    entry.counted = max(entry.linked, author.paper_count.value if author.paper_count else 0)
    gone = await take_over(connection, entry, former)
    entry.counted = max(entry.counted, entry.linked)
    await save_entries(connection, [*gone, entry])
    await remember(connection, entry.id, former)
    await connection.execute(
        _profile,
        {
            "of": entry.id,
            "known_as": openalex_id,
            "printed": entry.name,
            "folded": entry.key,
            "iris": author.orcid.value if author.orcid else None,
            "body": codec.encode(replace(author, id=None)),
        },
    )
    return replace(author, primary_category=entry.category)


def _people_called(connection: Connection, key: str) -> tuple[Author, ...]:
    known = select(author_keys.c.author_id).where(author_keys.c.key == key)
    bare = authors.c.openalex_id.is_(None) & (authors.c.name_key == key)
    own = connection.execute(select(authors.c.id).where(bare)).scalar()
    told = select(attributions.c.person_id).where(attributions.c.name_id == own)
    query = people.every_column.where(
        or_(authors.c.id.in_(known), authors.c.id.in_(told), bare & (authors.c.paper_count > 0))
    ).order_by(
        authors.c.openalex_id.is_(None), authors.c.name_key == key, authors.c.paper_count.desc(), authors.c.id
    )
    found = [people.author_from(row) for row in connection.execute(query)]
    if len(found) > 1 and own is not None and not _has_papers_left(connection, own, found):
        found = [author for author in found if author.id != own]
    return tuple(found)


def _has_papers_left(connection: Connection, own: int, found: Sequence[Author]) -> bool:
    """Say whether a name has papers that are none of these people's.

    A profile takes all papers of its name as long as these were not sorted.
    """
    others = [author for author in found if author.id != own]
    taken = [ids for author in others for ids in rows_of(connection, author)]
    whose = func.coalesce(attributions.c.person_id, own)
    query = (
        select(func.count())
        .select_from(authorships.join(attributions, _is_attributed, isouter=True))
        .where(authorships.c.author_id == own, whose == own)
    )
    if own in taken:
        query = query.where(attributions.c.person_id.is_not(None))
    return (connection.execute(query).scalar() or 0) > 0


_is_attributed = (attributions.c.paper_id == authorships.c.paper_id) & (
    attributions.c.name_id == authorships.c.author_id
)


def _papers_of(
    connection: Connection, author: Author, where: PaperFilter, sort: Sort, limit: int, offset: int
) -> Page:
    """Read all of one author's papers that pass the filter: no person has too many for that."""
    ids = rows_of(connection, author)
    conditions, values = conditions_of(where)
    order = order_of(sort)
    query = text(
        f"WITH own(id) AS ({OWN}) SELECT DISTINCT p.id, {order} AS value, p.dated_at"  # noqa: S608 -- our words
        " FROM own JOIN papers AS p ON p.id = own.id WHERE TRUE"
        f"{''.join(f' AND {condition}' for condition in conditions)}"
        " ORDER BY value DESC NULLS LAST, p.dated_at DESC NULLS LAST, p.id DESC"
    )
    given = dict(values) | {"authors": codec.encode(ids), "person": author.id}
    found = connection.execute(query, given).scalars().all()
    return Page(
        papers=read_papers(connection, found[offset : offset + limit]), total=len(found), offset=offset
    )


def rows_of(connection: Connection, author: Author) -> list[int]:
    """Return the rows that are this author: the profile, and bare names nobody else bears.

    An initialled form ("s luccioni") may be anybody, so it counts only where it is the profile's
    own name.
    """
    if author.id is None:
        return []
    if author.openalex_id is None:
        return [author.id]
    known = (
        connection.execute(select(author_keys.c.key).where(author_keys.c.author_id == author.id))
        .scalars()
        .all()
    )
    own = name_key(author.name)
    keys = [key for key in known if key == own or all(len(word) > 1 for word in key.split()[:1])]
    shared = (
        select(author_keys.c.key)
        .where(among(author_keys.c.key, keys))
        .group_by(author_keys.c.key)
        .having(func.count() > 1)
    )
    bare = (
        select(authors.c.id)
        .where(authors.c.openalex_id.is_(None), among(authors.c.name_key, keys))
        .where(authors.c.name_key.not_in(shared))
    )
    return [author.id, *connection.execute(bare).scalars().all()]


# A paper that is found to be somebody's is nobody else's, however the name is printed on it.
OWN = """
SELECT s.paper_id FROM authorships AS s
LEFT JOIN attributions AS t ON t.paper_id = s.paper_id AND t.name_id = s.author_id
WHERE s.author_id IN (SELECT value FROM json_each(:authors)) AND coalesce(t.person_id, :person) = :person
UNION
SELECT t.paper_id FROM attributions AS t
JOIN authorships AS s ON s.author_id = t.name_id AND s.paper_id = t.paper_id WHERE t.person_id = :person
"""

_profile = (
    update(authors)
    .where(authors.c.id == bindparam("of"))
    .values(
        openalex_id=bindparam("known_as"),
        name=bindparam("printed"),
        name_key=bindparam("folded"),
        orcid=bindparam("iris"),
        profile=bindparam("body"),
    )
)
