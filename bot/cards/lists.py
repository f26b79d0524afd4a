"""A page of a list of papers."""

from __future__ import annotations

from datetime import date, datetime
from itertools import zip_longest

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import NEUTRAL, accent
from bot.cards.components import list_numbers_button, page_buttons, rows
from bot.cards.conditions import conditions
from bot.cards.labels import list_title
from bot.cards.lines import citations_text, list_line
from bot.cards.menus import paper_select, vote_select
from bot.cards.numbers import novelty_text, score_text
from bot.cards.wording import (
    GAP,
    foreign,
    joined,
    missing_sources,
)
from bot.domain.library import ShelfKind
from bot.domain.numbers import Novelty
from bot.domain.papers import Paper
from bot.domain.search import ListRequest, Page, Sort
from bot.services.answers import ListAnswer, PapersAnswer
from bot.words import _, counted, marked, ngettext, number

PAGE_SIZE = 5
_ORDERS = {
    Sort.RELEVANCE: marked("best match first"),
    Sort.NEWEST: marked("newest first"),
    Sort.CITATIONS: marked("most cited first"),
    Sort.VOTES: marked("most votes first"),
    Sort.SCORE: marked("highest score first"),
    Sort.NOVELTY: marked("most novel wording first"),
    Sort.RANK: marked("by forecast and age"),
    Sort.SIMILARITY: marked("nearest in wording first"),
}


def render_list(answer: ListAnswer, *, now: datetime) -> Card:
    """Return one page: five papers of three lines, a menu that opens one, and the pager."""
    request, page = answer.request, answer.page
    if not page.papers:
        return _nothing(answer, now.date())
    text = joined((_count(page) if answer.counted else "", conditions(request, now.date())), "\n")
    shown: list[Paper] = []
    for paper, figure in zip_longest(page.papers[:PAGE_SIZE], page.figures[:PAGE_SIZE]):
        longer = joined((text, list_line(paper, now=now, mark=_figure(request, page, paper, figure))), GAP)
        if limits.length(longer) > limits.DESCRIPTION:
            break
        text = longer
        shown.append(paper)
    embed = discord.Embed(
        title=foreign(list_title(request), limits.TITLE) or _("Papers"),
        description=text,
        color=_color(request, shown),
    )
    embed.set_footer(text=_footer(answer, shown, now.date()))
    view = rows(
        paper_select(shown, answer.request_id, page.offset),
        vote_select(shown, answer.request_id, page.offset) if _is_shared(request) else None,
        *page_buttons(answer.request_id, page.offset, PAGE_SIZE, page.total + (1 if page.more_than else 0)),
        list_numbers_button() if any(score_text(paper, now.date()) for paper in shown) else None,
    )
    return fit(Card(embeds=(embed,), view=view))


def render_papers(answer: PapersAnswer, *, now: datetime) -> Card:
    """Return the papers that a message names, and a menu that opens one."""
    lines = [list_line(paper, now=now) for paper in answer.papers]
    shown = len(lines)
    some = _("{shown} of {named} papers of your message")
    title = _("{shown} papers of your message") if shown == answer.named else some
    embed = discord.Embed(
        title=title.format(shown=shown, named=answer.named),
        description=limits.shorten(GAP.join(lines), limits.DESCRIPTION),
        color=NEUTRAL,
    )
    return fit(Card(embeds=(embed,), view=rows(paper_select(answer.papers, 0, 0))))


def _nothing(answer: ListAnswer, today: date) -> Card:
    """Return what an empty list says, and what to try."""
    if answer.request.shelf is not None:
        return _empty_shelf(answer.request)
    if answer.request.similar_to is not None:
        return _nothing_similar(answer.request)
    hint = "\n".join(f"- {text}" for text in _tries(answer))
    embed = discord.Embed(
        title=foreign(list_title(answer.request), limits.TITLE) or _("Papers"),
        description=joined(
            (conditions(answer.request, today), _("No paper matches."), f"{_('**Try**')}\n{hint}"), GAP
        ),
        color=NEUTRAL,
    )
    if note := missing_sources(answer.unreachable):
        embed.set_footer(text=note)
    return fit(Card(embeds=(embed,)))


