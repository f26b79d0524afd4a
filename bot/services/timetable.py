"""The hours of servers and people: time zone, digest hour, quiet hours."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from zoneinfo import available_timezones

import msgspec

from bot.domain.revisions import Telling
from bot.domain.schedule import Hours, hours_key
from bot.domain.watches import Place
from bot.errors import InvalidInput
from bot.services.ports import StateStore
from bot.services.zones import ZONE_OF
from bot.text.folding import fold, words
from bot.words import _

_QUIET = re.compile(r"(\d{1,2})(?::00)?\s*(?:-|–|to|until)\s*(\d{1,2})(?::00)?")
_NONE = frozenset({"off", "none", "no", "never"})


class Timetable:
    """Keeps when a place may be written to."""

    def __init__(self, state: StateStore) -> None:
        """Take where facts are remembered."""
        self._state = state

    async def hours(self, place: Place) -> Hours:
        """Return the hours of a place's server, or of the person."""
        stored = await self._state.get_state(hours_key(place))
        return msgspec.json.decode(stored, type=Hours) if stored else Hours()

    async def change(
        self,
        place: Place,
        *,
        time_zone: str | None = None,
        digest_hour: int | None = None,
        quiet: str | None = None,
        telling: Telling | None = None,
    ) -> Hours:
        """Change what is given, for what is found from now on; raise InvalidInput for what can't be."""
        hours = await self.hours(place)
        if time_zone is not None:
            hours = replace(hours, time_zone=known_zone(time_zone))
        if digest_hour is not None:
            if not 0 <= digest_hour < 24:
                raise InvalidInput(str(digest_hour), _("an hour from 0 to 23"))
            hours = replace(hours, digest_hour=digest_hour)
        if quiet is not None:
            begin, end = parse_quiet(quiet)
            hours = replace(hours, quiet_from=begin, quiet_until=end)
        if telling is not None:
            hours = replace(hours, telling=telling)
        await self._state.set_state(hours_key(place), msgspec.json.encode(hours).decode())
        return hours


def known_zone(text: str) -> str:
    """Return a time zone's name as it is written; raise InvalidInput where there is none."""
    plain = " ".join(words(fold(text)))
    wanted = text.strip().replace(" ", "_").casefold()
    for name in zones():
        if name.casefold() == wanted:
            return name
    # A city alone will do, where one zone is called after it.
    called = [
        name for name in zones() if name.casefold().endswith((f"/{wanted}", f"/{plain.replace(' ', '_')}"))
    ]
    if len(called) == 1:
        return called[0]
    if plain in ZONE_OF:
        return ZONE_OF[plain]
    raise InvalidInput(text, _("a time zone such as Europe/Berlin, America/New_York or UTC"))


def zones_like(text: str) -> tuple[str, ...]:
    """Return the time zones that hold what is typed, those first that begin a part with it."""
    typed = text.strip().replace(" ", "_").casefold()
    found = [name for name in zones() if typed in name.casefold()]
    return tuple(sorted(found, key=lambda name: (f"/{typed}" not in f"/{name.casefold()}", name)))


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """Return the names of all time zones of a continent, an ocean or UTC."""
    return tuple(
        sorted(
            name
            for name in available_timezones()
            if name == "UTC" or ("/" in name and not name.startswith(("Etc/", "SystemV/", "US/")))
        )
    )


def parse_quiet(text: str) -> tuple[int | None, int | None]:
    """Return from which hour until which nothing is announced; raise InvalidInput for anything else."""
    words = text.strip().casefold()
    if words in _NONE:
        return None, None
    found = _QUIET.fullmatch(words)
    if found is None or not all(int(hour) < 25 for hour in found.groups()) or found[1] == found[2]:
        raise InvalidInput(text, _("two whole hours such as 22-7, or off"))
    return int(found[1]) % 24, int(found[2]) % 24
