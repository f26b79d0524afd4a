"""Discord's limits, and how text is made to fit them.

Discord counts code points; its clients count UTF-16 units. The larger number is used here, so that a text
is within the limit whichever of them counts. Numbers: https://docs.discord.com/developers/resources/message
"""

from __future__ import annotations

from copy import deepcopy

import discord

CONTENT = 2_000
EMBEDS = 10
EMBED_TOTAL = 6_000
TITLE = 256
DESCRIPTION = 4_096
FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1_024
FOOTER = 2_048
AUTHOR_NAME = 256
EMBED_URL = 2_048

ROWS = 5
ROW_WIDTH = 5
BUTTON_LABEL = 80
BUTTON_URL = 512
CUSTOM_ID = 100
OPTIONS = 25
OPTION_TEXT = 100
PLACEHOLDER = 150
PICTURE_TEXT = 1_024
FILE = 8_000_000
"""Bytes; Discord takes ten million, with all that is sent beside."""

_ELLIPSIS = "…"
_BROKEN_ENDINGS = "\\\u200d\ufe0f"


def length(text: str) -> int:
    """Count UTF-16 units, of which there are never fewer than characters."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for character in text if character > "\uffff")


def cut(text: str, limit: int) -> str:
    """Return the longest beginning of at most `limit`, nothing added and no escape left open."""
    if length(text) <= limit:
        return text
    end = max(0, limit)
    while length(text[:end]) > limit:
        end -= max(1, (length(text[:end]) - limit) // 2)
    return text[:end].rstrip(_BROKEN_ENDINGS)


def shorten(text: str, limit: int) -> str:
    """Return the text, or its beginning up to a word's end and "…"; never longer than `limit`."""
    if length(text) <= limit:
        return text
    if limit < 1:
        return ""
    start = cut(text, limit - 1)
    space = start.rfind(" ")
    if space > len(start) * 2 // 3:
        start = start[:space]
    return start.rstrip(" ,;:.-–—\n\\") + _ELLIPSIS


def embed_size(embed: discord.Embed) -> int:
    """Count what Discord adds up over all embeds of a message."""
    size = length(embed.title or "") + length(embed.description or "")
    size += length(embed.footer.text or "") + length(embed.author.name or "")
    return size + sum(length(field.name or "") + length(field.value or "") for field in embed.fields)


def fit_embed(embed: discord.Embed, room: int = EMBED_TOTAL) -> discord.Embed:
    """Return a copy of which every part, and their sum, is within the limits.

    When `room` is short, the fields go first, from the last to the first, then the description is cut.
    """
    # A plain copy shares the list of fields with the original.
    fitted = discord.Embed.from_dict(deepcopy(embed.to_dict()))
    fitted.clear_fields()
    fitted.title = shorten(embed.title, TITLE) if embed.title and embed.title.strip() else None
    fitted.url = embed.url if embed.url and len(embed.url) <= EMBED_URL else None
    fitted.description = shorten(embed.description or "", DESCRIPTION).strip() or None
    fitted.remove_footer()
    if embed.footer.text and embed.footer.text.strip():
        fitted.set_footer(text=shorten(embed.footer.text, FOOTER), icon_url=embed.footer.icon_url)
    fitted.remove_author()
    if embed.author.name and embed.author.name.strip():
        name = shorten(embed.author.name, AUTHOR_NAME)
        fitted.set_author(name=name, url=embed.author.url, icon_url=embed.author.icon_url)
    room -= embed_size(fitted)
    if room < 0:
        fitted.description = (
            shorten(fitted.description or "", length(fitted.description or "") + room) or None
        )
        room = 0
    for field in embed.fields[:FIELDS]:
        name, value = shorten(field.name or "", FIELD_NAME), shorten(field.value or "", FIELD_VALUE)
        room -= length(name) + length(value)
        if name.strip() and value.strip() and room >= 0:
            fitted.add_field(name=name, value=value, inline=field.inline)
    return fitted
