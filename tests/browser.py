"""A person in a browser: starts the real playground, opens places, types, reads."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

CHROMIUM = shutil.which("chromium")
PATIENCE_MS = 20_000

_ATTEMPTS = 5
_SENDING_MS = 5_000
_ACTIONS = frozenset({"click", "select", "run_command", "send_message"})
"""What a person does that the bot hears of; the page also asks for suggestions and more messages."""

_KNOWN_BY = "data-message-id"
_WIDEST = """() => Math.ceil(Math.max(document.documentElement.scrollWidth,
    ...[...document.querySelectorAll("article.channel-message *")].map(
        part => part.getBoundingClientRect().right)))"""

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _is_action(request: Request) -> bool:
    if not request.url.endswith("/api/action"):
        return False
    return json.loads(request.post_data or "{}").get("kind") in _ACTIONS


@contextmanager
def playground() -> Iterator[str]:
    """Run the real program; yield the address it prints, and end it as a system does."""
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "playground", "--port", str(_free_port()), "--no-browser"],
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
        try:
            assert process.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
            if found is not None:
                yield found.group()
        finally:
            process.terminate()
            process.communicate(timeout=20)
            complaints.seek(0)
            said = complaints.read()
    assert found is not None, said
    assert process.returncode == 0, said
    assert "Traceback" not in said, said


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Room:
    """A place of the simulated Discord as its page shows it."""

    page: Page

    @property
    def messages(self) -> Locator:
        """The messages, oldest first."""
        return self.page.locator("article.channel-message")

    def say(self, text: str) -> None:
        """Write a message, and send it as soon as the page lets one: it does not while it loads."""
        before = self._newest()
        self._composer().click()
        self.page.keyboard.type(text)
        self._send(before)

    def run(self, path: str) -> None:
        """Choose a command from the list, and send it as it is."""
        before = self._newest()
        self._choose(path)
        self._send(before)

    def command(self, path: str, *texts: str, choose: str = "") -> None:
        """Choose a command from the list, fill in its first fields, take a suggestion for each, send.

        The suggestion is the first that holds the text, or what is to be chosen.
        """
        before = self._newest()
        self._choose(path)
        for number, text in enumerate(texts):
            field = self.page.locator("input.command-option-input").nth(number)
            field.click()
            self.page.keyboard.type(text)
            expect(field).to_have_value(text)
            if choose or len(texts) > 1:
                self.page.locator(".command-suggestion").filter(has_text=choose or text).first.click()
        self._send(before)

    def press(self, message: Locator, name: str) -> None:
        """Press one of a message's buttons."""
        self._act(message.get_by_role("button", name=name).click)

    def wait_for(self, text: str, patience_ms: float = PATIENCE_MS) -> Locator:
        """Return the newest message that holds this text, once it is there."""
        message = self.messages.filter(has_text=text).last
        message.wait_for(timeout=patience_ms)
        return message

    def pick(self, message: Locator, option: str, menu: int = 0) -> None:
        """Open a menu below a message, and choose what holds this text."""

        def choose() -> None:
            message.get_by_role("combobox").nth(menu).click()
            options = self.page.get_by_role("option").filter(has_text=option)
            options.locator("visible=true").first.click()

        self._act(choose)

    @property
    def width(self) -> int:
        """How wide what is shown is, which on a phone must not be wider than its screen."""
        return int(self.page.evaluate(_WIDEST))

    def _newest(self) -> str:
        """Return what the newest message is known by; the page shows the last 50, whatever comes."""
        return (self.messages.last.get_attribute(_KNOWN_BY) or "") if self.messages.count() else ""

    def _send(self, before: str) -> None:
        self._act(self.page.get_by_role("button", name="Send", exact=True).click)
        expect(self.messages).not_to_have_count(0, timeout=PATIENCE_MS)
        expect(self.messages.last).not_to_have_attribute(_KNOWN_BY, before, timeout=PATIENCE_MS)

    def _act(self, act: Callable[[], None]) -> None:
        """Do something that the bot is to hear of, again where the page did not let it through.

        It takes one action at a time, drops what is done before the last one has settled, and refuses
        what was aimed at an older state than its own.
        """
        refusals: list[str] = []
        for _ in range(_ATTEMPTS):
            try:
                with self.page.expect_request(_is_action, timeout=_SENDING_MS) as sent:
                    act()
            except PlaywrightTimeout:
                refusals.append("nothing was sent")
                continue
            answer = sent.value.response()
            receipt = answer.json() if answer else {}
            if not receipt.get("rejected"):
                return
            refusals.append(json.dumps(receipt.get("diagnostics")))
        raise AssertionError(refusals)

    def _choose(self, path: str) -> None:
        self._composer().click()
        self.page.keyboard.type(f"/{path}")
        self.page.locator(".command-entry").get_by_text(f"/{path}", exact=True).click()

    def _composer(self) -> Locator:
        return self.page.get_by_role("textbox", name=re.compile("^Message"))


class Visitor:
    """Somebody at the front page."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        """Open the front page."""
        context.set_default_timeout(PATIENCE_MS)
        self._context = context
        self._tab: Page | None = None
        self.front = context.new_page()
        self.front.goto(address)

    def open(self, spot: str) -> Room:
        """Follow the front page's link to a place; it opens in the one tab for all places."""
        link = self.front.locator(f".places a[data-spot={spot}]")
        if self._tab is None:
            with self._context.expect_page() as opened:
                link.click()
            self._tab = opened.value
        else:
            with self._tab.expect_navigation():
                link.click()
        self._tab.bring_to_front()
        self._tab.locator("#channel-name").wait_for()
        return Room(self._tab)

    def let_a_day_pass(self) -> None:
        """Press the front page's button, and wait until the day is over."""
        self.front.bring_to_front()
        with self.front.expect_response(lambda answer: answer.url.endswith("/next-day")) as passed:
            self.front.locator("#next-day").click()
        assert passed.value.ok


def set_up_to_preview(room: Room) -> Locator:
    """Begin the guided set-up from the help, and answer its questions; return the card with the last."""
    room.run("help")
    room.press(room.wait_for("Papers, authors and what is new"), "Set up announcements")
    room.pick(room.wait_for("1 of 4"), "Computer Science")
    room.pick(room.wait_for("Which part of it?"), "Computation and Language")
    room.press(room.wait_for("2 of 4"), "Here, in this channel")
    room.press(room.wait_for("3 of 4"), "Each paper at once")
    return room.wait_for("4 of 4")
