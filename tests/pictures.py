"""Draws the pictures of the documentation: the real program, in a real browser (`make pictures`)."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image
from playwright.sync_api import FloatRect, Locator

from tests.browser import CHROMIUM, Room, Visitor, chromium, playground, set_up_to_preview

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
WIDTH, HEIGHT = 620, 1400
MARGIN = 12
_ATTEMPTS = 5
_NOTHING_AROUND = """.channel-composer, .command-popup, .message-context-actions { visibility: hidden }
    * { box-shadow: none !important }"""
_PICTURES_SHOWN = """() => [...document.querySelectorAll("article.channel-message img")]
    .every(image => image.complete && image.naturalWidth > 0)"""
COLORS = 160
"""Few enough for a small file, enough for smooth letters."""


def main() -> int:
    """Draw all pictures; return the exit status."""
    if CHROMIUM is None:
        sys.stderr.write("There is no chromium on the path.\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with playground() as address, chromium() as browser:
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2, bypass_csp=True
        )
        visitor = Visitor(context, address)
        for name, draw in PICTURES.items():
            _save(name, draw(visitor))
        context.close()
        front = browser.new_context(viewport={"width": 1100, "height": 800}, color_scheme="light")
        _save("playground", Visitor(front, address).front.screenshot())
    return 0


def _author(visitor: Visitor) -> bytes:
    room = visitor.open("papers")
    room.command("author", "Sasha Luc", choose="Sasha Luccioni")
    return _of(room, room.wait_for("h-index"))


def _papers(visitor: Visitor) -> bytes:
    room = visitor.open("papers")
    room.command("papers", "Sasha Luc", choose="Sasha Luccioni")
    return _of(room, room.wait_for("of 15"))


def _paper(visitor: Visitor) -> bytes:
    room = visitor.open("papers")
    room.command("paper", "2306.05949")
    return _of(room, room.wait_for("arXiv:2306.05949"))


def _search(visitor: Visitor) -> bytes:
    room = visitor.open("papers")
    room.command("search", "energy AND (llm OR inference)")
    return _of(room, room.wait_for("Understanding Efficiency"))


def _announcement(visitor: Visitor) -> bytes:
    room = visitor.open("announcements")
    return _of(room, room.wait_for("category cs.CY", patience_ms=60_000))


def _watch(visitor: Visitor) -> bytes:
    room = visitor.open("papers")
    room.command("watch category", "cs.CL", choose="cs.CL")
    return _of(room, room.wait_for("Watching: category cs.CL"))


def _direct_message(visitor: Visitor) -> bytes:
    room = visitor.open("kofi")
    room.say("papers by Sasha Luccioni since 2024 with code")
    room.wait_for("Video Killed the Energy Budget")
    return _of(room, room.messages.nth(-2), room.messages.last)


def _ambiguous(visitor: Visitor) -> bytes:
    room = visitor.open("papers")
    room.command("author", "Wei Zhang")
    return _of(room, room.wait_for("Wei Zhang"))


def _error(visitor: Visitor) -> bytes:
    room = visitor.open("papers")
    room.command("author", "Sascha Lucioni")
    return _of(room, room.wait_for("Nothing found"))


def _coauthors(visitor: Visitor) -> bytes:
    room = visitor.open("papers")
    room.command("coauthors", "Sasha Luc", choose="Sasha Luccioni")
    return _of(room, room.wait_for("Co-authors of"))


def _numbers(visitor: Visitor) -> bytes:
    room = visitor.open("papers")
    room.command("paper", "2306.05949")
    room.press(room.wait_for("arXiv:2306.05949"), "About these numbers")
    return _of(room, room.wait_for("What to keep in mind"))


def _welcome(visitor: Visitor) -> bytes:
    room = visitor.open("papers")
    return _of(room, room.wait_for("Try a look-up"))


def _setup(visitor: Visitor) -> bytes:
    room = visitor.open("papers")
    return _of(room, set_up_to_preview(room))


def _discussion(visitor: Visitor) -> bytes:
    # A discussion that is begun in a thread stays in it, where the playground's pages can show it.
    room = visitor.open("forum")
    room.command("paper", "2306.05949")
    room.press(room.wait_for("arXiv:2306.05949"), "Discuss")
    room.wait_for("The discussion is here")
    return _of(room, room.wait_for("Method"))


def _compare(visitor: Visitor) -> bytes:
    room = visitor.open("papers")
    room.command("compare", "Sasha Luccioni", "Emma Strubell")
    return _of(room, room.wait_for("Emma Strubell"))


def _library(visitor: Visitor) -> bytes:
    room = visitor.open("papers")
    for paper in ("2306.05949", "2305.06161"):
        room.command("library save", paper)
    room.press(room.wait_for("Saved to the reading list"), "Vote")
    room.wait_for("You vote for it")
    room.run("library list")
    return _of(room, room.wait_for("Vote for a paper…"))


def _digest(visitor: Visitor) -> bytes:
    room = visitor.open("kofi")
    room.say("follow cs.HC daily")
    room.wait_for("in a daily digest")
    visitor.let_a_day_pass()
    return _of(room, visitor.open("kofi").wait_for("Open a paper"))


def _citations(visitor: Visitor) -> bytes:
    room = visitor.open("papers")
    room.command("watch citations", "Mira Oyel", choose="Mira Oyelaran")
    room.wait_for("What cites any")
    visitor.let_a_day_pass()
    # Who cites whom is asked within a minute of the world's.
    room = visitor.open("papers")
    return _of(room, room.wait_for("by Mira Oyelaran", patience_ms=90_000))


PICTURES: dict[str, Callable[[Visitor], bytes]] = {
    "welcome": _welcome,
    "setup": _setup,
    "author": _author,
    "papers": _papers,
    "paper": _paper,
    "search": _search,
    "coauthors": _coauthors,
    "numbers": _numbers,
    "ambiguous": _ambiguous,
    "error": _error,
    "direct-message": _direct_message,
    "watch": _watch,
    "announcement": _announcement,
    "compare": _compare,
    "library": _library,
    "discussion": _discussion,
    "digest": _digest,
    "citations": _citations,
}


def _of(room: Room, *messages: Locator) -> bytes:
    """Return a picture of these messages, the first to the last, and nothing around them."""
    page = room.page
    page.mouse.move(0, 0)
    page.wait_for_function(_PICTURES_SHOWN)
    for _ in range(_ATTEMPTS):
        messages[-1].scroll_into_view_if_needed()
        clip = _around(messages)
        picture = page.screenshot(clip=clip, style=_NOTHING_AROUND)
        if _around(messages) == clip:
            return picture
    raise AssertionError("the page does not come to rest")


def _around(messages: Sequence[Locator]) -> FloatRect:
    """Return where these messages are; what arrives meanwhile moves them."""
    boxes = [box for message in messages if (box := message.bounding_box())]
    parts = messages[-1].locator(".embed-card, button")
    cards = [box for part in parts.all() if (box := part.bounding_box())]
    left = min(box["x"] for box in boxes)
    top = min(box["y"] for box in boxes) - MARGIN
    right = max(box["x"] + box["width"] for box in cards) + 2 * MARGIN
    bottom = max(box["y"] + box["height"] for box in boxes) + MARGIN
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def _save(name: str, picture: bytes) -> None:
    file = FOLDER / f"{name}.png"
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLORS).save(file, optimize=True)
    sys.stdout.write(f"{file.name}: {file.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    sys.exit(main())
