"""What an entry of a BibTeX or RIS file is about, as people paste it into a message."""

from __future__ import annotations

import re

from bot.text.latex import to_unicode

_ENTRY = re.compile(r"@[a-z]+\s*\{", re.IGNORECASE)
_FORMULA = re.compile(r"((?<!\\)\$[^$]+(?<!\\)\$)")
_RIS_ENTRY = re.compile(r"TY\s+-\s")
_RIS_TITLE = re.compile(r"\b(?:TI|T1)\s+-\s+(.+?)\s+(?:[A-Z][A-Z0-9]\s+-(?:\s|$)|$)", re.DOTALL)
_TITLE = re.compile(r"(?<![a-z])title\s*=\s*(?=[{\"])", re.IGNORECASE)


def title_of_entry(text: str) -> str:
    """Return the title of the first entry as arXiv writes titles; empty where there is none.

    Accents are letters and braces are gone; formulas stay LaTeX, by which a title of arXiv is found.
    """
    if _RIS_ENTRY.match(text):
        titled = _RIS_TITLE.search(f"{text} ")
        return " ".join(titled[1].split()) if titled else ""
    found = _TITLE.search(text) if _ENTRY.match(text) else None
    if found is None:
        return ""
    pieces = _FORMULA.split(_value(text, found.end()))
    pieces[::2] = [to_unicode(piece).replace("{", "").replace("}", "") for piece in pieces[::2]]
    return " ".join("".join(pieces).split())


def _value(text: str, start: int) -> str:
    """Return what stands between the braces or quotes that open at a place; braces may hold braces."""
    depth = 0
    for place in range(start, len(text)):
        character = text[place]
        if character == '"' and text[start] == '"' and place > start and not depth:
            return text[start + 1 : place]
        depth += (character == "{") - (character == "}")
        if text[start] == "{" and not depth:
            return text[start + 1 : place]
    return ""
