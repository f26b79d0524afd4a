"""Papers that a paper is compared with: those that share its words, and its authors' own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection

from bot.domain.likeness import AuthorPaper, Compared, EarlierCounts, Surroundings, Telling
from bot.domain.papers import Paper
from bot.storage import codec
from bot.storage.columns import day_of, fetch, to_number

MOST_AUTHORS = 100
"""Of a collaboration, so many authors are looked at."""

OWN_TEXTS = 300
"""Of all authors' earlier papers, so many texts are compared, the newest."""

DEEPEST = 400
"""So many matches are looked through for those of the right years."""

_ARCHIVE = "substr(p.primary_category, 1, instr(p.primary_category || '.', '.') - 1)"
_COMPARED = (
    f"SELECT p.id, p.title, p.abstract, coalesce({_ARCHIVE}, ''), p.dated_at, n.impact"  # noqa: S608 -- our words
    " FROM papers AS p LEFT JOIN paper_numbers AS n ON n.paper_id = p.id"
    " WHERE p.id IN (SELECT value FROM json_each(:ids)) AND p.dated_at IS NOT NULL"
)
_SHARING = (
    "SELECT rowid FROM papers_index WHERE papers_index MATCH :match"
    " ORDER BY bm25(papers_index, 2.0, 1.0, 0.0, 0.0) LIMIT :limit"
)
_WITHIN = (
    "SELECT id FROM papers WHERE id IN (SELECT value FROM json_each(:ids))"
    " AND dated_at >= :since AND dated_at < :before AND withdrawn = 0"
)
_EARLIER = (
    "SELECT own.position, s.paper_id, p.dated_at, n.impact FROM authorships AS own"
    " JOIN authorships AS s ON s.author_id = own.author_id JOIN papers AS p ON p.id = s.paper_id"
    " LEFT JOIN paper_numbers AS n ON n.paper_id = p.id"
    " WHERE own.paper_id = :paper AND own.position < :most AND p.dated_at < :before AND p.id != :paper"
    " ORDER BY p.dated_at DESC"
)
_COUNTS = (
    f"SELECT coalesce({_ARCHIVE}, ''), strftime('%Y', p.dated_at / 1000000, 'unixepoch') * 12"  # noqa: S608 -- our words
    " + strftime('%m', p.dated_at / 1000000, 'unixepoch') - 1, count(*)"
    " FROM papers AS p WHERE p.dated_at IS NOT NULL GROUP BY 1, 2"
)


def surroundings(
    connection: Connection, paper: Paper, words: Telling, since: date, before: date, limit: int
) -> Surroundings:
    """Return what a paper is compared with: earlier papers from `since` on, and its authors' own."""
    first, end = _midnight(since), _midnight(before)
    matches = _match(connection, words, DEEPEST)
    within = {
        row[0]
        for row in fetch(connection, _WITHIN, {"ids": codec.encode(matches), "since": first, "before": end})
    }
    near = [id_ for id_ in matches if id_ in within and id_ != paper.id][:limit]
    authors, newest = _by_author(connection, paper, end)
    texts = read_compared(connection, list(dict.fromkeys((*near, *newest))))
    return Surroundings(
        near=tuple(texts[id_] for id_ in near if id_ in texts),
        authors=authors,
        own_work=tuple(texts[id_] for id_ in newest if id_ in texts),
    )


def sharing(connection: Connection, words: Telling, limit: int) -> tuple[Compared, ...]:
    """Return papers of any date that share words, the best matches first."""
    ids = _match(connection, words, limit)
    texts = read_compared(connection, ids)
    return tuple(texts[id_] for id_ in ids if id_ in texts)


def read_compared(connection: Connection, ids: Sequence[int]) -> dict[int, Compared]:
    """Return papers as others are compared with them, those with a date."""
    return {
        id_: Compared(
            id=id_,
            title=title,
            abstract=abstract,
            archive=archive,
            day=day_of(dated_at),
            impact=impact,
        )
        for id_, title, abstract, archive, dated_at, impact in fetch(
            connection, _COMPARED, {"ids": codec.encode(ids)}
        )
    }


def earlier_counts(connection: Connection) -> EarlierCounts:
    """Count the catalogue by archive and month."""
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for archive, month, count in fetch(connection, _COUNTS, {}):
        found[archive][int(month)] = count
    return EarlierCounts(by_archive=dict(found))


def _match(connection: Connection, words: Telling, limit: int) -> list[int]:
    if not words.rare:
        return []
    match = " AND ".join(_any_of(some) for some in (words.rare, words.others) if some)
    return [row[0] for row in fetch(connection, _SHARING, {"match": match, "limit": limit})]


def _any_of(words: Sequence[str]) -> str:
    # Words are letters and digits; in quotes, none of them is an operator.
    return f"({' OR '.join(f'{chr(34)}{word}{chr(34)}' for word in words)})"


def _by_author(
    connection: Connection, paper: Paper, before: int
) -> tuple[tuple[tuple[AuthorPaper, ...], ...], list[int]]:
    """Return each author's earlier papers, and the newest of all of them together."""
    values = {"paper": paper.id, "most": MOST_AUTHORS, "before": before}
    by_author: defaultdict[int, list[AuthorPaper]] = defaultdict(list)
    for position, id_, dated_at, impact in fetch(connection, _EARLIER, values):
        by_author[position].append(AuthorPaper(id=id_, day=day_of(dated_at), impact=impact))
    together = sorted(
        {one.id: one for papers in by_author.values() for one in papers}.values(),
        key=lambda one: (one.day, one.id),
        reverse=True,
    )
    positions = range(min(len(paper.authors), MOST_AUTHORS))
    return (
        tuple(tuple(by_author.get(position, ())) for position in positions),
        [one.id for one in together[:OWN_TEXTS]],
    )


def _midnight(day: date) -> int:
    return to_number(datetime.combine(day, time(), UTC))
