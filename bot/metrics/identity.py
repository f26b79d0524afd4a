"""Decides whether an author of one paper is an author of another: evidence in, a reasoned decision out.

The weights are log odds, fitted on real papers whose authors are known (`benchmarks.identity`);
`docs/identity.md` has the method and what it is worth.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import mul

from bot.metrics.evidence import Evidence
from bot.text.name_forms import Form, form_between
from bot.text.names import is_crowded, name_parts

START = -1.9
COMMON_NAME = -1.08
SHARED_COAUTHOR = 4.1
SHARED_WORDS = 2.4
SHARED_INSTITUTION = 3.1
OTHER_INSTITUTION = -0.8
OTHER_FIELD = -1.7
WEIGHTS = (SHARED_COAUTHOR, SHARED_WORDS, SHARED_INSTITUTION, OTHER_INSTITUTION, OTHER_FIELD)
FORMS: Mapping[Form, float] = {
    Form.SAME: 0.0,
    Form.TURNED: -0.95,
    Form.SHORTER: -0.9,
    Form.JOINED: -1.35,
    Form.INITIAL: -0.65,
}
CROWDED_INITIAL = -2.1
"""Added where an initial stands before a family name that a great many people bear."""

SURE = 1.2
"""From these log odds on, two papers are one person's."""

UNSURE = -1.0
"""Below these, they are two people's; between, only the person who asks can tell."""

NEVER = -1e6
"""The log odds of what can't be: two authors of one paper, names that disagree, two identifiers."""

ALWAYS = 1e6
"""The log odds of what a source vouches for."""

CERTAIN = 8.0
"""More than this, for or against, no single pair of papers says."""

MOST_SHARED = 2.0
"""Shared co-authors that count at most, and words of institutions."""

_KNOWN = "known to a source"
_POPULATION = 66_000
_GUESS_WEIGHT = 2_000
_LEAST_EXPECTED = 0.02


class Outcome(StrEnum):
    """What evidence says of two papers."""

    SAME = "same person"
    DIFFERENT = "different people"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgment:
    """A decision, its log odds, and the reason in a few words."""

    outcome: Outcome
    log_odds: float
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCounts:
    """How many of a catalogue's `names` have one's family name, how many its given names, however spaced."""

    names: int
    family: int
    given: int


def expected_namesakes(name: str, counts: NameCounts | None = None) -> float:
    """Return how many people of a large field of research are expected to bear a name.

    Given and family names are taken as independent. How far a catalogue's counts replace a guess
    by the kind of the name depends on how many names it has.
    """
    guess = _guessed_namesakes(name)
    if counts is None or not counts.names:
        return guess
    counted = counts.family / counts.names * counts.given / counts.names * _POPULATION
    believed = counts.names / (counts.names + _GUESS_WEIGHT)
    return math.exp(believed * math.log(counted + _LEAST_EXPECTED) + (1 - believed) * math.log(guess))


@lru_cache(maxsize=16384)
def _guessed_namesakes(name: str) -> float:
    """Return a guess: East Asian family names are shared by many, the more the shorter the given name."""
    parts = name_parts(name)
    if len(parts) < 2:
        return 1.0
    length = len("".join(parts[:-1]))
    if not is_crowded(parts[-1]):
        return 0.3 if length == 1 else 0.05
    if length == 1:
        return 3.0
    return 1.5 if length <= 4 else 0.5 if length <= 6 and len(parts) == 2 else 0.15


def start_of(one: str, other: str, namesakes: Mapping[str, float]) -> float:
    """Return the log odds that two printed names are one person's, before anything else is known."""
    form = form_between(one, other)
    if form is None:
        return NEVER
    expected = max(_namesakes_of(name, namesakes) for name in (one, other))
    return START + form_odds(form, one) + COMMON_NAME * math.log(expected)


@lru_cache(maxsize=16384)
def _guessed_start(one: str, other: str) -> float:
    return start_of(one, other, {})


def form_odds(form: Form, name: str) -> float:
    """Return what it adds to the log odds that a name is printed in two ways."""
    crowded = form is Form.INITIAL and is_crowded(name_parts(name)[-1])
    return FORMS[form] + CROWDED_INITIAL * crowded


def coauthor_weight(name: str, namesakes: Mapping[str, float]) -> float:
    """Return how much a shared co-author counts: one whose name many bear may be two people."""
    return 1 / (1 + _namesakes_of(name, namesakes))


def _namesakes_of(name: str, namesakes: Mapping[str, float]) -> float:
    known = namesakes.get(name)
    return _guessed_namesakes(name) if known is None else known


def word_weight(word: str) -> float:
    """Return how much a word of a title counts; what every second title has counts little."""
    return 0.25 if word in _USUAL_WORDS else 1.0


def judge(one: Evidence, other: Evidence, namesakes: Mapping[str, float]) -> Judgment:
    """Decide whether two papers' evidence is of one person; `namesakes` as in `log_odds`."""
    odds = log_odds(one, other, namesakes)
    if reason := ruled_out(one, other):
        return Judgment(outcome=Outcome.DIFFERENT, log_odds=odds, because=reason)
    because = _KNOWN if odds == ALWAYS else _reason(one, other, namesakes)
    return Judgment(outcome=outcome_of(odds), log_odds=odds, because=because)


