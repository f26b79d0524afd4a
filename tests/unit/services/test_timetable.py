"""What people write of their hours."""

from __future__ import annotations

from typing import Any, cast

import pytest

from bot.domain.schedule import Hours
from bot.domain.watches import Place, PlaceKind
from bot.errors import InvalidInput
from bot.services.timetable import Timetable, known_zone, parse_quiet, zones, zones_like
from bot.services.zones import ZONE_OF
from tests.fakes import MemoryState

HERE = Place(kind=PlaceKind.CHANNEL, id=1, guild_id=2)
ELSEWHERE = Place(kind=PlaceKind.CHANNEL, id=9, guild_id=2)
PERSON = Place(kind=PlaceKind.DIRECT, id=2)


@pytest.mark.parametrize(
    ("text", "hours"),
    [("22-7", (22, 7)), ("22:00 – 07:00", (22, 7)), ("9 to 24", (9, 0)), ("OFF", (None, None))],
)
def test_parse_quiet_reads_hours(text: str, hours: tuple[int | None, int | None]) -> None:
    assert parse_quiet(text) == hours


@pytest.mark.parametrize("text", ["", "22", "22-7-8", "25-3", "7-7", "at night", "22:30-7"])
def test_parse_quiet_says_what_it_takes(text: str) -> None:
    with pytest.raises(InvalidInput, match="22-7"):
        parse_quiet(text)


def test_known_zone_reads_names_as_people_write_them() -> None:
    assert known_zone(" europe/berlin ") == "Europe/Berlin"
    assert known_zone("america/new york") == "America/New_York"
    assert known_zone("Zürich") == "Europe/Zurich"
    assert known_zone("CET") == known_zone("München") == "Europe/Berlin"
    assert known_zone("Pacific time") == "America/Los_Angeles"
    with pytest.raises(InvalidInput, match="Europe/Berlin"):
        known_zone("Mars/Olympus")


def test_zones_like_begins_with_the_likeliest() -> None:
    assert zones_like("berl")[0] == "Europe/Berlin"
    assert zones_like("rome")[0] == "Europe/Rome"
    assert zones_like("utc") == ("UTC",)


async def test_change_holds_for_the_whole_server_and_keeps_the_rest() -> None:
    timetable = Timetable(cast("Any", MemoryState()))

    await timetable.change(HERE, time_zone="Asia/Tokyo", quiet="22-7")
    await timetable.change(ELSEWHERE, digest_hour=9)

    expected = Hours(time_zone="Asia/Tokyo", digest_hour=9, quiet_from=22, quiet_until=7)
    assert await timetable.hours(HERE) == expected
    assert await timetable.hours(PERSON) == Hours()


def test_every_zone_that_a_place_stands_for_is_known() -> None:
    assert set(ZONE_OF.values()) <= set(zones())
