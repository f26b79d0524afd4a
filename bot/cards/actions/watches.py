"""What the buttons and menus about watches do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.cards.actions.base import Action, Interaction, follow_up, now_of, replace, think
from bot.cards.watches import render_removed, render_resumed, render_watches
from bot.domain.watches import Place, PlaceKind
from bot.errors import NoSuchWatch, NotAllowed
from bot.services.answers import WatchesAnswer

if TYPE_CHECKING:
    from bot.services import Services


class RemoveWatch(Action, template=r"watch:(?P<watch>\d{1,18}):remove"):
    """Removes a watch."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Replace the card by the confirmation."""
        await interaction.response.defer()
        with _own_unless_manager(interaction) as guild_id:
            answer = await services.watching.remove(
                self.number("watch"), guild_id=guild_id, person=interaction.user.id
            )
        await replace(interaction, render_removed(answer))


class ResumeWatch(Action, template=r"watch:(?P<watch>\d{1,18}):resume"):
    """Makes a paused watch active again."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Replace the card by the confirmation."""
        await interaction.response.defer()
        with _own_unless_manager(interaction) as guild_id:
            answer = await services.watching.resume(
                self.number("watch"), guild_id=guild_id, person=interaction.user.id
            )
        await replace(interaction, render_resumed(answer))


class WatchSelect(Action, template=r"watches:(?P<offset>\d{1,9})"):
    """Opens one watch of a list."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the watch and what can be done with it."""
        if interaction.guild_id is not None and not interaction.permissions.manage_guild:
            raise NotAllowed("Manage Server")
        await think(interaction)
        place = Place(kind=PlaceKind.DIRECT, id=interaction.user.id)
        if interaction.guild_id is None:
            answer = await services.watching.list_watches(place=place)
        else:
            answer = await services.watching.list_watches(guild_id=interaction.guild_id)
        chosen = tuple(watch for watch in answer.watches if watch.id == self.chosen)
        if not chosen:
            raise NoSuchWatch("this watch")
        await follow_up(interaction, render_watches(WatchesAnswer(watches=chosen), now=now_of(interaction)))


@contextmanager
def _own_unless_manager(interaction: Interaction) -> Iterator[int | None]:
    """Give the server whose watches the person may change; without Manage Server, only their own are left."""
    if interaction.guild_id is None or interaction.permissions.manage_guild:
        yield interaction.guild_id
        return
    try:
        yield None
    except NoSuchWatch as error:
        raise NotAllowed("Manage Server") from error
