"""Servers take turns, and in each its places."""

from __future__ import annotations

from bot.domain.watches import Place, PlaceKind
from bot.storage.outgoing.turns import Waiting, share_out


def place(number: int, server: int | None = 1) -> Place:
    """Return a channel, or a person's messages where there is no server."""
    kind = PlaceKind.CHANNEL if server else PlaceKind.DIRECT
    return Place(kind=kind, id=number, guild_id=server)


def test_share_out_gives_each_place_what_waits_there_where_there_is_room() -> None:
    assert share_out([Waiting(place(1), 2), Waiting(place(2), 1)], 100, 5) == {place(1): 2, place(2): 1}


def test_share_out_gives_no_place_more_than_its_limit() -> None:
    assert share_out([Waiting(place(1), 5000)], 100, 5) == {place(1): 5}


def test_share_out_lets_a_server_with_thousands_take_nobody_elses_turn() -> None:
    crowd = [Waiting(place(number), 100) for number in range(1, 51)]
    one, person = place(99, server=2), place(7, server=None)

    shares = share_out([*crowd, Waiting(one, 1), Waiting(person, 3)], 10, 5)

    assert shares[one] == 1
    assert shares[person] == 3
    assert sum(shares.values()) == 10


def test_share_out_lets_the_places_of_a_server_take_turns() -> None:
    assert share_out([Waiting(place(1), 9), Waiting(place(2), 9)], 4, 5) == {place(1): 2, place(2): 2}


def test_share_out_of_nothing_is_nothing() -> None:
    assert share_out([], 10, 5) == {}
    assert share_out([Waiting(place(1), 2)], 0, 5) == {}
