"""What changed of an announced paper: in one sentence, and as the answer to its announcement."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import NEUTRAL, accent
from bot.cards.components import link_button, revision_button, rows
from bot.cards.lines import paper_url
from bot.cards.papers import pdf_url
from bot.cards.wording import (
    foreign,
    joined,
    link,
)
from bot.domain.papers import Paper
from bot.domain.revisions import Change, RevisedMessage, Revision
from bot.words import _, marked, number

_NAMED = 10
_TITLE = 200

_WORDS = {
    Change.WITHDRAWN: marked("withdrawn"),
    Change.RESTORED: marked("no longer withdrawn"),
    Change.TITLE: marked("title changed"),
    Change.AUTHORS: marked("authors changed"),
    Change.ABSTRACT: marked("abstract rewritten"),
    Change.PUBLISHED: marked("now published"),
}


def what_changed(revision: Revision) -> str:
    """Return a revision in one sentence: "v2: title changed, abstract rewritten"; empty for nothing."""
    said = ", ".join(_(_WORDS[change]) for change in revision.changes)
    if all(change is Change.PUBLISHED for change in revision.changes):
        return said
    return _("v{version}: {changes}").format(version=revision.version, changes=said)


def change_note(revision: Revision | None, *, former: bool = True) -> str:
    """Return the sentence in bold with the former title, as it stands in an edited announcement."""
    if revision is None or not (said := what_changed(revision)):
        return ""
    title = foreign(revision.former_title, _TITLE) if former else ""
    return joined((f"**{said}**", _("formerly: {title}").format(title=title) if title else ""))


def render_revision(message: RevisedMessage, papers: Sequence[Paper]) -> Card:
    """Return the answer to an announcement: what changed of which paper."""
    fresh = [paper for paper in papers if paper.id in message.fresh]
    shown = fresh[:_NAMED]
    lines = [
        joined(
            (
                link(paper.title, paper_url(paper), _TITLE) or _("Untitled"),
                change_note(message.revisions.get(paper.id or 0)),
                foreign(paper.journal_reference, _TITLE) if _is_published(message, paper) else "",
            ),
            "\n",
        )
        for paper in shown
    ]
    more = _("and {count} more").format(count=number(len(fresh) - _NAMED)) if fresh[_NAMED:] else ""
    one = fresh[0] if len(fresh) == 1 else None
    embed = discord.Embed(
        description=limits.shorten(joined((*lines, more), "\n\n"), limits.DESCRIPTION),
        color=accent(one.primary_category) if one else NEUTRAL,
    )
    pdf = link_button("PDF", pdf_url(one)) if one else None
    return fit(Card(embeds=(embed,), view=rows(pdf, revision_button(message.id, one.id if one else None))))


def _is_published(message: RevisedMessage, paper: Paper) -> bool:
    return Change.PUBLISHED in message.revisions[paper.id or 0].changes
