"""How the text of a setting becomes its value; a ValueError says what is allowed instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.domain.categories import parse_category

DATABASE_PREFIX = "sqlite+aiosqlite:///"

LONGEST_SECONDS = 1_000_000_000
"""As good as never; moments much later can't be written down."""

Read = Callable[[str], Any]
"""Turns the text of a setting into its value; ValueError says what is allowed."""


def read_text(allowed: str) -> Read:
    """Return a reader of one printable word of ASCII letters, digits and signs."""

    def read(text: str) -> str:
        if not text.isascii() or not text.isprintable() or " " in text:
            raise ValueError(allowed)
        return text

    return read


def read_email(text: str) -> str:
    """Read an email address."""
    if not re.fullmatch(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+", text) or not text.isascii():
        raise ValueError("an email address, such as library@example.org")
    return text


def read_url(text: str) -> str:
    """Read an address of the web, without a slash at its end."""
    allowed = "an address that begins with http:// or https://"
    try:
        parts = urlsplit(text)
        wrong = parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0
    except ValueError as error:
        raise ValueError(allowed) from error
    if wrong or parts.query or parts.fragment or not text.isprintable() or " " in text:
        raise ValueError(allowed)
    return text.rstrip("/")


def read_database(text: str) -> str:
    """Read the address of a database file."""
    path = text.removeprefix(DATABASE_PREFIX)
    wrong = path == text or not path or path.startswith(":memory:") or "?" in path or "\0" in path
    if wrong or Path(path).is_dir():
        raise ValueError(f"{DATABASE_PREFIX} and the path of a file")
    return text


def _read_number(text: str, allowed: str, *, above: float) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ValueError(allowed) from None
    # Python also reads underscores and the digits of other scripts.
    if not text.isascii() or "_" in text or not above < number <= LONGEST_SECONDS:
        raise ValueError(allowed)
    return number


def read_pace(text: str) -> float:
    """Read a number of seconds above 0."""
    return _read_number(text, f"any number of seconds above 0, at most {LONGEST_SECONDS}", above=0)


def read_interval(text: str) -> float:
    """Read a number of seconds from 1."""
    allowed = f"a number of seconds from 1 to {LONGEST_SECONDS}"
    number = _read_number(text, allowed, above=0)
    if number < 1:
        raise ValueError(allowed)
    return number


def read_whole(allowed: str, *, lowest: int, highest: int) -> Read:
    """Return a reader of whole numbers from the lowest to the highest."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,20}", text) or not lowest <= int(text) <= highest:
            raise ValueError(allowed)
        return int(text)

    return read


def read_choice(choices: tuple[str, ...], normal: Callable[[str], str]) -> Read:
    """Return a reader of one of several words, each in its normal form."""

    def read(text: str) -> str:
        if normal(text) not in choices:
            raise ValueError(f"one of {', '.join(choices)}")
        return normal(text)

    return read


def _parts(text: str) -> list[str]:
    return [part for part in (part.strip() for part in text.split(",")) if part]


def read_categories(text: str) -> tuple[str, ...]:
    """Read arXiv categories, each once."""
    codes = []
    for part in _parts(text):
        code = parse_category(part)
        if code is None:
            raise ValueError("arXiv categories, comma-separated, such as cs.CY,stat.ML")
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def read_shards(text: str) -> tuple[int, ...]:
    """Read the numbers of shards, in order, each once."""
    read = read_whole("whole numbers from 0, comma-separated", lowest=0, highest=1_000_000)
    return tuple(sorted({read(part) for part in _parts(text)}))
