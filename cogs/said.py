"""What a message says, wherever in it that stands."""

from __future__ import annotations

from collections.abc import Iterator

import discord


def text_of(message: discord.Message) -> str:
    """Return what a message says, its embeds included, as other bots post papers so, and what it forwards."""
    return "\n".join(filter(None, _parts(message)))


def forwarded_in(message: discord.Message) -> str:
    """Return what a message forwards: that stands below it, whose own text is empty then."""
    parts = (part for snapshot in message.message_snapshots for part in _parts(snapshot))
    return "\n".join(filter(None, parts))


def _parts(message: discord.Message | discord.MessageSnapshot) -> Iterator[str | None]:
    yield message.content
    for embed in message.embeds:
        yield f"{embed.url or ''} {embed.title or ''} {embed.description or ''}".strip()
        for field in embed.fields:
            yield f"{field.name} {field.value}"
    if isinstance(message, discord.Message):
        yield forwarded_in(message)
