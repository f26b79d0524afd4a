"""Compares names of people as they are printed on papers."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.text.folding import words

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_APOSTROPHES = re.compile("[\u2019\u2018\u02bc\u02bb\u2032'`\u00b4]")
_ASIDE = re.compile(r"\([^()]*\)")
# "AS Luccioni", "JP Morgan": capitals printed together before a name in mixed case are initials.
_GLUED_INITIALS = re.compile(r"(?<![^\W_])[A-Z]{2,3}(?=[\s.])")


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """Return the folded name in the order it is spoken, without punctuation."""
    name = _APOSTROPHES.sub("", _ASIDE.sub(" ", name))
    parts = [words(part) for part in name.split(",")]
    parts = [part for part in parts if part]
    suffix = [part for part in parts[1:] if len(part) == 1 and part[0] in _SUFFIXES]
    others = [part for index, part in enumerate(parts) if not index or part not in suffix]
    ordered = [*others[1:], *others[:1], *suffix]
    return " ".join(word for part in ordered for word in part)


def initials_compatible(first: str, second: str) -> bool:
    """Return whether two printed names may be one person's, initials standing for given names.

    The family name agrees, so do the first given names as far as they are written out; middle names
    may be missing in one of them. Names in another order are not compared.
    """
    one, other = _parts(first), _parts(second)
    if not one or not other or one[-1] != other[-1]:
        return False
    shorter, longer = sorted((one[:-1], other[:-1]), key=len)
    if not shorter:
        return not longer
    if not _stand_for_each_other(shorter[0], longer[0]):
        return False
    rest = iter(longer[1:])
    return all(any(_stand_for_each_other(name, candidate) for candidate in rest) for name in shorter[1:])


@lru_cache(maxsize=16384)
def _parts(name: str) -> tuple[str, ...]:
    """Return given names and family name, initials apart, without `Jr.` and the like."""
    if not name.isupper():
        name = _GLUED_INITIALS.sub(lambda match: " ".join(match[0]), name)
    parts = name_key(name).split()
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        parts.pop()
    return tuple(parts)


def _stand_for_each_other(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
