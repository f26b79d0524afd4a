"""What the buttons about single papers do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cards.actions.base import (
    Action,
    Interaction,
    follow_up,
    keep_current,
    now_of,
    paper_here,
    settle,
    think,
)
from bot.cards.authors import render_author
from bot.cards.card import Card
from bot.cards.components import FOR_ALL, rows
from bot.cards.menus import paper_select
from bot.cards.papers import render_full_abstract, render_paper
from bot.errors import NotFound
from bot.words import _

if TYPE_CHECKING:
    from bot.services import Services


class FullAbstractButton(Action, template=r"abstract:(?P<paper>\d{1,18})"):
    """Shows the whole abstract to the person who asks."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the abstract."""
        await think(interaction)
        answer = await services.lookup.paper_by_id(self.number("paper"))
        await follow_up(interaction, render_full_abstract(answer.paper))


class AnnouncementButton(
    Action, template=r"(?P<kind>announcement|revision):(?P<message>\d{1,18}):(?P<paper>\d{1,18})"
):
    """Shows the announced or changed paper's abstract, or a menu of a batch's papers."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the abstract, or with the menus."""
        await think(interaction)
        if paper_id := self.number("paper"):
            answer = await services.lookup.paper_by_id(paper_id)
            await follow_up(interaction, render_full_abstract(answer.paper))
            return
        embeds = interaction.message.embeds if interaction.message else []
        listed = "\n".join(embed.description or "" for embed in embeds)
        papers = await services.lookup.papers_in(listed)
        menus = rows(
            *(paper_select(papers[start:], 0, start) for start in range(0, min(len(papers), 100), 25))
        )
        if menus is None:
            raise NotFound(_("this message's papers"))
        await follow_up(interaction, Card(content=_("Choose a paper to read its abstract."), view=menus))


class NearestButton(
    Action, template=rf"near(?P<for_all>{FOR_ALL})?:(?P<kind>author|paper):(?P<id>\d{{1,18}})"
):
    """Opens a near miss."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Replace the error by the card."""
        await interaction.response.defer()
        now, for_all = now_of(interaction), bool(self.said["for_all"])
        if self.said["kind"] == "author":
            author = await services.lookup.author_by_id(self.number("id"), asker=interaction.user.id)
            shown = await settle(interaction, await render_author(author, now=now), for_all=for_all)
            await keep_current(interaction, services, author, shown)
            return
        paper = await paper_here(interaction, services, self.number("id"))
        shown = await settle(interaction, render_paper(paper, now=now), for_all=for_all)
        await keep_current(interaction, services, paper, shown)
