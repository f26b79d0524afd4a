"""What the buttons about references do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cards.actions.base import Action, Interaction, follow_up, keep_current, replace, think
from bot.cards.references import render_author_references, render_reference
from bot.services.answers import ReferenceAnswer
from bot.text.references import ReferenceForm

if TYPE_CHECKING:
    from bot.services import Services


class CiteButton(Action, template=r"paper:(?P<paper>\d{1,18}):cite"):
    """Shows how to cite a paper."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the form that most people want; its buttons lead to the others."""
        await think(interaction)
        found = await services.lookup.paper_by_id(self.number("paper"))
        answer = ReferenceAnswer(paper=found.paper, form=ReferenceForm.BIBTEX)
        shown = await follow_up(interaction, await render_reference(answer))
        await keep_current(interaction, services, answer, shown)


class FormButton(Action, template=rf"cite:(?P<paper>\d{{1,18}}):(?P<form>{'|'.join(ReferenceForm)})"):
    """Writes a reference in another form."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Replace the reference by the asked form."""
        await interaction.response.defer()
        answer = await services.lookup.paper_by_id(self.number("paper"))
        form = ReferenceForm(self.said["form"])
        await replace(interaction, await render_reference(ReferenceAnswer(paper=answer.paper, form=form)))


class CiteAuthorButton(
    Action, template=rf"author:(?P<author>\d{{1,18}}):cite(?::(?P<form>{'|'.join(ReferenceForm)}))?"
):
    """Writes an author's papers as references, in another form where one is named."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the file, or replace it by one of the asked form."""
        form = self.said["form"]
        await (interaction.response.defer() if form else think(interaction))
        found = await services.lookup.author_by_id(self.number("author"), asker=interaction.user.id)
        answer = await services.search.references(found.author, ReferenceForm(form or ReferenceForm.BIBTEX))
        card = await render_author_references(answer, now=interaction.client.clock())
        await (replace(interaction, card) if form else follow_up(interaction, card))
