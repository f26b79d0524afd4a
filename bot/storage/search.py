"""Full text search with bounded work, however common the words are.

Up to 20,000 matches are ranked by bm25, exactly. To rank more, FTS5 would read the entry of each,
and all entries of a word to count them: there, the newest 2,000 are ordered by which of the words
stand in the title, and none by its date alone is lost.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, select

from bot.domain.papers import Paper
from bot.domain.search import Page, PaperFilter, Sort
from bot.domain.topics import And, Field, Not, Or, Term, Topic
from bot.storage import codec
from bot.storage.columns import among, fetch, to_number
from bot.storage.paper_rows import SELECT_BY_IDS, category_word, paper_from
from bot.storage.schema import papers
from bot.text.names import name_key

RANKED = 20_000
"""So many matches are ranked exactly; FTS5 takes 0.7 µs for each."""

NEWEST = 2_000
"""Of more matches, the newest so many are put in order."""

COUNTED = 1_000
"""Totals are counted up to here."""

WEIGHTS = "4.0, 1.0, 2.0, 0.0"
"""What a word is worth in the title, the abstract, an author's name, a category."""

COLUMNS = {
    Field.ANY: "{title abstract authors}",
    Field.TITLE: "{title}",
    Field.ABSTRACT: "{abstract}",
    Field.AUTHORS: "{authors}",
}


