"""What the buttons and menus about watches do."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bot.cards.actions.base import Action, Interaction, follow_up, now_of, replace, think
from bot.cards.actions.form import Question
from bot.cards.actions.organizers import demand_organizer, is_organizer, what_it_takes
from bot.cards.menus import FORMS, WRITTEN
from bot.cards.places import demand_open, home_of
from bot.cards.watches import (
    render_paused,
    render_removed,
    render_resumed,
    render_watch,
    render_watches,
)
from bot.domain.orders import Setting
from bot.domain.watches import Place, PlaceKind
from bot.errors import NoSuchWatch, NotAllowed, Outdated
from bot.services.answers import ResumedAnswer, WatchesAnswer
from bot.words import _, marked

if TYPE_CHECKING:
    from bot.services import Services
    from bot.services.watches.watching import Watching

T = TypeVar("T")


class RemoveWatch(Action, template=r"watch:(?P<watch>\d{1,18}):remove"):
    """Removes a watch."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Replace the card by the confirmation."""
        await interaction.response.defer()
        answer = await _if_allowed(interaction, services, services.watching.remove, self.number("watch"))
        await replace(interaction, render_removed(answer))


class ResumeWatch(Action, template=r"watch:(?P<watch>\d{1,18}):resume"):
    """Makes a paused watch active again."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Replace the card by the confirmation."""
        await interaction.response.defer()
        act = partial(resume_open, interaction, services.watching)
        answer = await _if_allowed(interaction, services, act, self.number("watch"))
        await replace(interaction, render_resumed(answer))


async def resume_open(
    interaction: Interaction, watching: Watching, watch_id: int, *, guild_id: int | None, person: int
) -> ResumedAnswer:
    """Resume a watch, unless its first paper would find the channel gone or closed."""
    await demand_open(interaction, await watching.place_of(watch_id, guild_id=guild_id, person=person))
    return await watching.resume(watch_id, guild_id=guild_id, person=person)


class PauseWatch(Action, template=r"watch:(?P<watch>\d{1,18}):pause"):
    """Pauses a watch."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Replace the card by the confirmation."""
        await interaction.response.defer()
        answer = await _if_allowed(interaction, services, services.watching.pause, self.number("watch"))
        await replace(interaction, render_paused(answer))


class ChangeWatch(Action, template=r"watch:(?P<watch>\d{1,18}):change"):
    """Shows a watch with the menu of what can be changed."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Replace the card by the one with the menu."""
        await interaction.response.defer()
        answer = await _if_allowed(interaction, services, services.watching.show, self.number("watch"))
        await replace(interaction, render_watch(answer, now=now_of(interaction)))


class SettingSelect(Action, template=r"watch:(?P<watch>\d{1,18}):set"):
    """Changes one setting of a watch."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Change it at once, or open a form with the present value."""
        name, __, value = self.value.partition("=")
        if name not in list(Setting) or (value == WRITTEN and name not in FORMS):
            raise Outdated("a choice")
        setting = Setting(name)
        if value != WRITTEN:
            await change_setting(interaction, services, self.number("watch"), setting, value)
            return
        watching = services.watching
        present = await _if_allowed(interaction, services, watching.settings, self.number("watch"))
        await interaction.response.send_modal(
            Question(
                title=_(FORMS[setting]),
                custom_id=f"watch:{self.number('watch')}:{setting}:form",
                label=_(HINTS[setting]),
                longest=_LONGEST,
                present=present.get(setting, ""),
            )
        )


async def take_setting(
    interaction: Interaction, services: Services, found: re.Match[str], written: str
) -> None:
    """Change a setting to what was written into its form."""
    setting = Setting(found["setting"])
    text = _role_number(interaction, written) if setting is Setting.ROLE else written
    await change_setting(interaction, services, int(found["watch"]), setting, text)


async def change_setting(
    interaction: Interaction, services: Services, watch_id: int, setting: Setting, text: str
) -> None:
    """Change one setting, and show the watch as it is then in place of the card."""
    await interaction.response.defer()
    answer = await _if_allowed(interaction, services, services.watching.change, watch_id, setting, text)
    await replace(interaction, render_watch(answer, now=now_of(interaction)))


def _role_number(interaction: Interaction, text: str) -> str:
    """Return the number of the server's role of this name, the text where there is none."""
    roles = interaction.guild.roles if interaction.guild else ()
    wanted = text.strip().removeprefix("@").casefold()
    named = (role for role in roles if role.name.casefold() == wanted and not role.is_default())
    return next((str(role.id) for role in named), text)


HINTS = {
    Setting.MOST: marked("Papers a day; the rest follows in a digest"),
    Setting.ROLE: marked("A role's name; empty for none"),
    Setting.CATEGORY: marked("Such as cs.CY; empty for any"),
    Setting.TOPIC: marked('Words, "phrases", prefix*, AND OR NOT'),
    Setting.EXCLUDE: marked("Words or phrases, commas between them"),
    Setting.SCORE: marked("From 0 to 100; empty for any"),
    Setting.NOVELTY: marked("From 0 to 100; empty for any"),
    Setting.THRESHOLD: marked("From 0.05 to 1"),
}
"""What to write into the form of a setting; Discord takes 45 characters."""

_LONGEST = 500


class WatchSelect(Action, template=r"watches:(?P<offset>\d{1,9})"):
    """Opens one watch of a list."""

    async def act(self, interaction: Interaction, services: Services) -> None:
        """Answer with the watch and what can be done with it."""
        await demand_organizer(interaction, services.permits)
        await think(interaction)
        place = Place(kind=PlaceKind.DIRECT, id=interaction.user.id)
        if home_of(interaction) is None:
            answer = await services.watching.list_watches(place=place)
        else:
            answer = await services.watching.list_watches(guild_id=home_of(interaction))
        chosen = tuple(watch for watch in answer.watches if watch.id == self.chosen)
        if not chosen:
            raise NoSuchWatch("this watch")
        shown = WatchesAnswer(watches=chosen, tallies=answer.tallies)
        await follow_up(interaction, render_watches(shown, now=now_of(interaction)))


async def _if_allowed(
    interaction: Interaction, services: Services, act: Callable[..., Awaitable[T]], *what: object
) -> T:
    """Do something to a watch that the person may change: any of the server, or one of their own.

    Which those are is given on as `guild_id` and `person`.
    """
    person = interaction.user.id
    if await is_organizer(interaction, services.permits):
        return await act(*what, guild_id=home_of(interaction), person=person)
    try:
        return await act(*what, guild_id=None, person=person)
    except NoSuchWatch as error:
        raise NotAllowed(await what_it_takes(interaction, services.permits)) from error
