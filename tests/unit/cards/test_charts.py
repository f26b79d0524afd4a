"""Pictures of numbers per year."""

from __future__ import annotations

import asyncio
import struct
from typing import Any

import pytest
from matplotlib.axes import Axes

from bot.cards.charts import describe_years, draw_years
from bot.cards.colors import ACCENTS, NEUTRAL, accent
from bot.cards.drawing import PANEL
from bot.domain.categories import ARCHIVES
from bot.domain.figures import YearCount
from tests.factories import make_years


def size(png: bytes) -> tuple[int, int]:
    """Return width and height from a PNG's header."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def luminance(color: int) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [(color >> shift & 0xFF) / 255 for shift in (16, 8, 0)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("archive", [*ACCENTS, "unknown"])
def test_accent_of_every_archive_stands_out_from_the_panel(archive: str) -> None:
    """Graphics need 3:1 (WCAG 2, success criterion 1.4.11)."""
    light, dark = luminance(accent(archive)), luminance(int(PANEL[1:], 16))
    assert (light + 0.05) / (dark + 0.05) >= 3


def test_accents_cover_every_archive_with_its_own_color() -> None:
    assert set(ARCHIVES) <= set(ACCENTS)
    assert len({*ACCENTS.values(), NEUTRAL}) == len(ACCENTS) + 1


async def test_chart_of_the_same_numbers_is_drawn_once() -> None:
    """Also where two people ask at the same moment."""
    charts = await asyncio.gather(
        *(draw_years(make_years(), accent=0x123456, this_year=2026, name=name) for name in ("A", "B"))
    )
    assert charts[0].data is charts[1].data
    assert charts[0].description != charts[1].description


async def test_chart_without_citations_leaves_their_panel_out() -> None:
    papers_only = tuple(YearCount(year=year.year, papers=year.papers, citations=0) for year in make_years())
    both = await draw_years(make_years(), accent=ACCENTS["cs"], this_year=2026, name="A")
    one = await draw_years(papers_only, accent=ACCENTS["cs"], this_year=2026, name="A")
    assert size(both.data)[0] == size(one.data)[0] == 800
    assert size(both.data)[1] == 2 * size(one.data)[1]


async def test_chart_of_a_finished_year_differs_from_one_that_is_not_over() -> None:
    over = await draw_years(make_years(), accent=ACCENTS["cs"], this_year=2027, name="A")
    current = await draw_years(make_years(), accent=ACCENTS["cs"], this_year=2026, name="A")
    assert over.data != current.data
    assert "not over" not in over.description


@pytest.mark.parametrize(("most", "shown"), [(9_000, 11), (726_761, 1)])
async def test_numbers_that_would_meet_are_left_to_the_tallest_bar(
    most: int, shown: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    annotate = Axes.annotate

    def spy(axes: Axes, text: str, *args: Any, **kwargs: Any) -> Any:
        written.append(text)
        return annotate(axes, text, *args, **kwargs)

    monkeypatch.setattr(Axes, "annotate", spy)
    years = tuple(YearCount(year=2000 + n, papers=0, citations=most - 10 + n) for n in range(11))
    await draw_years(years, accent=ACCENTS["cs"], this_year=2026, name="A")
    assert len(written) == shown


def test_description_of_a_long_career_names_the_peaks() -> None:
    years = tuple(YearCount(year=1960 + n, papers=n % 7, citations=n * 1000) for n in range(60))
    text = describe_years(years, this_year=2026, name="A. Author")
    assert text == (
        "Papers and citations of A. Author per year, 1960 to 2019. Most papers in 1966: 6. "
        "Most citations in 2019: 59,000."
    )
