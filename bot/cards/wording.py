"""Pieces of text that all cards share: foreign text made safe, links, numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, urlsplit

from bot.cards import limits
from bot.errors import Missing
from bot.text.dates import full_date, short_date
from bot.text.latex import to_unicode
from bot.text.markdown import clean, plain
from bot.words import _, counted, ngettext

_URL_KEPT = "/:?#@!$&',;=%~+-._"
_MENTION = re.compile(r"@(?=everyone|here)|(?<=<)@", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\s*\n[^\S\n]*\n\s*")
_BRACKETS = str.maketrans({"[": "\uff3b", "]": "\uff3d"})
SEPARATOR = " · "
GAP = "\n\u00a0\n"
"""A blank line. The no-break space keeps it where a renderer of Markdown would close it up."""
PARAGRAPH = "\n\n"
"""A blank line after a quotation or a list, which a line that is not empty would continue."""


@lru_cache(maxsize=2048)
def label(text: str, limit: int) -> str:
    """Return foreign text for places without Markdown: titles of options, buttons, footers."""
    seen = " ".join(clean(to_unicode(text)).split())
    return limits.shorten(_MENTION.sub("\uff20", seen), limit)


def foreign(text: str, limit: int) -> str:
    """Return foreign text for places with Markdown: one readable, inert line of at most `limit`."""
    return _fit(" ".join(to_unicode(text).split()), limit)


def foreign_paragraphs(text: str, limit: int) -> str:
    """Return foreign text like `foreign`, its paragraphs kept apart."""
    paragraphs = _PARAGRAPH.split(to_unicode(text).strip())
    return _fit(PARAGRAPH.join(" ".join(paragraph.split()) for paragraph in paragraphs), limit)


def _fit(readable: str, limit: int) -> str:
    """Return the text made safe; what is too long is cut before, so that no escape is torn."""
    if limits.length(readable) > limit:
        readable = limits.shorten(readable, limit)
    safe = plain(readable).replace(PARAGRAPH, GAP)
    kept = limit
    while limits.length(safe) > limit and kept > 0:
        kept -= max(1, limits.length(safe) - limit)
        safe = plain(limits.shorten(readable, kept)).replace(PARAGRAPH, GAP)
    return safe


def link(text: str, url: str | None, limit: int) -> str:
    """Return foreign text as a masked link, or as it is where there is no address."""
    if url is None:
        return foreign(text, limit)
    # A lone bracket ends a masked link's text, escaped or not.
    inner = foreign(text, limit).translate(_BRACKETS)
    return f"[{inner}]({url})" if inner else ""


@lru_cache(maxsize=1024)
def web_address(url: str | None, limit: int = limits.BUTTON_URL) -> str | None:
    """Return an http(s) address that can stand in Markdown and on a button, else None."""
    if not url or any(character.isspace() or ord(character) < 32 for character in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    try:
        address = f"{parts.scheme}:{quote(url.partition(':')[2], safe=_URL_KEPT)}"
    except UnicodeEncodeError:
        return None
    return address if len(address) <= limit else None


def joined(parts: Iterable[str | None], separator: str = SEPARATOR) -> str:
    """Join the parts that have something to say."""
    return separator.join(part for part in parts if part)


def enumerated(names: Iterable[str]) -> str:
    """Return names one after the other: "A and B", "A, B and C"."""
    *others, last = list(names) or [""]
    return _(" and ").join((", ".join(others), last)) if others else last


def papers_counted(papers: int) -> str:
    """Return a number of papers: "1 paper", "1,768 papers"."""
    return counted(papers, "{count} paper", "{count} papers")


def day_of(moment: datetime | None, now: datetime) -> str:
    """Return a paper's date as lists show it, empty where it is unknown."""
    return short_date(moment.date(), now.date()) if moment is not None else ""


def moment(at: datetime) -> str:
    """Return a moment that each person's Discord shows in their own time, as "2 hours ago"."""
    return f"<t:{int(at.timestamp())}:R>"


def missing_sources(unreachable: Sequence[Missing], fetched_at: datetime | None = None) -> str:
    """Say which sources did not answer, and how old what is shown therefore is."""
    if not unreachable:
        return ""
    silent = [label(missing.source, 40) for missing in unreachable[:3] if missing.until is None]
    parts = []
    if silent:
        said = ngettext("{sources} does not answer", "{sources} do not answer", len(silent))
        parts.append(said.format(sources=enumerated(silent)))
    parts += [
        _("{source} takes no more questions until {time} UTC").format(
            source=label(missing.source, 40), time=f"{missing.until:%H:%M}"
        )
        for missing in unreachable[:3]
        if missing.until is not None
    ]
    said = "; ".join(parts)
    if fetched_at is None:
        return said
    return _("{said}; data of {date}").format(said=said, date=full_date(fetched_at))
