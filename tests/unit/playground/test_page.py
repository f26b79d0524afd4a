"""The front page's server: this machine's browser alone, and what it is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import cast

import pytest
from aiohttp import ClientSession

from playground.happenings import Happening
from playground.page import FrontPage, serve
from playground.world import World


class StillWorld:
    """A world in which two things happened."""

    shown = "papers"
    happenings = tuple(
        Happening(
            number=number,
            at=datetime(2026, 11, 24, 9, number, tzinfo=UTC),
            spot="announcements",
            place="#announcements",
            text=f"Paper {number}",
            is_answer=False,
        )
        for number in (1, 2)
    )

    async def open(self, key: str, timezone: str) -> str:
        if key != "papers":
            raise KeyError(key)
        return f"http://127.0.0.1:1/#{timezone}"


def page(passed: list[str]) -> FrontPage:
    async def pass_day() -> None:
        passed.append("day")

    return FrontPage(cast(World, StillWorld()), lambda: 7, pass_day)


@pytest.fixture
def passed() -> list[str]:
    """The days that were let pass."""
    return []


@pytest.fixture
async def address(passed: list[str]) -> AsyncIterator[str]:
    async with serve(page(passed), 0) as address:
        yield address


@pytest.fixture
async def browser() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.mark.parametrize("path", ["", "page.css", "page.js", "hoopoe.svg"])
async def test_page_comes_with_all_it_needs_and_asks_nobody_else(
    address: str, browser: ClientSession, path: str
):
    answer = await browser.get(address + path)
    text = await answer.text()

    assert answer.status == 200
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in text


async def test_state_tells_what_is_new_since_then(address: str, browser: ClientSession):
    state = await (await browser.get(f"{address}state?after=1")).json()

    assert [one["number"] for one in state["happenings"]] == [2]
    assert (state["shown"], state["next_in"]) == ("papers", 7)


async def test_state_reads_a_senseless_number_as_none(address: str, browser: ClientSession):
    state = await (await browser.get(f"{address}state?after=²")).json()

    assert len(state["happenings"]) == 2


async def test_opening_a_place_leads_to_it(address: str, browser: ClientSession):
    answer = await browser.get(f"{address}open/papers?timezone=Europe/Oslo", allow_redirects=False)

    assert answer.status == 303
    assert answer.headers["Location"] == "http://127.0.0.1:1/#Europe/Oslo"


async def test_unknown_place_is_not_found(address: str, browser: ClientSession):
    assert (await browser.get(f"{address}open/elsewhere")).status == 404


async def test_another_name_for_this_machine_is_refused(address: str, browser: ClientSession):
    answer = await browser.get(f"{address}open/papers", headers={"Host": "evil.example:80"})

    assert answer.status == 403


async def test_day_passes_for_the_own_page_alone(address: str, browser: ClientSession, passed: list[str]):
    foreign = await browser.post(f"{address}next-day", headers={"Origin": "http://evil.example"})
    assert (foreign.status, passed) == (403, [])

    own = await browser.post(f"{address}next-day", headers={"Origin": address.rstrip("/")})
    assert (own.status, passed) == (204, ["day"])


async def test_taken_port_is_an_error(address: str):
    port = int(address.rsplit(":", 1)[1].strip("/"))

    with pytest.raises(OSError, match="in use"):
        async with serve(page([]), port):
            pass
