"""Leaves a service alone that does not answer, longer after each try."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

_OPENS_AT = 3

logger = logging.getLogger(__name__)


class Circuit:
    """Opens after three failed requests in a row; the rests double from then on, with jitter.

    With `path` the score is kept beside the database: a restart doesn't ask sooner, and neither do
    other processes.
    """

    def __init__(
        self,
        first_rest: timedelta = timedelta(seconds=30),
        longest_rest: timedelta = timedelta(minutes=5),
        *,
        path: Path | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Begin with trust, or with the score that was kept."""
        self._first_rest = first_rest
        self._longest_rest = longest_rest
        self._path = path
        self._chance = chance
        self._failures, self._until = self._kept()

    @property
    def is_open(self) -> bool:
        """Whether the service failed so often that the next request is only a trial."""
        return self._failures >= _OPENS_AT

    def rests_until(self, now: datetime) -> datetime | None:
        """Return until when the service is left alone; a clock that was set back doesn't prolong it."""
        if self._path:
            kept = self._kept()
            if self.is_open or kept[0]:
                # Another process may have had an answer since, or none.
                self._failures, self._until = kept
        until = self._until
        return until if until and now < until <= now + 2 * self._longest_rest else None

    def failed(self, now: datetime) -> timedelta:
        """Note a failed request; return how long the next one should wait."""
        self._failures += 1
        rest = min(self._first_rest * 2.0 ** min(self._failures - _OPENS_AT, 20), self._longest_rest)
        rest += rest * self._chance() / 4
        if self.is_open:
            self._until = now + min(rest, self._longest_rest)
            self._keep()
        return min(rest, self._longest_rest)

    def succeeded(self) -> None:
        """Note an answer."""
        was_open, self._failures, self._until = self.is_open, 0, None
        if was_open:
            self._keep()

    def _kept(self) -> tuple[int, datetime | None]:
        try:
            failures, until = self._path.read_text().split() if self._path else ("0", "")
            return int(failures), datetime.fromtimestamp(float(until), UTC)
        except (OSError, ValueError, OverflowError):
            # There is none while all is well; a torn one says nothing.
            return 0, None

    def _keep(self) -> None:
        if self._path is None:
            return
        try:
            if self._until is None:
                self._path.unlink(missing_ok=True)
            else:
                self._path.write_text(f"{self._failures} {self._until.timestamp():.3f}\n")
        except OSError as error:
            logger.warning("score not kept path=%s error=%s", self._path, error.strerror)
            self._path = None
