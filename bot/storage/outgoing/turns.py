"""Whose turn it is: servers one after the other, and in each its places."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.watches import Place


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many deliveries wait in a place."""

    place: Place
    count: int


def share_out(waiting: Iterable[Waiting], limit: int, per_place: int) -> Mapping[Place, int]:
    """Return how many of at most `limit` each place has, one more server's place at every step.

    A server with thousands of deliveries, in one place or in many, so takes nobody else's turn. A
    person's direct messages count as a server of their own.
    """
    servers: defaultdict[int, deque[tuple[Place, int]]] = defaultdict(deque)
    for one in waiting:
        servers[one.place.guild_id or one.place.id].append((one.place, min(one.count, per_place)))
    turns = deque(servers.values())
    shares: dict[Place, int] = {}
    while turns and limit > 0:
        places = turns.popleft()
        place, left = places.popleft()
        shares[place] = shares.get(place, 0) + 1
        limit -= 1
        if left > 1:
            places.append((place, left - 1))
        if places:
            turns.append(places)
    return shares
