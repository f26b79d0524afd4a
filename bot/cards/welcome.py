"""The bot's introduction to a server."""

from __future__ import annotations

import discord

from bot.cards.card import Card, fit
from bot.cards.colors import ACCENTS
from bot.cards.components import button, rows
from bot.cards.setup import setup_button
from bot.words import _

LOOK_UP = "lookup"
"""The `custom_id` of the button that opens the form to try a look-up."""


def render_welcome() -> Card:
    """Say in three sentences what the bot is for, and offer the first steps."""
    embed = discord.Embed(
        title=_("Hello, this is Hoopoe"),
        description=_(
            "Look up authors and papers: `/author`, `/paper`, `/search`.\n"
            "Have new papers of your field announced in a channel: four questions set it up.\n"
            "Or write to me directly, in plain words. `/help` shows the rest."
        ),
        color=ACCENTS["cs"],
    )
    view = rows(
        setup_button(is_primary=True),
        button(_("Try a look-up"), LOOK_UP),
        button(_("Privacy"), "privacy:about"),
    )
    return fit(Card(embeds=(embed,), view=view))
