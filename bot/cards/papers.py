"""The paper card."""

from __future__ import annotations

from datetime import datetime

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import accent
from bot.cards.components import (
    cite_button,
    discuss_button,
    full_abstract_button,
    link_button,
    paper_numbers_button,
    rows,
    save_button,
    similar_button,
)
from bot.cards.lines import code_link, code_url, first_authors, first_institutions, paper_url
from bot.cards.numbers import numbers_source, paper_fields
from bot.cards.places import has_threads
from bot.cards.scores import figure_text, score_fields
from bot.cards.wording import (
    GAP,
    PARAGRAPH,
    day_of,
    enumerated,
    foreign,
    foreign_paragraphs,
    joined,
    label,
    missing_sources,
)
from bot.domain.categories import category_name
from bot.domain.papers import Paper
from bot.errors import Missing
from bot.services.answers import PaperAnswer
from bot.text.dates import full_date, partial_date
from bot.words import _, ngettext

_SUMMARY = 600


def render_paper(answer: PaperAnswer, *, now: datetime) -> Card:
    """Return the card of one paper with as much of its abstract as Discord takes."""
    paper = answer.paper
    head = paper_head(paper, now=now)
    room = limits.DESCRIPTION - limits.length(head)
    abstract = foreign_paragraphs(paper.abstract, room)
    is_whole = abstract == foreign_paragraphs(paper.abstract, room * 4)
    embed = paper_embed(paper, head + abstract, now=now, unreachable=answer.unreachable)
    if answer.announced:
        day = day_of(answer.announced.at, now)
        embed.add_field(name=_("Announced here"), value=f"[{day}]({answer.announced.url})", inline=False)
    view = rows(
        link_button("PDF", pdf_url(paper)),
        link_button(_("Code"), code_url(paper)),
        full_abstract_button(paper.id) if paper.id is not None and not is_whole else None,
        similar_button(paper.id),
        cite_button(paper.id),
        save_button(paper.id),
        discuss_button(paper.id) if has_threads() else None,
        paper_numbers_button(paper.id),
    )
    return fit(Card(embeds=(embed,), view=view))


def render_full_abstract(paper: Paper) -> Card:
    """Return the whole abstract, over two embeds where one does not hold it."""
    color = accent(paper.primary_category)
    title = foreign(paper.title, limits.TITLE) or _("Untitled")
    footer = source_line(paper)
    room = limits.EMBED_TOTAL - limits.length(title) - limits.length(footer)
    text = foreign_paragraphs(paper.abstract, room) or _("No abstract is known.")
    first = limits.cut(text, limits.DESCRIPTION)
    embeds = [discord.Embed(title=title, url=paper_url(paper), description=first, color=color)]
    if rest := text[len(first) :]:
        embeds.append(discord.Embed(description=rest, color=color))
    embeds[-1].set_footer(text=footer)
    view = rows(link_button("PDF", pdf_url(paper)), link_button(_("Code"), code_url(paper)))
    return fit(Card(embeds=tuple(embeds), view=view, ephemeral=True))


def paper_embed(
    paper: Paper, description: str, *, now: datetime, unreachable: tuple[Missing, ...] = ()
) -> discord.Embed:
    """Return a paper's embed with this text under its title."""
    embed = discord.Embed(
        title=foreign(paper.title, limits.TITLE) or _("Untitled"),
        url=paper_url(paper),
        description=description,
        color=accent(paper.primary_category),
    )
    numbers = paper_fields(paper, now.date())
    for name, value, inline in numbers:
        embed.add_field(name=name, value=value, inline=inline)
    for name, value in score_fields(paper.scores):
        embed.add_field(name=name, value=value, inline=False)
    ours = numbers_source(paper.numbers.as_of if paper.numbers else None, numbers)
    embed.set_footer(text=joined((source_line(paper), ours, missing_sources(unreachable, paper.fetched_at))))
    return embed


def paper_head(paper: Paper, *, now: datetime) -> str:
    """Return what stands above the abstract: people, facts, venue, one-sentence summary."""
    people = joined((first_authors(paper), first_institutions(paper)), "\n")
    category = foreign(category_name(paper.primary_category), 80) if paper.primary_category else ""
    facts = joined(
        (
            f"**{_('Withdrawn')}**" if paper.withdrawn else "",
            category,
            partial_date(paper.known_date, now.date()),
            f"v{paper.version}" if paper.arxiv_id is not None else "",
            code_link(paper),
            _citations(paper),
        )
    )
    venue = foreign(paper.journal_reference or paper.venue, 200)
    summary = foreign(paper.summary, _SUMMARY)
    if summary:
        source = foreign(paper.summary_source, 60)
        summary = f"> {summary}" + (f" *{source}*" if source else "")
    # Why a paper was withdrawn stands in its comment.
    reason = foreign(paper.comment, 300) if paper.withdrawn else ""
    return joined((people, joined((facts, reason, venue), "\n"), summary), GAP) + (
        PARAGRAPH if summary else GAP
    )


def source_line(paper: Paper) -> str:
    """Return identifier, sources and date, as the footer of every card about the paper."""
    identifier = f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else str(paper.doi or paper.openalex_id or "")
    read = full_date(paper.fetched_at) if paper.fetched_at else ""
    cited = paper.citation_count
    if cited is None:
        sources = joined((paper.source, read), ", ")
    elif full_date(cited.as_of) == read and paper.source:
        names = enumerated(dict.fromkeys((paper.source, cited.source)))
        sources = f"{names}, {read}"
    else:
        citations = _("citations: {source}, {date}").format(source=cited.source, date=full_date(cited.as_of))
        sources = joined((joined((paper.source, read), ", "), citations))
    return label(joined((identifier, sources, _("invented sample paper") if paper.invented else "")), 400)


def pdf_url(paper: Paper) -> str | None:
    """Return the PDF's address where it is known."""
    return paper.arxiv_id.pdf_url if paper.arxiv_id is not None and not paper.invented else None


def _citations(paper: Paper) -> str:
    figure = paper.citation_count
    if figure is None:
        return ""
    return ngettext("{count} citation", "{count} citations", figure.value).format(count=figure_text(figure))
