"""What Hoopoe can do, in one card."""

from __future__ import annotations

import discord

from bot.cards import limits
from bot.cards.card import Card, fit
from bot.cards.colors import ACCENTS
from bot.cards.components import rows
from bot.cards.setup import setup_button
from bot.cards.wording import foreign
from bot.services.answers import HelpAnswer, WordsAnswer
from bot.words import _, marked

PLAIN_WORDS = marked(
    "`Sasha Luccioni`\n"
    "`2306.05949`, or a link to a paper\n"
    "`papers by Emma Strubell since 2024 with code`\n"
    "`papers about energy use`\n"
    "`new in cs.CY this week`\n"
    "`similar to 2306.05949`, `trending in cs.CL`\n"
    "`who works with Emma Strubell`, `compare A and B`\n"
    "`cite 2306.05949`, `save it`, `my reading list`\n"
    "After a list: `more`, `the second one`, `only with code`\n"
    "`follow cs.CY`, `following`, `pause cs.CY`, `unfollow cs.CY`"
)
_IN_PLAIN_WORDS = (marked("In a direct message, just write"), PLAIN_WORDS)
_SECTIONS = (
    (
        marked("Look up"),
        marked(
            "`/author` a person with numbers and top papers\n"
            "`/papers`, `/coauthors` of an author; `/compare` several\n"
            "`/paper` by title, arXiv id, DOI or link\n"
            "`/cite` as BibTeX, RIS, CSL-JSON or APA\n"
            '`/search` words, `"phrases"`, `prefix*`, `AND OR NOT`\n'
            "`/similar` to a paper; `/trending` in a field"
        ),
    ),
    (
        marked("Be told"),
        marked(
            "**Set up announcements** below asks what, where and how often\n"
            "`/watch author`, `category`, `topic`, `similar`, `citations`: new papers in a channel, "
            "as they appear\n"
            "`/watch list`, `edit`, `pause`, `resume`, `remove`; `/settings` for hours and digests\n"
            "**Follow** on an author's card: the same in your direct messages"
        ),
    ),
    (marked("Keep"), marked("**Save** on a paper's card; `/library list`, `vote`, `export`")),
    _IN_PLAIN_WORDS,
    (marked("On any message"), marked("Right-click, Apps, **Find papers**: a card for every paper it links")),
    (
        marked("Behind it"),
        marked("`/status`: is everything well? `/privacy export`, `forget`: what is kept of you"),
    ),
)


def render_help(answer: HelpAnswer | None = None) -> Card:
    """Return the card; where something was not understood, only what to write instead."""
    about = foreign(answer.about, 200) if answer is not None else ""
    embed = discord.Embed(
        title=_("Nothing found for “{asked}”").format(asked=about) if about else "Hoopoe",
        description=_("Other words may help. Write *help* for all that Hoopoe can do.")
        if about
        else _("Papers, authors and what is new on arXiv."),
        color=ACCENTS["cs"],
    )
    for name, value in (_IN_PLAIN_WORDS,) if about else _SECTIONS:
        embed.add_field(name=_(name), value=_(value), inline=False)
    view = None if about else rows(setup_button())
    return fit(Card(embeds=(embed,), view=view, ephemeral=True))


def render_words(answer: WordsAnswer) -> Card:
    """Return one or two sentences without a frame; the service has made what is foreign in them inert."""
    return Card(content=limits.shorten(answer.text.strip(), limits.CONTENT) or "…")
