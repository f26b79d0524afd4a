"""The reading list, over real stores."""

from __future__ import annotations

import pytest

from bot.domain.identifiers import ArxivId
from bot.domain.library import Shelf, ShelfKind
from bot.domain.search import Sort
from bot.errors import LimitReached, NotAllowed, NotFound, NotOnShelf
from bot.services.library import ReadingList, list_of
from bot.text.references import ReferenceForm
from tests.factories import make_paper
from tests.unit.services.conftest import House

SERVER = Shelf(kind=ShelfKind.SERVER, id=500)
ANN, BO = 1, 2


@pytest.fixture
async def reading_list(house: House) -> ReadingList:
    """A reading list over a catalogue with one paper."""
    await house.stores.papers.save_papers([make_paper(id=None, fetched_at=house.now)])
    return ReadingList(lookup=house.lookup, library=house.stores.library, clock=house.clock)


async def test_save_says_whether_it_stood_there_before(reading_list: ReadingList) -> None:
    assert not (await reading_list.save("2306.05949", SERVER, person=ANN)).existed
    assert (await reading_list.save("2306.05949", SERVER, person=BO)).existed


async def test_save_of_an_unknown_paper_is_not_found(reading_list: ReadingList) -> None:
    with pytest.raises(NotFound):
        await reading_list.save("2401.99999", SERVER, person=ANN)


async def test_list_pages_through_the_shelf_with_votes(house: House, reading_list: ReadingList) -> None:
    await reading_list.save("2306.05949", SERVER, person=ANN)
    voted = await reading_list.vote("2306.05949", SERVER, person=BO)
    assert (voted.voted, voted.votes) == (True, 1)
    answer = await house.search.first_page(list_of(SERVER))
    assert answer.page.figures == (1,)
    assert answer.request.sort is Sort.VOTES
    assert await house.search.widen(answer) is None


async def test_remove_is_for_whoever_saved_it_or_may_do_everything(reading_list: ReadingList) -> None:
    await reading_list.save("2306.05949", SERVER, person=ANN)
    with pytest.raises(NotAllowed):
        await reading_list.remove("2306.05949", SERVER, person=BO, may_all=False)
    await reading_list.remove("2306.05949", SERVER, person=BO, may_all=True)
    with pytest.raises(NotOnShelf):
        await reading_list.remove("2306.05949", SERVER, person=ANN, may_all=True)


async def test_vote_for_what_is_not_on_the_list_says_so(reading_list: ReadingList) -> None:
    with pytest.raises(NotOnShelf):
        await reading_list.vote("2306.05949", SERVER, person=ANN)


async def test_export_holds_the_whole_list(reading_list: ReadingList) -> None:
    await reading_list.save("2306.05949", SERVER, person=ANN)
    answer = await reading_list.export(SERVER, ReferenceForm.RIS)
    assert [str(paper.arxiv_id) for paper in answer.papers] == ["2306.05949"]


async def test_save_to_a_full_list_says_what_stands_on_it_already(
    house: House, reading_list: ReadingList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.library.MOST_SAVED", 1)
    await house.stores.papers.save_papers([make_paper(id=None, arxiv_id=ArxivId("2401.00002"), doi=None)])
    await reading_list.save("2306.05949", SERVER, person=ANN)
    assert (await reading_list.save("2306.05949", SERVER, person=BO)).existed
    with pytest.raises(LimitReached):
        await reading_list.save("2401.00002", SERVER, person=BO)
