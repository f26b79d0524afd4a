"""Sorts the papers that bear a name into the people who wrote them, and writes down whose they are.

A name is sorted when somebody asks for it, and again when papers have come. Links by name stay as
they are: what is found out stands beside them, so that linking needs to know nothing of it. People
who were told apart once stay, with their papers; new papers join them or found somebody new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.authors import Author
from bot.domain.papers import Paper
from bot.metrics.evidence import Evidence, evidence_of
from bot.metrics.identity import SURE, UNSURE, common_ground
from bot.storage import codec
from bot.storage.catalogue.entries import next_author_id
from bot.storage.catalogue.linking import identity_of
from bot.storage.columns import among, many
from bot.storage.database import Database
from bot.storage.people import people
from bot.storage.people.name_counts import namesakes_in
from bot.storage.schema import attributions, author_keys, authors, authorships, papers, sorted_names
from bot.text.name_forms import Form, form_between
from bot.text.names import name_key, name_parts

MOST_PAPERS = 2_000
"""Papers of one name that are sorted, the newest; a name on more of them keeps the rest."""

MOST_FORMS = 400
"""Names alike in family name and initial that are looked at."""

NUMBERED = " #"
"""Stands in the key of a person of a name before the person's number; no folded name has it."""

FEW = 0.1
"""People expected to bear a name that hardly two of a field share."""

FEWEST_PAPERS = 2
"""Papers that make a person of their own; a single one stays with the name."""


@dataclass(frozen=True, slots=True)
class _Bearer:
    """A paper that is linked to a name or to a profile, and whose it is as far as that is known."""

    paper: Paper
    place: int
    name_id: int
    person_id: int | None
    evidence: Evidence

    @property
    def paper_id(self) -> int:
        """The catalogue's id of the paper."""
        return self.paper.id or 0


@dataclass(slots=True)
class _Sorted:
    """What sorting a name comes to: people to be added, and whose each paper is."""

    name_key: str
    papers: int
    people: list[tuple[Author, list[_Bearer]]] = field(default_factory=list)
    attributed: list[tuple[int, int, int]] = field(default_factory=list)


async def sort_name(database: Database, name: str) -> None:
    """Sort a name's papers into people, if any came since that was done last."""
    found = await database.read(lambda connection: _sort(connection, name))
    if found is not None:
        async with database.write() as connection:
            await _save(connection, found)


def _sort(connection: Connection, name: str) -> _Sorted | None:
    key = name_key(name)
    rows, called = _rows_like(connection, key)
    own = next((row.id for row in rows if row.openalex_id is None and row.name_key == key), None)
    if own is None:
        return None
    links = _links(connection, [row.id for row in rows])
    before = connection.execute(select(sorted_names.c.papers).where(sorted_names.c.name_key == key)).scalar()
    if before == len(links):
        return None
    # It brings NumPy along, which nobody pays for who asks for no name.
    from bot.metrics.people import sort_papers

    bearers = _bearers(connection, links, {row.id: row for row in rows}, own)
    evidence = [bearer.evidence for bearer in bearers]
    namesakes = namesakes_in(connection, evidence)
    # What is open about a name that few bear is no question to anybody: it is one person's.
    few = max(namesakes.get(row.name, 0.0) for row in rows if row.id in called) <= FEW
    groups, _ = sort_papers(evidence, namesakes, sure=UNSURE if few else SURE)
    found = _Sorted(key, len(links))
    _attribute(found, [[bearers[index] for index in group] for group in groups], own, called)
    return found


def _rows_like(connection: Connection, key: str) -> tuple[list[people.Found], set[int]]:
    """Return the names and profiles that may be the same person's, and the ids of those so called,
    which come first."""
    parts = name_parts(key)
    if not parts:
        return [], set()
    near = people.names_from(connection, f"{parts[-1]} {parts[0][:1]}", MOST_FORMS)
    known = select(author_keys.c.author_id).where(author_keys.c.key == key)
    # A profile's own name is among the keys it is known by; names as such have an index of their own.
    bare = authors.c.openalex_id.is_(None) & (authors.c.name_key == key)
    same = people.names_where(connection, bare | authors.c.id.in_(known))
    alike = [row for row in near if form_between(key, row.name) not in (None, Form.SAME)]
    return list({row.id: row for row in (*same, *alike)}.values()), {row.id for row in same}


def _links(connection: Connection, ids: Sequence[int]) -> list[Any]:
    """Return the papers linked to these rows, the first row's first and the newest before others."""
    query = (
        select(authorships.c.author_id, authorships.c.paper_id, attributions.c.person_id)
        .join(
            attributions,
            (attributions.c.paper_id == authorships.c.paper_id)
            & (attributions.c.name_id == authorships.c.author_id),
            isouter=True,
        )
        .where(among(authorships.c.author_id, ids))
    )
    place = {id_: index for index, id_ in enumerate(ids)}
    found = connection.execute(query).all()
    return sorted(found, key=lambda row: (place[row.author_id], -row.paper_id))


