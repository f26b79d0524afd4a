"""Menus as cards show them; what choosing does is in `bot.cards.actions`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import discord

from bot.cards import limits
from bot.cards.components import FOR_ALL
from bot.cards.labels import pause_reason, watch_label
from bot.cards.wording import joined, label
from bot.domain.authors import Author
from bot.domain.categories import category_name
from bot.domain.orders import OFF, ON, Setting
from bot.domain.papers import Paper
from bot.domain.watches import Every, Watch
from bot.metrics.network import Coauthor
from bot.words import _, counted, marked

Select = discord.ui.Select[discord.ui.View]

WRITTEN = "?"
"""The value of a setting that is written into a form."""

RHYTHMS = {
    Every.INSTANT: marked("Each paper at once"),
    Every.DAILY: marked("A digest every day"),
    Every.WEEKLY: marked("A digest every week"),
}
SWITCHES = {
    Setting.PRIMARY: (marked("Only as first category"), marked("Cross-lists too")),
    Setting.CODE: (marked("Only with code"), marked("With or without code")),
    Setting.THREAD: (marked("A thread below each paper"), marked("No threads below papers")),
    Setting.VERSIONS: (marked("New versions too"), marked("No new versions")),
    Setting.STRICT: (marked("Only the full name"), marked("Initials too, with a known co-author")),
    Setting.UNSCORED: (marked("Papers without a number too"), marked("No papers without a number")),
}
FORMS = {
    Setting.MOST: marked("At most so many a day"),
    Setting.ROLE: marked("Ping a role"),
    Setting.CATEGORY: marked("Only in a category"),
    Setting.TOPIC: marked("Only about a topic"),
    Setting.EXCLUDE: marked("Without certain words"),
    Setting.SCORE: marked("Least score"),
    Setting.NOVELTY: marked("Least novelty"),
    Setting.THRESHOLD: marked("Least similarity"),
}


def paper_select(
    papers: Sequence[Paper], request_id: int, offset: int, *, is_one_of_several: bool = False
) -> Select | None:
    """Opens one of the papers; None where none of them is in the catalogue.

    Where a list is too long for one menu, each says which of its papers it has.
    """
    placeholder = _("Open a paper…")
    if is_one_of_several:
        said = _("Open a paper, {first} to {last}…")
        placeholder = said.format(first=offset + 1, last=offset + len(papers))
    return _select(placeholder, f"open:{request_id}:{offset}", _paper_options(papers))


def vote_select(papers: Sequence[Paper], request_id: int, offset: int) -> Select | None:
    """Votes for one of the papers of a reading list."""
    return _select(_("Vote for a paper…"), f"vote:{request_id}:{offset}", _paper_options(papers))


def _paper_options(papers: Sequence[Paper]) -> tuple[discord.SelectOption, ...]:
    options = {
        str(paper.id): discord.SelectOption(
            label=label(paper.title, limits.OPTION_TEXT) or _("Untitled"),
            value=str(paper.id),
            description=label(", ".join(author.name for author in paper.authors[:3]), limits.OPTION_TEXT)
            or None,
        )
        for paper in papers[: limits.OPTIONS]
        if paper.id is not None
    }
    return tuple(options.values())


def author_select(
    candidates: Sequence[tuple[Author, str | None]], asked: str, person: int, *, for_all: bool = False
) -> Select | None:
    """Chooses one of several people of the same name; the name asked for goes along.

    `for_all` posts the card where everybody sees it.
    """
    options = {
        str(author.id): discord.SelectOption(
            label=label(author.name, limits.OPTION_TEXT) or _("Unnamed"),
            value=str(author.id),
            description=label(
                joined((_field(author), ", ".join(author.institutions[:1]), top)), limits.OPTION_TEXT
            )
            or None,
        )
        for author, top in candidates[: limits.OPTIONS]
        if author.id is not None
    }
    start = f"choose{FOR_ALL if for_all else ''}:{person}:"
    name = limits.cut(label(asked, limits.CUSTOM_ID), limits.CUSTOM_ID - len(start))
    return _select(_("Who is meant?"), start + name, options.values())


def coauthor_select(coauthors: Sequence[Coauthor]) -> Select | None:
    """Opens one co-author's card: known by the source's id, without one by name."""
    options = {
        value: discord.SelectOption(
            label=label(one.name, limits.OPTION_TEXT) or _("Unnamed"),
            value=value,
            description=counted(one.papers, "{count} joint paper", "{count} joint papers"),
        )
        for one in coauthors[: limits.OPTIONS]
        if (value := str(one.openalex_id or limits.cut(one.name, limits.OPTION_TEXT)))
    }
    return _select(_("Open an author…"), "coauthor", options.values())


def _field(author: Author) -> str:
    return category_name(author.primary_category) if author.primary_category else ""


def setting_select(watch: Watch, settings: Mapping[Setting, str]) -> Select | None:
    """Changes one setting of a watch: at once, or in a form where something is to be written."""
    options = [
        discord.SelectOption(
            label=text, value=f"{setting}={value}", description=label(now, limits.OPTION_TEXT)
        )
        for setting, present in settings.items()
        for text, value, now in _choices_of(setting, present)
    ]
    return _select(_("Change a setting…"), f"watch:{watch.id}:set", options[: limits.OPTIONS])


def _choices_of(setting: Setting, present: str) -> list[tuple[str, str, str]]:
    """Return what can be chosen for a setting: its words, the value, and what is so now."""
    if setting is Setting.EVERY:
        return [
            (_(text), every.value, _("Now: {value}").format(value=_(RHYTHMS[Every(present)])))
            for every, text in RHYTHMS.items()
            if every != present
        ]
    if setting in SWITCHES:
        turned_on, turned_off = (_(text) for text in SWITCHES[setting])
        if present == ON:
            return [(turned_off, OFF, _("Now: {value}").format(value=turned_on))]
        return [(turned_on, ON, "")]
    now = _("Now: {value}").format(value=present) if present else _("Now: none")
    return [(f"{_(FORMS[setting])}…", WRITTEN, now)]


def watch_select(watches: Sequence[Watch], offset: int) -> Select | None:
    """Opens one watch of a list, to remove or resume it."""
    options = {
        str(watch.id): discord.SelectOption(
            label=label(watch_label(watch.label), limits.OPTION_TEXT) or _("Watch"),
            value=str(watch.id),
            description=label(_state(watch), limits.OPTION_TEXT),
        )
        for watch in watches[: limits.OPTIONS]
        if watch.id is not None
    }
    return _select(_("Change a watch…"), f"watches:{offset}", options.values())


def _state(watch: Watch) -> str:
    if not watch.paused_reason:
        return _("Active")
    return _("Paused: {reason}").format(reason=pause_reason(watch.paused_reason))


def _select(placeholder: str, custom_id: str, options: Iterable[discord.SelectOption]) -> Select | None:
    """Return a menu of one choice."""
    choices = list(options)
    return (
        discord.ui.Select(placeholder=placeholder, custom_id=custom_id, options=choices) if choices else None
    )
