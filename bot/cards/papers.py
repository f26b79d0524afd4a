"""The paper card."""

from __future__ import annotations

from datetime import datetime

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import accent
from bot.cards.components import full_abstract_button, link_button, rows
from bot.cards.lines import code_link, first_authors, first_institutions, paper_url
from bot.cards.scores import score_fields
from bot.cards.wording import count, day_of, foreign, full_date, joined, label, missing_sources
from bot.domain.categories import category_name
from bot.domain.papers import Paper
from bot.services.answers import PaperAnswer

_SUMMARY = 600


def render_paper(answer: PaperAnswer, *, now: datetime) -> Card:
    """Return the card of one paper with as much of its abstract as Discord takes."""
    paper = answer.paper
    head = paper_head(paper, now=now)
    room = limits.DESCRIPTION - limits.length(head) - 2
    abstract = foreign(paper.abstract, room)
    embed = paper_embed(paper, joined((head, abstract), "\n\n"), unreachable=answer.unreachable)
    is_cut = limits.length(foreign(paper.abstract, limits.DESCRIPTION * 8)) > room
    view = rows(
        link_button("PDF", pdf_url(paper)),
        link_button("Code", paper.code_url),
        full_abstract_button(paper.id) if is_cut and paper.id is not None else None,
    )
    return fit(Card(embeds=(embed,), view=view))


def render_full_abstract(paper: Paper) -> Card:
    """Return the whole abstract, over several embeds where one does not hold it."""
    title = foreign(paper.title, limits.TITLE) or "Untitled"
    text = foreign(paper.abstract, limits.EMBED_TOTAL - 600) or "No abstract is known."
    first = limits.cut(text, limits.DESCRIPTION)
    embed = discord.Embed(
        title=title, url=paper_url(paper), description=first, color=accent(paper.primary_category)
    )
    embeds = [embed]
    if rest := text[len(first) :]:
        embeds.append(discord.Embed(description=rest, color=accent(paper.primary_category)))
    embeds[-1].set_footer(text=source_line(paper))
    return fit(Card(embeds=tuple(embeds), view=rows(link_button("PDF", pdf_url(paper))), ephemeral=True))


def paper_embed(paper: Paper, description: str, *, unreachable: tuple[str, ...] = ()) -> discord.Embed:
    """Return a paper's embed with this text under its title."""
    embed = discord.Embed(
        title=foreign(paper.title, limits.TITLE) or "Untitled",
        url=paper_url(paper),
        description=description,
        color=accent(paper.primary_category),
    )
    for name, value in score_fields(paper.scores):
        embed.add_field(name=name, value=value, inline=False)
    embed.set_footer(text=joined((source_line(paper), missing_sources(unreachable, paper.fetched_at))))
    return embed


def paper_head(paper: Paper, *, now: datetime) -> str:
    """Return what stands above the abstract: people, facts, venue, one-sentence summary."""
    withdrawn = "**Withdrawn**" if paper.withdrawn else ""
    category = category_name(paper.primary_category) if paper.primary_category else ""
    version = f"v{paper.version}" if paper.arxiv_id is not None else ""
    cited = _citations(paper)
    facts = joined(
        (withdrawn, foreign(category, 80), day_of(paper.submitted_at, now), version, cited, code_link(paper))
    )
    people = joined(
        (first_authors(paper), f"-# {place}" if (place := first_institutions(paper)) else ""), "\n"
    )
    venue = foreign(paper.journal_reference or paper.venue, 200)
    summary = foreign(paper.summary, _SUMMARY)
    if summary:
        source = foreign(paper.summary_source, 60)
        summary = f"> {summary}" + (f"\n> -# {source}" if source else "")
    about = joined((facts, f"*{venue}*" if venue else ""), "\n")
    return joined((people, about, summary), "\n\n")


def source_line(paper: Paper) -> str:
    """Return identifier, sources and date, as the footer of every card about the paper."""
    identifier = f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else str(paper.doi or paper.openalex_id or "")
    read = (
        f"{paper.source}, {full_date(paper.fetched_at)}"
        if paper.source and paper.fetched_at
        else paper.source
    )
    cited = paper.citation_count
    citations = f"citations: {cited.source}, {full_date(cited.as_of)}" if cited is not None else ""
    invented = "invented sample paper" if paper.invented else ""
    return label(joined((identifier, read, citations, invented)), 400)


def pdf_url(paper: Paper) -> str | None:
    """Return the PDF's address where it is known."""
    return paper.arxiv_id.pdf_url if paper.arxiv_id is not None and not paper.invented else None


def _citations(paper: Paper) -> str:
    figure = paper.citation_count
    if figure is None:
        return ""
    return (
        ("at least " if figure.at_least else "")
        + f"**{figure.value:,}** "
        + count(figure.value, "citation").split(" ")[1]
    )
