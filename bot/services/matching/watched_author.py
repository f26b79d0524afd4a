"""Whether a listed paper is by a watched author, and what speaks against that."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.watches import AuthorCriterion
from bot.metrics.evidence import Evidence
from bot.metrics.identity import SURE, Outcome, judge, log_odds, outcome_of, ruled_out
from bot.services.matching.listed import Listed
from bot.text.names import initials_compatible


class WatchedAuthor:
    """Who counts as one watched author.

    A printed form of the name counts unless a source says that it is another person's, or the watch
    is strict and the evidence does. Unless the watch is strict, an initialled form counts where a
    known co-author signs too.
    """

    def __init__(self, criterion: AuthorCriterion) -> None:
        """Take what is known of the author."""
        self._name = criterion.name
        self._names = frozenset(criterion.names)
        self._coauthors = frozenset() if criterion.strict else frozenset(criterion.coauthors)
        self._strict = criterion.strict
        self._known = _evidence_of(criterion)
        self._known_as: dict[str, Evidence] = {}

    def is_by(self, paper: Listed) -> bool:
        """Say whether somebody who signed a paper counts as the author."""
        printed = paper.names
        if not self._names.isdisjoint(printed):
            return self._known is None or self._may_be(paper, self._known)
        if self._coauthors.isdisjoint(printed):
            return False
        return any(initials_compatible(name, self._name) for name in printed.values())

    def doubt(self, paper: Listed) -> str:
        """Return why a paper may be a namesake's; empty where evidence speaks for the author."""
        if self._known is None or self._names.isdisjoint(paper.names):
            return ""
        found = self._found(paper)
        known = self._named(self._known, found.name)
        # Most papers are the author's own, and putting a reason into words costs more than the odds.
        return "" if log_odds(found, known, {}) >= SURE else judge(found, known, {}).because

    def _may_be(self, paper: Listed, known: Evidence) -> bool:
        found = self._found(paper)
        known = self._named(known, found.name)
        if self._strict:
            return outcome_of(log_odds(found, known, {})) is not Outcome.DIFFERENT
        return not ruled_out(found, known)

    def _found(self, paper: Listed) -> Evidence:
        """Return what a paper tells of the first who signs it with one of the author's names."""
        places = paper.places
        return paper.evidence(min(places[key] for key in self._names if key in places))

    def _named(self, known: Evidence, name: str) -> Evidence:
        """Return what is known under a name: an alias is the author's own, whatever they are known by."""
        if name == known.name:
            return known
        if name not in self._known_as:
            self._known_as[name] = replace(known, name=name)
        return self._known_as[name]


def _evidence_of(criterion: AuthorCriterion) -> Evidence | None:
    """Return what is known of a watched author besides the names, None where that is nothing."""
    if not criterion.has_evidence:
        return None
    return Evidence(
        name=criterion.name,
        coauthors=frozenset(criterion.coauthors),
        words=frozenset(criterion.words),
        fields=frozenset(criterion.categories),
        institutions=frozenset(criterion.institutions),
        person=criterion.person,
    )
