"""What options accept: their choices while somebody types, and how their text is read."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Sequence
from datetime import date
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.cards.labels import watch_label
from bot.cards.places import home_of
from bot.client import HoopoeBot
from bot.domain.categories import ARCHIVES, CATEGORIES
from bot.domain.search import Suggestion
from bot.domain.watches import Watch
from bot.errors import InvalidInput
from bot.services.search import read_query
from bot.services.watches.criteria import THE_LIST, known_category
from bot.text.dates import parse_range, parse_since
from bot.text.folding import fold
from bot.text.identifiers import find_author_id, looks_like_identifier, parse_paper_id
from bot.words import _, marked
from cogs.places import watches_here

logger = logging.getLogger(__name__)

Interaction = discord.Interaction[HoopoeBot]
Choices = list[app_commands.Choice[str]]

MOST_CHOICES = 25
CHOICE_LENGTH = 100
NAME_LENGTH = 200
_NAMES_FIRST = 8
QUERY_LENGTH = 500
DATE_FORMS = marked("a date, such as 2024, May 2025, 2025-05-01 or last month")


Declared = TypeVar("Declared")


def everywhere(command: Declared) -> Declared:
    """Let a command be used in servers and direct messages, and anywhere by whoever installed the app."""
    installed = app_commands.allowed_installs(guilds=True, users=True)(command)
    return app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(installed)


class AuthorOption(app_commands.Transformer[HoopoeBot]):
    """An author: a name, completed from the catalogue, an ORCID iD or an OpenAlex id."""

    @property
    def max_value(self) -> int:
        """Return the longest text Discord lets through."""
        return NAME_LENGTH

    async def transform(self, _interaction: Interaction, value: str, /) -> str:
        """Refuse before anything is answered what looks like an identifier and is none."""
        if find_author_id(value) is None and looks_like_identifier(value):
            parse_paper_id(value)
        return value

    async def autocomplete(self, interaction: Interaction, value: str, /) -> Choices:  # type: ignore[override]  # texts alone
        """Complete a name from the catalogue."""
        return await _choices(interaction.client.services.search.suggest_authors(value))


class PaperOption(app_commands.Transformer[HoopoeBot]):
    """A paper: a title, completed from the catalogue, an identifier or a link."""

    @property
    def max_value(self) -> int:
        """Return the longest text Discord lets through."""
        return QUERY_LENGTH

    async def transform(self, _interaction: Interaction, value: str, /) -> str:
        """Refuse before anything is answered what looks like an identifier and is none."""
        if looks_like_identifier(value):
            parse_paper_id(value)
        return value

    async def autocomplete(self, interaction: Interaction, value: str, /) -> Choices:  # type: ignore[override]  # texts alone
        """Complete a title from the catalogue."""
        return await _choices(interaction.client.services.search.suggest_papers(value))


class QueryOption(app_commands.Transformer[HoopoeBot]):
    """A search in the language of topics."""

    @property
    def min_value(self) -> int:
        """Return how short a text may be."""
        return 1

    @property
    def max_value(self) -> int:
        """Return the longest text Discord lets through."""
        return QUERY_LENGTH

    async def transform(self, _interaction: Interaction, value: str, /) -> str:
        """Refuse a faulty expression before anything is answered."""
        read_query(value)
        return value


class SimilarOption(PaperOption):
    """A paper, a sentence, or the reading list, which is offered first."""

    async def autocomplete(self, interaction: Interaction, value: str, /) -> Choices:  # type: ignore[override]  # texts alone
        """Complete a title from the catalogue, with the reading list above them while it may be meant."""
        own = home_of(interaction) is None
        label = _("Your reading list") if own else _("Our reading list")
        typed = fold(value)
        offered = [app_commands.Choice(name=label, value=THE_LIST)]
        is_meant = typed in fold(label) or typed in THE_LIST
        titles = await super().autocomplete(interaction, value)
        return [*(offered if is_meant else ()), *titles][:MOST_CHOICES]


class CitedOption(PaperOption):
    """A paper, or an author all of whose papers are meant."""

    async def transform(self, interaction: Interaction, value: str, /) -> str:
        """Refuse before anything is answered what looks like an identifier and is none."""
        return value if find_author_id(value) else await super().transform(interaction, value)

    async def autocomplete(self, interaction: Interaction, value: str, /) -> Choices:  # type: ignore[override]  # texts alone
        """Complete a name or a title from the catalogue, a few names first."""
        names = await _choices(interaction.client.services.search.suggest_authors(value))
        titles = await super().autocomplete(interaction, value)
        return [*names[:_NAMES_FIRST], *titles][:MOST_CHOICES]


class CategoryOption(app_commands.Transformer[HoopoeBot]):
    """A category of arXiv, or a whole archive."""

    @property
    def max_value(self) -> int:
        """Return the longest text Discord lets through."""
        return CHOICE_LENGTH

    async def transform(self, _interaction: Interaction, value: str, /) -> str:
        """Return the category's code; name the nearest ones where there is no such category."""
        return known_category(value)

    async def autocomplete(self, _interaction: Interaction, value: str, /) -> Choices:  # type: ignore[override]  # texts alone
        """Offer the categories whose code or name holds what is typed, codes first."""
        return [
            app_commands.Choice(name=f"{code} · {name}"[:CHOICE_LENGTH], value=code)
            for code, name in _categories_like(value)[:MOST_CHOICES]
        ]


