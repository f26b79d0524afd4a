"""Pictures: papers and citations per year."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.cards.drawing import SMALL, SOFT, TEXT, WIDTH, Chart, bare, drawn_once, new_figure, png_of
from bot.cards.wording import (
    joined,
)
from bot.domain.figures import YearCount
from bot.words import _, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PANEL_HEIGHT = 1.2
_HEADING: dict[str, Any] = {"loc": "left", "fontsize": 7.5, "color": TEXT, "pad": 10}
_UNFINISHED = 0.5
_MOST_YEARS = 30
_FEWEST_PLACES = 5
_ALL_LABELED = 11
"""With more bars than these, or numbers that would meet, only the tallest and the newest carry theirs."""
_LEFT, _RIGHT = 0.04, 0.96
_DIGIT = 0.64 * SMALL


async def draw_years(years: Sequence[YearCount], *, accent: int, this_year: int, name: str) -> Chart:
    """Return bars of papers and citations per year, drawn in a thread and kept for the next time.

    What is zero in every year is left out, as no source counted it; something must not be.
    """
    shown = tuple(years[-_MOST_YEARS:])
    data = await asyncio.to_thread(_draw, shown, accent, this_year)
    return Chart(data=data, description=describe_years(shown, this_year=this_year, name=name))


def describe_years(years: Sequence[YearCount], *, this_year: int, name: str) -> str:
    """Say in words what the picture shows."""
    first, last = years[0].year, years[-1].year
    papers = max(years, key=lambda count: count.papers)
    citations = max(years, key=lambda count: count.citations)
    most_papers = _("Most papers in {year}: {count}.") if papers.papers else ""
    most_citations = _("Most citations in {year}: {count}.") if citations.citations else ""
    parts = (
        _("Papers and citations of {name} per year, {first} to {last}.").format(
            name=name, first=first, last=last
        ),
        most_papers.format(year=papers.year, count=number(papers.papers)),
        most_citations.format(year=citations.year, count=number(citations.citations)),
        _("{year} is not over.").format(year=last) if last >= this_year else "",
    )
    return joined(parts, " ")


@drawn_once
def _draw(years: tuple[YearCount, ...], accent: int, this_year: int) -> bytes:
    panels = [
        (title, values)
        for title, values in (
            (_("Papers per year"), [count.papers for count in years]),
            (_("Citations per year"), [count.citations for count in years]),
        )
        if any(values)
    ]
    height = _PANEL_HEIGHT * len(panels)
    figure = new_figure(height)
    figure.subplots_adjust(left=_LEFT, right=_RIGHT, top=1 - 0.31 / height, bottom=0.24 / height, hspace=0.68)
    color = f"#{accent:06x}"
    for place, (title, values) in enumerate(panels, 1):
        axes = figure.add_subplot(len(panels), 1, place)
        _draw_bars(axes, years, values, color=color, this_year=this_year)
        axes.set_title(title, **_HEADING)
        if place == 1 and years[-1].year >= this_year:
            _draw_key(axes, _("{year} so far").format(year=years[-1].year), color)
    return png_of(figure)


def _draw_key(axes: Axes, text: str, color: str) -> None:
    """Say what the lighter bar is, at the right of the heading."""
    place: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "ha": "right"}
    axes.annotate(text, (1, 1), (0, 10), color=SOFT, fontsize=SMALL, **place)
    before = (-(0.9 * _DIGIT * len(text) + 3), 10)
    axes.annotate("■", (1, 1), before, color=color, alpha=_UNFINISHED, fontsize=SMALL, **place)


def _draw_bars(
    axes: Axes, years: Sequence[YearCount], values: Sequence[int], *, color: str, this_year: int
) -> None:
    """Draw one bar a year with its number above it, in place of an axis."""
    places = range(len(years))
    bare(axes)
    bars = axes.bar(places, values, width=0.72, color=color)
    for count, bar in zip(years, bars, strict=True):
        if count.year >= this_year:
            bar.set_alpha(_UNFINISHED)
    labeled = _labeled(values)
    for index in labeled:
        # At the right edge a long number would leave the picture.
        at_edge = index == len(values) - 1 and len(labeled) < len(values)
        axes.annotate(
            number(values[index]),
            (index + 0.45 if at_edge else index, values[index]),
            (0, 1.5),
            textcoords="offset points",
            ha="right" if at_edge else "center",
            fontsize=SMALL,
            color=TEXT,
        )
    step = max(1, -(-len(years) // _ALL_LABELED))
    marked = [index for index in places if (len(years) - 1 - index) % step == 0]
    axes.set_xticks(marked, [str(years[index].year) for index in marked], fontsize=SMALL, color=SOFT)
    missing = max(0, _FEWEST_PLACES - len(years)) / 2
    axes.set_xlim(-0.6 - missing, len(years) - 0.4 + missing)
    axes.set_ylim(0, max(1, *values) * 1.02)


def _labeled(values: Sequence[int]) -> tuple[int, ...]:
    """Return which bars carry their number: all, or the tallest and, where it isn't near, the newest."""
    last = len(values) - 1
    room = WIDTH * 72 * (_RIGHT - _LEFT) / max(len(values), _FEWEST_PLACES)
    if last < _ALL_LABELED and max(len(number(value)) for value in values) * _DIGIT <= room:
        return tuple(range(len(values)))
    tallest = max(range(len(values)), key=lambda index: values[index])
    return (tallest,) if last - tallest < len(values) / 5 else (tallest, last)
