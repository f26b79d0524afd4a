"""Full text search with bounded work, however common the words are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, text

from bot.domain.papers import Paper
from bot.domain.search import Page, PaperFilter, Sort
from bot.domain.topics import And, Field, Not, Or, Term, Topic
from bot.storage.columns import among, to_number
from bot.storage.paper_rows import category_word, every_column, paper_from
from bot.storage.schema import papers
from bot.text.names import name_key

NEWEST = 2_000
"""Where more papers match, only the newest so many are ranked: bm25 reads each one's text entry."""

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

    @property
    def where(self) -> str:
        """The conditions as SQL that can follow others."""
        return "".join(f" AND {condition}" for condition in self.conditions)


def find(connection: Connection, query: Query, sort: Sort, limit: int, offset: int) -> Page:
    """Return a page of the papers that satisfy a query."""
    if not query.match:
        return _without_text(connection, query, sort, limit, offset)
    values = dict(query.values) | {"match": query.match}
    source = "papers_index"
    if query.conditions:
        source += " CROSS JOIN papers AS p ON p.id = papers_index.rowid"
    newest = (
        connection.execute(
            text(
                f"SELECT papers_index.rowid FROM {source} WHERE papers_index MATCH :match{query.where}"  # noqa: S608
                f" ORDER BY papers_index.rowid DESC LIMIT {NEWEST}"
            ),
            values,
        )
        .scalars()
        .all()
    )
    if sort is Sort.RELEVANCE and newest:
        ids = _ranked(connection, query, source, values | {"floor": newest[-1]}, limit, offset)
    else:
        ids = _sorted(connection, newest, sort, limit, offset)
    return _page(connection, ids, len(newest), offset)


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
    return Query(" AND ".join(f"({part})" for part in parts), conditions, values)


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
    rows = connection.execute(every_column.where(among(papers.c.id, list(ids)))).all()
    found = {row.id: paper_from(row) for row in rows}
    return tuple(found[id_] for id_ in ids if id_ in found)


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


def _ranked(
    connection: Connection, query: Query, source: str, values: dict[str, Any], limit: int, offset: int
) -> Sequence[int]:
    return (
        connection.execute(
            text(
                f"SELECT papers_index.rowid FROM {source}"  # noqa: S608
                f" WHERE papers_index MATCH :match AND papers_index.rowid >= :floor{query.where}"
                f" ORDER BY bm25(papers_index, {WEIGHTS}), papers_index.rowid DESC"
                " LIMIT :limit OFFSET :offset"
            ),
            values | {"limit": limit, "offset": offset},
        )
        .scalars()
        .all()
    )


def _sorted(connection: Connection, ids: Sequence[int], sort: Sort, limit: int, offset: int) -> Sequence[int]:
    column = papers.c.citation_count if sort is Sort.CITATIONS else papers.c.dated_at
    return (
        connection.execute(
            papers.select()
            .with_only_columns(papers.c.id)
            .where(among(papers.c.id, ids))
            .order_by(column.desc().nulls_last(), papers.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        .scalars()
        .all()
    )


def _without_text(connection: Connection, query: Query, sort: Sort, limit: int, offset: int) -> Page:
    """List by a column's index; without words there is no relevance, so the newest come first."""
    column = "citation_count" if sort is Sort.CITATIONS else "dated_at"
    found = f"SELECT p.id FROM papers AS p WHERE TRUE{query.where}"  # noqa: S608 -- columns of ours
    ids = connection.execute(
        text(f"{found} ORDER BY p.{column} DESC NULLS LAST, p.id DESC LIMIT :limit OFFSET :offset"),
        dict(query.values) | {"limit": limit, "offset": offset},
    )
    count = connection.execute(
        text(f"SELECT count(*) FROM ({found} LIMIT {COUNTED + 1})"),  # noqa: S608 -- the same
        dict(query.values),
    )
    return _page(connection, ids.scalars().all(), count.scalar_one(), offset)


def _page(connection: Connection, ids: Sequence[int], count: int, offset: int) -> Page:
    return Page(
        papers=read_papers(connection, ids),
        total=min(count, COUNTED),
        offset=offset,
        more_than=count > COUNTED,
    )
