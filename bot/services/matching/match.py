"""Which watches want a listing, by the papers of a mailing and by when each watch was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.domain.feeds import Listing
from bot.domain.watches import PlaceWanting, Watch
from bot.services.matching.filing import WatchIndex

_NEVER = datetime.min.replace(tzinfo=UTC)


class Matcher:
    """Decides for one mailing which watches want which of its papers.

    A watch starts with papers that a feed first lists after its creation, whatever date they
    bear. Where the mailing is dated before the creation and had never been read, it already
    stood there when the watch was made, so it is the watch's starting line and not news.
    """

    def __init__(self, index: WatchIndex, dated: datetime | None, last_read: Mapping[str, datetime]) -> None:
        """Take the filed watches, the mailing's date, and when each category was last read before it."""
        self._index = index
        self._dated = dated
        self._last_read = last_read

    @property
    def version(self) -> int:
        """Which state of the watches is known."""
        return self._index.version

    async def learn(self, watches: Sequence[Watch], version: int) -> None:
        """Take the watches as they are now."""
        await self._index.learn(watches, version)

    def __call__(self, listing: Listing) -> list[PlaceWanting]:
        """Return the watches that want this listing of the paper, each with the reason."""
        paper = self._index.read(listing)
        line = self._starting_line(listing)
        if line is not None and self._index.newest is not None and self._index.newest <= line:
            # All watches were there by then, as nearly always: none need be asked.
            line = None
        is_news = listing.first and listing.announce_type.is_first_listing
        found: list[PlaceWanting] = []
        asked, overlapping = self._index.candidates(paper)
        for group in asked:
            if not (is_news or group.is_asked_by(listing)):
                continue
            for check in group.checks:
                if not check(paper):
                    break
            else:
                found += group.wanting(paper, line)
        given: list[PlaceWanting] = []
        for group in overlapping:
            if is_news or group.is_asked_by(listing):
                given += group.wanting(paper, line)
        found += {id(one): one for one in given}.values()
        return found

    def _starting_line(self, listing: Listing) -> datetime | None:
        """Return the moment after which a watch was made too late for this listing; None for none."""
        if not listing.announce_type.is_first_listing:
            # When a replacement was first listed isn't kept, so its mailing's date decides alone.
            return self._dated or _NEVER
        reads = [self._last_read[name] for name in listing.new_categories if name in self._last_read]
        if self._dated is None:
            return None if reads else _NEVER
        return self._dated if not reads or max(reads) < self._dated else None