class DateOption(app_commands.Transformer[HoopoeBot]):
    """A day in plain words: a year, a month, a date, "last week"."""

    @property
    def max_value(self) -> int:
        """Return the longest text Discord lets through."""
        return CHOICE_LENGTH

    async def transform(self, interaction: Interaction, value: str, /) -> date:
        """Return the day; say how one is written where it isn't understood."""
        day = parse_since(value, interaction.client.clock().date())
        if day is None:
            raise InvalidInput(value, DATE_FORMS)
        return day


class LastDayOption(DateOption):
    """The last day of a time in plain words: 2024 ends on December 31."""

    async def transform(self, interaction: Interaction, value: str, /) -> date:
        """Return the day; say how one is written where it isn't understood."""
        today = interaction.client.clock().date()
        for text in (f"until {value}", value):
            if (found := parse_range(text, today)) and found[1]:
                return found[1]
        raise InvalidInput(value, DATE_FORMS)


class WatchOption(app_commands.Transformer[HoopoeBot]):
    """One of this place's watches, by the number that lists show."""

    @property
    def max_value(self) -> int:
        """Return the longest text Discord lets through."""
        return CHOICE_LENGTH

    async def transform(self, _interaction: Interaction, value: str, /) -> int:
        """Return the watch's number."""
        digits = value.strip().removeprefix("#")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
            raise InvalidInput(value, _("one of the watches that are suggested while you type"))
        return int(digits)

    async def autocomplete(self, interaction: Interaction, value: str, /) -> Choices:  # type: ignore[override]  # texts alone
        """Offer the watches of this server, or of these direct messages."""
        typed = fold(value)
        return await _choices(_suggest_watches(interaction, typed))


async def _suggest_watches(interaction: Interaction, typed: str) -> tuple[Suggestion, ...]:
    here = await interaction.client.services.watching.list_watches(**watches_here(interaction))
    labels = ((watch, _watch_label(interaction, watch)) for watch in here.watches)
    return tuple(
        Suggestion(label=label, value=str(watch.id)) for watch, label in labels if typed in fold(label)
    )


def _watch_label(interaction: Interaction, watch: Watch) -> str:
    channel = interaction.guild and interaction.guild.get_channel_or_thread(watch.place.id)
    name = watch_label(watch.label)[:60]
    if channel:
        name = _("{watch} in #{channel}").format(watch=name, channel=channel.name)
    return _("{watch} (paused)").format(watch=name) if watch.paused_reason else name


async def _choices(suggestions: Awaitable[Sequence[Suggestion]]) -> Choices:
    """Return suggestions as Discord takes them; while somebody types, no error is worth more than none."""
    try:
        found = await suggestions
    except Exception:  # Discord shows no error here
        logger.exception("autocomplete failed")
        return []
    return [
        app_commands.Choice(name=_clipped(one.label), value=one.value)
        for one in found
        if one.label.strip() and 0 < len(one.value) <= CHOICE_LENGTH
    ][:MOST_CHOICES]


def _clipped(label: str) -> str:
    return label if len(label) <= CHOICE_LENGTH else label[: CHOICE_LENGTH - 1].rstrip() + "…"


def _categories_like(text: str) -> list[tuple[str, str]]:
    typed = fold(text).strip()
    known: dict[str, Any] = {**ARCHIVES, **CATEGORIES}
    starting = [(code, name) for code, name in known.items() if fold(code).startswith(typed)]
    shortened = [(c, n) for c, n in known.items() if typed and fold(c.partition(".")[2]).startswith(typed)]
    named = [(code, name) for code, name in known.items() if typed in fold(name)]
    return list(dict.fromkeys((*starting, *shortened, *named)))


Author = app_commands.Transform[str, AuthorOption]
Query = app_commands.Transform[str, QueryOption]
PaperText = app_commands.Transform[str, PaperOption]
CitedText = app_commands.Transform[str, CitedOption]
SimilarText = app_commands.Transform[str, SimilarOption]
Category = app_commands.Transform[str, CategoryOption]
Day = app_commands.Transform[date, DateOption]
LastDay = app_commands.Transform[date, LastDayOption]
WatchNumber = app_commands.Transform[int, WatchOption]