def _bearers(
    connection: Connection, links: Sequence[Any], rows: dict[int, people.Found], own: int
) -> list[_Bearer]:
    links = links[:MOST_PAPERS]
    query = select(papers.c.id, papers.c.authors, papers.c.title, papers.c.categories).where(
        among(papers.c.id, [link.paper_id for link in links])
    )
    read = {
        row.id: Paper(
            id=row.id,
            title=row.title,
            authors=codec.decode_authorships(row.authors),
            categories=tuple(row.categories.split()),
        )
        for row in connection.execute(query)
    }
    found = []
    for link in links:
        row, paper = rows[link.author_id], read.get(link.paper_id)
        place = None if paper is None else _place(paper, row)
        if paper is None or place is None:
            continue
        # What was left with the name itself may find its person now.
        person = row.id if row.openalex_id else link.person_id if link.person_id != own else None
        found.append(_Bearer(paper, place, row.id, person, _evidence(paper, place, person)))
    return found


def _evidence(paper: Paper, place: int, person_id: int | None) -> Evidence:
    """Return what a paper tells; who is known already stays who they are."""
    return replace(evidence_of(paper, place), person=None if person_id is None else str(person_id))


def _place(paper: Paper, row: people.Found) -> int | None:
    """Return where a paper prints the author that a row stands for."""
    wanted = row.openalex_id or row.name_key
    return next((at for at, author in enumerate(paper.authors) if identity_of(author) == wanted), None)


def _attribute(found: _Sorted, groups: Sequence[list[_Bearer]], own: int, called: set[int]) -> None:
    """Say whose each group's papers are; `called` are the rows of exactly this name, `own` the name's.

    A name that one person alone is known by stays that person's, with the papers nothing ties to
    them: asking whose they are would be asking about nobody.
    """
    asked = [group for group in groups if any(bearer.name_id in called for bearer in group)]
    known = {bearer.person_id for group in asked for bearer in group} - {None}
    new = [group for group in asked if len(group) >= FEWEST_PAPERS and _person_of(group) is None]
    are_several = len(known) + len(new) > 1
    for group in asked:
        person = _person_of(group)
        if are_several and person is None and len(group) >= FEWEST_PAPERS:
            found.people.append((_described(found.name_key, group), group))
            continue
        loose = [
            (bearer.paper_id, bearer.name_id, person or own)
            for bearer in group
            if bearer.person_id is None and (are_several or bearer.name_id != own)
        ]
        found.attributed += loose


def _person_of(group: Sequence[_Bearer]) -> int | None:
    """Return who is known to have written one of a group's papers."""
    return next((bearer.person_id for bearer in group if bearer.person_id is not None), None)


def _described(key: str, group: Sequence[_Bearer]) -> Author:
    """Return the author that papers describe, with their usual name, field and institution."""
    signed = (author.name for bearer in group for author in bearer.paper.authors)
    spelling = {name_key(name): name for name in signed}
    authors_ = [bearer.paper.authors[bearer.place] for bearer in group]
    names = Counter(author.name for author in authors_ if name_key(author.name) == key)
    places = Counter(name for author in authors_ for name in author.institutions)
    fields_ = Counter(bearer.paper.categories[0] for bearer in group if bearer.paper.categories)
    return Author(
        name=names.most_common(1)[0][0],
        primary_category=_first(fields_),
        institutions=tuple(name for name, _ in places.most_common(1)),
        evidence=common_ground([bearer.evidence for bearer in group], spelling),
    )


def _first(counts: Counter[str]) -> str | None:
    return next((value for value, _ in counts.most_common(1)), None)


async def _save(connection: AsyncConnection, found: _Sorted) -> None:
    free = await next_author_id(connection)
    attributed = list(found.attributed)
    new: list[tuple[Any, ...]] = []
    found.people.sort(key=lambda person: (-len(person[1]), min(bearer.paper_id for bearer in person[1])))
    for number, (author, group) in enumerate(found.people):
        id_, count = free + number, len(group)
        key = f"{found.name_key}{NUMBERED}{id_}"
        row = (id_, None, None, author.name, key, 0, count, author.primary_category)
        new.append((*row, codec.encode(author)))
        attributed += [(bearer.paper_id, bearer.name_id, id_) for bearer in group]
    await many(connection, insert(authors), new)
    await many(connection, _attribute_to, attributed)
    beginning = f"{found.name_key}{NUMBERED}"
    await connection.execute(_count_papers, {"low": beginning, "high": f"{beginning}:"})
    await connection.execute(
        upsert(sorted_names)
        .values(name_key=found.name_key, papers=found.papers)
        .on_conflict_do_update(index_elements=["name_key"], set_={"papers": found.papers})
    )


_count_papers = (
    update(authors)
    .where(
        authors.c.openalex_id.is_(None),
        authors.c.name_key >= bindparam("low"),
        authors.c.name_key < bindparam("high"),
    )
    .values(
        paper_count=select(func.count()).where(attributions.c.person_id == authors.c.id).scalar_subquery()
    )
)
_attribution = upsert(attributions)
_attribute_to = _attribution.on_conflict_do_update(
    index_elements=["paper_id", "name_id"], set_={"person_id": _attribution.excluded.person_id}
)
