"""Authors side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import discord

from bot.cards import limits
from bot.cards.authors import author_figures, author_url
from bot.cards.card import Attachment, Card, fit
from bot.cards.colors import NEUTRAL
from bot.cards.drawing import SERIES, SMALL, SOFT, TEXT, Chart, bare, drawn_once, new_figure, png_of
from bot.cards.scores import figure_sources, figure_text
from bot.cards.wording import (
    enumerated,
    foreign,
    joined,
    label,
    link,
    missing_sources,
)
from bot.domain.authors import Author
from bot.domain.categories import category_name
from bot.domain.figures import YearCount
from bot.services.answers import ComparisonAnswer
from bot.words import _, number

if TYPE_CHECKING:
    from matplotlib.ticker import Locator

_MOST_YEARS = 20
_PANEL = 1.35
_LEGEND_COLUMNS, _LEGEND_ROW = 2, 0.2
_MARKERS = ("o", "s", "^", "D")
"""Beside colors, for who can't tell them apart."""

Series = tuple[str, tuple[YearCount, ...]]


async def render_comparison(answer: ComparisonAnswer, *, now: datetime) -> Card:
    """Return a column an author, and a chart over the years where they are known for at least two."""
    authors = [person.author for person in answer.people]
    embed = discord.Embed(
        title=enumerated(foreign(author.name, 60) or _("Unnamed") for author in authors),
        color=NEUTRAL,
    )
    for author in authors:
        embed.add_field(name=label(author.name, 100) or _("Unnamed"), value=_column(author), inline=True)
    embed.set_footer(text=_footer(answer) or None)
    files: tuple[Attachment, ...] = ()
    if chart := await draw_comparison(authors, this_year=now.year):
        files = (Attachment(name="comparison.png", data=chart.data, description=chart.description),)
        embed.set_image(url="attachment://comparison.png")
    return fit(Card(embeds=(embed,), files=files))


async def draw_comparison(authors: Sequence[Author], *, this_year: int) -> Chart | None:
    """Return lines of papers and citations per year, None where fewer than two authors' years are known.

    The running year is left out: it is not over, and would look like a fall.
    """
    known = tuple(
        (label(one.name, 28), one.years[-_MOST_YEARS:])
        for one in authors
        if any(year.papers or year.citations for year in one.years if year.year < this_year)
    )
    if len(known) < 2:
        return None
    data = await asyncio.to_thread(_draw, known, this_year)
    first = min(years[0].year for _name, years in known)
    last = min(max(years[-1].year for _name, years in known), this_year - 1)
    names = enumerated(name for name, _years in known)
    said = _("Papers and citations per year of {names}, {first} to {last}.")
    left_out = _("{year} is left out, as it is not over.") if _is_cut(known, this_year) else ""
    parts = said.format(names=names, first=first, last=last), left_out.format(year=this_year)
    return Chart(data=data, description=joined(parts, " "))


def _is_cut(people: tuple[Series, ...], this_year: int) -> bool:
    """Say whether anything is known of a year that is not over."""
    return any(year.year >= this_year for _name, years in people for year in years)


def _column(author: Author) -> str:
    """Return one author's numbers, one a line, in the same order for everybody."""
    code = author.primary_category
    lines = [
        foreign(f"{category_name(code)} ({code})", 80) if code else _("Field unknown"),
        foreign(author.institutions[0], 60) if author.institutions else "",
        *(
            f"{name} {figure_text(figure)}" if figure else _("{number} unknown").format(number=name)
            for name, figure in author_figures(author)
        ),
        link(_("Profile"), url, 20) if (url := author_url(author)) else "",
    ]
    return limits.shorten(joined(lines, "\n"), limits.FIELD_VALUE)


def _footer(answer: ComparisonAnswer) -> str:
    """Return whose numbers come from where: said once where that is the same for all."""
    said: dict[str, list[str]] = {}
    for person in answer.people:
        origin = figure_sources(author_figures(person.author))
        if origin:
            said.setdefault(origin, []).append(label(person.author.name, 40))
    origins = (
        tuple(said)
        if len(said) == 1
        else tuple(f"{', '.join(names)}: {origin}" for origin, names in said.items())
    )
    missing = dict.fromkeys(name for person in answer.people for name in person.unreachable)
    return label(joined((*origins, missing_sources(tuple(missing)))), 1000)


@drawn_once
def _draw(people: tuple[Series, ...], this_year: int) -> bytes:
    panels = [
        (title, counts)
        for title, counts in (
            (_("Papers per year"), [[year.papers for year in years] for _name, years in people]),
            (_("Citations per year"), [[year.citations for year in years] for _name, years in people]),
        )
        if any(any(values) for values in counts)
    ]
    legend = _LEGEND_ROW * -(-len(people) // _LEGEND_COLUMNS)
    height = _PANEL * len(panels) + legend
    figure = new_figure(height)
    figure.subplots_adjust(
        left=0.14, right=0.97, top=1 - (legend + 0.27) / height, bottom=0.24 / height, hspace=0.55
    )
    for place, (title, counts) in enumerate(panels, 1):
        axes = figure.add_subplot(len(panels), 1, place)
        bare(axes)
        axes.yaxis.set_major_locator(_few_ticks())
        axes.yaxis.set_major_formatter(lambda value, _place: number(value, ",.0f"))
        axes.tick_params(axis="y", labelsize=SMALL, labelcolor=SOFT)
        for index, ((name, years), values) in enumerate(zip(people, counts, strict=True)):
            over = sum(year.year < this_year for year in years)
            axes.plot(
                [year.year for year in years[:over]],
                values[:over],
                color=SERIES[index],
                marker=_MARKERS[index],
                markersize=2.4,
                linewidth=1.2,
                label=name,
            )
        axes.set_ylim(bottom=0)
        axes.xaxis.set_major_locator(_few_ticks(8))
        axes.tick_params(axis="x", labelsize=SMALL, labelcolor=SOFT)
        axes.set_title(title, loc="left", fontsize=7.5, color=TEXT, pad=5)
        if place == 1 and _is_cut(people, this_year):
            left_out = _("without {year}, which is not over").format(year=this_year)
            axes.set_title(left_out, loc="right", fontsize=SMALL, color=SOFT, pad=5)
    figure.legend(
        *figure.axes[0].get_legend_handles_labels(), loc="upper left", ncols=_LEGEND_COLUMNS, fontsize=SMALL,
        labelcolor=TEXT, frameon=False, handlelength=1.4, columnspacing=1.2,
    )  # fmt: skip
    return png_of(figure)


def _few_ticks(most: int = 3) -> Locator:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=most, integer=True)
