"""Authors beside each other, over real stores."""

from __future__ import annotations

import pytest

from bot.domain.papers import Authorship
from bot.errors import InvalidInput, NotFound
from bot.services.relations import NEWEST, Relations
from tests.factories import make_paper
from tests.unit.services.conftest import House


def relations(house: House) -> Relations:
    return Relations(lookup=house.lookup, authors=house.stores.authors)


async def test_coauthors_come_from_the_papers_of_the_catalogue(house: House) -> None:
    team = tuple(Authorship(name=name) for name in ("Ada Lovelace", "Bo Ek", "Cy Young"))
    await house.stores.papers.save_papers([make_paper(id=None, authors=team)])
    answer = await relations(house).coauthors("Ada Lovelace")
    assert [one.name for one in answer.network.coauthors] == ["Bo Ek", "Cy Young"]
    assert answer.is_whole
    assert NEWEST > answer.network.counted == 1


async def test_coauthors_of_an_unknown_name_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        await relations(house).coauthors("Nobody Atall")


async def test_compare_of_one_person_with_herself_is_refused(house: House) -> None:
    await house.stores.papers.save_papers([make_paper(id=None, authors=(Authorship(name="Ada Lovelace"),))])
    with pytest.raises(InvalidInput):
        await relations(house).compare(["Ada Lovelace", "ada lovelace"])
