"""What is kept where two sources, or two versions, speak of the same paper or person.

Of two known values that one stays which `bot.domain.records.RULES` prefers, and unknown never
overwrites known. So the order of merging matters only for what is joined author by author.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

import msgspec

from bot.domain.authors import Author
from bot.domain.figures import Figure, SourceScore
from bot.domain.papers import Authorship, Paper, Version
from bot.domain.records import OPENALEX, RULES, Origin, Record
from bot.text.names import initials_compatible, name_key

T = TypeVar("T")

UNKNOWN: tuple[Any, ...] = (None, "", ())
"""What a field holds of which nothing is known."""

_COMPARED = 50
"""Names of a list that are compared one by one; of longer ones only equal names are found."""

_NEVER = datetime.min.replace(tzinfo=UTC)


def merge_papers(old: Record, new: Record) -> Record:
    """Return one record under the first one's id, each value from the side that knows better."""
    match = _Match(old, new)
    values: dict[str, Any] = {name: getattr(match.lead(name), name) for name in _PLAIN}
    paper = replace(
        old.paper,
        arxiv_id=old.paper.arxiv_id or new.paper.arxiv_id,
        authors=_authors(match),
        versions=_versions(match),
        summary_source=match.lead("summary").summary_source,
        announced_at=match.lead("announced_at").announced_at,
        announced_estimated=match.lead("announced_at").announced_estimated,
        scores=merge_scores(old.paper.scores, new.paper.scores),
        **values,
    )
    return with_origins(paper, match.origins)


def with_origins(paper: Paper, origins: Mapping[str, Origin]) -> Record:
    """Return the record of a paper whose every value comes from somewhere; its title gives the base."""
    paper = replace(paper, source=origins["title"].source, fetched_at=origins["title"].as_of)
    base = Record(paper=paper).base
    told = {
        name: origin
        for name, origin in origins.items()
        # Of a title the origin is told though it be unknown: the base says another version.
        if origin != base
        and name not in OWN_WORD
        and (name == "title" or value_of(paper, name) not in UNKNOWN)
    }
    return Record(paper=paper, origins=told)


def known_origins(record: Record) -> dict[str, Origin]:
    """Return where each value comes from of which anything is known."""
    names = (name for name in RULES if value_of(record.paper, name) not in UNKNOWN)
    return {name: known_origin(record, name) for name in names}


def merge_authors(old: Author, new: Author) -> Author:
    """Return one profile: the later told wins, but unknown never overwrites known."""
    lead, other = (old, new) if _told_on(old) > _told_on(new) else (new, old)
    aliases = dict.fromkeys((*lead.aliases, *other.aliases, other.name))
    aliases.pop(lead.name, None)
    return replace(
        lead,
        id=old.id,
        aliases=tuple(aliases),
        openalex_id=new.openalex_id or old.openalex_id,
        former_ids=tuple(dict.fromkeys((*old.former_ids, *new.former_ids))),
        orcid=lead.orcid or other.orcid,
        primary_category=lead.primary_category or other.primary_category,
        institutions=lead.institutions or other.institutions,
        h_index=_newer(old.h_index, new.h_index),
        i10_index=_newer(old.i10_index, new.i10_index),
        paper_count=_newer(old.paper_count, new.paper_count),
        citation_count=_newer(old.citation_count, new.citation_count),
        years=lead.years or other.years,
        scores=merge_scores(old.scores, new.scores),
        fetched_at=max(filter(None, (old.fetched_at, new.fetched_at)), default=None),
    )


def _told_on(author: Author) -> date:
    """Return the day of a profile's newest number: it may be read without its works, so with no moment."""
    figures = (author.h_index, author.i10_index, author.paper_count, author.citation_count)
    return max((figure.as_of for figure in figures if figure is not None), default=date.min)


class _Match:
    """Two records side by side; `origins` collects where the chosen values come from."""

    def __init__(self, old: Record, new: Record) -> None:
        self.old, self.new = old, new
        self.origins: dict[str, Origin] = {}
        self._lesser = _lesser_work(old, new)
        self._alike = self._lesser is None and old.base.source == new.base.source
        # What one source says again is mostly the same, and only its moment or version moves on.
        self._old_is_later = {
            by_version: _order(old.base, by_version) >= _order(new.base, by_version)
            for by_version in (False, True)
        }

    def lead(self, name: str) -> Paper:
        """Return the paper whose value stays."""
        winner = self.old if self._stays(name) else self.new
        self.origins[name] = winner.origin_of(name)
        return winner.paper

    def _stays(self, name: str) -> bool:
        old, new = value_of(self.old.paper, name), value_of(self.new.paper, name)
        if self._is_said_again(name) and old == new:
            return self._old_is_later[RULES[name].by_version]
        if (old in UNKNOWN) is not (new in UNKNOWN):
            return new in UNKNOWN
        old_weight, new_weight = self._weight(name, self.old, old), self._weight(name, self.new, new)
        if old_weight == new_weight and old != new:
            # Nothing tells them apart: the fuller one stays, in whatever order they came.
            return (len(repr(old)), repr(old)) >= (len(repr(new)), repr(new))
        return old_weight >= new_weight

    def _is_said_again(self, name: str) -> bool:
        """Say whether the same source speaks on both sides, to which alone the moment matters."""
        named = name in self.old.origins or name in self.new.origins or name in _SELF_NAMED
        return self._alike and not named

    def _weight(self, name: str, side: Record, value: Any) -> tuple[Any, ...]:
        rule, origin = RULES[name], known_origin(side, name)
        outranked = side is self._lesser and origin.source == OPENALEX
        said = value not in UNKNOWN
        return (
            rule.above(value) if rule.above and said else 0,
            rule.rank(origin.source) - outranked / 2,
            origin.version if rule.by_version else 0,
            rule.below(value) if rule.below and said else 0,
            origin.as_of or _NEVER,
            # These two decide nothing but which of two equally good origins is kept.
            side.origin_of(name).version,
            side.origin_of(name).source,
        )


