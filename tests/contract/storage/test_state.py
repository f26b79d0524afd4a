"""Texts by key, and lists by number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.search import ListRequest, PaperFilter, Sort
from bot.errors import NotFound
from bot.storage import Stores

REQUEST = ListRequest(
    title="Papers by Ann",
    query='"energy use" -x',
    author="Ann",
    author_id=7,
    where=PaperFilter(category="cs.CY", since=date(2024, 1, 1), has_code=True),
    sort=Sort.NEWEST,
)


async def test_state_is_remembered_and_replaced(stores: Stores):
    assert await stores.state.get_state("key") is None

    await stores.state.set_state("key", "one")
    await stores.state.set_state("key", "two")

    assert await stores.state.get_state("key") == "two"


async def test_request_comes_back_and_an_equal_one_keeps_its_number(stores: Stores):
    number = await stores.state.keep_request(REQUEST)

    assert await stores.state.get_request(number) == REQUEST
    assert await stores.state.keep_request(REQUEST) == number
    assert await stores.state.keep_request(replace(REQUEST, author_id=8)) != number


async def test_get_request_unknown_raises_not_found(stores: Stores):
    with pytest.raises(NotFound):
        await stores.state.get_request(1)
