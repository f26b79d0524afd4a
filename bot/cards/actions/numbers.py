"""What the buttons about numbers, and about papers alike, do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cards.about import render_about_author, render_about_numbers, render_about_paper
from bot.cards.actions.base import Action, Interaction, follow_up, now_of, think
from bot.cards.lists import render_list

if TYPE_CHECKING:
    from bot.services import Services


class AboutPaperButton(Action, template=r"paper:(?P<paper>\d{1,18}):numbers"):
    """Explains a paper's numbers."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with what they are made of and worth, to the person alone."""
        await think(interaction)
        answer = await services.numbers.about_paper(self.number("paper"))
        await follow_up(interaction, render_about_paper(answer, now=now_of(interaction)))


class AboutAuthorButton(Action, template=r"author:(?P<author>\d{1,18}):numbers"):
    """Explains an author's numbers."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with what they are over and worth, to the person alone."""
        await think(interaction)
        answer = await services.lookup.author_by_id(self.number("author"))
        await follow_up(interaction, render_about_author(answer))


class AboutNumbersButton(Action, template="numbers"):
    """Explains the number before each paper of a list."""

    async def act(self, interaction: Interaction, services: Services) -> None:  # noqa: ARG002 - every action's form
        """Answer to the person alone."""
        await think(interaction)
        await follow_up(interaction, render_about_numbers())


class SimilarButton(Action, template=r"paper:(?P<paper>\d{1,18}):similar"):
    """Lists the papers whose wording is nearest."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the first page, the nearest first."""
        await think(interaction)
        found = await services.lookup.paper_by_id(self.number("paper"))
        answer = await services.search.similar(found.paper)
        await follow_up(interaction, render_list(answer, now=now_of(interaction)))
