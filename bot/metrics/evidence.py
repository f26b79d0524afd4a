"""What papers tell of their authors, from which it is decided who is who."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.papers import Paper
from bot.text.folding import words
from bot.text.names import name_key

MOST_COAUTHORS = 50
"""Of more than these, being on a list together says little, and costs much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a paper, or several of one person, tell of one of its authors.

    `coauthors` are folded names, `words` those of the title that say what it is about, `fields`
    categories, `institutions` the telling words of the author's own affiliations, `person` the
    identifier that a source gives, `paper` what tells papers apart.
    """

    name: str
    paper: str = ""
    coauthors: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    person: str | None = None


def evidence_of(paper: Paper, position: int) -> Evidence:
    """Return what a paper tells of the author in this place of its list."""
    author = paper.authors[position]
    own = name_key(author.name)
    signed = [name_key(other.name) for other in paper.authors[:MOST_COAUTHORS]]
    return Evidence(
        name=author.name,
        paper=str(paper.id or paper.title),
        coauthors=frozenset(signed) - {own, ""},
        words=topic_words(paper.title),
        fields=frozenset(paper.categories),
        institutions=institution_words(author.institutions),
        person=author.openalex_id.value if author.openalex_id else None,
    )


def topic_words(title: str) -> frozenset[str]:
    """Return the words of a title that say what a paper is about."""
    return frozenset(word for word in words(title) if len(word) > 2 and word not in _EMPTY_WORDS)


def institution_words(names: Iterable[str]) -> frozenset[str]:
    """Return the words of institutions' names that tell them apart."""
    found = (word for name in names for word in words(name))
    return frozenset(word for word in found if len(word) > 1 and word not in _PLACE_WORDS)


_EMPTY_WORDS = frozenset(
    ["and", "are", "based", "for", "from", "its", "new", "not", "the", "toward", "towards", "using",
     "via", "what", "when", "with", "without", "approach", "method", "methods", "model", "models",
     "learning", "language", "neural", "task", "tasks", "data", "system"]
)  # fmt: skip
_PLACE_WORDS = frozenset(
    ["academy", "and", "center", "centre", "college", "computer", "computing", "de", "department",
     "dept", "di", "engineering", "faculty", "for", "group", "inc", "institute", "lab", "laboratory",
     "national", "of", "research", "school", "science", "sciences", "state", "technology", "the",
     "universidad", "universita", "universitat", "universite", "university"]
)  # fmt: skip
