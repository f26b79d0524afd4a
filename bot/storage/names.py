"""The index behind autocomplete: any part of a name, the most published first, in constant time.

Every name is stored once for each of its words, turned so that this word comes first ("sasha
luccioni", "luccioni sasha"), under a tier that grows with the number of papers. What is typed is
then one range of texts in each tier; reading the tiers from the top finds the most published
without sorting the thousands that begin alike.
"""

from __future__ import annotations

TEXT_LENGTH = 28
"""How much of a turned name is kept; longer input is compared with the whole name afterwards."""

EXACT_TIERS = 8
TOP_TIER = 24
LAST = "\U0010ffff"
"""Sorts after everything that can follow a prefix."""


def tier_of(paper_count: int) -> int:
    """Return the tier of a number of papers: each number its own up to 8, then two a doubling."""
    if paper_count < EXACT_TIERS:
        return paper_count
    doublings = paper_count.bit_length() - 4
    upper_half = (paper_count >> (doublings + 2)) & 1
    return min(EXACT_TIERS + 2 * doublings + upper_half, TOP_TIER)


def turned(name_key: str) -> set[str]:
    """Return a folded name beginning with each of its words, cut to what the index keeps."""
    first, _, rest = name_key.partition(" ")
    if first and rest and " " not in rest:
        # Most names have two words, and an import turns all of them.
        return {name_key[:TEXT_LENGTH], f"{rest} {first}"[:TEXT_LENGTH]}
    length = min(len(name_key), TEXT_LENGTH)
    twice, start, texts = f"{name_key} {name_key}", 0, set()
    for word in name_key.split(" "):
        if word:
            texts.add(twice[start : start + length])
        start += len(word) + 1
    return texts
