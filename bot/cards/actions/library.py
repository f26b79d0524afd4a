"""What the buttons and the menu of the reading list do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cards.actions.base import Action, Interaction, follow_up, now_of, replace, think
from bot.cards.library import render_saved, render_voted
from bot.cards.lists import render_list
from bot.cards.places import home_of
from bot.domain.library import Shelf, ShelfKind

if TYPE_CHECKING:
    from bot.services import Services


class SaveButton(Action, template=r"paper:(?P<paper>\d{1,18}):save"):
    """Saves a paper to the reading list of the place."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Save it and say so to whoever clicked."""
        await think(interaction)
        answer = await services.library.save_by_id(
            self.number("paper"), shelf_of(interaction), person=interaction.user.id
        )
        await follow_up(interaction, render_saved(answer))


class VoteButton(Action, template=r"paper:(?P<paper>\d{1,18}):vote"):
    """Votes for a paper on the reading list, or takes the vote back."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Vote and say how many votes there are."""
        await think(interaction)
        answer = await services.library.vote_by_id(
            self.number("paper"), shelf_of(interaction), person=interaction.user.id
        )
        await follow_up(interaction, render_voted(answer))


class VoteSelect(Action, template=r"vote:(?P<request>\d{1,18}):(?P<offset>\d{1,9})"):
    """Votes for a paper of the list that carries the menu, and brings the list up to date."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Vote, show the list's new state, and say the vote to whoever chose."""
        await interaction.response.defer()
        voted = await services.library.vote_by_id(
            self.chosen, shelf_of(interaction), person=interaction.user.id
        )
        listed = await services.search.page(self.number("request"), self.number("offset"))
        await replace(interaction, render_list(listed, now=now_of(interaction)))
        await follow_up(interaction, render_voted(voted))


def shelf_of(interaction: Interaction) -> Shelf:
    """Return the reading list of where something happened: the server's, else the person's own."""
    home = home_of(interaction)
    if home is None:
        return Shelf(kind=ShelfKind.PERSON, id=interaction.user.id)
    return Shelf(kind=ShelfKind.SERVER, id=home)
