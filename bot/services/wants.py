"""Whether a listed paper satisfies a watch: each criterion and filter as a pure rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

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
from bot.metrics.identity import NEVER, Evidence, Judgment, Outcome, evidence_of, judge
from bot.metrics.vectors import Vector, cosine
from bot.services.nearness import ShelfNearness, vector_of
from bot.text.folding import words
from bot.text.names import initials_compatible, name_key
from bot.text.topics import Document, compile_topic, parse_topic, read_document

ALIKE = 0.3
"""The cosine from which on a paper is one of those that somebody wanted fewer of."""

NO_COUNTS = WordCounts()
"""Where nothing is known of words, nothing is similar."""


class Reading:
    """A listing as the rules see it; what they need of its text is worked out once."""

    def __init__(self, listing: Listing, counts: WordCounts = NO_COUNTS) -> None:
        """Take the listing and how common words are; nothing of its text is read yet."""
        self.listing = listing
        self._counts = counts
        self._evidence: dict[int, Evidence] = {}

    @cached_property
    def document(self) -> Document:
        """The text, as topics see it."""
        paper = self.listing.paper
        return read_document(paper.title, paper.abstract, "\n".join(author.name for author in paper.authors))

    @cached_property
    def vector(self) -> Vector:
        """The weights of its words."""
        return vector_of(self.listing.paper.title, self.listing.paper.abstract, self._counts)

    @cached_property
    def names(self) -> dict[str, str]:
        """The printed names by their keys."""
        return {key: author.name for key, author in zip(self.keys, self.listing.paper.authors, strict=True)}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the printed names, in their order."""
        return tuple(name_key(author.name) for author in self.listing.paper.authors)

    def evidence(self, place: int) -> Evidence:
        """Return what the paper tells of its author in a place."""
        if place not in self._evidence:
            self._evidence[place] = evidence_of(self.listing.paper, place)
        return self._evidence[place]


Check = Callable[[Reading], bool]


def wants(watch: Watch, listing: Listing, counts: WordCounts = NO_COUNTS) -> bool:
    """Say whether a paper satisfies all criteria and filters of a watch."""
    reading = Reading(listing, counts)
    return all(check(reading) for check in checks_of(watch, counts))


def checks_of(watch: Watch, counts: WordCounts) -> tuple[Check, ...]:
    """Return the rules of a watch, all of which have to hold."""
    return (
        *(_check_of(criterion, counts) for criterion in watch.criteria),
        *_checks_of(watch.filters, counts),
    )


def _check_of(criterion: Criterion, counts: WordCounts) -> Check:
    match criterion:
        case CategoryCriterion(category=category, primary=True):
            return lambda reading: _is_primary(reading.listing, category)
        case CategoryCriterion(category=category):
            return lambda reading: any(is_within(name, category) for name in reading.listing.new_categories)
        case TopicCriterion(topic=text):
            holds = compile_topic(parse_topic(text))
            return lambda reading: holds(reading.document)
        case AuthorCriterion():
            return _author_check(criterion)
        case SimilarCriterion():
            return _similar_check(criterion, counts)
        case ShelfCriterion():
            near = ShelfNearness(criterion, counts)
            return lambda reading: near.nearest(reading.vector, reading.listing.paper.id) is not None
        case CitationsCriterion(works=works):
            return lambda reading: not reading.listing.cites.isdisjoint(works)
        case AuthorCitationsCriterion(works=own):
            ids = frozenset(one.work for one in own)
            return lambda reading: not reading.listing.cites.isdisjoint(ids)


def _is_primary(listing: Listing, category: str) -> bool:
    """Say whether the paper is newly listed in its first category, and this is the wanted one."""
    first = listing.paper.primary_category
    return first is not None and first in listing.new_categories and is_within(first, category)


def _author_check(criterion: AuthorCriterion) -> Check:
    """Return the rule of who counts as the watched author.

    A printed form of the name counts unless a source says that it is another person's, or the watch
    is strict and the evidence does. Unless the watch is strict, an initialled form counts where a
    known co-author signs too.
    """
    names = frozenset(criterion.names)
    coauthors = frozenset() if criterion.strict else frozenset(criterion.coauthors)
    known = _evidence_of(criterion)

    def is_by(reading: Reading) -> bool:
        printed = reading.names
        if not names.isdisjoint(printed):
            return known is None or _may_be(criterion, known, reading)
        if coauthors.isdisjoint(printed):
            return False
        return any(initials_compatible(name, criterion.name) for name in printed.values())

    return is_by


def doubt_of(criterion: AuthorCriterion, reading: Reading) -> str:
    """Return why a paper may be a namesake's; empty where evidence speaks for the author."""
    known = _evidence_of(criterion)
    judged = None if known is None else _judge(criterion, known, reading)
    return "" if judged is None or judged.outcome is Outcome.SAME else judged.because


def _may_be(criterion: AuthorCriterion, known: Evidence, reading: Reading) -> bool:
    judged = _judge(criterion, known, reading)
    if judged is None or judged.outcome is not Outcome.DIFFERENT:
        return True
    return not criterion.strict and judged.log_odds > NEVER


def _judge(criterion: AuthorCriterion, known: Evidence, reading: Reading) -> Judgment | None:
    """Judge who signed a paper with one of the author's names; None where nobody did."""
    for place, key in enumerate(reading.keys):
        if key in criterion.names:
            found = reading.evidence(place)
            # An alias is the author's own name, whatever the name they are known by.
            return judge(found, known if known.name == found.name else replace(known, name=found.name), {})
    return None


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


def _similar_check(criterion: SimilarCriterion, counts: WordCounts) -> Check:
    """Return the rule of which wording is near enough; a paper is not similar to itself."""
    sought = vector_of(criterion.title, criterion.abstract, counts)

    def is_near(reading: Reading) -> bool:
        itself = criterion.paper_id is not None and reading.listing.paper.id == criterion.paper_id
        return not itself and cosine(sought, reading.vector) >= criterion.threshold

    return is_near


def _unlike_check(unlike: Unlike, counts: WordCounts) -> Check:
    avoided = vector_of(unlike.title, unlike.abstract, counts)
    return lambda reading: cosine(avoided, reading.vector) < ALIKE


def _checks_of(filters: Filters, counts: WordCounts) -> tuple[Check, ...]:
    checks: list[Check] = []
    if filters.has_code:
        checks.append(lambda reading: reading.listing.paper.code_url is not None)
    if filters.exclude:
        is_unwanted = compile_topic(excluded(filters.exclude))
        checks.append(lambda reading: not is_unwanted(reading.document))
    if filters.without_authors:
        unwanted = frozenset(map(name_key, filters.without_authors))
        checks.append(lambda reading: unwanted.isdisjoint(reading.names))
    checks += [_unlike_check(one, counts) for one in filters.unlike]
    if (least_score := filters.min_score) is not None:
        checks.append(lambda reading: _reaches(reading.listing.score, least_score, filters.unscored))
    if (least_novelty := filters.min_novelty) is not None:
        checks.append(lambda reading: _reaches(reading.listing.novelty, least_novelty, filters.unscored))
    return tuple(checks)


def excluded(phrases: tuple[str, ...]) -> Or:
    """Return as a topic what none of which may occur; a star at the end opens a phrase's last word."""
    terms = (Term(tuple(words(phrase)), prefix=phrase.endswith("*")) for phrase in phrases)
    return Or(tuple(term for term in terms if term.words))


def _reaches(value: float | None, least: float, unscored: bool) -> bool:
    return unscored if value is None else value >= least
