"""What links say that hold no identifier: words that were searched for, a title, a category's listing."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

_SEARCHES = re.compile(
    r"(?:^|\.)(?:scholar\.google\.[a-z.]+|semanticscholar\.org|arxiv\.org|openalex\.org|core\.ac\.uk)$"
)
_ASKED = ("q", "query", "search", "as_q")
_TITLED = re.compile(r"/publication/\d+_([\w-]+)", re.ASCII)
_LISTING = re.compile(r"/list/([a-z-]+(?:\.[a-z-]+)?)(?:/.*)?", re.ASCII | re.IGNORECASE)
_LONGEST = 2_000
_FIELDS = 40


def words_of_link(text: str) -> str:
    """Return the search or the title that a link carries; empty for any other text."""
    parts = _parts(text)
    if parts is None:
        return ""
    host, path, query = parts
    if host.endswith("researchgate.net") and (titled := _TITLED.match(path)):
        return titled[1].replace("_", " ")
    if not _SEARCHES.search(host) or query.count("&") >= _FIELDS:
        return ""
    asked = parse_qs(query, max_num_fields=_FIELDS)
    return " ".join(next((asked[name][0] for name in _ASKED if name in asked), "").split())


def category_of_link(text: str) -> str:
    """Return the category whose listing on arXiv a link leads to; empty for any other text."""
    parts = _parts(text)
    listing = _LISTING.fullmatch(parts[1]) if parts and parts[0].endswith("arxiv.org") else None
    return listing[1] if listing else ""


def _parts(text: str) -> tuple[str, str, str] | None:
    """Return a link's host, path and query; None for what is no link."""
    if (
        len(text) > _LONGEST
        or " " in text
        or not re.match(r"https?://|(?:www\.)?[a-z.]+\.[a-z]{2,}/", text, re.I)
    ):
        return None
    try:
        link = urlsplit(text if "://" in text else f"https://{text}")
        return (link.hostname or ""), unquote(link.path), link.query
    except ValueError:
        return None
