"""Announcements: one paper, a digest, or a batch after a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import NEUTRAL, accent
from bot.cards.components import (
    ANNOUNCEMENT,
    announcement_button,
    discuss_button,
    link_button,
    paper_numbers_button,
    rows,
    save_button,
    similar_button,
)
from bot.cards.labels import watch_label
from bot.cards.lines import code_url, paper_url
from bot.cards.menus import paper_select
from bot.cards.papers import paper_embed, paper_head, pdf_url
from bot.cards.picks import render_picks
from bot.cards.prepared import Blank, Form, numbered, written
from bot.cards.revisions import change_note
from bot.cards.tuning import TUNE, tuning_menu
from bot.cards.wording import GAP, PARAGRAPH, SEPARATOR, foreign, foreign_paragraphs, joined, label, link
from bot.domain.deliveries import Announcement, Delivery
from bot.domain.papers import Paper
from bot.domain.revisions import Revision
from bot.domain.watches import Place, PlaceKind
from bot.words import _, counted, language, number

BATCH_LIMIT = 40
"""How many papers one message certainly holds, whatever their titles."""

_ABSTRACT = 600
_SHORTEST_TITLE = 24
_REASONS = 200
_ROLES = 5
_MISSED, _MISSED_TITLE = 5, 80


def render_announcement(
    announcement: Announcement,
    papers: Sequence[Paper],
    *,
    now: datetime,
    revisions: Mapping[int, Revision] = MappingProxyType({}),
) -> Card:
    """Return the message of one paper, of a digest or a batch.

    `papers` are those of its deliveries, and those that its place may have missed; `revisions` are
    what changed of them since they were announced, by their ids.
    """
    if announcement.is_picks:
        return render_picks(announcement, papers, now=now)
    if paper := _only_paper(announcement, papers):
        card = _single(announcement, paper, now, revisions.get(paper.id or 0))
    else:
        order = {delivery.paper_id: place for place, delivery in enumerate(announcement.deliveries)}
        shown = sorted((one for one in papers if one.id in order), key=lambda one: order[one.id or 0])
        missed = [paper for paper in papers if paper.id in announcement.missed]
        card = _batch(announcement, shown, missed, revisions)
    if not announcement.role_ids:
        return card
    content = " ".join(f"<@&{role_id}>" for role_id in announcement.role_ids[:_ROLES])
    return replace(card, content=content, pings=announcement.role_ids[:_ROLES])


def write_announcement(announcement: Announcement, papers: Sequence[Paper], *, now: datetime) -> bytes:
    """Return the same message as JSON, with the announcement's nonce.

    That of one paper is written once for all places of a language where it is announced for the
    same reasons.
    """
    paper = _only_paper(announcement, papers)
    if paper is None or announcement.role_ids:
        return written(render_announcement(announcement, papers, now=now), announcement.nonce)
    reasons = announcement.deliveries[0].reasons
    return _blank(paper, reasons, _day(now), announcement.place.kind, language()).filled(announcement.id)


@lru_cache(maxsize=256)
def _blank(paper: Paper, reasons: tuple[str, ...], today: datetime, kind: PlaceKind, _spoken: str) -> Blank:
    """Return a paper's message, written out but for the announcement's number."""
    place = Place(kind=kind, id=0)
    delivery = Delivery(id=0, place=place, paper_id=paper.id or 0, reasons=reasons, created_at=today)

    def write(number: int) -> bytes:
        one = Announcement(id=number, place=place, deliveries=(delivery,), claimed_at=today)
        return written(render_announcement(one, [paper], now=today), one.nonce)

    return Blank(write)


def _only_paper(announcement: Announcement, papers: Sequence[Paper]) -> Paper | None:
    """Return the paper of a message that is about one alone."""
    if len(announcement.deliveries) != 1 or announcement.is_digest:
        return None
    paper_id = announcement.deliveries[0].paper_id
    return next((paper for paper in papers if paper.id == paper_id), None)


def _day(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def count_fitting(papers: Sequence[Paper]) -> int:
    """Return how many of the papers, from the first, one message holds."""
    return min(len(papers), BATCH_LIMIT)


def _single(announcement: Announcement, paper: Paper, now: datetime, revision: Revision | None) -> Card:
    """Return the paper card with why it matched and the abstract's beginning."""
    delivery = announcement.deliveries[0]
    in_channel = announcement.place.kind is PlaceKind.CHANNEL
    embed = _embed(paper, delivery.reasons, _day(now), revision, language())
    template = _template(paper, delivery.paper_id, language(), in_channel=in_channel)
    return Card(embeds=(embed,), view=numbered(template, (ANNOUNCEMENT, TUNE), announcement.id))


@lru_cache(maxsize=256)
def _template(paper: Paper, paper_id: int, _spoken: str, *, in_channel: bool) -> Form:
    """Return the components below a paper's card; only the announcement's number is still to be filled in."""
    view = rows(
        link_button("PDF", pdf_url(paper)),
        link_button(_("Code"), code_url(paper)),
        announcement_button(0, paper_id),
        similar_button(paper.id),
        paper_numbers_button(paper.id),
        save_button(paper.id),
        discuss_button(paper.id) if in_channel else None,
        tuning_menu(0, paper),
    )
    return view.to_components() if view else []


