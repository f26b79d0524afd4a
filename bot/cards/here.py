"""What a place knows of a paper already: the message that announced it there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import discord

from bot.cards.places import direct
from bot.domain.deliveries import Sent
from bot.domain.watches import Place, PlaceKind
from bot.services.answers import Announced, PaperAnswer

if TYPE_CHECKING:
    from bot.services import Services

AnswerT = TypeVar("AnswerT")


async def as_here(
    answer: AnswerT,
    services: Services,
    channel: discord.abc.Snowflake | None,
    guild_id: int | None,
    person: int,
) -> AnswerT:
    """Return an answer about a paper with the message that announced it where somebody asks."""
    if not isinstance(answer, PaperAnswer) or answer.paper.id is None or channel is None:
        return answer
    for place in _places(channel, guild_id, person):
        if sent := await services.announcer.find_sent(place, answer.paper.id):
            return replace(answer, announced=Announced(at=sent.at, url=_url(channel, guild_id, place, sent)))
    return answer


def _places(channel: discord.abc.Snowflake, guild_id: int | None, person: int) -> list[Place]:
    """Return where one is: in a thread also what it belongs to."""
    if guild_id is None:
        return [direct(person)]
    ids = [channel.id, channel.parent_id] if isinstance(channel, discord.Thread) else [channel.id]
    return [Place(kind=PlaceKind.CHANNEL, id=one, guild_id=guild_id) for one in ids]


def _url(channel: discord.abc.Snowflake, guild_id: int | None, place: Place, sent: Sent) -> str:
    """Return the message's address; a forum's post is a channel of its own."""
    if guild_id is None:
        return f"https://discord.com/channels/@me/{channel.id}/{sent.message_id}"
    parent = channel.parent if isinstance(channel, discord.Thread) else None
    in_post = isinstance(parent, discord.ForumChannel) and parent.id == place.id
    holder = sent.message_id if in_post else place.id
    return f"https://discord.com/channels/{guild_id}/{holder}/{sent.message_id}"
