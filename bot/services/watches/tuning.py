"""Fewer announcements of a kind, said at one of them: less like this, not this author, mute."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.papers import Paper
from bot.domain.watches import PlaceKind, Unlike, Watch
from bot.errors import LimitReached, NoSuchWatch, NotFound
from bot.services.answers import TunedAnswer
from bot.services.ports import PaperStore, WatchStore
from bot.words import _, marked

LESS, MUTE = "less", "mute"
AUTHOR = "author:"
"""Begins the wish for no more papers by one of the authors; the place in the paper's list follows."""

MUTED = marked("muted at an announcement")
"""Why a watch is paused that somebody muted; what was paused before is not resumed with it."""

MOST_UNLIKE = 20
"""Papers that one watch avoids the likes of."""


class Tuning:
    """Changes all watches that wanted an announced paper, and takes that back."""

    def __init__(self, *, watches: WatchStore, papers: PaperStore) -> None:
        """Take the watches and the catalogue."""
        self._watches = watches
        self._papers = papers

    async def tune(
        self, announcement_id: int, paper_id: int, wish: str, *, guild_id: int | None, person: int
    ) -> TunedAnswer:
        """Fulfill a wish for every watch behind the announcement that is the server's or the person's.

        Raises NoSuchWatch where none is, NotFound where the paper or the author is gone, WatchExists
        where a watch would become like another of its place: then none is changed.
        """
        return await self._change(announcement_id, paper_id, wish, guild_id, person, undo=False)

    async def undo(
        self, announcement_id: int, paper_id: int, wish: str, *, guild_id: int | None, person: int
    ) -> TunedAnswer:
        """Take a wish back."""
        return await self._change(announcement_id, paper_id, wish, guild_id, person, undo=True)

    async def _change(
        self, announcement_id: int, paper_id: int, wish: str, guild_id: int | None, person: int, *, undo: bool
    ) -> TunedAnswer:
        paper = await self._papers.get_paper(paper_id)
        behind = await self._watches.list_behind(announcement_id, paper_id)
        own = [watch for watch in behind if _is_own(watch, guild_id, person)]
        if not own:
            raise NoSuchWatch("the watch behind this message")
        name = _author(paper, wish) if wish.startswith(AUTHOR) else ""
        kept = [one for one in own if undo and wish == MUTE and one.paused_reason not in ("", MUTED)]
        if wish == MUTE:
            for watch in own:
                await self._mute(watch, undo=undo)
        else:
            await self._watches.change_watches([_tuned(watch, paper, name, undo=undo) for watch in own])
        return TunedAnswer(
            announcement_id=announcement_id,
            paper=paper,
            wish=wish,
            author=name,
            watches=tuple(one for one in own if one not in kept),
            undone=undo,
            still_paused=tuple(kept),
        )

    async def _mute(self, watch: Watch, *, undo: bool) -> None:
        if undo and watch.paused_reason == MUTED:
            await self._watches.resume_watch(watch.id or 0)
        elif not undo and not watch.paused_reason:
            await self._watches.pause_watch(watch.id or 0, MUTED)


def _is_own(watch: Watch, guild_id: int | None, person: int) -> bool:
    place = watch.place
    if place.kind is PlaceKind.DIRECT:
        return place.id == person
    return guild_id is not None and place.guild_id == guild_id


def _author(paper: Paper, wish: str) -> str:
    place = int(wish.removeprefix(AUTHOR))
    if place >= len(paper.authors):
        raise NotFound(_("this author"))
    return paper.authors[place].name


def _tuned(watch: Watch, paper: Paper, name: str, *, undo: bool) -> Watch:
    filters = watch.filters
    if name:
        others = tuple(one for one in filters.without_authors if one != name)
        return replace(watch, filters=replace(filters, without_authors=others if undo else (*others, name)))
    unlike = tuple(one for one in filters.unlike if one.paper_id != paper.id)
    if not undo:
        if len(unlike) >= MOST_UNLIKE:
            raise LimitReached(marked("papers that a watch avoids the likes of"), MOST_UNLIKE)
        unlike = (*unlike, Unlike(paper_id=paper.id or 0, title=paper.title, abstract=paper.abstract))
    return replace(watch, filters=replace(filters, unlike=unlike))
