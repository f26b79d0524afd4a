"""The menu for fewer announcements of a kind, and what is said when one was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import NEUTRAL
from bot.cards.components import button, rows
from bot.cards.labels import watch_label
from bot.cards.menus import Select
from bot.cards.wording import (
    foreign,
    label,
)
from bot.domain.papers import Paper
from bot.domain.watches import Watch
from bot.services.answers import TunedAnswer
from bot.services.watches.tuning import AUTHOR, LESS, MUTE
from bot.words import _, language

TUNE = "tune"
"""Marks the menu."""

_AUTHORS = 10


def tuning_menu(announcement_id: int, paper: Paper) -> Select | None:
    """Offers less like this paper, nothing more by one of its authors, and silence."""
    if paper.id is None:
        return None
    names = tuple(author.name for author in paper.authors[:_AUTHORS])
    return discord.ui.Select(
        placeholder=_("Fewer of these…"),
        custom_id=f"{TUNE}:{announcement_id}:{paper.id}",
        options=list(_options(names, language())),
    )


@lru_cache(maxsize=256)
def _options(names: tuple[str, ...], _spoken: str) -> tuple[discord.SelectOption, ...]:
    """Return what can be chosen, the same wherever a paper is announced in a language."""
    authors = (
        discord.SelectOption(
            label=label(_("Not {name}").format(name=name), limits.OPTION_TEXT),
            value=f"{AUTHOR}{place}",
            description=_("No more papers by this author"),
        )
        for place, name in enumerate(names)
    )
    return (
        discord.SelectOption(
            label=_("Less like this"), value=LESS, description=_("Skip papers of similar wording")
        ),
        *authors,
        discord.SelectOption(label=_("Mute this watch"), value=MUTE, description=_("Until it is resumed")),
    )


def render_tuned(answer: TunedAnswer) -> Card:
    """Say what was changed for which watches, with a button that takes it back."""
    lines = []
    if answer.watches:
        lines.append(_("For: {names}").format(names=_names(answer.watches)))
    if answer.still_paused:
        lines.append(_("Still paused for another reason: {names}").format(names=_names(answer.still_paused)))
    embed = discord.Embed(
        title=limits.shorten(_title(answer), limits.TITLE), description="\n".join(lines), color=NEUTRAL
    )
    undo = None
    if not answer.undone:
        undo = button(_("Undo"), f"untune:{answer.announcement_id}:{answer.paper.id}:{answer.wish}")
    return fit(Card(embeds=(embed,), view=rows(undo), ephemeral=True))


def _names(watches: Sequence[Watch]) -> str:
    return ", ".join(foreign(watch_label(watch.label), 100) for watch in watches)


def _title(answer: TunedAnswer) -> str:
    if answer.undone:
        return _("Taken back") if answer.watches else _("Nothing to take back")
    if answer.wish == MUTE:
        return _("Muted")
    if answer.wish == LESS:
        return _("Less like: {title}").format(title=foreign(answer.paper.title, 200))
    return _("No more papers by {name}").format(name=foreign(answer.author, 100))