@lru_cache(maxsize=256)
def _embed(
    paper: Paper,
    reasons: tuple[str, ...],
    today: datetime,
    revision: Revision | None,
    _spoken: str,
) -> discord.Embed:
    """Return what is the same in all places of a language where a paper is announced for the same reasons."""
    abstract = foreign_paragraphs(paper.abstract, _ABSTRACT)
    text = joined((change_note(revision), paper_head(paper, now=today) + abstract), GAP)
    embed = paper_embed(paper, text, now=today)
    if why := _reasons(reasons, limits.AUTHOR_NAME):
        embed.set_author(name=why)
    return limits.fit_embed(embed)


def _batch(
    announcement: Announcement,
    papers: Sequence[Paper],
    missed: Sequence[Paper],
    revisions: Mapping[int, Revision],
) -> Card:
    """Return every paper with title and arXiv link, each group of reasons said once."""
    shown = papers[: count_fitting(papers)]
    reasons = {delivery.paper_id: delivery.reasons for delivery in announcement.deliveries}
    groups: dict[str, list[Paper]] = {}
    for paper in shown:
        why = _reasons(reasons.get(paper.id or 0, ()), _REASONS)
        groups.setdefault(why, []).append(paper)
    if len(groups) > _most_groups(len(shown)):
        every = tuple(
            dict.fromkeys(reason for delivery in announcement.deliveries for reason in delivery.reasons)
        )
        groups = {_reasons(every, _REASONS): list(shown)}
    title = (
        counted(len(shown), "{count} more paper", "{count} more papers")
        if _is_rest(announcement)
        else counted(len(shown), "{count} new paper", "{count} new papers")
    )
    note = _missed(missed)
    room = limits.EMBED_TOTAL - len(title) - limits.length(note) - 2 * len(groups) - len(shown)
    headings = {why: f"**{foreign(why, _REASONS * 2)}**" if why else "" for why in groups}
    room -= sum(limits.length(heading) + 1 for heading in headings.values())
    share = room // max(1, len(shown))
    blocks = [
        [headings[why], *(_line(paper, share, revisions.get(paper.id or 0)) for paper in group)]
        for why, group in groups.items()
    ]
    embeds = _spread(blocks, _color(shown))
    embeds[0].title = title
    if note:
        embeds[-1].set_footer(text=note)
    listed = [paper for group in groups.values() for paper in group]
    menus = [
        paper_select(
            listed[start : start + limits.OPTIONS],
            announcement.id,
            start,
            is_one_of_several=len(listed) > limits.OPTIONS,
        )
        for start in range(0, len(listed), limits.OPTIONS)
    ]
    return fit(Card(embeds=tuple(embeds), view=rows(*menus, announcement_button(announcement.id, None))))


def _is_rest(announcement: Announcement) -> bool:
    """Say whether a digest holds nothing but what came after as many papers as the day may have."""
    return bool(announcement.deliveries) and all(one.is_rest for one in announcement.deliveries)


def _missed(papers: Sequence[Paper]) -> str:
    """Return the note on papers of which nobody knows whether they arrived; empty where there are none."""
    if not papers:
        return ""
    titles = "; ".join(label(paper.title, _MISSED_TITLE) for paper in papers[:_MISSED])
    if len(papers) > _MISSED:
        said = _("May have been missed: {titles} and {count} more")
        return said.format(titles=titles, count=number(len(papers) - _MISSED))
    return _("May have been missed: {titles}").format(titles=titles)


def _most_groups(papers: int) -> int:
    """Return how many headings are worth their room."""
    return max(1, min(8, papers // 2))


def _line(paper: Paper, share: int, revision: Revision | None) -> str:
    """Return the linked title, and what changed since it was announced, within its share of the message."""
    if note := change_note(revision, former=False):
        return joined((_line(paper, share - limits.length(SEPARATOR + note), None), note))
    url = paper_url(paper)
    mark = "- "
    if url is None:
        identifier = f" {paper.arxiv_id}" if paper.arxiv_id else ""
        room = max(_SHORTEST_TITLE, share - len(mark) - len(identifier))
        return f"{mark}{foreign(paper.title, room) or _('Untitled')}{identifier}"
    room = share - len(mark) - len(url) - 4
    if room < _SHORTEST_TITLE:
        return f"{mark}{foreign(paper.title, max(_SHORTEST_TITLE, share - len(mark))) or _('Untitled')}"
    return f"{mark}{link(paper.title, url, room) or _('Untitled')}"


def _spread(blocks: list[list[str]], color: int) -> list[discord.Embed]:
    """Return the blocks over as few embeds as hold them, a blank line between blocks."""
    texts = [""]
    for block in blocks:
        for position, line in enumerate(line for line in block if line):
            gap = "" if not texts[-1] else PARAGRAPH if position == 0 else "\n"
            if limits.length(texts[-1]) + len(gap) + limits.length(line) > limits.DESCRIPTION:
                texts.append(line)
            else:
                texts[-1] += gap + line
    return [discord.Embed(description=text, color=color) for text in texts]


def _reasons(reasons: Sequence[str], limit: int) -> str:
    return label(joined(map(watch_label, reasons)), limit)


def _color(papers: Sequence[Paper]) -> int:
    colors = {accent(paper.primary_category) for paper in papers}
    return colors.pop() if len(colors) == 1 else NEUTRAL
