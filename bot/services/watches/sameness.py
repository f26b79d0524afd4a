"""When two watches are the same, however they were said."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.watches import (
    AuthorCitationsCriterion,
    AuthorCriterion,
    CitationsCriterion,
    Criterion,
    Filters,
    Watch,
)


def are_same(one: Watch, other: Watch) -> bool:
    """Say whether two watches bring the same to the same place; how often they speak aside."""
    return (one.place, _in_order(one.filters)) == (other.place, _in_order(other.filters)) and (
        _identity(one.criterion),
        frozenset(map(_identity, one.narrowed)),
    ) == (_identity(other.criterion), frozenset(map(_identity, other.narrowed)))


def _in_order(filters: Filters) -> Filters:
    """Return filters with their words in one order: watches made long ago have them as they were said."""
    return replace(filters, exclude=tuple(sorted(filters.exclude)))


def _identity(criterion: Criterion) -> object:
    """Return what makes criteria the same; what is known of an author may have grown."""
    if isinstance(criterion, AuthorCriterion):
        return criterion.author_id, criterion.strict
    if isinstance(criterion, CitationsCriterion):
        return CitationsCriterion, criterion.paper_id
    if isinstance(criterion, AuthorCitationsCriterion):
        return AuthorCitationsCriterion, criterion.author_id
    return criterion
