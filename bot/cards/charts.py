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

# An opaque panel, as nothing reads well on both of Discord's themes; dark, as most people's theme is.
PANEL = "#1e1f22"
_TEXT = "#e3e5e8"
_SOFT = "#a3a9b3"
_BASELINE = "#4a4d54"

_WIDTH, _PANEL_HEIGHT = 4.0, 1.2
_PIXELS_PER_INCH = 200
_SMALL = 6.3
_HEADING: dict[str, Any] = {"loc": "left", "fontsize": 7.5, "color": _TEXT, "pad": 10}
_UNFINISHED = 0.5
_MOST_YEARS = 30
_FEWEST_PLACES = 5
_ALL_LABELED = 11
"""With more bars than these, only the tallest and the newest carry their number."""

# matplotlib keeps fonts and caches that threads must not change together.
_drawing = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A PNG, and what it shows in words."""

    data: bytes
    description: str


async def draw_years(years: Sequence[YearCount], *, accent: int, this_year: int, name: str) -> Chart:
    """Return bars of papers and citations per year, drawn in a thread and kept for the next time.

    What is zero in every year is left out, as no source counted it; something must not be.
    """
    shown = tuple(years[-_MOST_YEARS:])
    data = await asyncio.to_thread(_draw_once, shown, accent, this_year)
    return Chart(data=data, description=describe_years(shown, this_year=this_year, name=name))


def describe_years(years: Sequence[YearCount], *, this_year: int, name: str) -> str:
    """Say in words what the picture shows."""
    first, last = years[0].year, years[-1].year
    papers = max(years, key=lambda count: count.papers)
    citations = max(years, key=lambda count: count.citations)
    text = f"Papers and citations of {name} per year, {first} to {last}."
    if papers.papers:
        text += f" Most papers in {papers.year}: {papers.papers:,}."
    if citations.citations:
        text += f" Most citations in {citations.year}: {citations.citations:,}."
    return f"{text} {last} is not over." if last >= this_year else text


def _draw_once(years: tuple[YearCount, ...], accent: int, this_year: int) -> bytes:
    """Return the picture, drawn by one thread at a time; two that ask for the same draw it once."""
    with _drawing:
        return _draw(years, accent, this_year)


@lru_cache(maxsize=128)
def _draw(years: tuple[YearCount, ...], accent: int, this_year: int) -> bytes:
    # 36 MB and 0.7 s that a bot without a chart does not spend.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    panels = [
        (title, values)
        for title, values in (
            ("Papers per year", [count.papers for count in years]),
            ("Citations per year", [count.citations for count in years]),
        )
        if any(values)
    ]
    height = _PANEL_HEIGHT * len(panels)
    figure = Figure(figsize=(_WIDTH, height), dpi=_PIXELS_PER_INCH, facecolor=PANEL)
    FigureCanvasAgg(figure)
    figure.subplots_adjust(left=0.04, right=0.96, top=1 - 0.31 / height, bottom=0.24 / height, hspace=0.68)
    color = f"#{accent:06x}"
    for place, (title, values) in enumerate(panels, 1):
        axes = figure.add_subplot(len(panels), 1, place)
        _draw_bars(axes, years, values, color=color, this_year=this_year)
        axes.set_title(title, **_HEADING)
        if place == 1 and years[-1].year >= this_year:
            _draw_key(axes, f"{years[-1].year} so far", color)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", facecolor=PANEL)
    return buffer.getvalue()


def _draw_key(axes: Axes, text: str, color: str) -> None:
    """Say what the lighter bar is, at the right of the heading."""
    place: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "ha": "right"}
    axes.annotate(text, (1, 1), (0, 10), color=_SOFT, fontsize=_SMALL, **place)
    axes.annotate("■", (1, 1), (-39, 10), color=color, alpha=_UNFINISHED, fontsize=_SMALL, **place)


def _draw_bars(
    axes: Axes, years: Sequence[YearCount], values: Sequence[int], *, color: str, this_year: int
) -> None:
    """Draw one bar a year with its number above it, in place of an axis."""
    places = range(len(years))
    axes.set_facecolor(PANEL)
    bars = axes.bar(places, values, width=0.72, color=color)
    for count, bar in zip(years, bars, strict=True):
        if count.year >= this_year:
            bar.set_alpha(_UNFINISHED)
    for index in _labeled(values):
        # At the right edge a long number would leave the picture.
        at_edge = index == len(values) - 1 and len(values) > _ALL_LABELED
        axes.annotate(
            f"{values[index]:,}",
            (index + 0.45 if at_edge else index, values[index]),
            (0, 1.5),
            textcoords="offset points",
            ha="right" if at_edge else "center",
            fontsize=_SMALL,
            color=_TEXT,
        )
    step = max(1, -(-len(years) // _ALL_LABELED))
    marked = [index for index in places if (len(years) - 1 - index) % step == 0]
    axes.set_xticks(marked, [str(years[index].year) for index in marked], fontsize=_SMALL, color=_SOFT)
    axes.tick_params(length=0, pad=2)
    axes.set_yticks([])
    missing = max(0, _FEWEST_PLACES - len(years)) / 2
    axes.set_xlim(-0.6 - missing, len(years) - 0.4 + missing)
    axes.set_ylim(0, max(1, *values) * 1.02)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_BASELINE)
    axes.spines["bottom"].set_linewidth(0.6)


def _labeled(values: Sequence[int]) -> tuple[int, ...]:
    """Return which bars carry their number: all, or the tallest and, where it isn't near, the newest."""
    last = len(values) - 1
    if last < _ALL_LABELED:
        return tuple(range(len(values)))
    tallest = max(range(len(values)), key=lambda index: values[index])
    return (tallest,) if last - tallest < len(values) / 5 else (tallest, last)
