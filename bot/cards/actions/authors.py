"""What the buttons and menus about people do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.cards.actions.base import Action, Interaction, follow_up, keep_current, now_of, settle, think
from bot.cards.authors import render_author
from bot.cards.components import FOR_ALL
from bot.cards.lists import render_list
from bot.cards.network import render_coauthors
from bot.cards.watches import render_watch
from bot.domain.orders import Order
from bot.domain.search import ListRequest, Sort
from bot.domain.watches import Place, PlaceKind
from bot.errors import NotAllowed
from bot.services.search import PAPERS_BY
from bot.words import marked

if TYPE_CHECKING:
    from bot.services import Services


class PapersButton(Action, template=r"author:(?P<author>\d{1,18}):papers"):
    """Lists the author's papers."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the first page, most cited first."""
        await think(interaction)
        author = (await services.lookup.author_by_id(self.number("author"), asker=interaction.user.id)).author
        request = ListRequest(
            title=PAPERS_BY, named={"name": (author.name,)}, author_id=author.id, sort=Sort.CITATIONS
        )
        answer = await services.search.first_page(request)
        await follow_up(interaction, render_list(answer, now=now_of(interaction)))


class CoauthorsButton(Action, template=r"author:(?P<author>\d{1,18}):coauthors"):
    """Shows who writes with the author."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the list and the picture."""
        await think(interaction)
        answer = await services.relations.coauthors_by_id(self.number("author"))
        shown = await follow_up(interaction, await render_coauthors(answer))
        await keep_current(interaction, services, answer, shown)


class CoauthorSelect(Action, template="coauthor"):
    """Opens the card of one of the co-authors."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the author's card."""
        await think(interaction)
        answer = await services.lookup.author(self.value, asker=interaction.user.id)
        shown = await follow_up(interaction, await render_author(answer, now=now_of(interaction)))
        await keep_current(interaction, services, answer, shown)


class FollowButton(Action, template=r"author:(?P<author>\d{1,18}):follow"):
    """Follows the author in the person's direct messages."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Create the watch and confirm it to the person alone."""
        await think(interaction)
        answer = await services.watching.watch_author_id(
            self.number("author"),
            Order(owner=interaction.user.id, place=Place(kind=PlaceKind.DIRECT, id=interaction.user.id)),
        )
        await follow_up(interaction, render_watch(answer, now=now_of(interaction)))


_CHOICE = re.compile(rf"choose(?P<for_all>{FOR_ALL})?:(?P<person>\d{{1,20}}):(?P<name>.*)", re.DOTALL)


class AuthorChoice(Action, template=_CHOICE):
    """Chooses one of several people of the same name, and remembers it for the person."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Replace the menu by the chosen author's card."""
        if self.number("person") not in (0, interaction.user.id):
            raise NotAllowed(marked("to have asked the question: this menu is somebody else's"))
        await interaction.response.defer()
        answer = await services.lookup.author_by_id(
            self.chosen, asker=interaction.user.id, chosen_for=self.said["name"]
        )
        card = await render_author(answer, now=now_of(interaction))
        shown = await settle(interaction, card, for_all=bool(self.said["for_all"]))
        await keep_current(interaction, services, answer, shown)
