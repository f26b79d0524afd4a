"""What the buttons of the bot's introduction do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cards.actions.base import Action, Interaction
from bot.cards.actions.form import Question
from bot.cards.welcome import LOOK_UP
from bot.words import _

if TYPE_CHECKING:
    from bot.services import Services

_LONGEST_QUESTION = 200


class LookUpButton(Action, template=LOOK_UP):
    """Opens a form to try a look-up; what is sent is answered in earnest."""

    async def act(self, interaction: Interaction, services: Services) -> None:  # noqa: ARG002 - an Action
        """Ask for anything that a direct message could ask."""
        await interaction.response.send_modal(
            Question(
                title=_("Try a look-up"),
                custom_id=f"{LOOK_UP}:form",
                label=_("An author, a title, an arXiv link, or a wish"),
                placeholder="Sasha Luccioni, 2306.05949, new in cs.CY this week",
                longest=_LONGEST_QUESTION,
            )
        )