def log_odds(one: Evidence, other: Evidence, namesakes: Mapping[str, float]) -> float:
    """Return the log odds that two papers' evidence is of one person: what a judgment rests on.

    `namesakes` has the expected number of bearers (`expected_namesakes`) of the printed names and of
    co-authors' folded ones; what it lacks is guessed by the kind of the name.
    """
    if ruled_out(one, other):
        return NEVER
    if one.person and other.person:
        return ALWAYS
    # Whoever matches watches knows no namesakes, and asks of the same names again and again.
    start = start_of(one.name, other.name, namesakes) if namesakes else _guessed_start(one.name, other.name)
    odds: float = start + sum(map(mul, WEIGHTS, measures_between(one, other, namesakes)))
    return min(max(odds, -CERTAIN), CERTAIN)


def outcome_of(odds: float) -> Outcome:
    """Return what log odds decide."""
    return Outcome.SAME if odds >= SURE else Outcome.OPEN if odds >= UNSURE else Outcome.DIFFERENT


def ruled_out(one: Evidence, other: Evidence) -> str:
    """Return why two papers' evidence can't be of one person, whatever else is known; empty where it can."""
    if one.paper and one.paper == other.paper:
        return "two authors of one paper"
    if one.person and other.person:
        return "" if one.person == other.person else _KNOWN
    return "names that disagree" if form_between(one.name, other.name) is None else ""


def measures_between(one: Evidence, other: Evidence, namesakes: Mapping[str, float]) -> tuple[float, ...]:
    """Return what two papers share, each measure with a weight of its own (`WEIGHTS`)."""
    shared = sum(coauthor_weight(name, namesakes) for name in one.coauthors & other.coauthors)
    common = len(one.institutions & other.institutions)
    placed = bool(one.institutions and other.institutions)
    filed = bool(one.fields and other.fields)
    return (
        min(shared, MOST_SHARED),
        _likeness(one.words, other.words),
        min(common, MOST_SHARED),
        float(placed and not common),
        float(filed and one.fields.isdisjoint(other.fields)),
    )


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the cosine of two titles, 0-1."""
    if not (shared := one & other):
        return 0.0
    lengths = [math.sqrt(sum(word_weight(word) ** 2 for word in words_)) for words_ in (one, other)]
    return sum(word_weight(word) ** 2 for word in shared) / (lengths[0] * lengths[1])


def _reason(one: Evidence, other: Evidence, namesakes: Mapping[str, float]) -> str:
    """Return the evidence in words, the weightiest first."""
    shared = one.coauthors & other.coauthors
    coauthors = sorted(shared, key=lambda name: (-coauthor_weight(name, namesakes), name))
    reasons = [f"same co-author {spelled(name)}" for name in coauthors[:2]]
    if one.institutions & other.institutions:
        reasons.append("same institution")
    elif one.institutions and other.institutions:
        reasons.append("other institutions")
    if one.fields and other.fields:
        reasons.append("other fields" if one.fields.isdisjoint(other.fields) else "same category")
    if topic := sorted(one.words & other.words - _USUAL_WORDS):
        reasons.append(f"both about {', '.join(topic[:3])}")
    is_rare = start_of(one.name, other.name, namesakes) >= 0
    reasons.append("a rare name" if is_rare else "a name that several bear")
    return ", ".join(reasons)


def common_ground(evidence: Sequence[Evidence], spelling: Mapping[str, str]) -> str:
    """Say in a line what ties the papers of one person together; `spelling` has names as printed."""
    many = max(2, len(evidence) // 3)
    signed = Counter(name for one in evidence for name in one.coauthors)
    about = Counter(word for one in evidence for word in one.words - _USUAL_WORDS)
    places = Counter(word for one in evidence for word in one.institutions)
    coauthors = [name for name, count in signed.most_common(3) if count > 1]
    topics = [word for word, count in about.most_common(3) if count >= many]
    parts = []
    if coauthors:
        parts.append(f"written with {', '.join(spelling.get(name, spelled(name)) for name in coauthors)}")
    if places and max(places.values()) > 1:
        parts.append("same institution")
    if topics:
        parts.append(f"about {', '.join(topics)}")
    return "; ".join(parts) or "a name that few bear"


def spelled(name: str) -> str:
    """Return a folded name with capitals."""
    return " ".join(word.capitalize() for word in name.split())


_USUAL_WORDS = frozenset(
    ["adaptation", "adaptive", "algorithm", "algorithms", "alignment", "analysis", "applications",
     "attention", "automatic", "aware", "benchmark", "between", "case", "classification", "complex",
     "context", "contrastive", "control", "cross", "deep", "design", "detection", "distributed",
     "domain", "driven", "dynamic", "dynamics", "efficient", "estimation", "evaluation", "exploring",
     "extraction", "fast", "features", "framework", "function", "functions", "generation", "generative",
     "graph", "hierarchical", "high", "human", "image", "improved", "improving", "inference",
     "information", "knowledge", "large", "level", "linear", "llm", "llms", "local", "long", "low",
     "machine", "matching", "modeling", "multi", "multimodal", "multiple", "natural", "network",
     "networks", "non", "online", "open", "optimal", "optimization", "parallel", "performance", "pre",
     "prediction", "problem", "problems", "process", "processing", "properties", "quality", "quantum",
     "query", "reasoning", "recognition", "reinforcement", "representation", "representations",
     "resource", "retrieval", "robust", "scale", "search", "selection", "self", "semantic", "shared",
     "shot", "similarity", "simple", "social", "space", "state", "statistical", "structure", "study",
     "supervised", "survey", "systems", "text", "theory", "through", "time", "training", "transfer",
     "transformer", "tuning", "understanding", "unsupervised", "user", "video", "visual", "web", "word",
     "zero"]
)  # fmt: skip
