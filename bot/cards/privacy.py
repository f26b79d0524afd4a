"""What is stored about a person, as a file, and the question before it is deleted."""

from __future__ import annotations

import json
from typing import Any

import discord

from bot.cards.card import Attachment, Card, fit
from bot.cards.colors import NEUTRAL, TROUBLE
from bot.cards.components import button, rows
from bot.cards.wording import GAP, joined
from bot.domain.privacy import PersonalData
from bot.domain.watches import Watch
from bot.words import _, counted


def render_personal_data(data: PersonalData) -> Card:
    """Return everything as a JSON file, with its kinds counted."""
    text = _("Nothing is kept of you, and what you write never is.")
    if kinds := _kinds(data):
        # A list takes in the line after it.
        text = joined((kinds, _("That is all; what you write is not kept.")), f"\n{GAP}")
    embed = discord.Embed(title=_("Your data"), description=text, color=NEUTRAL)
    text = json.dumps(_as_json(data), ensure_ascii=False, indent=2)
    return fit(
        Card(
            embeds=(embed,),
            files=(Attachment(name="hoopoe-my-data.json", data=text.encode()),),
            view=rows(forget_button(data.person_id, _("Delete all of it"))),
            ephemeral=True,
        )
    )


def _kinds(data: PersonalData) -> str:
    """Return how much of each kind there is, a line a kind."""
    watches, choices, shelved = len(data.watches), len(data.choices), len(data.shelved)
    lines = (
        counted(watches, "- {count} watch that you made", "- {count} watches that you made")
        if watches
        else "",
        counted(
            choices,
            "- {count} name that you chose between namesakes",
            "- {count} names that you chose between namesakes",
        )
        if choices
        else "",
        counted(
            shelved,
            "- {count} paper that you saved or vote for",
            "- {count} papers that you saved or vote for",
        )
        if shelved
        else "",
        _("- your hours") if data.hours else "",
        _("- the language of your Discord") if data.language else "",
    )
    return joined(lines, "\n")


def render_privacy(person_id: int) -> Card:
    """Say what is kept of people and what is not, and offer both rights."""
    embed = discord.Embed(
        title=_("Privacy"),
        description=_(
            "Kept of you: what you follow, what you save and vote for, whom you mean by an ambiguous name, "
            "and the language of your Discord.\n"
            "Not kept: what you write. Hoopoe reads direct messages to it and messages that mention it, "
            "and no others."
        ),
        color=NEUTRAL,
    )
    view = rows(
        button(_("My data"), f"privacy:{person_id}:export"), forget_button(person_id, _("Delete all of it"))
    )
    return fit(Card(embeds=(embed,), view=view, ephemeral=True))


def render_forget_question(person_id: int) -> Card:
    """Ask before everything is deleted."""
    embed = discord.Embed(
        title=_("Delete everything about you?"),
        description=_(
            "Your direct messages' watches, your reading list, your votes and your choices between "
            "namesakes go, for good. What you set up in servers stays there, without your name.\n"
            "`/privacy export` gives you a copy first."
        ),
        color=TROUBLE,
    )
    view = rows(button(_("Delete"), f"privacy:{person_id}:forget", style=discord.ButtonStyle.danger))
    return fit(Card(embeds=(embed,), view=view, ephemeral=True))


def render_forgotten() -> Card:
    """Say that it is done."""
    return Card(content=_("Everything about you is deleted."), ephemeral=True)


def forget_button(person_id: int, text: str) -> discord.ui.Button[discord.ui.View]:
    """Asks whether everything is to be deleted."""
    return button(text, f"privacy:{person_id}:ask", style=discord.ButtonStyle.danger)


def _as_json(data: PersonalData) -> dict[str, Any]:
    return {
        "person_id": str(data.person_id),
        "watches": [_watch_json(watch) for watch in data.watches],
        "choices": [
            {
                "name": name,
                "author": author.name,
                "openalex_id": str(author.openalex_id) if author.openalex_id else None,
            }
            for name, author in data.choices
        ],
        "reading_lists": [
            {
                "list": "your own" if one.shelf.id == data.person_id else f"server {one.shelf.id}",
                "title": one.paper.title,
                "arxiv_id": str(one.paper.arxiv_id) if one.paper.arxiv_id else None,
                "saved": one.saved,
                "voted": one.voted,
            }
            for one in data.shelved
        ],
        "language": data.language,
        "hours": None
        if data.hours is None
        else {
            "time_zone": data.hours.time_zone,
            "digest_hour": data.hours.digest_hour,
            "quiet_from": data.hours.quiet_from,
            "quiet_until": data.hours.quiet_until,
        },
    }


def _watch_json(watch: Watch) -> dict[str, Any]:
    return {
        "watch": watch.label,
        "place": watch.place.kind.value,
        "place_id": str(watch.place.id),
        "server_id": str(watch.place.guild_id) if watch.place.guild_id else None,
        "created_at": watch.created_at.isoformat(),
        "paused": watch.paused_reason or None,
    }
