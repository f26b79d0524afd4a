"""The author card."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote_plus

import discord

from bot.cards import limits
from bot.cards.card import Attachment, Card, fit
from bot.cards.charts import draw_years
from bot.cards.colors import accent
from bot.cards.components import (
    Button,
    author_numbers_button,
    cite_author_button,
    coauthors_button,
    follow_button,
    link_button,
    papers_button,
    rows,
)
from bot.cards.labels import evidence
from bot.cards.lines import citations_text, list_line
from bot.cards.numbers import author_fields, numbers_source
from bot.cards.scores import figure_sources, figure_text, score_fields
from bot.cards.wording import (
    GAP,
    foreign,
    joined,
    label,
    missing_sources,
)
from bot.domain.authors import Author
from bot.domain.categories import category_name
from bot.domain.figures import Figure
from bot.domain.papers import Paper
from bot.services.answers import AuthorAnswer
from bot.words import _

_TOP = 3


async def render_author(answer: AuthorAnswer, *, now: datetime) -> Card:
    """Return the card of one author; the chart is drawn in a thread."""
    author = answer.author
    embed = discord.Embed(
        title=foreign(author.name, limits.TITLE) or _("Unnamed"),
        url=author_url(author),
        description=_about(author),
        color=accent(author.primary_category),
    )
    for name, figure in author_figures(author):
        if figure is not None:
            embed.add_field(name=name, value=figure_text(figure), inline=True)
    for name, value, inline in author_fields(answer.numbers):
        embed.add_field(name=name, value=value, inline=inline)
    for name, value in score_fields(author.scores):
        embed.add_field(name=name, value=value, inline=False)
    if top := _top_papers(answer.top, now):
        is_ranked = any(paper.citation_count is not None for paper in answer.top[:_TOP])
        name = _("Most cited papers") if is_ranked else _("Newest papers")
        embed.add_field(name=name, value=top, inline=False)
    embed.set_footer(text=_footer(answer))
    files = await _pictures(author, now)
    if files:
        embed.set_image(url=f"attachment://{files[0].name}")
    return fit(Card(embeds=(embed,), view=rows(*_buttons(author)), files=files))


def author_url(author: Author) -> str | None:
    """Return the author's best page: OpenAlex, ORCID, or arXiv's listing of the name."""
    if author.invented:
        return None
    identifier = author.openalex_id or author.orcid
    return identifier.url if identifier is not None else _arxiv_listing(author)


def author_figures(author: Author) -> tuple[tuple[str, Figure | None], ...]:
    """Return the facts about an author by the names they have on every card.

    "At least 0" says nothing, so it counts as unknown.
    """
    figures = (
        (_("h-index"), author.h_index),
        (_("Papers"), author.paper_count),
        (_("Citations"), author.citation_count),
        (_("i10-index"), author.i10_index),
    )
    return tuple(
        (name, None if figure is not None and figure.at_least and not figure.value else figure)
        for name, figure in figures
    )


def _footer(answer: AuthorAnswer) -> str | None:
    """Return the numbers' sources and dates, and what is amiss."""
    author = answer.author
    sources = figure_sources(author_figures(author))
    missing = missing_sources(answer.unreachable, author.fetched_at)
    invented = _("invented sample author") if author.invented else ""
    numbers = answer.numbers
    ours = numbers_source(numbers.as_of if numbers else None, author_fields(numbers))
    return label(joined((sources, ours, missing, invented)), 600) or None


async def _pictures(author: Author, now: datetime) -> tuple[Attachment, ...]:
    """Return the chart where there are at least two years to compare."""
    if len(author.years) < 2 or not any(year.papers or year.citations for year in author.years):
        return ()
    chart = await draw_years(
        author.years,
        accent=accent(author.primary_category),
        this_year=now.year,
        name=label(author.name, 100),
    )
    return (Attachment(name="years.png", data=chart.data, description=chart.description),)


def _about(author: Author) -> str | None:
    """Return the category in words, the institutions, and how the papers were told from a namesake's."""
    code = author.primary_category
    category = f"{foreign(category_name(code), 80)} ({code})" if code else ""
    places = ", ".join(foreign(name, 80) for name in author.institutions[:3])
    told = ""
    if author.evidence:
        told = _("One of several people of this name: {evidence}").format(evidence=evidence(author, 200))
    return joined((category, places, told), "\n") or None


def _top_papers(papers: tuple[Paper, ...], now: datetime) -> str:
    """Return as many of the top papers as a field holds, a blank line between them."""
    text = ""
    for paper in papers[:_TOP]:
        line = list_line(paper, now=now, institutions=False, mark=citations_text(paper))
        longer = joined((text, line), GAP)
        if limits.length(longer) > limits.FIELD_VALUE:
            break
        text = longer
    return text


def _buttons(author: Author) -> tuple[Button | None, ...]:
    """Return what can be done with an author of the catalogue, and the pages elsewhere."""
    known = author.id
    ours: tuple[Button, ...] = ()
    if known is not None:
        ours = (
            papers_button(known),
            follow_button(known),
            coauthors_button(known),
            cite_author_button(known),
            author_numbers_button(known),
        )
    if author.invented:
        return ours
    return (
        *ours,
        link_button("OpenAlex", author.openalex_id.url if author.openalex_id else None),
        link_button("ORCID", author.orcid.url if author.orcid else None),
        link_button("arXiv", _arxiv_listing(author)),
    )


def _arxiv_listing(author: Author) -> str | None:
    """Return arXiv's search for the printed name."""
    if not author.name.strip():
        return None
    try:
        listing = f"https://arxiv.org/search/?searchtype=author&query={quote_plus(author.name)}"
    except UnicodeEncodeError:
        return None
    return listing if len(listing) <= limits.BUTTON_URL else None
