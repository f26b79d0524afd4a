"""Makes foreign text safe to show in Discord, and short enough."""

from __future__ import annotations

import re

# Controls, what has no width, what turns the direction of writing, tags and variation selectors.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
    "\U000110bd\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# More than three marks on one letter reach into the lines above and below.
_PILED_MARKS = re.compile(f"([{_MARKS}]{{3}})[{_MARKS}]+")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_PARAGRAPH = re.compile(r"\s*\n[^\S\n]*\n\s*")

_ANYWHERE = re.compile(r"[\\*_`]|~~+|\|\|+")
_ANGLE = re.compile(r"<(?=[@#:/a-zA-Z&!+])")
_MENTION = re.compile(r"@(?=everyone|here)|(?<=<)@", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<=[a-z0-9])(?=://)|(?<=mailto)(?=:)", re.IGNORECASE)
_INVITE = re.compile(
    r"(?<=discord)(?=\.gg/|\.com/invite/|\.me/)|(?<=discordapp)(?=\.com/invite/)", re.IGNORECASE
)
_SHORTCODE = re.compile(r":(?=[a-z0-9_+~-]*[a-z][a-z0-9_+~-]*:)", re.IGNORECASE)
_LINE_START = re.compile(r"^(\s*)(?:(>|#{1,3}(?=\s)|-#|[-+](?=\s))|(\d{1,9})([.)])(?=\s))", re.MULTILINE)


def clean(text: str) -> str:
    """Return text in visible characters only, for places that show no Markdown; paragraphs stay apart."""
    if text.isascii() and text.isprintable():
        # Most names and titles, 25 of them at every letter that somebody types.
        return " ".join(text.split())
    text = _LINE_END.sub("\n", _SURROGATE.sub("\ufffd", text))
    text = _PILED_MARKS.sub(r"\1", _INVISIBLE.sub("", text))
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in _PARAGRAPH.split(text.strip()))


def plain(text: str) -> str:
    """Return text that reads the same in Discord and does nothing: no Markdown, mention or link.

    Backslashes stand only before what would act; an `@` that would call somebody becomes U+FF20, as
    Discord's own search for mentions does not mind a backslash.
    """
    text = clean(text)
    text = _MENTION.sub("\uff20", text)
    text = _ANYWHERE.sub(_escaped, text)
    text = _ANGLE.sub(r"\\<", text)
    text = _ADDRESS.sub(r"\\", text)
    text = _INVITE.sub(r"\\", text)
    text = _SHORTCODE.sub(r"\\:", text)
    # A link's text may hold any escape, so that only a gap keeps `](` from being one.
    text = text.replace("](", "] (")
    return _LINE_START.sub(_escaped_start, text)


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"\\{character}" for character in match[0])


def _escaped_start(match: re.Match[str]) -> str:
    return f"{match[1]}\\{match[2]}" if match[2] else f"{match[1]}{match[3]}\\{match[4]}"


def clip(text: str, limit: int) -> str:
    """Return text of at most `limit` characters, cut after a word and ended with "…"."""
    if len(text) <= limit:
        return text
    if limit <= 1:
        return "…"[:limit]
    cut = text[: limit - 1]
    if not text[limit - 1].isspace():
        words_end = max(cut.rfind(" "), cut.rfind("\n"))
        if words_end > limit // 2:
            cut = cut[:words_end]
    if (len(cut) - len(cut.rstrip("\\"))) % 2:
        cut = cut[:-1]
    return cut.rstrip(" \n\t,;:([{-–—") + "…"
