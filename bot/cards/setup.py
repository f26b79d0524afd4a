"""The guided set-up of announcements: one message that goes from question to question.

What was answered so far is in the `custom_id` of every component, so a restart in between changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import ACCENTS, accent
from bot.cards.components import Item, button, rows
from bot.cards.labels import watch_label
from bot.cards.menus import RHYTHMS, Select
from bot.cards.places import ANNOUNCEABLE, has_threads
from bot.cards.watches import render_watch
from bot.cards.wording import (
    GAP,
    foreign,
)
from bot.domain.categories import ARCHIVES, CATEGORIES, archive_of, category_name
from bot.domain.watches import Every
from bot.services.answers import WatchAnswer
from bot.words import _

CHOSEN = "?"
"""Stands for what a menu's choice, or a form, will put in its place."""

TOPIC = "t"
"""What a field begins with that is a typed topic, by its number."""

BEGIN = "setup:begin:::"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """What was answered so far; empty where it was not.

    `field` is a category, an archive or the number of a typed topic, whose text is `topic`;
    `channel` is a channel's id. In direct messages, `is_direct`, there is no channel to choose.
    """

    field: str = ""
    topic: str = ""
    channel: str = ""
    every: str = ""
    is_direct: bool = False

    @property
    def about(self) -> str:
        """What the papers are to be about, in words."""
        return f"“{self.topic}”" if self.topic else category_name(self.field)

    def button_id(self, show: str, **answered: str) -> str:
        """Return the `custom_id` of what shows a step, with something more answered."""
        said = {"field": self.field, "channel": self.channel, "every": self.every} | answered
        return f"setup:{show}:{said['field']}:{said['channel']}:{said['every']}"


def setup_button(*, is_primary: bool = False) -> discord.ui.Button[discord.ui.View]:
    """Begins the set-up."""
    style = discord.ButtonStyle.primary if is_primary else discord.ButtonStyle.secondary
    return button(_("Set up announcements"), BEGIN, style=style)


def render_setup() -> Card:
    """Ask the first question; in a server, where others read along, offer to ask the person alone."""
    if not has_threads():
        return render_field_step(SetUp(is_direct=True))
    embed = discord.Embed(
        title=_("Set up announcements"),
        description=_("Four questions: what, where, how often, and whether it is right."),
        color=ACCENTS["cs"],
    )
    return fit(Card(embeds=(embed,), view=rows(setup_button(is_primary=True))))


def render_field_step(state: SetUp) -> Card:
    """Ask what the papers are to be about."""
    options = [discord.SelectOption(label=name, value=code) for code, name in ARCHIVES.items()]
    return _step(
        state,
        1,
        _("What should the papers be about?"),
        _("Choose a field, or type a topic such as *energy use of language models*."),
        _menu(_("Choose a field…"), state.button_id("category", field=CHOSEN), options),
        button(_("Type a topic…"), state.button_id("topic")),
    )


def render_category_step(state: SetUp) -> Card:
    """Ask for a category of the chosen archive."""
    options = [
        discord.SelectOption(label=limits.shorten(name, limits.OPTION_TEXT), value=code, description=code)
        for code, name in categories_of(state.field)
    ]
    parts = [options[start : start + limits.OPTIONS] for start in range(0, len(options), limits.OPTIONS)]
    menus = [
        _menu(
            _("Choose a category, {first} to {last}…").format(first=part[0].value, last=part[-1].value),
            f"{state.button_id('channel', field=CHOSEN)}:{number}",
            part,
        )
        for number, part in enumerate(parts)
    ]
    name = category_name(state.field)
    return _step(
        state,
        1,
        _("Which part of it?"),
        _("**{field}** has categories. The whole field can be many papers a day.").format(field=name),
        *menus,
        button(_("All of {field}").format(field=name), state.button_id("channel")),
        _back(state, "field", field=""),
    )


def render_channel_step(state: SetUp, here: int) -> Card:
    """Ask where to post; `here` is the channel that the person is in."""
    menu: discord.ui.ChannelSelect[discord.ui.View] = discord.ui.ChannelSelect(
        custom_id=state.button_id("rhythm", channel=CHOSEN),
        channel_types=ANNOUNCEABLE,
        placeholder=_("Choose a channel…"),
    )
    return _step(
        state,
        2,
        _("Where should they be posted?"),
        _("In a channel, a thread or a forum."),
        menu,
        button(_("Here, in this channel"), state.button_id("rhythm", channel=str(here))),
        _back(state, "field", field=""),
    )


def render_rhythm_step(state: SetUp) -> Card:
    """Ask how often."""
    back = _back(state, "field", field="") if state.is_direct else _back(state, "channel", channel="")
    return _step(
        state,
        3,
        _("How often?"),
        _("A digest is one message with all papers of the day or week."),
        *(button(_(text), state.button_id("preview", every=every.value)) for every, text in RHYTHMS.items()),
        back,
    )


def render_preview_step(state: SetUp, answer: WatchAnswer, *, now: datetime) -> Card:
    """Show what the last 30 days would have brought, and ask whether that is right."""
    shown = render_watch(answer, now=now).embeds[0]
    shown.title = _("Set up announcements: {watch}").format(
        watch=foreign(watch_label(answer.watch.label), 200)
    )
    heading = _heading(
        state, 4, _("There is such a watch already") if answer.existed else _("Is this right?")
    )
    shown.description = f"{heading}{GAP}{shown.description}"
    create = button(_("Start"), state.button_id("create"), style=discord.ButtonStyle.success)
    view = rows(None if answer.existed else create, _back(state, "rhythm", every=""))
    return fit(Card(embeds=(shown,), view=view, ephemeral=True))


def categories_of(archive: str) -> tuple[tuple[str, str], ...]:
    """Return the categories of an archive that has any, with their names."""
    return tuple(
        (code, name) for code, name in CATEGORIES.items() if archive_of(code) == archive and code != archive
    )


def _step(state: SetUp, number: int, question: str, hint: str, *items: Item) -> Card:
    answered = " · ".join(
        part
        for part in (
            foreign(state.about, 200) if state.field else "",
            f"<#{state.channel}>" if state.channel else "",
            _(RHYTHMS[Every(state.every)]) if state.every else "",
        )
        if part
    )
    lines = (f"*{answered}*" if answered else "", f"{_heading(state, number, question)}\n{hint}")
    embed = discord.Embed(
        title=_("Set up announcements"),
        description=GAP.join(line for line in lines if line),
        color=accent(state.field) if state.field and not state.topic else ACCENTS["cs"],
    )
    return fit(Card(embeds=(embed,), view=rows(*items), ephemeral=True))


def _heading(state: SetUp, number: int, question: str) -> str:
    """Return the question with its number; where no channel is asked for, there is one fewer."""
    step, last = (number - (number > 1), 3) if state.is_direct else (number, 4)
    return _("**{step} of {last} · {question}**").format(step=step, last=last, question=question)


def _menu(placeholder: str, custom_id: str, options: list[discord.SelectOption]) -> Select:
    return discord.ui.Select(placeholder=placeholder, custom_id=custom_id, options=options)


def _back(state: SetUp, show: str, **answered: str) -> Item:
    return button(_("Back"), state.button_id(show, **answered))
