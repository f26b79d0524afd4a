"""What the menu for fewer announcements does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.cards.actions.base import Action, Interaction, follow_up, replace, think
from bot.cards.actions.organizers import demand_organizer
from bot.cards.places import home_of
from bot.cards.tuning import render_tuned
from bot.errors import Outdated

if TYPE_CHECKING:
    from bot.services import Services


_WISH = r"less|mute|author:\d{1,5}"
"""What a menu's options may hold, and what the button that takes it back repeats."""


class TuningMenu(Action, template=r"tune:(?P<announcement>\d{1,18}):(?P<paper>\d{1,18})"):
    """Changes the watches behind an announcement."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Change them, and say so to whoever chose."""
        if not re.fullmatch(_WISH, self.value, re.ASCII):
            raise Outdated("a choice")
        await demand_organizer(interaction, services.permits)
        await think(interaction)
        answer = await services.tuning.tune(
            self.number("announcement"),
            self.number("paper"),
            self.value,
            guild_id=home_of(interaction),
            person=interaction.user.id,
        )
        await follow_up(interaction, render_tuned(answer))


class UndoTuning(
    Action,
    template=rf"untune:(?P<announcement>\d{{1,18}}):(?P<paper>\d{{1,18}}):(?P<wish>{_WISH})",
):
    """Takes back what the menu changed."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Take it back, and say so in place of the confirmation."""
        await demand_organizer(interaction, services.permits)
        await interaction.response.defer()
        answer = await services.tuning.undo(
            self.number("announcement"),
            self.number("paper"),
            self.said["wish"],
            guild_id=home_of(interaction),
            person=interaction.user.id,
        )
        await replace(interaction, render_tuned(answer))
