"""Whether a listed paper satisfies a watch: each criterion and filter as a pure rule."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.categories import is_within
from bot.domain.feeds import Listing
from bot.domain.search import WordCounts
from bot.domain.topics import Or, Term
from bot.domain.watches import (
    AuthorCitationsCriterion,
    AuthorCriterion,
    CategoryCriterion,
    CitationsCriterion,
    Criterion,
    Filters,
    ShelfCriterion,
    SimilarCriterion,
    TopicCriterion,
    Unlike,
    Watch,
)
from bot.metrics.vectors import cosine
from bot.services.matching.listed import NO_COUNTS, Listed
from bot.services.matching.nearness import ShelfNearness, vector_of
from bot.services.matching.watched_author import WatchedAuthor
from bot.text.folding import words
from bot.text.names import name_key
from bot.text.topic_matching import compile_topic
from bot.text.topics import parse_topic

ALIKE = 0.3
"""The cosine from which on a paper is one of those that somebody wanted fewer of."""

Check = Callable[[Listed], bool]


def wants(watch: Watch, listing: Listing, counts: WordCounts = NO_COUNTS) -> bool:
    """Say whether a paper satisfies all criteria and filters of a watch."""
    return rule_of(watch, counts)(listing)


def rule_of(watch: Watch, counts: WordCounts) -> Callable[[Listing], bool]:
    """Return what says of each listing whether a watch wants it, made ready once."""
    checks = checks_of(watch, counts)

    def holds(listing: Listing) -> bool:
        paper = Listed(listing, counts)
        return all(check(paper) for check in checks)

    return holds


def checks_of(watch: Watch, counts: WordCounts) -> tuple[Check, ...]:
    """Return the rules of a watch, all of which have to hold."""
    return (
        *(_check_of(criterion, counts) for criterion in watch.criteria),
        *_checks_of(watch.filters, counts),
    )


def _check_of(criterion: Criterion, counts: WordCounts) -> Check:
    match criterion:
        case CategoryCriterion(category=category, primary=True):
            return lambda paper: _is_primary(paper.listing, category)
        case CategoryCriterion(category=category):
            return lambda paper: any(is_within(name, category) for name in paper.listing.new_categories)
        case TopicCriterion(topic=text):
            holds = compile_topic(parse_topic(text))
            return lambda paper: holds(paper.document)
        case AuthorCriterion():
            return WatchedAuthor(criterion).is_by
        case SimilarCriterion():
            return _similar_check(criterion, counts)
        case ShelfCriterion():
            near = ShelfNearness(criterion, counts)
            return lambda paper: near.nearest(paper.vector, paper.listing.paper.id) is not None
        case CitationsCriterion(works=works):
            return lambda paper: not paper.listing.cites.isdisjoint(works)
        case AuthorCitationsCriterion(works=own):
            ids = frozenset(one.work for one in own)
            return lambda paper: not paper.listing.cites.isdisjoint(ids)


def _is_primary(listing: Listing, category: str) -> bool:
    """Say whether the paper is newly listed in its first category, and this is the wanted one."""
    first = listing.paper.primary_category
    return first is not None and first in listing.new_categories and is_within(first, category)


def _similar_check(criterion: SimilarCriterion, counts: WordCounts) -> Check:
    """Return the rule of which wording is near enough; a paper is not similar to itself."""
    sought = vector_of(criterion.title, criterion.abstract, counts)

    def is_near(paper: Listed) -> bool:
        itself = criterion.paper_id is not None and paper.listing.paper.id == criterion.paper_id
        return not itself and cosine(sought, paper.vector) >= criterion.threshold

    return is_near


def _unlike_check(unlike: Unlike, counts: WordCounts) -> Check:
    avoided = vector_of(unlike.title, unlike.abstract, counts)
    return lambda paper: cosine(avoided, paper.vector) < ALIKE


def _checks_of(filters: Filters, counts: WordCounts) -> tuple[Check, ...]:
    checks: list[Check] = []
    if filters.has_code:
        checks.append(lambda paper: paper.listing.paper.code_url is not None)
    if filters.exclude:
        is_unwanted = compile_topic(excluded(filters.exclude))
        checks.append(lambda paper: not is_unwanted(paper.document))
    if filters.without_authors:
        unwanted = frozenset(map(name_key, filters.without_authors))
        checks.append(lambda paper: unwanted.isdisjoint(paper.names))
    checks += [_unlike_check(one, counts) for one in filters.unlike]
    if (least_score := filters.min_score) is not None:
        checks.append(lambda paper: _reaches(paper.listing.score, least_score, filters.unscored))
    if (least_novelty := filters.min_novelty) is not None:
        checks.append(lambda paper: _reaches(paper.listing.novelty, least_novelty, filters.unscored))
    return tuple(checks)


def excluded(phrases: tuple[str, ...]) -> Or:
    """Return as a topic what none of which may occur; a star at the end opens a phrase's last word."""
    terms = (Term(tuple(words(phrase)), prefix=phrase.endswith("*")) for phrase in phrases)
    return Or(tuple(term for term in terms if term.words))


def _reaches(value: float | None, least: float, unscored: bool) -> bool:
    return unscored if value is None else value >= least