def _order(origin: Origin, by_version: bool) -> tuple[int, datetime, int]:
    return origin.version if by_version else 0, origin.as_of or _NEVER, origin.version


def _lesser_work(old: Record, new: Record) -> Record | None:
    """Return the record whose OpenAlex work is a less cited double of the other's, None without doubles."""
    if old.paper.openalex_id is None or new.paper.openalex_id in (None, old.paper.openalex_id):
        return None
    return min(old, new, key=lambda record: (_cited(record.paper), -_number(record.paper)))


def _cited(paper: Paper) -> int:
    cited = paper.citation_count
    return cited.value if cited is not None and cited.source == OPENALEX else -1


def _number(paper: Paper) -> int:
    return int(paper.openalex_id.value[1:]) if paper.openalex_id else 0


def value_of(paper: Paper, name: str) -> Any:
    """Return what a paper says by the name of a rule."""
    part = _PARTS.get(name)
    return part(paper) if part else getattr(paper, name)


_PARTS: dict[str, Callable[[Paper], object]] = {
    "announced_at": lambda paper: paper.announced_at and (paper.announced_estimated, paper.announced_at),
    "identities": lambda paper: tuple(one.openalex_id for one in paper.authors if one.openalex_id),
    "institutions": lambda paper: paper.institutions,
}
_SELF_NAMED = ("citation_count", "summary")
"""Values that come with the name of their source."""

OWN_WORD = ("citation_count", "version")
"""Values that need no origin beside them: a count names its own, and any version may be the newest."""

_PLAIN = tuple(name for name in RULES if name not in ("authors", "versions", *_PARTS))


def known_origin(record: Record, name: str) -> Origin:
    """Return where a value comes from; some values say so themselves."""
    paper = record.paper
    if name == "citation_count" and paper.citation_count is not None:
        cited = paper.citation_count
        return Origin(cited.source, datetime.combine(cited.as_of, time(), UTC))
    if name == "summary" and paper.summary_source:
        return record.origin_of(name)._replace(source=paper.summary_source)
    return record.origin_of(name)


def _authors(match: _Match) -> tuple[Authorship, ...]:
    """Return the better list of names, with what either side knows of the same people."""
    lead, identified, placed = (match.lead(name) for name in ("authors", "identities", "institutions"))
    other = match.new.paper if lead is match.old.paper else match.old.paper
    if not lead.authors or not other.authors or lead.authors == other.authors:
        return lead.authors or other.authors
    merged = []
    for author, twin in zip(lead.authors, _twins(lead.authors, other.authors), strict=True):
        if twin is not None:
            ids = (author.openalex_id, twin.openalex_id)
            places = (author.institutions, twin.institutions)
            author = msgspec.structs.replace(
                author,
                openalex_id=_first(ids if identified is lead else ids[::-1]),
                institutions=_first(places if placed is lead else places[::-1]) or (),
            )
        merged.append(author)
    return tuple(merged)


def _twins(lead: tuple[Authorship, ...], other: tuple[Authorship, ...]) -> list[Authorship | None]:
    """Return the same people of the other list, None where it has them not."""
    by_key = {name_key(author.name): author for author in other}
    in_step = len(lead) == len(other)
    twins = []
    for position, author in enumerate(lead):
        twin = by_key.get(name_key(author.name))
        if twin is None and in_step and _share_a_word(author.name, other[position].name):
            twin = other[position]
        elif twin is None and len(other) <= _COMPARED:
            alike = [one for one in other if initials_compatible(author.name, one.name)]
            twin = alike[0] if len(alike) == 1 else None
        twins.append(twin)
    return twins


def _first(values: tuple[T | None, T | None]) -> T | None:
    return values[0] or values[1]


def _share_a_word(one: str, other: str) -> bool:
    """Say whether two names have a written-out word in common, enough for one place of one list."""
    words = set(name_key(one).split()) & set(name_key(other).split())
    return any(len(word) > 1 for word in words)


def _versions(match: _Match) -> tuple[Version, ...]:
    """Return the versions that either side knows."""
    lead = match.lead("versions")
    other = match.new.paper if lead is match.old.paper else match.old.paper
    if lead.versions == other.versions:
        return lead.versions
    known = {version.number: version for version in (*other.versions, *lead.versions)}
    return tuple(known[number] for number in sorted(known))


def _newer(old: Figure | None, new: Figure | None) -> Figure | None:
    if old is None or new is None:
        return new or old
    return new if new.as_of >= old.as_of else old


def merge_scores(old: tuple[SourceScore, ...], new: tuple[SourceScore, ...]) -> tuple[SourceScore, ...]:
    """Return of each source's scores the newest."""
    newest = {(score.source, score.label): score for score in old}
    for score in new:
        known = newest.get((score.source, score.label))
        if known is None or score.as_of >= known.as_of:
            newest[score.source, score.label] = score
    return tuple(newest.values())
