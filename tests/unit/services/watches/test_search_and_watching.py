"""Lists and their pages; creating, listing and removing watches."""

from __future__ import annotations

import pytest

from bot.domain.identifiers import ArxivId
from bot.domain.orders import Order
from bot.domain.search import ListRequest, PaperFilter, Sort
from bot.domain.watches import AuthorCriterion, Place, PlaceKind, TopicCriterion
from bot.errors import InvalidInput, InvalidTopic, LimitReached, Missing, NoSuchWatch
from bot.services.watches import watching
from tests.factories import make_paper
from tests.unit.services.conftest import House

CHANNEL = Place(kind=PlaceKind.CHANNEL, id=1, guild_id=2)
DIRECT = Place(kind=PlaceKind.DIRECT, id=3)


async def fill(house: House, count: int) -> None:
    """Store papers on energy, every third with code."""
    await house.stores.papers.save_papers(
        [
            make_paper(
                id=None,
                arxiv_id=ArxivId(f"2611.{number:05}"),
                title=f"Energy of model {number}",
                code_url="https://github.com/a/b" if number % 3 == 0 else None,
            )
            for number in range(1, count + 1)
        ]
    )


async def test_list_is_paged_and_its_pages_are_found_again(house: House) -> None:
    await fill(house, 12)
    first = await house.search.first_page(ListRequest(title="energy", query="energy"))

    later = await house.search.page(first.request_id, 10)
    beyond = await house.search.page(first.request_id, 500)

    assert (len(first.page.papers), first.page.total) == (5, 12)
    assert len(later.page.papers) == 2
    assert beyond.page == later.page
    seen = {paper.id for paper in (*first.page.papers, *later.page.papers)}
    assert len(seen) == 7


async def test_equal_lists_share_their_number(house: House) -> None:
    request = ListRequest(title="energy", query="energy", sort=Sort.NEWEST)

    first = await house.search.first_page(request)

    assert (await house.search.first_page(request)).request_id == first.request_id
    assert (await house.search.page(first.request_id, 0)).request == request


async def test_filters_narrow_a_list(house: House) -> None:
    await fill(house, 9)
    request = ListRequest(title="", query="energy", where=PaperFilter(has_code=True))

    assert (await house.search.first_page(request)).page.total == 3


async def test_faulty_boolean_search_points_at_the_place_and_plain_words_never_fail(house: House) -> None:
    with pytest.raises(InvalidTopic) as fault:
        await house.search.first_page(ListRequest(title="", query="energy AND (cost"))

    assert fault.value.position > 0
    await fill(house, 1)
    plain = await house.search.first_page(ListRequest(title="", query="energy, of: model?!"))
    assert plain.page.total == 1


async def test_search_without_a_word_finds_nothing(house: House) -> None:
    await fill(house, 1)

    assert (await house.search.first_page(ListRequest(title="", query="🦜"))).page.total == 0


async def test_spelling_is_looked_at_only_where_a_search_finds_nothing(house: House) -> None:
    await fill(house, 3)
    wrong = ListRequest(title="", query="enregy")

    assert (await house.search.search(wrong)).meant == "energy"
    assert (await house.search.first_page(wrong)).meant == ""
    assert (await house.search.search(ListRequest(title="", query="energy"))).meant == ""


async def test_thin_search_asks_arxiv_once_and_keeps_what_it_says(house: House) -> None:
    house.arxiv.papers = [make_paper(id=None, title="Tropical geometry")]
    answer = await house.search.first_page(ListRequest(title="", query="tropical"))

    wider = await house.search.widen(answer)

    assert answer.page.total == 0
    assert wider is not None
    assert wider.page.total == 1
    assert await house.search.widen(wider) is None


async def test_thin_search_says_when_arxiv_is_silent(house: House) -> None:
    house.arxiv.down = True
    answer = await house.search.first_page(ListRequest(title="", query="tropical"))

    wider = await house.search.widen(answer)

    assert wider is not None
    assert wider.unreachable == (Missing("arXiv"),)


async def test_same_watch_twice_is_one_watch(house: House) -> None:
    first = await house.watching.watch_topic("energy  cost", Order(owner=3, place=CHANNEL))
    again = await house.watching.watch_topic("energy cost", Order(owner=4, place=CHANNEL))

    assert (first.existed, again.existed) == (False, True)
    assert again.watch == first.watch
    assert first.watch.criterion == TopicCriterion(topic="energy cost")


async def test_author_watch_knows_printed_names_and_co_authors(house: House) -> None:
    house.arxiv.papers = [make_paper(id=None)]

    made = await house.watching.watch_author("Sasha Luccioni", Order(owner=3, place=DIRECT))

    criterion = made.watch.criterion
    assert isinstance(criterion, AuthorCriterion)
    assert criterion.names == ("sasha luccioni",)
    assert "irene solaiman" in criterion.coauthors


async def test_unknown_category_names_near_ones(house: House) -> None:
    with pytest.raises(InvalidInput) as fault:
        await house.watching.watch_category("cs.CYY", Order(owner=3, place=CHANNEL))

    assert "cs.CY" in fault.value.expected


async def test_watches_are_limited(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "WATCHES_A_PERSON", 1)
    await house.watching.watch_topic("energy", Order(owner=3, place=DIRECT))

    with pytest.raises(LimitReached):
        await house.watching.watch_topic("carbon", Order(owner=3, place=DIRECT))


async def test_watches_of_others_are_unknown(house: House) -> None:
    """Nobody can remove or resume what belongs to another server or person."""
    theirs = (await house.watching.watch_topic("energy", Order(owner=3, place=DIRECT))).watch
    servers = (await house.watching.watch_topic("energy", Order(owner=3, place=CHANNEL))).watch
    assert theirs.id is not None
    assert servers.id is not None

    for watch_id, guild_id, person in ((theirs.id, None, 4), (servers.id, 9, 3), (servers.id, None, 3)):
        with pytest.raises(NoSuchWatch):
            await house.watching.remove(watch_id, guild_id=guild_id, person=person)
    await house.watching.remove(servers.id, guild_id=2, person=8)

    assert (await house.watching.list_watches(guild_id=2)).watches == ()
    assert (await house.watching.list_watches(place=DIRECT)).watches == (theirs,)
