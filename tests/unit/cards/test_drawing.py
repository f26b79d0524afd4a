"""Pictures are drawn once for all who ask for the same."""

from __future__ import annotations

import pytest
from matplotlib.font_manager import get_font_names

from bot.cards.drawing import FONTS, drawn_once, new_figure, png_of
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


@pytest.mark.parametrize("name", ["王小明", "山田太郎", "김민수"])
def test_names_are_written_with_a_font_of_the_machine(name: str) -> None:
    """Where none has the letters, matplotlib warns and draws boxes; warnings fail tests."""
    if not {*FONTS} & {*get_font_names()}:
        pytest.skip("no font for Chinese, Japanese and Korean is installed")
    figure = new_figure(1.0)
    figure.text(0.1, 0.5, name)
    assert png_of(figure)
