"""What the JSON of several services has in common: decoding, and values that may be anything."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, time
from typing import TypeVar

import msgspec

from bot.domain.figures import Figure
from bot.domain.identifiers import Doi
from bot.errors import SourceChanged

T = TypeVar("T")

_ANY_COUNT = 10**9
"""Above all papers and citations of anybody, and far below what the database can hold."""

# Titles may come with the markup of publishers.
_TAGS = re.compile(
    r"</?(?:i|b|em|strong|sub|sup|u|sc|scp|tt|br|p|title|inline-formula|(?:mml|jats):[\w-]+)\b[^<>]*>",
    re.IGNORECASE,
)


def decode(source: str, data: bytes, kind: type[T]) -> T:
    """Return the JSON as `kind`; wrongly typed or cut off is SourceChanged."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceChanged(source, f"unexpected JSON ({str(error)[:150]})") from error


def parse_day(text: str | None) -> datetime | None:
    """Return midnight UTC of a date as ISO 8601 writes it, None for anything else."""
    try:
        return datetime.combine(date.fromisoformat(text or ""), time.min, UTC)
    except ValueError:
        return None


def parse_doi(text: str | None) -> Doi | None:
    """Return the DOI, with or without its resolver's address, None for anything else."""
    value = re.sub(r"^https?://(?:dx\.)?doi\.org/", "", (text or "").strip(), flags=re.I).lower()
    return Doi(value) if value.startswith("10.") and "/" in value else None


def tidy(text: str) -> str:
    """Return text without publishers' markup, with single spaces."""
    if "<" in text:
        text = _TAGS.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())


def count(value: int | None) -> int | None:
    """Return a count, None for what can't be one."""
    return value if value is not None and 0 <= value < _ANY_COUNT else None


def figure(source: str, value: int | None, now: datetime) -> Figure | None:
    """Return a count as of today, None for what can't be one."""
    known = count(value)
    return None if known is None else Figure(value=known, source=source, as_of=now.date())