def _tries(answer: ListAnswer) -> list[str]:
    """Return what may bring more than an empty list."""
    where = answer.request.where
    tries = []
    if answer.meant:
        tries.append(f"**{foreign(answer.meant, 200)}**")
    if where.min_score is not None or where.min_novelty is not None:
        tries.append(
            _("without a least score or novelty: many papers have no number, and their cards say why")
        )
    if where.has_code:
        tries.append(_("also papers without a code link"))
    if where.since or where.until or where.announced_since or where.appeared_since:
        tries.append(_("a longer time"))
    if where.category:
        tries.append(_("all categories instead of {category}").format(category=foreign(where.category, 30)))
    if answer.request.query:
        tries.append(_("fewer or other words, or `prefix*` for all endings of a word"))
    return tries or [_("another spelling, or an arXiv identifier such as `2306.05949`")]


def _empty_shelf(request: ListRequest) -> Card:
    embed = discord.Embed(
        title=list_title(request),
        description=_("Nothing is saved yet. **Save** on a paper's card, or `/library save`, puts it here."),
        color=NEUTRAL,
    )
    return fit(Card(embeds=(embed,)))


def _nothing_similar(request: ListRequest) -> Card:
    embed = discord.Embed(
        title=foreign(list_title(request), limits.TITLE),
        description=_(
            "No paper of the catalogue is near in wording. It grows with every look-up and harvest; "
            "`/search` with words of the title looks further."
        ),
        color=NEUTRAL,
    )
    return fit(Card(embeds=(embed,)))


def _is_shared(request: ListRequest) -> bool:
    """Say whether the list is one that several people vote on."""
    return request.shelf is not None and request.shelf.kind is ShelfKind.SERVER


def _figure(request: ListRequest, page: Page, paper: Paper, value: float | None) -> str:
    """Return what a list says of each paper besides its own facts."""
    if request.similar_to is not None and value is not None:
        return _("similarity {number}").format(number=number(value, ".2f"))
    if request.sort is Sort.CITATIONS:
        return citations_text(paper)
    if request.sort is Sort.NOVELTY:
        return novelty_text(paper)
    if not _is_shared(request):
        return ""
    votes = counted(int(value), "{count} vote", "{count} votes") if value else ""
    return joined((votes, _("picked") if paper.id in page.picked else ""))


def _count(page: Page) -> str:
    """Return how many papers a list has, as far as they are counted."""
    if page.more_than:
        return _("**More than {count} papers** in the catalogue.").format(count=number(page.total))
    return counted(page.total, "**{count} paper** in the catalogue.", "**{count} papers** in the catalogue.")


def _position(page: Page, shown: int) -> str:
    """Return "6–10 of 15", or how many there are where one page holds them."""
    total = number(page.total)
    if page.more_than:
        total = _("more than {count}").format(count=total)
    if page.offset == 0 and shown >= page.total:
        return ngettext("{count} paper", "{count} papers", page.total).format(count=total)
    return _("{first}–{last} of {total}").format(
        first=number(page.offset + 1), last=number(page.offset + shown), total=total
    )


def _footer(answer: ListAnswer, shown: list[Paper], today: date) -> str:
    """Return where in the list this page is, its order, and which sources are missing."""
    order = _(_ORDERS.get(answer.request.sort, ""))
    if not any(_is_ranked(paper, answer.request.sort, today) for paper in shown):
        # Without the number the date decides; later pages may follow on papers that have it.
        order = _(_ORDERS[Sort.NEWEST]) if answer.page.offset == 0 else ""
    return joined((_position(answer.page, len(shown)), order, missing_sources(answer.unreachable)))


def _is_ranked(paper: Paper, sort: Sort, today: date) -> bool:
    """Say whether a paper has the number that a list goes by."""
    if sort is Sort.CITATIONS:
        return paper.citation_count is not None
    if sort is Sort.SCORE:
        return bool(score_text(paper, today))
    if sort is Sort.NOVELTY:
        return paper.numbers is not None and isinstance(paper.numbers.novelty, Novelty)
    return True


def _color(request: ListRequest, papers: list[Paper]) -> int:
    """Return the archive's color where the list is of one archive."""
    if request.where.category:
        return accent(request.where.category)
    colors = {accent(paper.primary_category) for paper in papers}
    return colors.pop() if len(colors) == 1 else NEUTRAL
