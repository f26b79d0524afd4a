"""A listed paper as the rules of watches see it; what they need of it is worked out once."""

from __future__ import annotations

from functools import cached_property

from bot.domain.feeds import Listing
from bot.domain.search import WordCounts
from bot.metrics.evidence import Evidence, evidence_of
from bot.metrics.vectors import Vector, tally, vector
from bot.text.folding import words
from bot.text.names import name_key
from bot.text.topic_matching import Document, document_of

NO_COUNTS = WordCounts()
"""Where nothing is known of words, nothing is similar."""


class Listed:
    """A listing, read as far as the rules ask."""

    def __init__(self, listing: Listing, counts: WordCounts = NO_COUNTS) -> None:
        """Take the listing and how common words are; nothing of its text is read yet."""
        self.listing = listing
        self._counts = counts
        self._evidence: dict[int, Evidence] = {}

    @cached_property
    def document(self) -> Document:
        """The text, as topics see it."""
        authors = words("\n".join(author.name for author in self.listing.paper.authors))
        return document_of(*self._said, authors)

    @cached_property
    def vector(self) -> Vector:
        """The weights of its words."""
        return vector(tally(*self._said), self._counts.papers_with, self._counts.papers)

    @cached_property
    def names(self) -> dict[str, str]:
        """The printed names by their keys."""
        return {key: author.name for key, author in zip(self.keys, self.listing.paper.authors, strict=True)}

    @cached_property
    def places(self) -> dict[str, int]:
        """The first place of each key in the list of authors."""
        return {key: place for place, key in reversed(list(enumerate(self.keys)))}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the printed names, in their order."""
        return tuple(name_key(author.name) for author in self.listing.paper.authors)

    def evidence(self, place: int) -> Evidence:
        """Return what the paper tells of its author in a place."""
        if place not in self._evidence:
            self._evidence[place] = evidence_of(self.listing.paper, place)
        return self._evidence[place]

    @cached_property
    def _said(self) -> tuple[list[str], list[str]]:
        """The words of title and abstract: folding them is the dearest part."""
        paper = self.listing.paper
        return words(paper.title), words(paper.abstract)
