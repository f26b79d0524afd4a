"""The reading list: save, vote, take off, export."""

from __future__ import annotations

from bot.domain.library import Shelf, ShelfKind
from bot.domain.search import ListRequest, Sort
from bot.errors import LimitReached, NotAllowed, NotOnShelf
from bot.services.answers import ExportAnswer, PaperAnswer, SavedAnswer, ShelfAnswer, VotedAnswer
from bot.services.flight import SingleFlight
from bot.services.lookup import Lookup
from bot.services.ports import Clock, LibraryStore
from bot.text.references import ReferenceForm
from bot.words import marked

MOST_SAVED = 1_000
"""Papers on one reading list."""


class ReadingList:
    """Keeps a server's reading list, and each person's own."""

    def __init__(self, *, lookup: Lookup, library: LibraryStore, clock: Clock) -> None:
        """Take what finds papers, the store and the clock."""
        self._lookup = lookup
        self._library = library
        self._clock = clock
        # Two presses at once mean one vote; one after the other, the second takes it back.
        self._voting = SingleFlight[tuple[bool, int] | None]()

    async def save(self, text: str, shelf: Shelf, *, person: int) -> SavedAnswer:
        """Save the paper that a text names; raise as `Lookup.paper` does."""
        return await self._save(await self._lookup.paper(text), shelf, person)

    async def save_by_id(self, paper_id: int, shelf: Shelf, *, person: int) -> SavedAnswer:
        """Save a paper of the catalogue."""
        return await self._save(await self._lookup.paper_by_id(paper_id), shelf, person)

    async def remove(self, text: str, shelf: Shelf, *, person: int, may_all: bool) -> ShelfAnswer:
        """Take a paper off: whoever saved it may, and who may do everything; else raise NotAllowed."""
        paper = (await self._lookup.paper(text)).paper
        saver = await self._library.find_saver(shelf, paper.id or 0)
        if saver is None:
            raise NotOnShelf(paper)
        if not may_all and saver != person:
            raise NotAllowed(marked("to have saved it, or Manage Server"))
        await self._library.remove_from_shelf(shelf, paper.id or 0)
        return ShelfAnswer(paper=paper)

    async def vote(self, text: str, shelf: Shelf, *, person: int) -> VotedAnswer:
        """Vote for a paper on the list, or take the vote back; raise NotOnShelf where it isn't there."""
        return await self._vote(await self._lookup.paper(text), shelf, person)

    async def vote_by_id(self, paper_id: int, shelf: Shelf, *, person: int) -> VotedAnswer:
        """Vote for a paper of the catalogue, or take the vote back."""
        return await self._vote(await self._lookup.paper_by_id(paper_id), shelf, person)

    async def export(self, shelf: Shelf, form: ReferenceForm) -> ExportAnswer:
        """Return the whole list to be written in a form, the newest saved first."""
        page = await self._library.read_shelf(shelf, sort=Sort.NEWEST, limit=MOST_SAVED)
        return ExportAnswer(papers=page.papers, form=form)

    async def _save(self, found: PaperAnswer, shelf: Shelf, person: int) -> SavedAnswer:
        paper = found.paper
        page = await self._library.read_shelf(shelf, sort=Sort.NEWEST, limit=1)
        if page.total >= MOST_SAVED:
            if await self._library.find_saver(shelf, paper.id or 0) is not None:
                return SavedAnswer(paper=paper, shelf=shelf, existed=True)
            raise LimitReached(marked("papers on a reading list"), MOST_SAVED)
        is_new = await self._library.save_to_shelf(shelf, paper.id or 0, person, self._clock())
        return SavedAnswer(paper=paper, shelf=shelf, existed=not is_new)

    async def _vote(self, found: PaperAnswer, shelf: Shelf, person: int) -> VotedAnswer:
        paper_id = found.paper.id or 0
        voted = await self._voting.run(
            f"{shelf.kind}:{shelf.id}:{paper_id}:{person}",
            lambda: self._library.toggle_vote(shelf, paper_id, person),
        )
        if voted is None:
            raise NotOnShelf(found.paper)
        return VotedAnswer(paper=found.paper, voted=voted[0], votes=voted[1])


def list_of(shelf: Shelf, sort: Sort = Sort.VOTES) -> ListRequest:
    """Return the request for a shelf's list; a person's own has no votes to go by."""
    own = shelf.kind is ShelfKind.PERSON
    return ListRequest(
        title=marked("Your reading list") if own else marked("Reading list"),
        shelf=shelf,
        sort=Sort.NEWEST if own else sort,
    )