@dataclass(frozen=True, slots=True)
class Query:
    """What papers must satisfy: an expression of the text index, and conditions on columns."""

    match: str
    conditions: tuple[str, ...] = ()
    values: tuple[tuple[str, Any], ...] = ()
    in_title: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The conditions as SQL that can follow others."""
        return "".join(f" AND {condition}" for condition in self.conditions)

    @property
    def matches(self) -> str:
        """SQL that goes on to say `WHERE` what matches."""
        joined = " CROSS JOIN papers AS p ON p.id = papers_index.rowid" if self.conditions else ""
        return f"FROM papers_index{joined} WHERE papers_index MATCH :match{self.where}"


def find(connection: Connection, query: Query, sort: Sort, limit: int, offset: int) -> Page:
    """Return a page of the papers that satisfy a query."""
    if not query.match:
        return _without_text(connection, query, sort, limit, offset)
    values = dict(query.values) | {"match": query.match}
    last = COUNTED + 1
    newest = _ids(connection, f"SELECT papers_index.rowid {query.matches} {_NEWEST_FIRST}", values, last)
    count = len(newest)
    if sort is not Sort.RELEVANCE or _is_common(connection, query, values, count):
        if count == last:
            newest = _ids(
                connection, f"SELECT papers_index.rowid {query.matches} {_NEWEST_FIRST}", values, NEWEST
            )
        ids = _ordered(connection, query, newest, sort)[offset : offset + limit]
    else:
        score = f"bm25(papers_index, {WEIGHTS})"
        ranked = f"SELECT papers_index.rowid {query.matches} ORDER BY {score}, papers_index.rowid DESC"
        ids = _ids(connection, f"{ranked} LIMIT :limit OFFSET :offset", values | {"offset": offset}, limit)
    return _page(connection, ids, count, offset)


def query_of(topic: Topic | None, where: PaperFilter, author: str = "") -> Query:
    """Compile a topic, a filter and a printed name; all three have to hold."""
    parts = []
    if topic is not None:
        parts.append(compile_topic(topic))
    if where.category:
        parts.append(f"{{categories}} : {_quoted(category_word(where.category))}")
    names = name_key(author).split() if author else []
    parts += [f"{{authors}} : {_quoted(name)}" for name in names]
    conditions, values = conditions_of(where, with_category=False)
    if names:
        # The index knows that the words occur among the authors; this, that one of them bears all.
        spelled = " AND ".join(f"' ' || a.name_key || ' ' LIKE :name{n}" for n in range(len(names)))
        aliased = " AND ".join(f"' ' || k.key || ' ' LIKE :name{n}" for n in range(len(names)))
        conditions = (
            *conditions,
            "EXISTS (SELECT 1 FROM authorships AS s JOIN authors AS a ON a.id = s.author_id"  # noqa: S608
            f" WHERE s.paper_id = p.id AND ({spelled} OR EXISTS (SELECT 1 FROM author_keys AS k"
            f" WHERE k.author_id = a.id AND {aliased})))",
        )
        values = (*values, *((f"name{n}", f"% {name} %") for n, name in enumerate(names)))
    in_title = tuple(_in_title(topic)) if topic is not None else ()
    return Query(" AND ".join(f"({part})" for part in parts), conditions, values, in_title)


def conditions_of(
    where: PaperFilter, *, with_category: bool = True
) -> tuple[tuple[str, ...], tuple[tuple[str, Any], ...]]:
    """Return a filter as SQL conditions on `papers AS p`, with their values."""
    chosen: dict[str, tuple[str, Any]] = {}
    if where.category and with_category:
        chosen["category"] = ("(p.categories LIKE :category OR p.categories LIKE :archive)", None)
    if where.since:
        chosen["since"] = ("p.dated_at >= :since", _midnight(where.since))
    if where.until:
        chosen["until"] = ("p.dated_at < :until", _midnight(where.until + timedelta(days=1)))
    if where.announced_since:
        chosen["announced"] = ("p.announced_at >= :announced", _midnight(where.announced_since))
    if where.has_code:
        chosen["code"] = ("p.code_url IS NOT NULL", None)
    values = [(name, value) for name, (_, value) in chosen.items() if value is not None]
    if "category" in chosen:
        values += [("category", f"% {where.category} %"), ("archive", f"% {where.category}.%")]
    return tuple(condition for condition, _ in chosen.values()), tuple(values)


def compile_topic(topic: Topic) -> str:
    """Return a topic as an expression of FTS5; every word is quoted, so none is an operator."""
    match topic:
        case Term():
            return _term(topic)
        case Or(parts=parts):
            return " OR ".join(f"({compile_topic(part)})" for part in parts)
        case And(parts=parts):
            return _all(parts)
        case Not():
            # Nothing to subtract from: what stands alone like this finds nothing.
            return _NOTHING
    raise TypeError(topic)


def read_papers(connection: Connection, ids: Sequence[int]) -> tuple[Paper, ...]:
    """Return papers by id, in the order given, leaving out unknown ones."""
    if not ids:
        return ()
    found = {row[0]: paper_from(row) for row in fetch(connection, SELECT_BY_IDS, {"ids": codec.encode(ids)})}
    return tuple(found[id_] for id_ in ids if id_ in found)


_NEWEST_FIRST = "ORDER BY papers_index.rowid DESC LIMIT :limit"
_NOTHING = '{categories} : "nothing"'


def _all(parts: Sequence[Topic]) -> str:
    wanted = [f"({compile_topic(part)})" for part in parts if not isinstance(part, Not)]
    unwanted = [f"({compile_topic(part.part)})" for part in parts if isinstance(part, Not)]
    if not wanted:
        return _NOTHING
    expression = " AND ".join(wanted)
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression


def _term(term: Term) -> str:
    words = [word.replace("\0", "") for word in term.words]
    phrase = _quoted(" ".join(words))
    return f"{COLUMNS[term.field]} : {phrase}{' *' if term.prefix else ''}"


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""').replace("\0", "") + '"'


def _midnight(day: date) -> int:
    return to_number(datetime.combine(day, time(), UTC))


def _in_title(topic: Topic) -> Iterator[str]:
    """Yield an expression for each wanted term, as it would stand in a title."""
    match topic:
        case Term(field=Field.ANY | Field.TITLE):
            yield _term(replace(topic, field=Field.TITLE))
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _in_title(part)


def _ids(connection: Connection, sql: str, values: dict[str, Any], limit: int) -> list[int]:
    """Return what a statement of our own selects; only values come from outside."""
    return [row[0] for row in fetch(connection, sql, values | {"limit": limit})]


def _is_common(connection: Connection, query: Query, values: dict[str, Any], count: int) -> bool:
    """Say whether more papers match than are ranked exactly."""
    if count <= COUNTED:
        return False
    beyond = f"SELECT 1 {query.matches} LIMIT 1 OFFSET :limit"
    return bool(_ids(connection, beyond, values, RANKED))


def _ordered(connection: Connection, query: Query, ids: Sequence[int], sort: Sort) -> Sequence[int]:
    """Order papers by a column, or by the words in their titles; equal ones by age in the catalogue."""
    if sort is Sort.RELEVANCE:
        return _by_title(connection, query, ids)
    column = papers.c.citation_count if sort is Sort.CITATIONS else papers.c.dated_at
    found = select(papers.c.id).where(among(papers.c.id, ids))
    return connection.execute(found.order_by(column.desc().nulls_last(), papers.c.id.desc())).scalars().all()


def _by_title(connection: Connection, query: Query, ids: Sequence[int]) -> Sequence[int]:
    worth: defaultdict[int, float] = defaultdict(float)
    in_title = (
        "SELECT rowid FROM papers_index WHERE papers_index MATCH :match AND rowid >= :floor LIMIT :limit"
    )
    for expression in query.in_title:
        found = _ids(connection, in_title, {"match": expression, "floor": ids[-1]}, RANKED)
        # The rarer a word is in titles, the more it says.
        weight = math.log(1 + len(ids) / (1 + len(found)))
        for id_ in found:
            worth[id_] += weight
    return sorted(ids, key=lambda id_: (-worth.get(id_, 0.0), -id_))


def _without_text(connection: Connection, query: Query, sort: Sort, limit: int, offset: int) -> Page:
    """List by a column's index; without words there is no relevance, so the newest come first."""
    column = "citation_count" if sort is Sort.CITATIONS else "dated_at"
    values = dict(query.values) | {"offset": offset}
    found = f"SELECT p.id FROM papers AS p WHERE TRUE{query.where}"  # noqa: S608 -- conditions of ours
    order = f"ORDER BY p.{column} DESC NULLS LAST, p.id DESC LIMIT :limit OFFSET :offset"
    ids = _ids(connection, f"{found} {order}", values, limit)
    (count,) = _ids(connection, f"SELECT count(*) FROM ({found} LIMIT :limit)", values, COUNTED + 1)  # noqa: S608
    return _page(connection, ids, count, offset)


def _page(connection: Connection, ids: Sequence[int], count: int, offset: int) -> Page:
    return Page(
        papers=read_papers(connection, ids),
        total=min(count, COUNTED),
        offset=offset,
        more_than=count > COUNTED,
    )
