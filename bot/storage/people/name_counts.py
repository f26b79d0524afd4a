"""Counts how many names of the catalogue have a family name or given names, by the index of names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection

from bot.metrics.evidence import Evidence
from bot.metrics.identity import NameCounts, expected_namesakes
from bot.storage.columns import fetch
from bot.storage.names import TOP_TIER
from bot.text.names import name_parts

MOST_COUNTED = 5_000
"""Names counted at most: from there on, a name is common."""

MOST_COAUTHORS = 300
"""Co-authors whose names are counted; those on the fewest papers are left to a guess."""


def namesakes_in(connection: Connection, evidence: Sequence[Evidence]) -> dict[str, float]:
    """Return how many people are expected to bear each printed name and each shared co-author's name."""
    shared = Counter(name for one in evidence for name in one.coauthors)
    coauthors = [name for name, papers in shared.most_common(MOST_COAUTHORS) if papers > 1]
    counter = _Counter(connection)
    return {name: counter.expected(name) for name in {one.name for one in evidence}.union(coauthors)}


class _Counter:
    """Remembers the counts of a few names' parts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names = max(fetch(connection, _INDEXED, {})[0][0], 0)
        self._known: dict[tuple[str, str], int] = {}

    def expected(self, name: str) -> float:
        parts = name_parts(name)
        if len(parts) < 2:
            return expected_namesakes(name)
        given = dict.fromkeys((" ".join(parts[:-1]), "".join(parts[:-1])))
        counts = NameCounts(
            names=self._names,
            family=self._count(parts[-1]),
            given=max(1, sum(self._count(form, exactly=True) for form in given)),
        )
        return expected_namesakes(name, counts)

    def _count(self, words: str, *, exactly: bool = False) -> int:
        """Count names that begin with these words when turned; exactly, if one word follows."""
        longer = f"{words} % %" if exactly else ""
        if (words, longer) not in self._known:
            values = {"low": f"{words} ", "high": f"{words}!", "longer": longer, "limit": MOST_COUNTED}
            self._known[words, longer] = fetch(self._connection, _COUNT, values)[0][0]
        return self._known[words, longer]


# While an import runs, new names stand in no index yet: what is not counted must not be counted among.
_INDEXED = (
    "SELECT coalesce((SELECT max(id) FROM authors), 0)"
    " - (SELECT count(*) FROM misplaced_names WHERE tier IS NULL)"
)
_TIERS = ", ".join(f"({tier})" for tier in range(TOP_TIER + 1))
_COUNT = (
    f"SELECT count(*) FROM (SELECT 1 FROM (VALUES {_TIERS}) AS t"  # noqa: S608 -- numbers of ours
    " CROSS JOIN name_index AS n ON n.tier = t.column1 AND n.text >= :low AND n.text < :high"
    " AND n.text NOT LIKE :longer LIMIT :limit)"
)
