"""What an abstract says of question, method and finding, in its own sentences.

Plain rules: a sentence is weighed by phrases with which authors announce each of the three, and by
where it stands. Nothing is rewritten; where no sentence announces one of them, it is left out. How
often this is right: docs/discussing.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"'”’)\]]))\s+(?=[\"'“‘(\[$\\]*[A-Z0-9À-ÞΑ-Ω$])")
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|vs|cf|[Ff]igs?|[Ee]qs?|[Rr]efs?|[Ss]ecs?|[Nn]o|resp|approx|viz|ca"
    r"|a\.k\.a|w\.r\.t|U\.S|Dr|Mr|Ms|Prof|St)|\b[A-Z])\.$"
)
_SHORTEST = 25

Cues = tuple[tuple[re.Pattern[str], float], ...]


def _cues(*weighed: tuple[str, float]) -> Cues:
    return tuple((re.compile(rf"\b(?:{form})", re.IGNORECASE), weight) for form, weight in weighed)


_WE = (
    r"(?:we|i|here,? we|the authors?|this (?:paper|work|article|study|letter|thesis|survey|note|review))"
    r"(?:,? (?:then|also|first|further|therefore|thus|hence|here|now|formally|empirically|systematically))?"
)
_QUESTION = _cues(
    (r"(?:we|this \w+|to) (?:ask|answer)s?\b|(?:research )?questions? (?:of|is|whether|how)", 3),
    (rf"{_WE} (?:study|studies|investigate|examine|explore|consider|tackle|revisit)(?:s|es)?\b", 2.5),
    (rf"{_WE} address(?:es)?\b(?! (?:this|these|it\b))", 2.5),
    (
        r"(?:remains?|is|are|still) (?:\w+ )?"
        r"(?:unclear|unknown|open|elusive|underexplored|unexplored|poorly understood)",
        2.5,
    ),
    (r"little is known|ha(?:s|ve)(?: not|n't) been|no (?:existing|prior|previous)|lacks?\b|gap\b", 1.8),
    (r"whether|(?:aims?|aimed|seeks?|goal|objective|purpose) (?:to|of|is|was)", 1.5),
    (r"however|yet,|but\b|unfortunately|nevertheless|despite", 1),
    (r"challeng\w+|problem|difficult|limited|limitation|fails? to|suffers?|expensive|bottleneck", 1),
)
_METHOD = _cues(
    (
        rf"{_WE} (?:propose|present|introduce|develop|design|describe|devise|build|construct|formulate|create"
        r"|offer|provide|use|employ|apply|train|fine-tune|adopt|leverage|combine|conduct|collect|perform"
        r"|carry out|carried out|analy[sz]e|compare|evaluate|survey|review|model|simulate|measure)"
        r"(?:e?d|e?s)?\b",
        3,
    ),
    (r"and (?:propose|introduce|present|develop|design)s?\b", 2),
    (rf"{_WE} \w+(?:e|t|d|n|y|s)\b(?! (?:that|whether))", 1.3),
    (r"our (?:\w+ ){0,2}(?:method|approach|framework|model|algorithm|technique|system|pipeline)", 1.2),
    (r"(?:is|are) (?:proposed|presented|introduced|developed|used|employed)", 1),
    (r"based on|by (?:using|combining|means of)", 1),
    (r"(?:using|through|via|leveraging)\b", 0.6),
)
_FINDING = _cues(
    (
        rf"(?:{_WE}|and|which) (?:show|find|found|demonstrate|prove|observe|reveal|conclude|establish"
        r"|discover|obtain|achieve|report|derive|confirm)(?:e?d|e?s)?\b",
        2.5,
    ),
    (
        r"(?:results?|experiments?|evaluations?|findings?|analys[ie]s|simulations?|studies|evidence|data)"
        r"(?: \w+){0,6}? (?:show|demonstrate|indicate|suggest|reveal|confirm|validate|prove|highlight)"
        r"(?:e?d|s)?\b",
        3,
    ),
    (r"our (?:\w+ ){0,2}(?:findings?|results?) (?:is|are|show|suggest|indicate|reveal)", 2),
    (r"outperform\w*|surpass\w*|state[- ]of[- ]the[- ]art (?:results?|performance)", 2),
    (r"improv(?:es|ed|ing) (?:\w+ ){0,4}by", 2),
    (r"achiev(?:es|ed|ing)|(?:is|are|was|were) found to|yields?\b|leads? to", 1.2),
    (r"reduc(?:es|ed|ing) (?:\w+ ){0,4}by", 1.2),
    (r"\d+(?:\.\d+)?\s?(?:\\?%|percent|times|x\b|points)", 1),
)
_LEAST = 1.2
_LEAST_QUESTION = 0.3
_FIRST_HALF = 0.5
NOWHERE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """An abstract's own sentences on what is asked, done and found; empty where there is none."""

    question: str = ""
    method: str = ""
    finding: str = ""

    def __bool__(self) -> bool:
        return bool(self.question or self.method or self.finding)


def sentences_of(abstract: str) -> tuple[str, ...]:
    """Return the sentences of a text; a point after an abbreviation or an initial ends none."""
    found: list[str] = []
    for piece in _END.split(" ".join(abstract.split())):
        if found and _NO_END.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return tuple(sentence for sentence in found if sentence)


def gist_of(abstract: str) -> Gist:
    """Return what an abstract says of its question, method and finding, no sentence twice."""
    sentences = sentences_of(abstract)
    if len(sentences) < 2:
        return Gist()
    said = dict(enumerate(sentences))
    finding = _best(said, _FINDING, _late, _LEAST)
    method = _best(_without(said, finding), _METHOD, _in_the_middle, _LEAST)
    early = {place: one for place, one in said.items() if place <= _FIRST_HALF * (len(said) - 1)}
    question = _best(_without(early, finding, method), _QUESTION, _early, _LEAST_QUESTION)
    return Gist(question=said.get(question, ""), method=said.get(method, ""), finding=said.get(finding, ""))


def _early(place: float) -> float:
    return -1.5 * place


def _in_the_middle(place: float) -> float:
    return -abs(place - 0.4)


def _late(place: float) -> float:
    return place


def _best(said: Mapping[int, str], cues: Cues, bonus: Callable[[float], float], least: float) -> int:
    """Return the number of the sentence that announces it most, NOWHERE where none does.

    `bonus` is for where a sentence stands, from 0 (the first of these) to 1 (the last).
    """
    best, best_weight = NOWHERE, least
    last = max(said, default=0) or 1
    for place, sentence in said.items():
        weight = sum(weight for form, weight in cues if form.search(sentence))
        if weight and len(sentence) >= _SHORTEST and weight + bonus(place / last) > best_weight:
            best, best_weight = place, weight + bonus(place / last)
    return best


def _without(said: Mapping[int, str], *places: int) -> Mapping[int, str]:
    return {place: sentence for place, sentence in said.items() if place not in places}
