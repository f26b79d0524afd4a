"""What a paper must carry for a watch to want it: a name, a category, a word its topic requires."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.categories import archive_of
from bot.domain.search import WordCounts
from bot.domain.topics import And, Field, Not, Or, Term, Topic
from bot.domain.watches import (
    AuthorCitationsCriterion,
    AuthorCriterion,
    CategoryCriterion,
    CitationsCriterion,
    CitingCriterion,
    Criterion,
    ShelfCriterion,
    SimilarCriterion,
    TopicCriterion,
)
from bot.services.matching.listed import Listed
from bot.text.names import family_name, name_key
from bot.text.topics import parse_topic

Anchors = frozenset[str]
"""What a paper must carry at least one of, each with a mark of its kind before it."""

NAME, INITIAL, WORD, PREFIX, CATEGORY, CITED = "niwpcr"
_COMMON = {NAME: 1, INITIAL: 1, WORD: 10, PREFIX: 40, CATEGORY: 20, CITED: 0}
_NEAR_COST = 2.0


def carried_by(paper: Listed, prefix_lengths: tuple[int, ...]) -> Iterator[str]:
    """Yield once everything a paper carries that a watch can be filed under, but for its words.

    What is news only because it cites something concerns nobody who waits for a feed.
    """
    if paper.listing.cites:
        yield from (CITED + work for work in paper.listing.cites)
        return
    categories = paper.listing.new_categories
    yield from {CATEGORY + name for name in (*categories, *map(archive_of, categories))}
    yield from (NAME + key for key in paper.names)
    yield from {INITIAL + _initialled(name) for name in paper.names.values()}
    for length in prefix_lengths:
        yield from {PREFIX + word[:length] for word in paper.document.words if length <= len(word)}


def anchors_of(criterion: Criterion, counts: WordCounts) -> Anchors:
    """Return what any paper that satisfies a criterion carries one of; nothing where that can't be said."""
    match criterion:
        case CategoryCriterion(category=category):
            return frozenset({CATEGORY + category})
        case AuthorCriterion():
            exact = {NAME + key for key in criterion.names}
            may_be_short = bool(criterion.coauthors) and not criterion.strict
            return frozenset(exact | ({INITIAL + _initialled(criterion.name)} if may_be_short else set()))
        case TopicCriterion(topic=topic):
            return _required(parse_topic(topic), counts) or frozenset()
        case SimilarCriterion() | ShelfCriterion():
            # What is near is found by all its words together.
            return frozenset()
        case CitationsCriterion(works=works):
            return frozenset(CITED + work for work in works)
        case AuthorCitationsCriterion(works=own):
            return frozenset(CITED + one.work for one in own)


def companion_of(criterion: Criterion, counts: WordCounts) -> str:
    """Return a word that what satisfies a criterion has beside its one anchor; empty where none is known."""
    if not isinstance(criterion, TopicCriterion) or len(anchors := anchors_of(criterion, counts)) != 1:
        return ""
    others = {WORD + word for word in _needed(parse_topic(criterion.topic))} - anchors
    return min(others, key=lambda one: (_cost(frozenset({one}), counts), one), default="")[1:]


def cost_of(criterion: Criterion, counts: WordCounts) -> float:
    """Estimate how many of a hundred papers a watch is asked about that is filed under a criterion."""
    if isinstance(criterion, SimilarCriterion):
        return _NEAR_COST
    if isinstance(criterion, ShelfCriterion):
        return _NEAR_COST * len(criterion.parts)
    if isinstance(criterion, CitingCriterion):
        return -1.0
    return _cost(anchors_of(criterion, counts), counts)


def is_proven(criterion: Criterion) -> bool:
    """Say whether whatever carries one of the anchors, and the companion, satisfies the criterion."""
    match criterion:
        case CategoryCriterion(primary=primary):
            return not primary
        case AuthorCriterion():
            return not criterion.has_evidence
        case TopicCriterion(topic=topic):
            return _is_words(parse_topic(topic)) or _is_pair(parse_topic(topic))
        case SimilarCriterion() | ShelfCriterion():
            return False
        case CitationsCriterion() | AuthorCitationsCriterion():
            return True


def _is_words(topic: Topic) -> bool:
    """Say whether a topic asks for one word, or one of several, anywhere."""
    if isinstance(topic, Or):
        return all(_is_words(part) for part in topic.parts)
    return isinstance(topic, Term) and len(topic.words) == 1 and topic.field is Field.ANY


def _is_pair(topic: Topic) -> bool:
    """Say whether a topic asks for two words, anywhere."""
    return isinstance(topic, And) and len(topic.parts) == 2 and all(map(_is_word, topic.parts))


def _is_word(topic: Topic) -> bool:
    return isinstance(topic, Term) and _is_words(topic) and not topic.prefix


def _needed(topic: Topic) -> Sequence[str]:
    """Return words all of which every satisfying text has, as they stand in the topic's outer part."""
    match topic:
        case Term(words=said, prefix=prefix):
            return said[:-1] if prefix else said
        case And(parts=parts):
            return [word for part in parts if isinstance(part, Term) for word in _needed(part)]
    return ()


def _required(topic: Topic, counts: WordCounts) -> Anchors | None:
    """Return words one of which every satisfying text has; None where nothing need be there."""
    match topic:
        case Term(words=said, prefix=prefix):
            whole = [frozenset({WORD + word}) for word in (said[:-1] if prefix else said)]
            return min(whole or [frozenset({PREFIX + said[-1]})], key=lambda one: _cost(one, counts))
        case Or(parts=parts):
            found = [_required(part, counts) for part in parts]
            return None if None in found else frozenset().union(*(one for one in found if one))
        case And(parts=parts):
            required = [one for part in parts if (one := _required(part, counts))]
            return min(required, key=lambda one: _cost(one, counts), default=None)
        case Not():
            return None


def _cost(anchors: Anchors, counts: WordCounts) -> float:
    """Estimate how many of a hundred papers carry one of these.

    Where words were not counted, one is the rarer the longer it is.
    """
    return sum(
        100 * counts.papers_with.get(anchor[1:], 0) / counts.papers
        if counts.papers and anchor[0] == WORD
        else _COMMON[anchor[0]] / len(anchor)
        for anchor in anchors
    )


def _initialled(name: str) -> str:
    """Return what two forms of a name share that initials may stand for each other in."""
    return f"{family_name(name)} {name_key(name)[:1]}"
