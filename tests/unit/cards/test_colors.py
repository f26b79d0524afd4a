"""Colors can be told from what is behind them (WCAG 2.2, 1.4.11: at least 3 to 1; text at least 4.5)."""

from __future__ import annotations

import pytest

from bot.cards.colors import ACCENTS
from bot.cards.drawing import PANEL, SERIES, SOFT, TEXT

LIGHT = "#ffffff"
"""What is behind a message in Discord's light theme."""


def luminance(color: str) -> float:
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("color", [TEXT, SOFT])
def test_text_of_pictures_reads_on_their_panel(color: str) -> None:
    assert contrast(color, PANEL) >= 4.5


@pytest.mark.parametrize("color", [*SERIES, *(f"#{accent:06x}" for accent in ACCENTS.values())])
def test_lines_and_bars_stand_out_from_their_panel(color: str) -> None:
    assert contrast(color, PANEL) >= 3


def test_panel_is_told_from_the_light_theme() -> None:
    assert contrast(PANEL, LIGHT) >= 3
