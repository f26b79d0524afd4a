"""Reading lists and votes, over a real file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.library import Shelf, ShelfKind
from bot.domain.search import Sort
from bot.storage import Stores
from tests.factories import NOW, make_paper

SERVER = Shelf(kind=ShelfKind.SERVER, id=500)
ANN = Shelf(kind=ShelfKind.PERSON, id=1)


@pytest.fixture
async def papers(stores: Stores) -> list[int]:
    """Three papers of the catalogue."""
    stored = await stores.papers.save_papers(
        [make_paper(id=None, arxiv_id=None, title=f"Paper number {number}") for number in range(3)]
    )
    return [paper.id for paper in stored if paper.id is not None]


async def test_saved_paper_is_on_its_shelf_alone_and_once(stores: Stores, papers: list[int]) -> None:
    assert await stores.library.save_to_shelf(SERVER, papers[0], 1, NOW)
    assert not await stores.library.save_to_shelf(SERVER, papers[0], 2, NOW)
    assert await stores.library.find_saver(SERVER, papers[0]) == 1
    assert await stores.library.find_saver(ANN, papers[0]) is None
    page = await stores.library.read_shelf(SERVER, sort=Sort.NEWEST, limit=5)
    assert [paper.id for paper in page.papers] == papers[:1]


async def test_shelf_is_ordered_by_votes_or_by_when_saved(stores: Stores, papers: list[int]) -> None:
    for minute, paper_id in enumerate(papers):
        await stores.library.save_to_shelf(SERVER, paper_id, 1, NOW + timedelta(minutes=minute))
    assert await stores.library.toggle_vote(SERVER, papers[1], 7) == (True, 1)
    assert await stores.library.toggle_vote(SERVER, papers[1], 8) == (True, 2)
    assert await stores.library.toggle_vote(SERVER, papers[0], 7) == (True, 1)
    by_votes = await stores.library.read_shelf(SERVER, sort=Sort.VOTES, limit=5)
    assert [paper.id for paper in by_votes.papers] == [papers[1], papers[0], papers[2]]
    assert by_votes.figures == (2, 1, 0)
    newest = await stores.library.read_shelf(SERVER, sort=Sort.NEWEST, limit=2, offset=1)
    assert [paper.id for paper in newest.papers] == [papers[1], papers[0]]
    assert newest.total == 3


async def test_second_vote_takes_the_first_back(stores: Stores, papers: list[int]) -> None:
    await stores.library.save_to_shelf(SERVER, papers[0], 1, NOW)
    await stores.library.toggle_vote(SERVER, papers[0], 7)
    assert await stores.library.toggle_vote(SERVER, papers[0], 7) == (False, 0)


async def test_vote_for_what_is_not_saved_is_none(stores: Stores, papers: list[int]) -> None:
    assert await stores.library.toggle_vote(SERVER, papers[0], 7) is None


async def test_removed_paper_takes_its_votes_along(stores: Stores, papers: list[int]) -> None:
    await stores.library.save_to_shelf(SERVER, papers[0], 1, NOW)
    await stores.library.toggle_vote(SERVER, papers[0], 7)
    assert await stores.library.remove_from_shelf(SERVER, papers[0])
    assert not await stores.library.remove_from_shelf(SERVER, papers[0])
    await stores.library.save_to_shelf(SERVER, papers[0], 1, NOW)
    page = await stores.library.read_shelf(SERVER, sort=Sort.VOTES, limit=5)
    assert page.figures == (0,)
