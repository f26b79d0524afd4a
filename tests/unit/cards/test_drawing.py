"""Pictures are drawn once for all who ask for the same."""

from __future__ import annotations

from bot.cards.drawing import drawn_once
from bot.words import language, speaking


def test_picture_is_drawn_once_a_language() -> None:
    drawn: list[tuple[str, int]] = []

    @drawn_once
    def draw(years: int) -> bytes:
        drawn.append((language(), years))
        return language().encode()

    pictures = []
    for spoken in ("en", "de", "en", "de"):
        with speaking(spoken):
            pictures.append(draw(7))
    assert pictures == [b"en", b"de", b"en", b"de"]
    assert drawn == [("en", 7), ("de", 7)]
