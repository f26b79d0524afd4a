"""The co-author card, and the picture of who writes with whom."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence

import discord

from bot.cards import limits
from bot.cards.authors import author_url
from bot.cards.card import Attachment, Card, fit
from bot.cards.colors import accent
from bot.cards.components import papers_button, rows
from bot.cards.drawing import PANEL, SMALL, SOFT, TEXT, WIDTH, Chart, drawn_once, new_figure, png_of
from bot.cards.menus import coauthor_select
from bot.cards.wording import (
    foreign,
    joined,
    label,
    missing_sources,
    papers_counted,
)
from bot.metrics.network import MOST_AUTHORS, Coauthor, Network
from bot.services.answers import CoauthorsAnswer
from bot.words import _, counted, ngettext, number

LISTED = 15
DRAWN = 16
"""More names than these can't be read around a circle."""

_HEIGHT = 3.1
_NAME = 20
_RADIUS = 0.44


async def render_coauthors(answer: CoauthorsAnswer) -> Card:
    """Return the list of co-authors, most joint papers first, with a picture where there are several."""
    author, network = answer.author, answer.network
    color = accent(author.primary_category)
    name = foreign(author.name, 200) or _("Unnamed")
    embed = discord.Embed(
        title=limits.shorten(_("Co-authors of {name}").format(name=name), limits.TITLE),
        url=author_url(author),
        description=_listed(network.coauthors) or _("No co-authors in the catalogue."),
        color=color,
    )
    embed.set_footer(text=_footer(answer))
    files: tuple[Attachment, ...] = ()
    if len(network.coauthors) > 1:
        chart = await draw_network(network, name=label(author.name, 60), accent=color)
        files = (Attachment(name="coauthors.png", data=chart.data, description=chart.description),)
        embed.set_image(url="attachment://coauthors.png")
    view = rows(
        coauthor_select(network.coauthors[:LISTED]),
        papers_button(author.id) if author.id is not None else None,
    )
    return fit(Card(embeds=(embed,), view=view, files=files))


async def draw_network(network: Network, *, name: str, accent: int) -> Chart:
    """Return the author in the middle, the co-authors around, drawn in a thread and kept.

    A line's strength is the number of joint papers; who writes together stands together.
    """
    shown = network.coauthors[:DRAWN]
    ties = tuple(tie for tie in network.ties if tie[1] < len(shown))
    order = around(len(shown), ties)
    place = {index: position for position, index in enumerate(order)}
    data = await asyncio.to_thread(
        _draw,
        label(name, _NAME),
        tuple((label(shown[index].name, _NAME), shown[index].papers) for index in order),
        tuple((place[one], place[other], papers) for one, other, papers in ties),
        accent,
    )
    nearest = ", ".join(f"{label(one.name, 60)} ({papers_counted(one.papers)})" for one in shown[:3])
    description = ngettext(
        "{name} in the middle of {count} co-author. Most joint papers: {nearest}.",
        "{name} in the middle of {count} co-authors. Most joint papers: {nearest}.",
        len(shown),
    ).format(name=name, count=number(len(shown)), nearest=nearest)
    return Chart(data=data, description=description)


def around(size: int, ties: Sequence[tuple[int, int, int]]) -> list[int]:
    """Return the co-authors in the order in which they stand around the circle.

    Each is followed by the one who wrote most with those placed just before, so that groups stay
    together and few lines cross.
    """
    strength = [[0] * size for _ in range(size)]
    for one, other, papers in ties:
        strength[one][other] = strength[other][one] = papers
    order: list[int] = []
    left = list(range(size))
    while left:
        recent = order[-4:]
        chosen = max(left, key=lambda index: (sum(strength[index][other] for other in recent), -index))
        order.append(chosen)
        left.remove(chosen)
    return order


def _listed(coauthors: Sequence[Coauthor]) -> str:
    lines = [
        joined((f"**{foreign(one.name, 80)}**", papers_counted(one.papers), _last(one)))
        for one in coauthors[:LISTED]
    ]
    more = len(coauthors) - LISTED
    return "\n".join([*lines, *([_("and {count} more").format(count=number(more))] if more > 0 else [])])


def _last(one: Coauthor) -> str:
    """Return the year of the only or the last joint paper."""
    if not one.last_year:
        return ""
    return _("last\u00a0{year}").format(year=one.last_year) if one.papers > 1 else str(one.last_year)


def _footer(answer: CoauthorsAnswer) -> str:
    """Say which papers were counted, and which were not."""
    network = answer.network
    read = (
        counted(
            network.counted,
            "Counted in {count} paper of the catalogue",
            "Counted in {count} papers of the catalogue",
        )
        if answer.is_whole
        else counted(
            network.counted,
            "Counted in {count} newest paper of the catalogue",
            "Counted in {count} newest papers of the catalogue",
        )
    )
    crowded = ngettext(
        "left out: {count} paper with more than {most} authors",
        "left out: {count} papers with more than {most} authors",
        network.crowded,
    ).format(count=number(network.crowded), most=MOST_AUTHORS)
    parts = (
        read if network.counted else "",
        crowded if network.crowded else "",
        missing_sources(answer.unreachable),
    )
    return label(joined(parts), 600)


@drawn_once
def _draw(
    name: str, others: tuple[tuple[str, int], ...], ties: tuple[tuple[int, int, int], ...], accent: int
) -> bytes:
    figure = new_figure(_HEIGHT)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(-WIDTH / _HEIGHT, WIDTH / _HEIGHT)
    axes.set_ylim(-1, 1)
    color = f"#{accent:06x}"
    points = [_place(position, len(others)) for position in range(len(others))]
    strongest = max(papers for _name, papers in others)
    for one, other, papers in ties:
        ends = zip(points[one], points[other], strict=True)
        axes.plot(*ends, color=SOFT, linewidth=0.4 + 1.6 * papers / strongest, alpha=0.3, zorder=1)
    for (x, y), (other_name, papers) in zip(points, others, strict=True):
        share = papers / strongest
        axes.plot((0, x), (0, y), color=color, linewidth=0.6 + 3 * share, alpha=0.75, zorder=2)
        axes.plot(x, y, "o", color=TEXT, markersize=3 + 4 * share, zorder=3)
        side = "left" if x >= 0 else "right"
        offset = 0.07 if x >= 0 else -0.07
        text = f"{other_name}  {papers}" if x >= 0 else f"{papers}  {other_name}"
        axes.text(x + offset, y * 1.06, text, color=TEXT, fontsize=SMALL, ha=side, va="center", zorder=4)
    axes.plot(0, 0, "o", color=color, markersize=13, markeredgecolor=PANEL, zorder=5)
    axes.text(
        0, -0.13, name, color=TEXT, fontsize=SMALL, weight="bold", ha="center", va="top", zorder=6,
        bbox={"facecolor": PANEL, "edgecolor": "none", "alpha": 0.85, "pad": 1.5},
    )  # fmt: skip
    return png_of(figure)


def _place(position: int, size: int) -> tuple[float, float]:
    """Return where around the circle somebody stands; nobody at the very top, where names would meet."""
    angle = math.pi / 2 - 2 * math.pi * (position + 0.5) / size
    return _RADIUS * math.cos(angle), 1.8 * _RADIUS * math.sin(angle)
