"""What a list's buttons and menu do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cards.actions.base import (
    Action,
    Interaction,
    follow_up,
    keep_current,
    now_of,
    paper_here,
    replace,
    think,
)
from bot.cards.lists import render_list
from bot.cards.papers import render_paper

if TYPE_CHECKING:
    from bot.services import Services


class PageButton(Action, template=r"list:(?P<request>\d{1,18}):(?P<offset>\d{1,9}):(?:back|on)"):
    """Turns a list's page."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Replace the page by the asked one."""
        await interaction.response.defer()
        answer = await services.search.page(self.number("request"), self.number("offset"))
        await replace(interaction, render_list(answer, now=now_of(interaction)))


class PaperSelect(Action, template=r"open:(?P<request>\d{1,18}):(?P<offset>\d{1,9})"):
    """Opens one paper of a list, for the person who chose it."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the paper's card."""
        await think(interaction)
        answer = await paper_here(interaction, services, self.chosen)
        shown = await follow_up(interaction, render_paper(answer, now=now_of(interaction)))
        await keep_current(interaction, services, answer, shown)
