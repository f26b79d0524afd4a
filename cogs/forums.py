"""Posts in forums: beginning one, their tags, and where to find one again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from itertools import islice

import discord

from bot.cards import limits
from bot.cards.card import Card
from bot.cards.wording import (
    label,
)
from bot.domain.categories import archive_of, category_name
from bot.domain.papers import Paper
from bot.text.folding import fold
from bot.words import _

MOST_TAGS = 5
"""Discord's limit of tags a post."""

DEPTH = 100
"""How many posts are looked through for one that may have arrived."""


class TagMissing(Exception):
    """The forum demands a tag, and has none that the bot may use."""


def tags_for(forum: discord.ForumChannel, papers: Sequence[Paper]) -> list[discord.ForumTag]:
    """Return the tags named like a category of the papers, its words, its archive or "code".

    Where the forum demands a tag and none is named so, it is the first one anybody may use; raise
    TagMissing where there is none.
    """
    usable = [tag for tag in forum.available_tags if not tag.moderated]
    wanted = {fold(name) for paper in papers for name in _names(paper)}
    found = [tag for tag in usable if fold(tag.name) in wanted]
    if found or not forum.flags.require_tag:
        return found[:MOST_TAGS]
    if not usable:
        raise TagMissing
    return usable[:1]


def post_name(papers: Sequence[Paper], title: str) -> str:
    """Return the name of a post, or of a paper's thread."""
    name = papers[0].title if len(papers) == 1 else title
    return label(name, limits.OPTION_TEXT) or _("Untitled")


async def begin_post(forum: discord.ForumChannel, card: Card, papers: Sequence[Paper]) -> int:
    """Begin a post with a card, tagged by its papers' categories; return its id.

    Where it is refused, the forum's tags may have changed while the connection was away: with others
    it is tried once more.
    """
    tags = tags_for(forum, papers)
    name = post_name(papers, card.embeds[0].title or "")
    try:
        post = await forum.create_thread(name=name, applied_tags=tags, **card.message())
    except discord.HTTPException as failure:
        if failure.status != 400:
            raise
        present = await forum.guild.fetch_channel(forum.id)
        if not isinstance(present, discord.ForumChannel) or (other := tags_for(present, papers)) == tags:
            raise
        post = await forum.create_thread(name=name, applied_tags=other, **card.message())
    return post.message.id


async def first_messages(forum: discord.ForumChannel, since: datetime) -> AsyncIterator[discord.Message]:
    """Yield the messages that the bot's posts since a moment begin with."""
    active = [thread for thread in await forum.guild.active_threads() if thread.parent_id == forum.id]
    archived = [thread async for thread in forum.archived_threads(limit=DEPTH)]
    mine = (
        thread
        for thread in (*active, *archived)
        if thread.owner_id == forum.guild.me.id and discord.utils.snowflake_time(thread.id) >= since
    )
    for thread in islice(mine, DEPTH):
        try:
            # A post's first message has the post's own id.
            yield await thread.fetch_message(thread.id)
        except discord.NotFound:
            continue


def _names(paper: Paper) -> list[str]:
    codes = list(dict.fromkeys([paper.primary_category or "", *paper.categories]))
    names = [name for code in codes if code for name in (code, category_name(code), archive_of(code))]
    return [*names, "code"] if paper.code_url else names
