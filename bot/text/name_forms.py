"""Says how one person could have two printed names: initials, hyphens, order, a name left out."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from bot.text.names import name_parts, stand_for_each_other


class Form(StrEnum):
    """How two printed names differ that may be one person's."""

    SAME = "the same name"
    JOINED = "the same name, spaced otherwise"
    TURNED = "the same words in another order"
    SHORTER = "a given name more or less"
    INITIAL = "an initial for a given name"


@lru_cache(maxsize=65536)
def form_between(one: str, other: str) -> Form | None:
    """Return how two printed names may be one person's, None where they can't be."""
    first, second = name_parts(one), name_parts(other)
    if not first or not second:
        return None
    if first == second:
        return Form.SAME
    if "".join(first) == "".join(second):
        return Form.JOINED
    if sorted(first) == sorted(second) and min(map(len, first)) > 1:
        return Form.TURNED
    if first[-1] != second[-1] or min(len(first), len(second)) < 2:
        return None
    shorter, longer = sorted((first[:-1], second[:-1]), key=len)
    if not stand_for_each_other(shorter[0], longer[0]):
        return None
    rest = iter(longer[1:])
    if not all(any(stand_for_each_other(name, candidate) for candidate in rest) for name in shorter[1:]):
        return None
    return Form.SHORTER if shorter[0] == longer[0] else Form.INITIAL
