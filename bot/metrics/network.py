"""Who wrote with whom: counts over an author's papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.domain.identifiers import OpenAlexId
from bot.domain.papers import Authorship, Paper
from bot.text.names import is_collective, name_key

MOST_AUTHORS = 50
"""Of a paper with more authors, few worked together; it would tie everybody to everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coauthor:
    """Somebody who wrote with the author: how many papers, and the newest one's year."""

    name: str
    openalex_id: OpenAlexId | None
    papers: int
    last_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """An author's co-authors, those with most joint papers first, and the papers between them.

    `ties` are (index, index, papers) of two co-authors, the lower index first; papers of the
    author count there, as no others are looked at. `counted` papers are behind it, `crowded` more
    have over `MOST_AUTHORS` authors and are left out.
    """

    coauthors: tuple[Coauthor, ...]
    ties: tuple[tuple[int, int, int], ...]
    counted: int
    crowded: int


def network_of(papers: Sequence[Paper], is_author: Callable[[Authorship], bool]) -> Network:
    """Count who signs the papers besides the author.

    People are told apart by their source's id, without one by their printed name, case and accents
    aside; a name without an id joins the person with an id who alone bears it here. A collaboration
    that signs is nobody's co-author.
    """
    small = [paper for paper in papers if len(paper.authors) <= MOST_AUTHORS]
    teams = [
        [one for one in paper.authors if not is_author(one) and not is_collective(one.name)]
        for paper in small
    ]
    identity = _identities(person for team in teams for person in team)
    joint: Counter[str] = Counter()
    ties: Counter[tuple[str, str]] = Counter()
    last: dict[str, int] = {}
    shown: dict[str, Authorship] = {}
    for paper, team in zip(small, teams, strict=True):
        present = {identity(person): person for person in team}
        joint.update(present.keys())
        ties.update(combinations(sorted(present), 2))
        for key, person in present.items():
            shown[key] = _fuller(shown.get(key), person)
            if paper.dated_at is not None:
                last[key] = max(last.get(key, 0), paper.dated_at.year)
    order = sorted(joint, key=lambda key: (-joint[key], -last.get(key, 0), shown[key].name))
    place = {key: index for index, key in enumerate(order)}
    return Network(
        coauthors=tuple(
            Coauthor(
                name=shown[key].name,
                openalex_id=shown[key].openalex_id,
                papers=joint[key],
                last_year=last.get(key),
            )
            for key in order
        ),
        ties=tuple(
            sorted(
                (min(place[one], place[other]), max(place[one], place[other]), papers)
                for (one, other), papers in ties.items()
            )
        ),
        counted=len(small),
        crowded=len(papers) - len(small),
    )


def _identities(people: Iterable[Authorship]) -> Callable[[Authorship], str]:
    """Return what tells people apart: an id, else a name; a name that one id bears is that id's."""
    bearers: dict[str, set[str]] = {}
    for person in people:
        if person.openalex_id is not None:
            bearers.setdefault(name_key(person.name), set()).add(str(person.openalex_id))

    def identity(person: Authorship) -> str:
        if person.openalex_id is not None:
            return str(person.openalex_id)
        key = name_key(person.name)
        ids = bearers.get(key, set())
        return next(iter(ids)) if len(ids) == 1 else key or person.name

    return identity


def _fuller(known: Authorship | None, seen: Authorship) -> Authorship:
    """Return the one of two signatures that says more: an id, then the longer name."""
    if known is None:
        return seen
    return max(known, seen, key=lambda one: (one.openalex_id is not None, len(one.name)))
