"""Puts right what is misspelled in a search, by the words that the catalogue's papers use."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.search import PaperFilter
from bot.domain.topics import Term
from bot.services.ports import PaperStore
from bot.services.vocabulary import Vocabulary
from bot.text.folding import fold

_WORD = re.compile(r"\b[^\W\d_]{4,40}\b(?![*:])")
_MOST = 8
"""Words of a search that are looked at."""


class Spelling:
    """Knows which words papers use, and which of them a misspelled one was meant to be."""

    def __init__(self, *, papers: PaperStore, vocabulary: Vocabulary) -> None:
        """Take the catalogue and its counted words."""
        self._papers = papers
        self._vocabulary = vocabulary

    async def put_right(self, query: str) -> str:
        """Return a search with each word that no paper has replaced by the nearest one that papers use.

        Empty where nothing is to be replaced, or nothing is near.
        """
        known = (await self._vocabulary.latest()).papers_with
        meant = {}
        for word in list(dict.fromkeys(_WORD.findall(query)))[:_MOST]:
            said = fold(word)
            if said not in known and not await self._stands(said):
                near = await asyncio.to_thread(nearest_word, said, known)
                if near:
                    meant[word] = near
        return _WORD.sub(lambda found: meant.get(found[0], found[0]), query) if meant else ""

    async def _stands(self, word: str) -> bool:
        """Say whether any paper has the word, however rare."""
        return (await self._papers.search(Term((word,)), PaperFilter(), limit=1)).total > 0


def nearest_word(word: str, known: Mapping[str, int]) -> str:
    """Return the known word nearest in spelling, the commonest of several; empty where none is near.

    Two neighboring letters in the wrong order are one fault; up to six letters may have one, longer
    words two, and the first letter is right.
    """
    allowed = 1 if len(word) <= 6 else 2
    alike = [one for one in known if one[0] == word[0] and abs(len(one) - len(word)) <= allowed]
    found = process.extract(word, alike, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    return min(found, key=lambda one: (one[1], -known[one[0]]), default=("", 0, 0))[0]
