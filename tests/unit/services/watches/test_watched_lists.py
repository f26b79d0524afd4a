"""Watches of what is similar to a reading list: it is read as it is when a mailing comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.feeds import FeedState
from bot.domain.identifiers import ArxivId
from bot.domain.library import Shelf, ShelfKind
from bot.domain.orders import Order, Setting
from bot.domain.papers import Paper
from bot.domain.watches import Place, PlaceKind, ShelfCriterion
from bot.services.matching.filing import WatchIndex
from bot.services.matching.match import Matcher
from bot.services.vocabulary import Vocabulary
from tests.contract.storage.mailing import item
from tests.factories import make_paper
from tests.unit.services.conftest import START, House

CHANNEL = Place(kind=PlaceKind.CHANNEL, id=1, guild_id=2)
ORDER = Order(owner=3, place=CHANNEL)
OURS = Shelf(kind=ShelfKind.SERVER, id=2)
ENERGY = "Energy accounting of distillation pipelines"
KNOTS = "Knot invariants of braided surfaces"


@pytest.fixture
async def saved(house: House) -> dict[str, int]:
    """A catalogue in which words of two subjects are known; ids of papers by their titles."""
    said = [*(f"{ENERGY} {number}" for number in range(4)), *(f"{KNOTS} {number}" for number in range(4))]
    papers = await house.stores.papers.save_papers(
        [
            make_paper(
                id=None,
                arxiv_id=ArxivId(f"2601.{number:05}"),
                title=title,
                abstract="",
                announced_at=START - timedelta(days=200),
                submitted_at=START - timedelta(days=200),
            )
            for number, title in enumerate(said)
        ]
    )
    return {paper.title: paper.id or 0 for paper in papers}


class Mail:
    """Reads one mailing after another, with one index, as the harvest loop does."""

    def __init__(self, house: House) -> None:
        """Begin with the first number."""
        self._house = house
        self._index = WatchIndex(Vocabulary(papers=house.stores.papers, clock=house.clock))
        self._number = 0

    async def bring(self, *titles: str) -> int:
        """List papers of these titles; return how many deliveries they cause."""
        self._house.pass_time(minutes=1)
        now = self._house.now
        items = []
        for title in titles:
            self._number += 1
            items.append(item(self._number, title=title, abstract=""))
        state = FeedState(categories=("cs.CY",), dated=now)
        match = Matcher(self._index, now, {})
        return (await self._house.stores.harvests.record(items, state, match, now))[1]


async def test_list_is_read_as_it_is_when_a_mailing_comes(house: House, saved: dict[str, int]) -> None:
    library, mail = house.stores.library, Mail(house)
    answer = await house.watching.watch_similar("our reading list", ORDER)
    assert answer.preview.empty_list
    assert await mail.bring(f"{ENERGY} first") == 0

    await library.save_to_shelf(OURS, saved[f"{ENERGY} 0"], 3, house.now)
    assert await mail.bring(f"{ENERGY} second", f"{KNOTS} second") == 1

    await library.save_to_shelf(OURS, saved[f"{KNOTS} 0"], 3, house.now)
    assert await mail.bring(f"{ENERGY} third", f"{KNOTS} third") == 2

    await library.remove_from_shelf(OURS, saved[f"{ENERGY} 0"])
    assert await mail.bring(f"{ENERGY} fourth", f"{KNOTS} fourth") == 1


async def test_announcement_names_the_saved_paper_it_is_near_to(house: House, saved: dict[str, int]) -> None:
    for title in (f"{ENERGY} 0", f"{KNOTS} 0"):
        await house.stores.library.save_to_shelf(OURS, saved[title], 3, house.now)
    await house.watching.watch_similar("Our reading list", replace(ORDER, category="cs.CY"))
    await Mail(house).bring(f"{KNOTS} again")

    (message,) = await house.stores.deliveries.claim_due(house.now)
    assert message.deliveries[0].reasons == (f"similar to the reading list ({KNOTS} 0) · category cs.CY",)


async def test_saved_paper_is_not_near_itself(house: House, saved: dict[str, int]) -> None:
    await house.watching.watch_similar("the reading list", ORDER)
    mail = Mail(house)
    (paper,) = await house.stores.papers.save_papers(
        [make_paper(id=None, arxiv_id=ArxivId("2605.00001"), title=f"{ENERGY} new", abstract="")]
    )
    await house.stores.library.save_to_shelf(OURS, paper.id or 0, 3, house.now)
    assert await mail.bring(f"{ENERGY} new") == 0
    assert await mail.bring(f"{ENERGY} newer") == 1


async def test_preview_shows_what_the_list_would_have_brought(house: House, saved: dict[str, int]) -> None:
    await house.stores.library.save_to_shelf(OURS, saved[f"{ENERGY} 0"], 3, house.now)
    near: Paper = make_paper(
        id=None,
        arxiv_id=ArxivId("2611.00009"),
        title="Energy accounting of pipelines",
        abstract="",
        announced_at=START,
    )
    await house.stores.papers.save_papers([near])

    answer = await house.watching.watch_similar("our reading list", replace(ORDER, preview=True))

    assert [paper.title for paper in answer.preview.examples] == [near.title]
    assert not answer.preview.empty_list
    strict = await house.watching.watch_similar("our reading list", ORDER, threshold=1.0)
    assert strict.preview.matched == 0


async def test_list_of_another_place_changes_nothing(house: House, saved: dict[str, int]) -> None:
    own = replace(ORDER, place=Place(kind=PlaceKind.DIRECT, id=3))
    watch = (await house.watching.watch_similar("my reading list", own)).watch
    assert watch.criterion == ShelfCriterion(shelf=Shelf(kind=ShelfKind.PERSON, id=3), threshold=0.25)

    mail = Mail(house)
    await house.stores.library.save_to_shelf(OURS, saved[f"{ENERGY} 0"], 3, house.now)
    assert await mail.bring(f"{ENERGY} first") == 0
    await house.stores.library.save_to_shelf(
        Shelf(kind=ShelfKind.PERSON, id=3), saved[f"{ENERGY} 0"], 3, house.now
    )
    assert await mail.bring(f"{ENERGY} second") == 1


async def test_same_list_twice_is_one_watch_and_its_threshold_can_change(house: House) -> None:
    first = await house.watching.watch_similar("our reading list", ORDER)
    again = await house.watching.watch_similar("the reading list", ORDER)
    assert again.existed
    assert again.watch.id == first.watch.id

    answer = await house.watching.change(first.watch.id or 0, Setting.THRESHOLD, "0.5", guild_id=2, person=3)
    assert answer.settings[Setting.THRESHOLD] == "0.5"


async def test_list_goes_with_the_person_who_is_forgotten(house: House, saved: dict[str, int]) -> None:
    own = replace(ORDER, place=Place(kind=PlaceKind.DIRECT, id=3))
    await house.watching.watch_similar("my reading list", own)
    await house.stores.library.save_to_shelf(
        Shelf(kind=ShelfKind.PERSON, id=3), saved[f"{ENERGY} 0"], 3, house.now
    )
    await house.stores.privacy.forget_person(3)

    assert await house.stores.watches.list_watches() == ()
    assert await Mail(house).bring(f"{ENERGY} first") == 0
