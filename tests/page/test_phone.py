"""The main ways on a phone's screen and on a desk's: nothing is cut off or wider than the page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")
pytest.importorskip("simcord", reason="simcord is not installed")

from playwright.sync_api import Locator, ViewportSize, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser import CHROMIUM, Room, Visitor, chromium, playground

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on the path"),
    pytest.mark.timeout(180),
]

SCREENS = [
    pytest.param(ViewportSize(width=390, height=844), id="phone"),
    pytest.param(ViewportSize(width=1200, height=1000), id="desk"),
]


@pytest.fixture(scope="module", params=SCREENS)
def visitor(request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Somebody with a screen of this size."""
    with playground() as address, chromium() as browser:
        context = browser.new_context(viewport=request.param)
        yield Visitor(context, address)
        context.close()


_BEYOND = """message => [...message.querySelectorAll('*')]
    .filter(part => part.getBoundingClientRect().right > window.innerWidth + 1)
    .map(part => part.outerHTML.slice(0, 200))"""


def assert_within(room: Room, message: Locator) -> None:
    """Fail where the page can be pushed aside, or a part of the message reaches beyond its edge."""
    # A message that has just come moves into its place.
    with suppress(PlaywrightTimeout):
        room.page.wait_for_function(f"message => !({_BEYOND})(message).length", arg=message.element_handle())
    assert message.evaluate(_BEYOND) == []
    assert room.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_look_up_and_paging_stay_on_the_screen(visitor: Visitor) -> None:
    room = visitor.open("papers")
    room.command("author", "Sasha Luc", choose="Sasha Luccioni")
    card = room.wait_for("h-index")
    expect(card.get_by_role("figure").get_by_role("img")).to_be_visible()
    assert_within(room, card)
    room.press(card, "Papers")
    listed = room.wait_for("of 15")
    room.press(listed, "Next")
    expect(room.wait_for("6–10 of 15")).to_be_visible()
    assert_within(room, room.wait_for("6–10 of 15"))


def test_direct_message_stays_on_the_screen(visitor: Visitor) -> None:
    room = visitor.open("kofi")
    room.say("2306.05949")
    assert_within(room, room.wait_for("Evaluating the Social Impact"))


def test_announcement_stays_on_the_screen(visitor: Visitor) -> None:
    room = visitor.open("announcements")
    message = room.wait_for("category cs.CY", patience_ms=60_000)
    expect(message.get_by_role("button", name="Full abstract")).to_be_visible()
    assert_within(room, message)
