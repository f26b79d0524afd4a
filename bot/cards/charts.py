"""Pictures: papers and citations per year."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bot.domain.figures import YearCount

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PANEL = "#F7F8FA"
_TEXT = "#30343B"
_SOFT = "#6B7280"
_GRID = "#DFE3E8"
_DPI = 200
_LONGEST = 30

# matplotlib keeps fonts and caches that threads must not change together.
_drawing = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A PNG and what it shows, in words."""

    data: bytes
    description: str


async def draw_years(years: Sequence[YearCount], *, accent: int, this_year: int, name: str) -> Chart:
    """Return bars of papers and citations per year, drawn in a thread and kept for the next time."""
    shown = tuple(years[-_LONGEST:])
    data = await asyncio.to_thread(_draw, shown, accent, this_year)
    return Chart(data=data, description=describe_years(shown, name=name, this_year=this_year))


def describe_years(years: Sequence[YearCount], *, name: str, this_year: int) -> str:
    """Say in words what the picture shows."""
    first, last = years[0].year, years[-1].year
    papers = max(years, key=lambda count: count.papers)
    citations = max(years, key=lambda count: count.citations)
    text = (
        f"Papers and citations of {name} per year, {first} to {last}. "
        f"Most papers in {papers.year}: {papers.papers:,}. "
        f"Most citations in {citations.year}: {citations.citations:,}."
    )
    return text + (f" {last} is not over." if last == this_year else "")


@lru_cache(maxsize=64)
def _draw(years: tuple[YearCount, ...], accent: int, this_year: int) -> bytes:
    with _drawing:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(4, 2.4), dpi=_DPI, facecolor=_PANEL)
        FigureCanvasAgg(figure)
        upper, lower = figure.subplots(2, 1, sharex=True)
        color = f"#{accent:06x}"
        _bars(upper, years, [count.papers for count in years], "Papers", color, this_year)
        _bars(lower, years, [count.citations for count in years], "Citations", color, this_year)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", facecolor=_PANEL)
        return buffer.getvalue()


def _bars(
    axes: Axes, years: Sequence[YearCount], values: Sequence[int], title: str, color: str, this_year: int
) -> Any:
    axes.set_facecolor(_PANEL)
    axes.bar([count.year for count in years], list(values), color=color, width=0.7)
    axes.set_title(title, loc="left", fontsize=7, color=_TEXT)
    return axes
