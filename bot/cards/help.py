"""What Hoopoe can do, in one card."""

from __future__ import annotations

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import ACCENTS
from bot.cards.wording import foreign
from bot.services.answers import HelpAnswer, WordsAnswer

_SECTIONS = (
    (
        "Look up",
        "`/author` a person with numbers and top papers\n"
        "`/papers` all of an author's papers\n"
        "`/paper` by title, arXiv id, DOI or link\n"
        '`/search` words, `"phrases"`, `prefix*`, `AND OR NOT`',
    ),
    (
        "Be told",
        "`/watch author`, `/watch category`, `/watch topic`\n"
        "New papers in a channel, the day arXiv lists them\n"
        "`/watch list`, `/watch remove`, `/watch resume`\n"
        "**Follow** on an author's card: the same in your direct messages",
    ),
    (
        "In a direct message, just write",
        "`Sasha Luccioni`\n"
        "`2306.05949`, or a link to a paper\n"
        "`papers by Emma Strubell since 2024 with code`\n"
        "`papers about energy use`\n"
        "`new in cs.CY this week`\n"
        "`follow cs.CY`, `following`, `unfollow cs.CY`",
    ),
    ("On any message", "Right-click, Apps, **Find papers**: a card for every paper it links"),
)


def render_help(answer: HelpAnswer | None = None) -> Card:
    """Return the card; it begins with what was not understood, if anything was."""
    about = foreign(answer.about, 200) if answer is not None else ""
    embed = discord.Embed(
        title=f"Nothing found for “{about}”" if about else "Hoopoe",
        description="Here is what you can ask." if about else "Papers, authors and what is new on arXiv.",
        color=ACCENTS["cs"],
    )
    for name, value in _SECTIONS:
        embed.add_field(name=name, value=value, inline=False)
    return fit(Card(embeds=(embed,), ephemeral=True))


def render_words(answer: WordsAnswer) -> Card:
    """Return one or two sentences without a frame; the service has made what is foreign in them inert."""
    return Card(content=limits.shorten(answer.text.strip(), limits.CONTENT) or "…")
