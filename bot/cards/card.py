"""A card: everything of a message but where it goes."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.cards import limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes along, with alternative text if it is a picture; it may be uploaded many times."""

    name: str
    data: bytes
    description: str = ""

    def file(self) -> discord.File:
        """Return a fresh upload."""
        return discord.File(io.BytesIO(self.data), filename=self.name, description=self.description or None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a message shows. `ephemeral` says that it is meant for the asking person alone.

    `pings` are the roles, named in `content`, that the message may ping; nobody else is pinged.
    """

    embeds: tuple[discord.Embed, ...] = ()
    view: discord.ui.View | None = None
    files: tuple[Attachment, ...] = ()
    content: str = ""
    ephemeral: bool = False
    pings: tuple[int, ...] = ()

    def message(self) -> dict[str, Any]:
        """Return the keyword arguments with which any `send` of discord.py posts this card.

        Visibility is not among them: it is decided when an interaction is answered or deferred.
        """
        mentions = discord.AllowedMentions.none()
        if self.pings:
            mentions.roles = [discord.Object(role_id) for role_id in self.pings]
        parts: dict[str, Any] = {"allowed_mentions": mentions}
        if self.content:
            parts["content"] = self.content
        if self.embeds:
            parts["embeds"] = list(self.embeds)
        if self.view is not None:
            parts["view"] = self.view
        if self.files:
            parts["files"] = [file.file() for file in self.files]
        return parts

    def edit(self) -> dict[str, Any]:
        """Return the keyword arguments with which any `edit` of discord.py turns a message into this card."""
        return {
            "allowed_mentions": discord.AllowedMentions.none(),
            "content": self.content or None,
            "embeds": list(self.embeds),
            "view": self.view,
            "attachments": [file.file() for file in self.files],
        }


def fit(card: Card) -> Card:
    """Return the card within all of Discord's limits: the net under every card."""
    room = limits.EMBED_TOTAL
    embeds: list[discord.Embed] = []
    for embed in card.embeds[: limits.EMBEDS]:
        fitted = limits.fit_embed(embed, room)
        room -= limits.embed_size(fitted)
        if room < 0:
            break
        embeds.append(fitted)
    return replace(card, embeds=tuple(embeds), content=limits.shorten(card.content, limits.CONTENT))
