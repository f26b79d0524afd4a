"""The message of a reading group's weekly picks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import discord

from bot.cards.card import Card, fit
from bot.cards.colors import NEUTRAL
from bot.cards.components import announcement_button, rows
from bot.cards.lines import list_line
from bot.cards.menus import paper_select
from bot.cards.wording import GAP, joined
from bot.domain.deliveries import Announcement
from bot.domain.papers import Paper
from bot.words import _


def render_picks(announcement: Announcement, papers: Sequence[Paper], *, now: datetime) -> Card:
    """Return the picked papers, the most voted first, with a menu that opens one."""
    by_id = {paper.id: paper for paper in papers}
    shown = [by_id[one] for one in announcement.picks if one in by_id]
    embed = discord.Embed(
        title=_("Reading group picks"),
        description=joined((list_line(paper, now=now) for paper in shown), GAP)
        or _("They were taken off the reading list meanwhile."),
        color=NEUTRAL,
    )
    embed.set_footer(text=_("The most voted of the reading list. Save and vote for the next ones."))
    menu = paper_select(shown, announcement.id, 0)
    return fit(Card(embeds=(embed,), view=rows(menu, announcement_button(announcement.id, None))))
