"""What the buttons about one's own data do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cards.actions.base import Action, Interaction, follow_up, replace, think
from bot.cards.privacy import (
    render_forget_question,
    render_forgotten,
    render_personal_data,
    render_privacy,
)
from bot.errors import NotAllowed
from bot.words import marked

if TYPE_CHECKING:
    from bot.services import Services

NOT_YOURS = marked("to be the person whose data it is")


class PrivacyButton(Action, template="privacy:about"):
    """Says what is kept of people."""

    async def act(self, interaction: Interaction, services: Services) -> None:  # noqa: ARG002 - an Action
        """Answer to the person alone."""
        await think(interaction)
        await follow_up(interaction, render_privacy(interaction.user.id))


class ExportButton(Action, template=r"privacy:(?P<person>\d{1,20}):export"):
    """Gives the person everything that is stored about them."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the file, to the person alone."""
        if self.number("person") != interaction.user.id:
            raise NotAllowed(NOT_YOURS)
        await think(interaction)
        await follow_up(interaction, render_personal_data(await services.privacy.export(interaction.user.id)))


class ForgetQuestion(Action, template=r"privacy:(?P<person>\d{1,20}):ask"):
    """Asks whether everything about the person is to be deleted."""

    async def act(self, interaction: Interaction, services: Services) -> None:  # noqa: ARG002 - an Action
        """Ask; nothing is deleted yet."""
        if self.number("person") != interaction.user.id:
            raise NotAllowed(NOT_YOURS)
        await think(interaction)
        await follow_up(interaction, render_forget_question(interaction.user.id))


class ForgetButton(Action, template=r"privacy:(?P<person>\d{1,20}):forget"):
    """Deletes everything about the person who clicks."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Delete it, and say so in place of the question."""
        if self.number("person") != interaction.user.id:
            raise NotAllowed(NOT_YOURS)
        await interaction.response.defer()
        await services.privacy.forget(interaction.user.id)
        await replace(interaction, render_forgotten())
