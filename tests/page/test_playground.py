"""A person tries the playground: the real program, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")
pytest.importorskip("simcord", reason="simcord is not installed")

from playwright.sync_api import expect

from tests.browser import CHROMIUM, Visitor, chromium, playground, set_up_to_preview

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on the path"),
    pytest.mark.timeout(120),
]


PHONE_WIDTH = 390


@pytest.fixture(scope="module")
def visitor() -> Iterator[Visitor]:
    """Somebody at the front page; all tests share the program and the browser."""
    with playground() as address, chromium() as browser:
        context = browser.new_context(viewport={"width": 1200, "height": 1000})
        yield Visitor(context, address)
        context.close()


@pytest.fixture(scope="module")
def phone(visitor: Visitor) -> Iterator[Visitor]:
    """The same person with a phone."""
    browser = visitor.front.context.browser
    assert browser is not None
    context = browser.new_context(viewport={"width": PHONE_WIDTH, "height": 844})
    yield Visitor(context, visitor.front.url)
    context.close()


def test_front_page_says_what_to_try_and_where(visitor: Visitor) -> None:
    front = visitor.front

    expect(front.get_by_role("heading", name="Hoopoe")).to_be_visible()
    expect(front.get_by_role("button", name="/author Sasha Luccioni")).to_be_visible()
    assert front.locator(".places a").count() == 5


def test_typing_the_author_command_brings_the_card(visitor: Visitor) -> None:
    room = visitor.open("papers")

    room.command("author", "Sasha Luc", choose="Sasha Luccioni")
    card = room.wait_for("h-index")

    for text in ("Sasha Luccioni", "43", "1,768", "Computers and Society", "Novelty", "Scholar Feed"):
        expect(card).to_contain_text(text)
    expect(card.get_by_role("figure").get_by_role("img")).to_be_visible()


def test_button_of_the_card_lists_the_papers(visitor: Visitor) -> None:
    room = visitor.open("papers")
    room.command("author", "Sasha Luc", choose="Sasha Luccioni")

    room.press(room.wait_for("h-index"), "Papers")

    expect(room.wait_for("of 15")).to_contain_text("Green AI")


def test_plain_words_in_a_direct_message_are_answered(visitor: Visitor) -> None:
    room = visitor.open("kofi")

    room.say("papers by Sasha Luccioni since 2024 with code")

    answer = room.wait_for("Video Killed the Energy Budget")
    expect(answer).to_contain_text("Distillation Pipelines")
    expect(answer).not_to_contain_text("StarCoder")


def test_namesakes_are_offered_to_choose_from(visitor: Visitor) -> None:
    room = visitor.open("ines")

    room.say("Wei Zhang")

    expect(room.messages.last).to_contain_text("Wei Zhang", timeout=20_000)
    expect(room.messages.last.get_by_role("combobox")).to_be_visible()


@contextmanager
def elsewhere(visitor: Visitor) -> Iterator[Visitor]:
    """Visit a playground that nobody has done anything in."""
    browser = visitor.front.context.browser
    assert browser is not None
    with playground() as address:
        context = browser.new_context()
        yield Visitor(context, address)
        context.close()


def test_new_paper_is_announced_within_a_minute(visitor: Visitor) -> None:
    """In a program of its own: the first paper is for whoever made a watch a moment ago."""
    with elsewhere(visitor) as other:
        message = other.open("announcements").wait_for("category cs.CY", patience_ms=60_000)

        expect(message).to_contain_text("sample")
        expect(message.get_by_role("button", name="Full abstract")).to_be_visible()
        expect(other.front.locator("#happenings")).to_contain_text("posted in #announcements", timeout=10_000)


def test_day_that_is_let_pass_brings_its_digest(visitor: Visitor) -> None:
    """In a program of its own: what a whole mailing brings would bury what the other tests look for."""
    with elsewhere(visitor) as other:
        room = other.open("kofi")
        room.say("follow cs.HC daily")
        room.wait_for("in a daily digest")

        other.let_a_day_pass()

        expect(other.open("kofi").wait_for("Open a paper")).to_contain_text("new papers")


def test_set_up_on_a_phone_ends_with_a_watch(phone: Visitor) -> None:
    room = phone.open("papers")

    preview = set_up_to_preview(room)
    expect(preview).to_contain_text("30 days")
    assert room.width <= PHONE_WIDTH
    room.press(preview, "Start")

    expect(room.wait_for("Watching: category cs.CL")).to_contain_text("#papers")
    assert room.width <= PHONE_WIDTH


def test_saving_and_voting_on_a_phone_change_the_list(phone: Visitor) -> None:
    room = phone.open("papers")
    room.command("paper", "2306.05949")
    room.press(room.wait_for("arXiv:2306.05949"), "Save")
    room.wait_for("Saved")

    room.run("library list")
    listed = room.wait_for("most votes first")
    room.pick(listed, "Evaluating the Social Impact", menu=-1)

    expect(listed).to_contain_text("· 1 vote")
    assert room.width <= PHONE_WIDTH
