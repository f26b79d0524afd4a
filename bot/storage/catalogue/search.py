"""Full text search with bounded work, however common the words are.

Up to 30,000 matches are ranked by bm25, exactly. To rank more, FTS5 would read the entry of each,
and all entries of a word to count them: there, the newest 2,000 are ordered by which of the words
stand in the title, and none by its date alone is lost.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from bot.domain.papers import Paper
from bot.domain.search import Page, Sort, WordCounts
from bot.storage import codec
from bot.storage.catalogue.merging import follow
from bot.storage.catalogue.number_rows import with_numbers
from bot.storage.catalogue.paper_rows import SELECT_BY_IDS, paper_from
from bot.storage.catalogue.queries import Query, ordered_by
from bot.storage.columns import fetch

RANKED = 30_000
"""So many matches are ranked exactly; FTS5 takes 0.7 µs for each."""

NEWEST = 2_000
"""Of more matches, the newest so many are put in order."""

COUNTED = 1_000
"""Totals are counted up to here."""

FEWEST_PAPERS = 3
RAREST = 20_000
"""A word in fewer papers than these says nothing about others."""

DAY = 86_400_000_000
"""Microseconds."""

WEIGHTS = "4.0, 1.0, 2.0, 0.0"
"""What a word is worth in the title, the abstract, an author's name, a category."""


def find(connection: Connection, query: Query, sort: Sort, limit: int, offset: int) -> Page:
    """Return a page of the papers that satisfy a query."""
    order = f"ORDER BY {ordered_by(sort)}"
    values = dict(query.values) | {"match": query.match, "offset": offset}
    if not query.match:
        # Without words there is no relevance, so the newest come first.
        listed = f"SELECT p.id FROM papers AS p WHERE TRUE{query.where}"  # noqa: S608 -- conditions of ours
        ids = _ids(connection, f"{listed} {order} {_PAGE}", values, limit)
        (count,) = _ids(connection, f"SELECT count(*) FROM ({listed} LIMIT :limit)", values, COUNTED + 1)  # noqa: S608 -- our words
        return _page(connection, ids, count, offset)
    count = len(_ids(connection, f"{query.newest} LIMIT :limit", values, COUNTED + 1))
    common = count > COUNTED and _is_common(connection, query)
    if sort is Sort.RELEVANCE and common:
        newest = _ids(connection, f"{query.newest} LIMIT :limit", values, NEWEST)
        ids = list(_by_title(connection, query, newest))[offset : offset + limit]
    elif sort is Sort.RELEVANCE:
        order = f"ORDER BY bm25(papers_index, {WEIGHTS}), papers_index.rowid DESC"
        ids = _ids(connection, f"SELECT papers_index.rowid {query.matches} {order} {_PAGE}", values, limit)
    else:
        # Where every twentieth paper matches, going down the order finds a page before the index
        # is through; where few do, these are put in order.
        found = query.looked_up if common and sort in (Sort.NEWEST, Sort.CITATIONS) else query.joined
        ids = []
        if common and sort in (Sort.SCORE, Sort.NOVELTY):
            ids = _ids(connection, f"{query.numbered(sort.value)} {_PAGE}", values, limit)
        if len(ids) < limit:
            ids = _ids(connection, f"SELECT p.id {found} {order} {_PAGE}", values, limit)
    return _page(connection, ids, count, offset)


def read_papers(connection: Connection, ids: Sequence[int]) -> tuple[Paper, ...]:
    """Return papers by id, in the order given, leaving out unknown ones.

    What became one with another paper is that one.
    """
    if not ids:
        return ()
    rows = fetch(connection, SELECT_BY_IDS, {"ids": codec.encode(ids)})
    found = {paper.id: paper for paper in with_numbers(connection, [paper_from(row) for row in rows])}
    if missing := [id_ for id_ in ids if id_ not in found]:
        became = follow(connection, missing)
        now = {paper.id: paper for paper in read_papers(connection, list(became.values()))}
        found |= {gone: now[kept] for gone, kept in became.items() if kept in now}
    return tuple(found[id_] for id_ in ids if id_ in found)


def announced(connection: Connection, query: Query, limit: int) -> tuple[Paper, ...]:
    """Return the newest papers, by announcement, that satisfy a query."""
    order = "ORDER BY p.announced_at DESC, p.id DESC"
    ids = _ids(connection, f"SELECT p.id {_rows(query)} {order} LIMIT :limit", _values(query), limit)
    return read_papers(connection, ids)


def announced_days(connection: Connection, query: Query) -> int:
    """Count the days of announcement among the papers that satisfy a query."""
    days = f"SELECT count(DISTINCT p.announced_at / {DAY}) {_rows(query)}"
    return int(fetch(connection, days, _values(query))[0][0])


def word_counts(connection: Connection) -> WordCounts:
    """Count in how many papers each word stands, leaving out those in fewer than one of 20,000.

    Words of names and categories are counted with them, which hardly any abstract has.
    """
    papers = int(fetch(connection, "SELECT count(*) FROM papers", {})[0][0])
    least = max(FEWEST_PAPERS, papers // RAREST)
    rows = fetch(connection, "SELECT term, doc FROM papers_words WHERE doc >= :least", {"least": least})
    return WordCounts(papers=papers, papers_with=dict(rows))


def _rows(query: Query) -> str:
    return query.joined if query.match else f"FROM papers AS p WHERE TRUE{query.where}"


def _values(query: Query) -> dict[str, Any]:
    return dict(query.values) | {"match": query.match}


_PAGE = "LIMIT :limit OFFSET :offset"


def _ids(connection: Connection, sql: str, values: dict[str, Any], limit: int) -> list[int]:
    """Return what a statement of our own selects; only values come from outside."""
    return [row[0] for row in fetch(connection, sql, values | {"limit": limit})]


def _is_common(connection: Connection, query: Query) -> bool:
    """Say whether more papers match, conditions aside, than are ranked exactly."""
    beyond = "SELECT 1 FROM papers_index WHERE papers_index MATCH :match LIMIT 1 OFFSET :limit"
    return bool(_ids(connection, beyond, {"match": query.match}, RANKED))


def _by_title(connection: Connection, query: Query, ids: Sequence[int]) -> Sequence[int]:
    worth: defaultdict[int, float] = defaultdict(float)
    in_title = (
        "SELECT rowid FROM papers_index WHERE papers_index MATCH :match AND rowid >= :floor"
        " ORDER BY rowid DESC LIMIT :limit"
    )
    for expression in query.in_title:
        found = _ids(connection, in_title, {"match": expression, "floor": ids[-1]}, RANKED)
        # The rarer a word is in titles, the more it says.
        weight = math.log(1 + len(ids) / (1 + len(found)))
        for id_ in found:
            worth[id_] += weight
    return sorted(ids, key=lambda id_: (-worth.get(id_, 0.0), -id_))


def _page(connection: Connection, ids: Sequence[int], count: int, offset: int) -> Page:
    return Page(
        papers=read_papers(connection, ids),
        total=min(count, COUNTED),
        offset=offset,
        more_than=count > COUNTED,
    )
