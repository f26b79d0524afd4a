"""What is asked of the catalogue, as an expression of FTS5 and conditions of SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.domain.search import PaperFilter, Sort
from bot.domain.topics import And, Field, Not, Or, Term, Topic
from bot.storage.catalogue.paper_rows import WITH_CODE, category_word
from bot.storage.columns import to_number
from bot.text.names import name_key

Values = tuple[tuple[str, Any], ...]

NO_ID = 2**62
"""An id that no paper has, above all others."""

DAY_MICROSECONDS = 86_400_000_000.0
EPOCH_ORDINAL = 719_163
"""Python's number of 1970-01-01, from which days of `trend` are counted."""

MOST_NAMES = 8
"""Words of a name that are looked for."""

COLUMNS = {
    Field.ANY: "{title abstract authors}",
    Field.TITLE: "{title}",
    Field.ABSTRACT: "{abstract}",
    Field.AUTHORS: "{authors}",
}

_NOTHING = '{categories} : "nothing"'
"""An expression that no paper satisfies."""


@dataclass(frozen=True, slots=True)
class Query:
    """What papers must satisfy: an expression of the text index, and conditions on columns."""

    match: str
    conditions: tuple[str, ...] = ()
    values: Values = ()
    in_title: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The conditions as SQL that can follow others."""
        return "".join(f" AND {condition}" for condition in self.conditions)

    @property
    def matches(self) -> str:
        """What matches, with its row where a condition asks for it."""
        return self.joined if self.conditions else "FROM papers_index WHERE papers_index MATCH :match"

    @property
    def joined(self) -> str:
        """What matches, with its row."""
        return f"FROM papers_index CROSS JOIN papers AS p {self._on}"

    @property
    def looked_up(self) -> str:
        """Rows of papers, each looked up in the text index."""
        return f"FROM papers AS p CROSS JOIN papers_index {self._on}"

    @property
    def newest(self) -> str:
        """What matches, the last stored first."""
        return f"SELECT papers_index.rowid {self.matches} ORDER BY papers_index.rowid DESC"

    def numbered(self, number: str) -> str:
        """Select papers that have a number, the largest first, each looked up in the text index."""
        return (
            "SELECT p.id FROM paper_numbers AS o CROSS JOIN papers AS p ON p.id = o.paper_id"  # noqa: S608 -- our words
            f" CROSS JOIN papers_index {self._on} AND o.{number} IS NOT NULL"
            f" ORDER BY o.{number} DESC, o.paper_id DESC"
        )

    @property
    def _on(self) -> str:
        return f"ON p.id = papers_index.rowid WHERE papers_index MATCH :match{self.where}"


def query_of(topic: Topic | None, where: PaperFilter, author: str = "") -> Query:
    """Compile a topic, a filter and a printed name; all three have to hold."""
    parts = []
    if topic is not None:
        parts.append(compile_topic(topic))
    if where.category:
        parts.append(f"{{categories}} : {_quoted(category_word(where.category))}")
    if where.has_code:
        parts.append(f"{{categories}} : {WITH_CODE}")
    names = name_key(author).split()[:MOST_NAMES]
    parts += [f"{{authors}} : {_quoted(name)}" for name in names]
    if author and not names:
        parts.append(_NOTHING)
    conditions, values = conditions_of(replace(where, category=None, has_code=False))
    if where.announced_since:
        # What was announced lately was stored lately: the index need not be read further back.
        # The plus keeps SQLite from looking for the least id first, paper by paper.
        since = "SELECT min(+id) FROM papers WHERE announced_at >= :announced"
        floor = f"coalesce(({since}), {NO_ID})"
        conditions = (*conditions, f"papers_index.rowid >= {floor}") if parts else conditions
    if where.appeared_since and parts:
        since = "SELECT min(+id) FROM papers WHERE announced_at >= :appeared OR dated_at >= :appeared"
        conditions = (*conditions, f"papers_index.rowid >= coalesce(({since}), {NO_ID})")
    if names:
        borne, patterns = _borne_by_one(names)
        conditions, values = (*conditions, borne), (*values, *patterns)
    in_title = tuple(_in_title(topic)) if topic is not None else ()
    return Query(" AND ".join(f"({part})" for part in parts), conditions, values, in_title)


def conditions_of(where: PaperFilter) -> tuple[tuple[str, ...], Values]:
    """Return a filter as SQL conditions on `papers AS p`, with their values."""
    chosen: dict[str, tuple[str, Any]] = {}
    if where.category:
        chosen["category"] = ("(p.categories LIKE :category OR p.categories LIKE :archive)", None)
    if where.since:
        chosen["since"] = ("p.dated_at >= :since", _midnight(where.since))
    if where.until:
        chosen["until"] = ("p.dated_at < :until", _midnight(where.until + timedelta(days=1)))
    if where.announced_since:
        chosen["announced"] = ("p.announced_at >= :announced", _midnight(where.announced_since))
    if where.appeared_since:
        chosen["appeared"] = (
            "(p.announced_at >= :appeared OR p.announced_at IS NULL AND p.dated_at >= :appeared)",
            _midnight(where.appeared_since),
        )
    for name, least in (("score", where.min_score), ("novelty", where.min_novelty)):
        if least is not None:
            known = f"SELECT 1 FROM paper_numbers AS n WHERE n.paper_id = p.id AND n.{name} >= :{name}"  # noqa: S608 -- our words
            chosen[name] = (f"EXISTS ({known})", least)
    if where.has_code:
        chosen["code"] = ("p.code_url IS NOT NULL", None)
    values = [(name, value) for name, (_, value) in chosen.items() if value is not None]
    if "category" in chosen:
        values += [("category", f"% {where.category} %"), ("archive", f"% {where.category}.%")]
    return tuple(condition for condition, _ in chosen.values()), tuple(values)


def order_of(sort: Sort) -> str:
    """Return what papers `p` are ordered by, the largest first."""
    number = "(SELECT {} FROM paper_numbers AS n WHERE n.paper_id = p.id)"
    match sort:
        case Sort.CITATIONS:
            return "p.citation_count"
        case Sort.SCORE | Sort.NOVELTY:
            return number.format(sort.value)
        case Sort.RANK:
            # Without a forecast, half of what is possible is expected: one half-life less.
            unscored = f"p.dated_at / {DAY_MICROSECONDS} + {EPOCH_ORDINAL} - 14"
            return f"coalesce({number.format('trend')}, {unscored})"
        case _:
            return "p.dated_at"


def ordered_by(sort: Sort) -> str:
    """Return the whole order of papers `p`; those that lack what they are ordered by come last, by date.

    It is the order of an index where there is one, and among equal scores that of `Query.numbered`.
    """
    first = f"{order_of(sort)} DESC NULLS LAST"
    match sort:
        case Sort.CITATIONS:
            return f"{first}, p.dated_at DESC NULLS LAST, p.id DESC"
        case Sort.SCORE | Sort.NOVELTY:
            return f"{first}, iif({order_of(sort)} IS NULL, p.dated_at, NULL) DESC NULLS LAST, p.id DESC"
        case _:
            return f"{first}, p.id DESC"


def compile_topic(topic: Topic) -> str:
    """Return a topic as an expression of FTS5; every word is quoted, so none is an operator."""
    match topic:
        case Term():
            return _term(topic)
        case Or(parts=()):
            return _NOTHING
        case Or(parts=parts):
            return " OR ".join(f"({compile_topic(part)})" for part in parts)
        case And(parts=parts):
            return _all(parts)
        case Not():
            # Nothing to subtract from: what stands alone like this finds nothing.
            return _NOTHING
    raise TypeError(topic)


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


def _borne_by_one(names: Sequence[str]) -> tuple[str, Values]:
    """Return the condition that one author's name, or an alias of it, has all words.

    The text index knows only that the words occur among the authors.
    """
    spelled = " AND ".join(f"' ' || a.name_key || ' ' LIKE :name{n}" for n in range(len(names)))
    aliased = " AND ".join(f"' ' || k.key || ' ' LIKE :name{n}" for n in range(len(names)))
    condition = (
        "EXISTS (SELECT 1 FROM authorships AS s JOIN authors AS a ON a.id = s.author_id"  # noqa: S608 -- values apart
        f" WHERE s.paper_id = p.id AND ({spelled} OR EXISTS (SELECT 1 FROM author_keys AS k"
        f" WHERE k.author_id = a.id AND {aliased})))"
    )
    return condition, tuple((f"name{n}", f"% {name} %") for n, name in enumerate(names))
