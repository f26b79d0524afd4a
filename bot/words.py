"""What people read, in their language: English in the code, others in the catalogues of `bot/locale`.

How a sentence is written and translated: docs/words.md.
"""

from __future__ import annotations

import gettext as catalogues
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

DOMAIN = "hoopoe"
FOLDER = Path(__file__).with_name("locale")
ENGLISH = "en"
GERMAN = "de"
LANGUAGES = (ENGLISH, GERMAN)
"""The languages that Hoopoe speaks, English first."""

_language: ContextVar[str] = ContextVar("language", default=ENGLISH)
_PUNCTUATION = {GERMAN: str.maketrans(",.", ".,")}
"""How languages write numbers otherwise than English does."""


def _(text: str) -> str:
    """Return a sentence of the code in the reader's language, as it is where there is no other."""
    # The empty text is where a catalogue keeps its own head.
    return _catalogue(_language.get()).gettext(text) if text else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form for so many things in the reader's language."""
    return _catalogue(_language.get()).ngettext(singular, plural, count)


def counted(count: int, singular: str, plural: str) -> str:
    """Return a sentence about so many things; `{count}` stands for the number as the reader writes it."""
    return ngettext(singular, plural, count).format(count=number(count))


def marked(text: str) -> str:
    """Return a text of a table as it is: it is translated with `_` where it is shown."""
    return text


def number(value: float, form: str = ",") -> str:
    """Return a number as the language writes it: a count with thousands separators, or any format's form."""
    return format(value, form).translate(_PUNCTUATION.get(_language.get(), {}))


def decimal(value: float) -> str:
    """Return a score as its source writes it: no decimals where there are none."""
    return number(value, ",.0f" if float(value).is_integer() else ",.1f")


def language() -> str:
    """Return the language that is spoken now."""
    return _language.get()


def language_of(locale: str | None) -> str:
    """Return the language for a locale of Discord's: `de-AT` is German, whatever is unknown English."""
    spoken = (locale or "").replace("_", "-").partition("-")[0].casefold()
    return spoken if spoken in LANGUAGES else ENGLISH


def speak(locale: str | None) -> None:
    """Speak a locale's language from here to the end of the running task."""
    _language.set(language_of(locale))


@contextmanager
def speaking(locale: str | None) -> Iterator[None]:
    """Speak a locale's language for as long as the block runs."""
    token = _language.set(language_of(locale))
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _catalogue(spoken: str) -> catalogues.NullTranslations:
    """Return a language's sentences; English needs none, as the code is written in it."""
    if spoken == ENGLISH:
        return catalogues.NullTranslations()
    return catalogues.translation(DOMAIN, FOLDER, [spoken])
